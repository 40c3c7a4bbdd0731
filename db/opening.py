"""Opens the database a URL names: locked, migrated, ready; or says in one line why not."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy import make_url
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncSession

from db import migrating, revisions
from db.engine import BUSY_SECONDS, Database, reader
from db.errors import CannotOpen, DatabaseBusy, DatabaseTooNew, DatabaseUnusable
from db.lock import ProcessLock

__all__ = [
    "CannotOpen",
    "DatabaseBusy",
    "DatabaseTooNew",
    "DatabaseUnusable",
    "beside",
    "open_database",
]

log = structlog.get_logger()


async def open_database(
    url: str, now: datetime, migrations: Path = revisions.MIGRATIONS
) -> Database:
    """Return the open database of a `sqlite+aiosqlite:///PATH` URL, at the newest revision.

    Creates what is missing, folders too. Raises CannotOpen: DatabaseBusy while another process
    has it open, DatabaseTooNew, or DatabaseUnusable for everything else.
    """
    return await asyncio.to_thread(_open, path_of(url), now, migrations)


def path_of(url: str) -> Path:
    """Return the file that a `sqlite+aiosqlite:///PATH` URL names."""
    return Path(make_url(url).database or "")


@asynccontextmanager
async def beside(url: str) -> AsyncIterator[AsyncSession]:
    """Open a session that only reads, of a database that another process may have open.

    Raises DatabaseUnusable where there is none, or none of this Limber's.
    """
    path = path_of(url)
    if not await asyncio.to_thread(path.exists):
        raise DatabaseUnusable(f"{path}: there is no such file yet")
    try:
        async with reader(path) as session:
            yield session
    except DatabaseError as error:
        raise DatabaseUnusable(f"{path}: {error.orig}") from error


def _open(path: Path, now: datetime, migrations: Path) -> Database:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = ProcessLock(path.resolve())
        try:
            path.touch(mode=0o600)
            _prepare(path, now, migrations)
        except BaseException:
            lock.release()
            raise
    except OSError as error:
        raise DatabaseUnusable(f"{path}: {error.strerror or error}") from error
    except (sqlite3.Error, DatabaseError) as error:
        reason = error.orig if isinstance(error, DatabaseError) else error
        raise DatabaseUnusable(f"{path}: {reason}") from error
    return Database(path.resolve(), on_close=lock.release)


def _prepare(path: Path, now: datetime, migrations: Path) -> None:
    """Bring the file to the newest revision, and see that it can be written the way we do."""
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        revision, known = revisions.current(connection, path), revisions.known(migrations)
        if revision is not None and revision not in known:
            raise DatabaseTooNew(
                f"{path} is of revision {revision}, this Limber knows none after {known[-1]}:"
                " run the newer one"
            )
        if revision is None:
            migrating.upgrade(path, migrations, now)
        elif revision != known[-1]:
            copy = migrating.copy_aside(connection, path, revision)
            migrating.upgrade(path, migrations, now)
            log.info("database_migrated", before=revision, after=known[-1], copy=str(copy))
        (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
        if mode != "wal":
            raise DatabaseUnusable(f"{path}: its file system cannot hold a write-ahead log")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")

"""Opens a SQLite file: locked against other processes, migrated, ready."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncSession

from db import migrating, revisions
from db.engine import BUSY_SECONDS
from db.errors import DatabaseUnusable
from db.lock import ProcessLock
from db.ownership import hand_over, make_folder
from db.sqlite import SqliteDatabase, engine

log = structlog.get_logger(__name__)


def open_alone(path: Path, now: datetime, migrations: Path) -> SqliteDatabase:
    """Return the open database of a file that no other process has open; it may be created.

    Raises DatabaseBusy, DatabaseTooNew and DatabaseUnusable.
    """
    lock = make_ready(path, now, migrations)
    return SqliteDatabase(path.resolve(), on_close=lock.release)


def make_ready(path: Path, now: datetime, migrations: Path) -> ProcessLock:
    """Bring a file to the newest revision; return the lock that keeps other processes off it.

    Raises as `open_alone` does.
    """
    try:
        make_folder(path.parent)
        lock = ProcessLock(path.resolve())
        try:
            path.touch(mode=0o600)
            hand_over(path)
            _prepare(path, now, migrations)
        except BaseException:
            lock.release()
            raise
    except OSError as error:
        raise DatabaseUnusable(f"{path}: {error.strerror or error}") from error
    except (sqlite3.Error, DatabaseError) as error:
        reason = error.orig if isinstance(error, DatabaseError) else error
        raise DatabaseUnusable(f"{path}: {reason}") from error
    return lock


@asynccontextmanager
async def reader(path: Path) -> AsyncIterator[AsyncSession]:
    """Open a session of a file that is there, on a connection of its own that cannot write."""
    if not await asyncio.to_thread(path.exists):
        raise DatabaseUnusable(f"{path}: there is no such file yet")
    reading = engine(path, "BEGIN", ("query_only=ON",), size=1, more=0)
    try:
        async with AsyncSession(reading) as session:
            yield session
    finally:
        await reading.dispose()


def _prepare(path: Path, now: datetime, migrations: Path) -> None:
    """Bring the file to the newest revision, and see that it can be written the way we do."""
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        revision, known = revisions.current(connection, path), revisions.known(migrations)
        revisions.expect_known(revision, known, str(path))
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

"""An open SQLite database: one connection that writes, a few that read beside it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from db import migrating, quick_cursor
from db.engine import BUSY_SECONDS, TURN_SECONDS, Database, Whose

MOMENT = 100  # milliseconds for which emptying the log may hold others up

READERS = 4
MORE_READERS = 12  # opened when the first are taken, closed again after use

# FULL: a commit is on the disk before it returns, so an acknowledged update survives a power cut.
# And what is deleted is overwritten in the file, not only marked as free.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")


class SqliteDatabase(Database):
    """The file at `path`, which no other process has open.

    A session that writes holds the write lock from its first statement to its end.
    """

    def __init__(self, path: Path, on_close: Callable[[], None]) -> None:
        self.path = path
        # SQLite lets one transaction write at a time. A pool of one connection makes writers
        # queue up in order; several would poll for the lock and the unlucky wait for a second.
        self._writer = engine(path, "BEGIN IMMEDIATE", PRAGMAS, size=1, more=0)
        self._reader = engine(
            path, "BEGIN", (*PRAGMAS, "query_only=ON"), size=READERS, more=MORE_READERS
        )
        self._on_close = on_close
        self.sessions = async_sessionmaker(self._writer, expire_on_commit=False)
        self.reading = async_sessionmaker(self._reader, expire_on_commit=False)

    async def hold(self, session: AsyncSession, whose: int | Whose) -> None:
        """Do nothing: of all transactions that write only one is open at a time."""

    async def empty_log(self) -> bool:
        """Take in the write-ahead log and empty it: what was deleted stands in it until then.

        Returns whether that was done: somebody who reads just now is waited for a moment only.
        """
        async with self._writer.connect() as connection:
            raw = (await connection.get_raw_connection()).driver_connection
            assert raw is not None
            await raw.execute(f"PRAGMA busy_timeout={MOMENT}")
            try:
                cursor = await raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                (busy, *_) = await cursor.fetchone()
                await cursor.close()
            finally:
                await raw.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
        return not busy

    def forget_copies(self, before: datetime) -> None:
        """Delete the copies that migrations put aside before a moment."""
        migrating.forget_copies(self.path, before)

    async def close(self) -> None:
        """Close all connections, take in the write-ahead log, let other processes in."""
        await self._reader.dispose()
        await self._writer.dispose()
        self._on_close()


def engine(path: Path, begin: str, pragmas: tuple[str, ...], size: int, more: int) -> AsyncEngine:
    """Return an engine whose transactions start with the statement `begin`."""
    made = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(path)),
        # No isolation level: the driver begins nothing by itself, on any version of Python.
        connect_args={"isolation_level": None, "timeout": BUSY_SECONDS},
        pool_size=size,
        max_overflow=more,
        pool_timeout=TURN_SECONDS,
        hide_parameters=True,  # what people wrote stays out of error texts
    )

    event.listen(made.sync_engine, "do_connect", quick_cursor.connect)

    @event.listens_for(made.sync_engine, "connect")
    def set_pragmas(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(made.sync_engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    @event.listens_for(made.sync_engine, "invalidate")
    def end_transaction(connection: Any, _record: object, _error: object) -> None:
        # A task cancelled inside a statement leaves a cursor behind, and SQLite keeps the write
        # lock of a closed connection while one lives: without this a stop locks the database.
        with contextlib.suppress(Exception):
            connection.rollback()

    return made

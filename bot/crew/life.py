"""How others know that this process lives: it holds a lock that ends with its connection."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
import structlog
from sqlalchemy import URL

from bot.outgoing.backoff import growing
from db.postgresql import ARGUMENTS
from db.queries.crew import LIFE

log = structlog.get_logger(__name__)

LOOK = 1.0  # seconds between two looks whether the connection stands


class Life:
    """Holds the lock of a worker's number; `run` sees to it that it goes on being held.

    A heartbeat tells of a death after seconds, and of one that never was where a loop is late; the
    server lets a lock go as soon as the connection ends, and at once where the process dies.
    """

    def __init__(self, url: URL) -> None:
        self._conninfo = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._number: int | None = None
        self._turn = asyncio.Lock()

    async def hold(self, number: int) -> None:
        """Return once the lock of a worker's number is held."""
        async with self._turn:
            if self._number != number:
                self._number = number
                await self._connect()

    async def run(self) -> None:
        """Hold the lock anew where the connection has ended, until cancelled."""
        waits = growing()
        while True:
            await asyncio.sleep(LOOK)
            try:
                await self._check()
                waits = growing()
            except psycopg.Error as error:
                log.error("life_unknown", error=type(error).__name__)
                await asyncio.sleep(next(waits))

    async def close(self) -> None:
        """Let the lock go."""
        if self._connection is not None:
            await self._connection.close()

    async def _check(self) -> None:
        async with self._turn:
            if self._connection is None:
                return
            try:
                await self._connection.execute("select 1")
            except psycopg.Error:
                await self._connect()

    async def _connect(self) -> None:
        await self.close()
        connect = psycopg.AsyncConnection.connect
        self._connection = await connect(self._conninfo, autocommit=True, **ARGUMENTS)
        given = (LIFE, self._number)
        await self._connection.execute("select pg_advisory_lock_shared(%s::int, %s::int)", given)

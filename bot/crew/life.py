"""How others know that this process lives: it holds a lock that ends with its connection."""

from __future__ import annotations

import asyncio

import psycopg
import structlog
from sqlalchemy import URL

from bot.outgoing.backoff import growing
from db.connecting import LIFE, Connection, connect_alone

log = structlog.get_logger(__name__)

LOOK = 1.0  # seconds between two looks whether the connection stands


class Life:
    """Holds the lock of a worker's number; `run` sees to it that it goes on being held.

    A heartbeat tells of a death after seconds, and of one that never was where a loop is late; the
    server lets a lock go as soon as the connection ends, and at once where the process dies.
    """

    def __init__(self, url: URL) -> None:
        self._url = url
        self._held: tuple[int, Connection] | None = None
        self._turn = asyncio.Lock()

    async def hold(self, number: int) -> None:
        """Return once the lock of a worker's number is held."""
        async with self._turn:
            if self._held is None or self._held[0] != number:
                await self._take(number)

    async def let_go(self) -> None:
        """Hold nothing any more: what the worker had in hand is others' now."""
        async with self._turn:
            await self._drop()

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

    async def _check(self) -> None:
        async with self._turn:
            if self._held is None:
                return
            number, connection = self._held
            try:
                await connection.execute("select 1")
            except psycopg.Error:
                await self._take(number)

    async def _take(self, number: int) -> None:
        await self._drop()
        connection = await connect_alone(self._url)
        try:
            given = (LIFE, number)
            await connection.execute("select pg_advisory_lock_shared(%s::int, %s::int)", given)
        except BaseException:
            await connection.close()
            raise
        self._held = number, connection

    async def _drop(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            await held[1].close()

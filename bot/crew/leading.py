"""Who leads: one process at a time, for as long as its connection with the server lives."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import psycopg
import structlog
from sqlalchemy import URL

from bot.crew.racing import first_of
from bot.intake.storage import is_unavailable
from bot.outgoing.backoff import growing
from db.connecting import LEADER, Connection, connect_alone
from db.queries.crew import CHANNEL

log = structlog.get_logger(__name__)

LOOK = 1.0  # seconds between two tries to lead, and between two looks whether we still do

Term = Callable[[], Coroutine[Any, Any, None]]


class Leading:
    """`run` has `term` run while this process leads; `wake` is called for what others tell.

    The lock ends with the connection: at once where the process dies, after a few seconds where
    the machine does.
    """

    def __init__(self, url: URL, term: Term, wake: Callable[[], None]) -> None:
        self._url = url
        self._term = term
        self._wake = wake

    async def run(self) -> None:
        """Lead whenever nobody else does, until cancelled."""
        waits = growing()
        while True:
            try:
                async with await connect_alone(self._url) as connection:
                    waits = growing()
                    await self._wait_and_lead(connection)
            except Exception as error:
                if not (isinstance(error, psycopg.Error) or is_unavailable(error)):
                    raise
                log.error("leading_failed", error=type(error).__name__)
            await asyncio.sleep(next(waits))

    async def _wait_and_lead(self, connection: Connection) -> None:
        while not await self._take(connection):  # noqa: ASYNC110 - only the server knows
            await asyncio.sleep(LOOK)
        log.info("leads")
        await self._lead(connection)

    async def _lead(self, connection: Connection) -> None:
        """Run the term until it ends or the connection does, which others take for our end."""
        await connection.execute(f"listen {CHANNEL}")
        await first_of(self._term(), self._hear(connection))

    async def _hear(self, connection: Connection) -> None:
        """Pass on what others tell; raises where the connection has ended."""
        while True:
            async for _ in connection.notifies(timeout=LOOK):
                self._wake()
            await connection.execute("select 1")

    async def _take(self, connection: Connection) -> bool:
        cursor = await connection.execute(f"select pg_try_advisory_lock({LEADER})")
        row = await cursor.fetchone()
        return bool(row and row[0])

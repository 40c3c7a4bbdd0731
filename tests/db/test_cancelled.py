"""A task that is broken off inside a transaction leaves nothing locked."""

from __future__ import annotations

import asyncio

from sqlalchemy import text

from db.engine import Database


async def test_cancelled_transaction_lets_go(database: Database) -> None:
    """Wherever a writing task is cancelled, the next writer does not wait for it."""
    async with database.sessions.begin() as session:
        await session.execute(text("CREATE TABLE t (a integer)"))
        await session.execute(text("INSERT INTO t VALUES (1)"))

    async def write() -> None:
        async with database.sessions.begin() as session:
            await session.scalar(text("UPDATE t SET a = a + 1 RETURNING a"))

    for step in range(60):
        broken_off = asyncio.create_task(write())
        await asyncio.sleep(step * 0.0001)
        broken_off.cancel()
        await asyncio.wait([broken_off])
        await asyncio.wait_for(write(), 5)

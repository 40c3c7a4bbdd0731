"""What an inbox keeps of an update, and for how long."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.intake.chat_of import chat_of
from db.queries import inbox as rows

log = structlog.get_logger(__name__)

KEEP_DONE = timedelta(hours=48)  # Telegram repeats an update for 24 hours at most
KEEP_POISON = timedelta(days=30)
BATCH = 500  # of them forgotten in one transaction


def arrivals(updates: Sequence[dict[str, Any]], at: datetime) -> list[rows.Arrival]:
    """Return the updates that arrived at a moment as they are stored."""
    return [
        rows.Arrival(
            update_id=raw["update_id"],
            chat_id=chat_of(raw),
            raw=json.dumps(raw, separators=(",", ":")),
            received_at=at,
        )
        for raw in updates
    ]


async def forget_old(sessions: async_sessionmaker[AsyncSession], now: datetime) -> None:
    """Forget closed updates no longer needed to recognise a repetition, and old poison."""
    done = await _forget(sessions, rows.DONE, now - KEEP_DONE)
    poison = await _forget(sessions, rows.POISON, now - KEEP_POISON)
    log.info("inbox_upkeep", done=done, poison=poison)


async def _forget(sessions: async_sessionmaker[AsyncSession], state: str, before: datetime) -> int:
    """Remove old updates in a state, a batch at a time: others write in between."""
    gone = 0
    while True:
        async with sessions.begin() as session:
            batch = await rows.forget_before(session, state, before, BATCH)
        gone += batch
        if batch < BATCH:
            return gone

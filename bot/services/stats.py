"""How the bot is doing, in numbers about everybody and nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.stats import Span, Stats
from db.queries import stats

DAY, WEEK = timedelta(hours=24), timedelta(days=7)


async def gather(deps: Deps) -> Stats:
    """Count what there is now and what happened lately; SQLite does it in a thread of its own."""
    now = deps.now()
    async with deps.read() as session:
        return Stats(
            people=await stats.of_people(session, now),
            active=await stats.active(session, now - WEEK),
            queue=await stats.queue(session, now, deps.update_id or 0),
            day=await _span(session, now - DAY, now),
            week=await _span(session, now - WEEK, now),
        )


async def _span(session: AsyncSession, since: datetime, now: datetime) -> Span:
    return Span(
        reminders=await stats.of_reminders(session, since, now),
        finished=await stats.finished(session, since),
        unknown=await stats.unknown(session, since),
    )

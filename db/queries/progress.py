"""Statements about what a person has done, and what became of the reminders of their days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.player import Outcome, SessionKind, SessionState
from bot.domain.reminder import OF_ROUTINE, OccurrenceState, SkipReason
from bot.domain.step import Length
from db.models import Occurrence, Session, StepRecord


async def kept(
    session: AsyncSession, person_id: int, since: date
) -> Sequence[tuple[date, Length, bool]]:
    """Return (practice day, how much, was it planned) of each routine finished since a day."""
    planned = func.coalesce(Session.planned, true())  # nobody knows of what was done long ago
    query = select(Session.practice_day, Session.length, planned).where(
        Session.person_id == person_id,
        Session.kind == SessionKind.ROUTINE,
        Session.state == SessionState.DONE,
        Session.practice_day >= since,
    )
    return [(day, length, bool(plan)) for day, length, plan in await session.execute(query)]


async def told(
    session: AsyncSession, person_id: int, since: date
) -> Sequence[tuple[date, OccurrenceState, SkipReason | None]]:
    """Return (practice day, state, reason) of the reminders of the routine since a day."""
    query = select(Occurrence.practice_day, Occurrence.state, Occurrence.reason).where(
        Occurrence.person_id == person_id,
        Occurrence.kind.in_(OF_ROUTINE),
        Occurrence.practice_day >= since,
    )
    found = await session.execute(query)
    return [(day, state, SkipReason(why) if why else None) for day, state, why in found]


async def practised(session: AsyncSession, person_id: int, since: date) -> tuple[int, int]:
    """Return in how many sessions something was done since a day, and for how many seconds."""
    query = (
        select(func.count(Session.id.distinct()), func.coalesce(func.sum(StepRecord.seconds), 0))
        .join(StepRecord, StepRecord.session_id == Session.id)
        .where(
            Session.person_id == person_id,
            Session.practice_day >= since,
            StepRecord.outcome == Outcome.DONE,
        )
    )
    count, seconds = (await session.execute(query)).one()
    return int(count), int(seconds)

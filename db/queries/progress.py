"""Statements about what a person has done, and what became of the reminders of their days."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.player import Outcome, SessionKind, SessionState
from bot.domain.reminder import OF_ROUTINE, OccurrenceState, SkipReason
from bot.domain.step import Length
from db.models import Occurrence, Session, StepRecord


async def kept(
    session: AsyncSession, people: Collection[int], since: date
) -> Sequence[tuple[int, date, Length, bool]]:
    """Return (person, practice day, how much, was it planned) of routines finished since a day."""
    planned = func.coalesce(Session.planned, true())  # nobody knows of what was done long ago
    query = select(Session.person_id, Session.practice_day, Session.length, planned).where(
        Session.person_id.in_(people),
        Session.kind == SessionKind.ROUTINE,
        Session.state == SessionState.DONE,
        Session.practice_day >= since,
    )
    found = await session.execute(query)
    return [(person, day, length, bool(plan)) for person, day, length, plan in found]


async def told(
    session: AsyncSession, people: Collection[int], since: date
) -> Sequence[tuple[int, date, OccurrenceState, SkipReason | None]]:
    """Return (person, practice day, state, reason) of reminders of the routine since a day."""
    query = select(
        Occurrence.person_id, Occurrence.practice_day, Occurrence.state, Occurrence.reason
    ).where(
        Occurrence.person_id.in_(people),
        Occurrence.kind.in_(OF_ROUTINE),
        Occurrence.practice_day >= since,
    )
    found = await session.execute(query)
    return [
        (person, day, state, SkipReason(why) if why else None) for person, day, state, why in found
    ]


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

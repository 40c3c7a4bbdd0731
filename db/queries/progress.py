"""Statements about what a person has done, and what became of the reminders of their days."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.downtime import is_late
from bot.domain.player import Outcome, SessionKind, SessionState
from bot.domain.reminder import OF_ROUTINE, OccurrenceState, SkipReason
from bot.domain.step import Length
from db.models import Occurrence, Session, StepRecord
from db.types import total


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


class ToldOf(NamedTuple):
    """What became of one reminder of the routine; `late` where the bot was down when it was due."""

    person: int
    day: date
    state: OccurrenceState
    reason: SkipReason | None
    late: bool


async def told(session: AsyncSession, people: Collection[int], since: date) -> Sequence[ToldOf]:
    """Return what became of reminders of the routine since a day."""
    query = select(
        Occurrence.person_id,
        Occurrence.practice_day,
        Occurrence.state,
        Occurrence.reason,
        Occurrence.due_at,
        Occurrence.claimed_at,
    ).where(
        Occurrence.person_id.in_(people),
        Occurrence.kind.in_(OF_ROUTINE),
        Occurrence.practice_day >= since,
    )
    found = await session.execute(query)
    return [
        ToldOf(person, day, state, SkipReason(why) if why else None, _was_late(due, claimed))
        for person, day, state, why, due, claimed in found
    ]


def _was_late(due: datetime, claimed: datetime | None) -> bool:
    """Return whether the bot was not there when a reminder fell due."""
    return claimed is not None and is_late(due, claimed)


async def practised(session: AsyncSession, person_id: int, since: date) -> tuple[int, int]:
    """Return in how many sessions something was done since a day, and for how many seconds."""
    query = (
        select(func.count(Session.id.distinct()), func.coalesce(total(StepRecord.seconds), 0))
        .join(StepRecord, StepRecord.session_id == Session.id)
        .where(
            Session.person_id == person_id,
            Session.practice_day >= since,
            StepRecord.outcome == Outcome.DONE,
            Session.kind != SessionKind.MOVEMENT,  # what was done in it is recorded for its day
        )
    )
    count, seconds = (await session.execute(query)).one()
    return int(count), int(seconds)

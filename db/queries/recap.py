"""Statements about what a weekly recap tells, and about people who have none yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.pace import Pace
from bot.domain.person import PersonState, Question
from bot.domain.player import Outcome, SessionKind, SessionState
from bot.domain.reminder import OccurrenceState, ReminderKind, SkipReason
from bot.domain.sides import Ease
from bot.domain.step import Side
from db.models import Occurrence, Person, Reminder, Session, SideFelt, StepRecord


async def find(session: AsyncSession, person_id: int) -> Reminder | None:
    """Return the reminder by which a person's recap comes, or None."""
    query = select(Reminder).where(
        Reminder.person_id == person_id, Reminder.kind == ReminderKind.RECAP
    )
    return (await session.scalars(query)).one_or_none()


class Without(NamedTuple):
    """Somebody without a recap, with what decides when it comes."""

    id: int
    zone: str | None
    paused_at: datetime | None
    paused_until: datetime | None
    around: bool
    state: PersonState


async def without(
    session: AsyncSession, onboarding: Collection[Question], after: int, limit: int
) -> list[Without]:
    """Return people with an id after this one who have no recap, in the order of their ids."""
    has = exists().where(and_(Reminder.person_id == Person.id, Reminder.kind == ReminderKind.RECAP))
    query = (
        select(
            Person.id,
            Person.zone,
            Person.paused_at,
            Person.paused_until,
            Person.around,
            Person.state,
        )
        .where(Person.id > after, Person.onboarding.in_(onboarding), ~has)
        .order_by(Person.id)
        .limit(limit)
    )
    return [Without._make(row) for row in await session.execute(query)]


async def add(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Add the reminders of many recaps in one statement."""
    if rows:
        await session.execute(insert(Reminder), list(rows))


async def skip(session: AsyncSession, occurrence_id: int, reason: SkipReason) -> None:
    """Let one recap not go out."""
    await session.execute(
        update(Occurrence)
        .where(Occurrence.id == occurrence_id, Occurrence.state == OccurrenceState.DUE)
        .values(state=OccurrenceState.SKIPPED, send_at=None, reason=reason)
    )


async def practised(
    session: AsyncSession, person_id: int, first: date, last: date
) -> tuple[int, int]:
    """Return in how many sessions something was done on these days, and for how many seconds."""
    query = (
        select(func.count(Session.id.distinct()), func.coalesce(func.sum(StepRecord.seconds), 0))
        .join(StepRecord, StepRecord.session_id == Session.id)
        .where(
            Session.person_id == person_id,
            Session.practice_day.between(first, last),
            StepRecord.outcome == Outcome.DONE,
        )
    )
    count, seconds = (await session.execute(query)).one()
    return int(count), int(seconds)


async def began(session: AsyncSession, person_id: int, since: date) -> Sequence[datetime]:
    """Return when the routines that were finished since a day began, oldest first.

    Not those that were spread through the day: their reminders are at set times.
    """
    query = (
        select(Session.started_at)
        .where(
            Session.person_id == person_id,
            Session.kind == SessionKind.ROUTINE,
            Session.state == SessionState.DONE,
            Session.pace != Pace.SPREAD,
            Session.practice_day >= since,
        )
        .order_by(Session.started_at)
    )
    return (await session.scalars(query)).all()


async def felt(
    session: AsyncSession, person_id: int, start: datetime, end: datetime
) -> Mapping[str, Mapping[Side, Ease]]:
    """Return, by exercise, how the sides felt where that was last said between two moments."""
    query = select(SideFelt.entry, SideFelt.side, SideFelt.ease).where(
        SideFelt.person_id == person_id, SideFelt.felt_at >= start, SideFelt.felt_at < end
    )
    found = defaultdict[str, dict[Side, Ease]](dict)
    for entry, side, ease in await session.execute(query):
        found[entry][side] = ease
    return found

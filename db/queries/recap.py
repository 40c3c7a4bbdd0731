"""Statements about what a weekly recap tells, and about people who have none yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.pace import Pace
from bot.domain.person import PersonState, Question
from bot.domain.player import Feedback, Outcome, SessionKind, SessionState
from bot.domain.reminder import OccurrenceState, ReminderKind, SkipReason
from bot.domain.sides import Ease
from bot.domain.step import Side
from db.many import execute_many
from db.models import Occurrence, Person, Reminder, Session, SideFelt, StepRecord
from db.types import total


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
    """Add the reminders of many recaps."""
    await execute_many(session, insert(Reminder.__table__), rows)  # type: ignore[arg-type]


async def skip(session: AsyncSession, found: Mapping[int, SkipReason]) -> None:
    """Let recaps not go out, each for a reason, by their occurrences."""
    for occurrence, reason in found.items():
        await session.execute(
            update(Occurrence)
            .where(Occurrence.id == occurrence, Occurrence.state == OccurrenceState.DUE)
            .values(state=OccurrenceState.SKIPPED, send_at=None, reason=reason)
        )


async def practised(
    session: AsyncSession, people: Collection[int], since: date
) -> list[tuple[int, date, int, int]]:
    """Return (person, practice day, in how many sessions something was done, seconds)."""
    query = (
        select(
            Session.person_id,
            Session.practice_day,
            func.count(Session.id.distinct()),
            func.coalesce(total(StepRecord.seconds), 0),
        )
        .join(StepRecord, StepRecord.session_id == Session.id)
        .where(
            Session.person_id.in_(people),
            Session.practice_day >= since,
            StepRecord.outcome == Outcome.DONE,
            Session.kind != SessionKind.MOVEMENT,  # what was done in it is recorded for its day
        )
        .group_by(Session.person_id, Session.practice_day)
    )
    return [(who, day, count, total) for who, day, count, total in await session.execute(query)]


class Began(NamedTuple):
    """A routine that was finished: when it began, and how it felt."""

    person: int
    at: datetime
    feedback: Feedback | None


async def began(session: AsyncSession, people: Collection[int], since: date) -> list[Began]:
    """Return routines that were finished since a day, oldest first.

    Not those that were spread through the day: their reminders are at set times.
    """
    query = (
        select(Session.person_id, Session.started_at, Session.feedback)
        .where(
            Session.person_id.in_(people),
            Session.kind == SessionKind.ROUTINE,
            Session.state == SessionState.DONE,
            Session.pace != Pace.SPREAD,
            Session.practice_day >= since,
        )
        .order_by(Session.started_at)
    )
    return [Began._make(row) for row in await session.execute(query)]


class FeltSide(NamedTuple):
    """How a side of an exercise felt when that was last said."""

    person: int
    entry: str
    side: Side
    ease: Ease
    at: datetime


async def felt(session: AsyncSession, people: Collection[int], since: datetime) -> list[FeltSide]:
    """Return how sides felt where that was last said since a moment."""
    query = select(
        SideFelt.person_id, SideFelt.entry, SideFelt.side, SideFelt.ease, SideFelt.felt_at
    ).where(SideFelt.person_id.in_(people), SideFelt.felt_at >= since)
    return [FeltSide._make(row) for row in await session.execute(query)]

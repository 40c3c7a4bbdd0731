"""Statements that go through all reminders, and through what a wrong clock left behind."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.person import PersonState
from bot.domain.reminder import OPEN
from db.models import Occurrence, Person, Reminder

_OFF = {"synchronize_session": False}


class Row(NamedTuple):
    """A reminder that is planned, with what of its person decides when."""

    id: int
    rule: str
    next_at: datetime | None
    wake_at: datetime | None
    settled_at: datetime | None
    paused_at: datetime | None
    person_id: int
    zone: str | None
    person_paused_at: datetime | None
    paused_until: datetime | None
    around: bool


async def page(
    session: AsyncSession, after: int, limit: int, settled_after: datetime | None = None
) -> list[Row]:
    """Return planned reminders with an id after this one, in the order of their ids.

    Beside them come those that are settled beyond a moment, whether they are planned or not.
    """
    planned: ColumnElement[bool] = Reminder.next_at.is_not(None)
    if settled_after is not None:
        beyond = and_(Reminder.settled_at > settled_after, Person.state == PersonState.ACTIVE)
        planned = or_(planned, beyond)
    query = (
        select(
            Reminder.id,
            Reminder.rule,
            Reminder.next_at,
            Reminder.wake_at,
            Reminder.settled_at,
            Reminder.paused_at,
            Person.id,
            Person.zone,
            Person.paused_at,
            Person.paused_until,
            Person.around,
        )
        .join(Person, Person.id == Reminder.person_id)
        .where(Reminder.id > after, planned)
        .order_by(Reminder.id)
        .limit(limit)
    )
    return [Row._make(row) for row in await session.execute(query)]


async def newest_claim(session: AsyncSession) -> datetime | None:
    """Return when the last occurrence was claimed."""
    query = (
        select(Occurrence.claimed_at)
        .where(Occurrence.claimed_at.is_not(None))
        .order_by(Occurrence.id.desc())
        .limit(1)
    )
    return await session.scalar(query)


async def forget_claimed_after(session: AsyncSession, moment: datetime, limit: int) -> int:
    """Remove occurrences that were claimed after a moment, newest first; return how many."""
    newest = (
        select(Occurrence.id)
        .where(Occurrence.claimed_at > moment)
        .order_by(Occurrence.id.desc())
        .limit(limit)
    )
    statement = delete(Occurrence).where(Occurrence.id.in_(newest)).returning(Occurrence.id)
    result = await session.execute(statement, execution_options=_OFF)
    return len(result.all())


async def send_now(session: AsyncSession, after: datetime, now: datetime) -> None:
    """Let what was claimed, and waits until after a moment, go out now."""
    await session.execute(
        update(Occurrence)
        .where(
            Occurrence.send_at > after,
            Occurrence.claimed_at.is_not(None),
            Occurrence.state.in_(OPEN),
        )
        .values(send_at=now),
        execution_options=_OFF,
    )


async def forget_asked_after(session: AsyncSession, day: date) -> None:
    """Forget gentle questions that were asked on a day after this one."""
    await session.execute(
        update(Person).where(Person.eased_on > day).values(eased_on=None),
        execution_options=_OFF,
    )

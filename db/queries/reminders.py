"""Statements about reminders."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.person import PersonState
from bot.domain.reminder import ReminderKind
from db.many import execute_many
from db.models import Person, Reminder

# A recap comes by the same machinery, but reminds of nothing: no list of reminders has it.
_REMINDS = Reminder.kind != ReminderKind.RECAP


async def of_person(session: AsyncSession, person_id: int) -> Sequence[Reminder]:
    """Return the person's reminders in the order they were made, without the recap."""
    query = select(Reminder).where(Reminder.person_id == person_id, _REMINDS).order_by(Reminder.id)
    return (await session.scalars(query)).all()


async def of_people(session: AsyncSession, people: Collection[int]) -> Sequence[Reminder]:
    """Return the reminders of several people, without their recaps."""
    query = select(Reminder).where(Reminder.person_id.in_(people), _REMINDS).order_by(Reminder.id)
    return (await session.scalars(query)).all()


async def with_recap(session: AsyncSession, person_id: int) -> Sequence[Reminder]:
    """Return all by which something of a person's comes: their reminders and the recap."""
    query = select(Reminder).where(Reminder.person_id == person_id).order_by(Reminder.id)
    return (await session.scalars(query)).all()


async def find(session: AsyncSession, reminder_id: int, person_id: int) -> Reminder | None:
    """Return this person's reminder, or None: another's row is never found, nor the recap."""
    query = select(Reminder).where(
        Reminder.id == reminder_id, Reminder.person_id == person_id, _REMINDS
    )
    return (await session.scalars(query)).one_or_none()


async def remove(session: AsyncSession, ids: Sequence[int]) -> None:
    """Remove reminders; their occurrences stay as history."""
    await session.execute(delete(Reminder).where(Reminder.id.in_(ids)))


class Due(NamedTuple):
    """A reminder whose time has come, with what of its person decides about it."""

    id: int
    kind: ReminderKind
    entry: str | None
    rule: str
    next_at: datetime
    paused_at: datetime | None
    person_id: int
    zone: str | None
    day_end: time
    quiet_from: time | None
    quiet_to: time | None
    around: bool
    eased_on: date | None


async def due(session: AsyncSession, now: datetime, limit: int) -> list[Due]:
    """Return reminders whose time has come, those of one person side by side.

    Beside the `limit` that are due longest come the others of their people, so that they can be
    made one message. One statement, whatever the number.
    """
    longest = (
        select(Reminder.person_id)
        .join(Person, Person.id == Reminder.person_id)
        .where(Reminder.wake_at <= now, Person.state == PersonState.ACTIVE)
        .order_by(Reminder.wake_at)
        .limit(limit)
    )
    query = (
        select(
            Reminder.id,
            Reminder.kind,
            Reminder.entry,
            Reminder.rule,
            Reminder.next_at,
            Reminder.paused_at,
            Person.id,
            Person.zone,
            Person.day_end,
            Person.quiet_from,
            Person.quiet_to,
            Person.around,
            Person.eased_on,
        )
        .join(Person, Person.id == Reminder.person_id)
        .where(Reminder.wake_at <= now, Reminder.person_id.in_(longest))
        .order_by(Reminder.person_id, Reminder.next_at, Reminder.id)
    )
    return [Due._make(row) for row in await session.execute(query)]


async def move(session: AsyncSession, moves: Sequence[dict[str, Any]]) -> None:
    """Set the next moments of many reminders.

    Each move names `key`, `planned`, `wake` and `settled`.
    """
    table = Reminder.__table__
    statement = (
        update(table)  # type: ignore[arg-type]
        .where(table.c.id == bindparam("key"))
        .values(
            next_at=bindparam("planned"),
            wake_at=bindparam("wake"),
            settled_at=bindparam("settled"),
        )
    )
    await execute_many(session, statement, moves)


async def earliest(session: AsyncSession) -> datetime | None:
    """Return when the next reminder of anybody is to be claimed."""
    query = (
        select(Reminder.wake_at)
        .join(Person, Person.id == Reminder.person_id)
        .where(Reminder.wake_at.is_not(None), Person.state == PersonState.ACTIVE)
        .order_by(Reminder.wake_at)
        .limit(1)
    )
    return await session.scalar(query)

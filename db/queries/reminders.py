"""Statements about reminders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.person import PersonState
from bot.domain.reminder import ReminderKind
from db.models import Person, Reminder


async def of_person(session: AsyncSession, person_id: int) -> Sequence[Reminder]:
    """Return the person's reminders in the order they were made."""
    query = select(Reminder).where(Reminder.person_id == person_id).order_by(Reminder.id)
    return (await session.scalars(query)).all()


async def find(session: AsyncSession, reminder_id: int, person_id: int) -> Reminder | None:
    """Return this person's reminder, or None: another person's row is never found."""
    query = select(Reminder).where(Reminder.id == reminder_id, Reminder.person_id == person_id)
    return (await session.scalars(query)).one_or_none()


async def add_once(
    session: AsyncSession,
    person_id: int,
    kind: ReminderKind,
    entry: str | None,
    rule: str,
    next_at: datetime | None,
    now: datetime,
) -> None:
    """Add a reminder unless the person has the same one already."""
    await session.execute(
        insert(Reminder)
        .values(
            person_id=person_id,
            kind=kind,
            entry=entry,
            rule=rule,
            next_at=next_at,
            created_at=now,
        )
        .on_conflict_do_nothing()
    )


async def remove(session: AsyncSession, ids: Sequence[int]) -> None:
    """Remove reminders; their occurrences stay as history."""
    await session.execute(delete(Reminder).where(Reminder.id.in_(ids)))


async def stop(session: AsyncSession, person_id: int) -> None:
    """Let none of the person's reminders fire until they are planned again."""
    await session.execute(
        update(Reminder).where(Reminder.person_id == person_id).values(next_at=None)
    )


async def due(
    session: AsyncSession, now: datetime, limit: int
) -> Sequence[tuple[Reminder, Person]]:
    """Return reminders whose time has come with their people: of the `limit` people due longest.

    All of a person's due reminders come together, so that they can be made one message.
    """
    waiting = (
        select(Reminder.person_id)
        .join(Person, Person.id == Reminder.person_id)
        .where(Reminder.next_at <= now, Person.state == PersonState.ACTIVE)
        .group_by(Reminder.person_id)
        .order_by(func.min(Reminder.next_at))
        .limit(limit)
    )
    query = (
        select(Reminder, Person)
        .join(Person, Person.id == Reminder.person_id)
        .where(Reminder.next_at <= now, Reminder.person_id.in_(waiting))
        .order_by(Reminder.next_at, Reminder.id)
    )
    return [(reminder, person) for reminder, person in await session.execute(query)]


async def move(session: AsyncSession, moves: Sequence[tuple[int, datetime | None]]) -> None:
    """Set the next moment of many reminders in one statement."""
    if not moves:
        return
    table = Reminder.__table__
    statement = (
        update(table).where(table.c.id == bindparam("key")).values(next_at=bindparam("moment"))  # type: ignore[arg-type]
    )
    rows: list[dict[str, Any]] = [{"key": key, "moment": moment} for key, moment in moves]
    connection = await session.connection()
    await connection.execute(statement, rows)


async def earliest(session: AsyncSession) -> datetime | None:
    """Return when the next reminder of anybody becomes due."""
    query = (
        select(func.min(Reminder.next_at, type_=Reminder.next_at.type))
        .join(Person, Person.id == Reminder.person_id)
        .where(Person.state == PersonState.ACTIVE)
    )
    return await session.scalar(query)

"""Statements about occurrences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.person import PersonState
from bot.domain.reminder import OPEN, OccurrenceState, ReminderKind
from db.models import Occurrence, Person


async def find(session: AsyncSession, occurrence_id: int, person_id: int) -> Occurrence | None:
    """Return this person's occurrence, or None: another person's row is never found."""
    query = select(Occurrence).where(
        Occurrence.id == occurrence_id, Occurrence.person_id == person_id
    )
    return (await session.scalars(query)).one_or_none()


async def add_once(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Add many occurrences in one statement; one that exists already stays as it is."""
    if not rows:
        return
    connection = await session.connection()
    await connection.execute(
        insert(Occurrence.__table__).on_conflict_do_nothing(),  # type: ignore[arg-type]
        list(rows),
    )


async def to_send(
    session: AsyncSession, now: datetime, limit: int
) -> Sequence[tuple[Occurrence, Person]]:
    """Return occurrences that should go out now, oldest first, with their people."""
    query = (
        select(Occurrence, Person)
        .join(Person, Person.id == Occurrence.person_id)
        .where(
            Occurrence.state == OccurrenceState.DUE,
            Occurrence.send_at <= now,
            Person.state == PersonState.ACTIVE,
        )
        .order_by(Occurrence.send_at, Occurrence.id)
        .limit(limit)
    )
    return [(occurrence, person) for occurrence, person in await session.execute(query)]


async def waiting(session: AsyncSession, occurrence_id: int) -> tuple[Occurrence, Person] | None:
    """Return an occurrence that waits to be sent, with its person, or None."""
    query = (
        select(Occurrence, Person)
        .join(Person, Person.id == Occurrence.person_id)
        .where(
            Occurrence.id == occurrence_id,
            Occurrence.state == OccurrenceState.DUE,
            Person.state == PersonState.ACTIVE,
        )
    )
    found = (await session.execute(query)).one_or_none()
    return (found[0], found[1]) if found else None


async def earliest(session: AsyncSession) -> datetime | None:
    """Return when the next waiting occurrence should go out."""
    query = (
        select(func.min(Occurrence.send_at, type_=Occurrence.send_at.type))
        .join(Person, Person.id == Occurrence.person_id)
        .where(Occurrence.state == OccurrenceState.DUE, Person.state == PersonState.ACTIVE)
    )
    return await session.scalar(query)


async def close_day(
    session: AsyncSession, person_id: int, day: date, state: OccurrenceState
) -> None:
    """Put the routine's still open occurrences of one practice day into a state."""
    await session.execute(
        update(Occurrence)
        .where(
            Occurrence.person_id == person_id,
            Occurrence.kind == ReminderKind.ROUTINE,
            Occurrence.practice_day == day,
            Occurrence.state.in_(OPEN),
        )
        .values(state=state)
    )


async def withdraw(
    session: AsyncSession, person_id: int, reason: str, reminder_ids: Sequence[int] | None = None
) -> None:
    """Skip what still waits to be sent: of the person, or of some reminders only."""
    statement = update(Occurrence).where(
        Occurrence.person_id == person_id, Occurrence.state == OccurrenceState.DUE
    )
    if reminder_ids is not None:
        statement = statement.where(Occurrence.reminder_id.in_(reminder_ids))
    await session.execute(
        statement.values(state=OccurrenceState.SKIPPED, reason=reason, send_at=None)
    )


async def expire(session: AsyncSession, now: datetime) -> None:
    """Call missed what was sent, never answered, and has expired."""
    await session.execute(
        update(Occurrence)
        .where(Occurrence.state == OccurrenceState.SENT, Occurrence.expires_at <= now)
        .values(state=OccurrenceState.MISSED)
    )


async def days(
    session: AsyncSession, person_id: int, since: date
) -> Sequence[tuple[date, OccurrenceState]]:
    """Return (practice day, state) of the routine's occurrences since a day."""
    query = select(Occurrence.practice_day, Occurrence.state).where(
        Occurrence.person_id == person_id,
        Occurrence.kind == ReminderKind.ROUTINE,
        Occurrence.practice_day >= since,
    )
    return [(day, state) for day, state in await session.execute(query)]

"""Statements about people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.person import Question, Someone
from bot.domain.settling import quiet_hours
from db.inserting import insert
from db.many import execute_many
from db.models import Person


async def find(session: AsyncSession, person_id: int) -> Person | None:
    """Return the person's row, or None."""
    return await session.get(Person, person_id)


async def get(session: AsyncSession, person_id: int) -> Person:
    """Return the person's row; raises LookupError where there is none."""
    return await session.get_one(Person, person_id)


async def several(session: AsyncSession, ids: Collection[int]) -> Sequence[Person]:
    """Return the rows of those of these people who are still there."""
    return (await session.scalars(select(Person).where(Person.id.in_(ids)))).all()


async def add_once(
    session: AsyncSession, person_id: int, language: str | None, now: datetime
) -> None:
    """Create the person's row unless it exists."""
    await session.execute(
        insert(session, Person)
        .values(id=person_id, language=language, created_at=now)
        .on_conflict_do_nothing()
    )


async def ease(session: AsyncSession, asked: Sequence[tuple[int, date | None]]) -> None:
    """Note on which practice day each of these people is asked the gentle question, if any."""
    table = Person.__table__
    statement = (
        update(table)  # type: ignore[arg-type]
        .where(table.c.id == bindparam("key"))
        .values(eased_on=bindparam("day"))
    )
    await execute_many(session, statement, [{"key": key, "day": day} for key, day in asked])


def someone(row: Person) -> Someone:
    """Return the row as the value the rest of the code works with."""
    return Someone(
        id=row.id,
        language=row.language,
        zone_name=row.zone,
        day_end=row.day_end,
        onboarding=row.onboarding or Question.SAFETY,
        screened=row.screened,
        expecting=row.expecting,
        expecting_id=row.expecting_id,
        routine=row.routine,
        things=row.things,
        paused_at=row.paused_at,
        paused_until=row.paused_until,
        pause_reason=row.pause_reason,
        home_zone=row.home_zone,
        home_at=row.home_at,
        quiet=quiet_hours(row.quiet_from, row.quiet_to),
        repeat_minutes=row.repeat_minutes,
        around=row.around,
        eased_on=row.eased_on,
        pace=row.pace,
        passes_on=row.passes_on,
        hears=row.hears,
    )

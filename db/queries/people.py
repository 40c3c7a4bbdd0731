"""Statements about people."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.person import Question, Someone
from db.models import Person


async def find(session: AsyncSession, person_id: int) -> Person | None:
    """Return the person's row, or None."""
    return await session.get(Person, person_id)


async def get(session: AsyncSession, person_id: int) -> Person:
    """Return the person's row; raises LookupError where there is none."""
    return await session.get_one(Person, person_id)


async def add_once(
    session: AsyncSession, person_id: int, language: str | None, now: datetime
) -> None:
    """Create the person's row unless it exists."""
    await session.execute(
        insert(Person)
        .values(id=person_id, language=language, created_at=now)
        .on_conflict_do_nothing()
    )


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
    )

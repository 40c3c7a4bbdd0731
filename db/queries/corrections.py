"""Statements about days that people corrected or filled in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.calendar import Mark
from bot.domain.progress import KEPT
from db.models import Correction


async def said(
    session: AsyncSession, people: Collection[int], since: date
) -> list[tuple[int, date, Mark]]:
    """Return (person, practice day, what they say became of it) since a day."""
    query = select(Correction.person_id, Correction.practice_day, Correction.said).where(
        Correction.person_id.in_(people),
        Correction.said.is_not(None),
        Correction.practice_day >= since,
    )
    found = await session.execute(query)
    return [(person, day, mark) for person, day, mark in found if mark is not None]


async def find(session: AsyncSession, person_id: int, day: date) -> Correction | None:
    """Return what a person says of one day, or said before they took it back."""
    return await session.get(Correction, (person_id, day))


async def put(
    session: AsyncSession, person_id: int, day: date, said: Mark | None, now: datetime
) -> None:
    """Say what became of a day, or with None that it is as recorded; what was said before stays."""
    row = await find(session, person_id, day)
    if row is None:
        session.add(Correction(person_id=person_id, practice_day=day, said=said, said_at=now))
    else:
        row.before, row.said, row.said_at = row.said, said, now
    await session.flush()


async def kept(
    session: AsyncSession, people: Collection[int], since: date
) -> list[tuple[int, date]]:
    """Return (person, practice day) of the days that people say they kept, since a day."""
    query = select(Correction.person_id, Correction.practice_day).where(
        Correction.person_id.in_(people),
        Correction.practice_day >= since,
        Correction.said.in_(KEPT),
    )
    return [(person, day) for person, day in await session.execute(query)]

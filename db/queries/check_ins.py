"""Statements about how tight people felt, before and after."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.check_in import When
from bot.domain.progress import Tightness
from db.models import CheckIn


async def since(
    session: AsyncSession, people: Collection[int], day: date
) -> list[tuple[int, date, Tightness]]:
    """Return (person, practice day, how tight they felt) since a day, oldest first."""
    query = (
        select(CheckIn.person_id, CheckIn.practice_day, CheckIn.before, CheckIn.after)
        .where(CheckIn.person_id.in_(people), CheckIn.practice_day >= day)
        .order_by(CheckIn.practice_day)
    )
    found = await session.execute(query)
    return [(person, on, Tightness(before, after)) for person, on, before, after in found]


async def find(session: AsyncSession, person_id: int, day: date) -> CheckIn | None:
    """Return what a person said on one day, or None."""
    return await session.get(CheckIn, (person_id, day))


async def put(
    session: AsyncSession,
    person_id: int,
    day: date,
    moment: When,
    tight: int | None,
    now: datetime,
) -> None:
    """Store how tight they felt before or after, from 0 to 10; None: asked, and not told."""
    row = await find(session, person_id, day)
    if row is None:
        row = CheckIn(person_id=person_id, practice_day=day)
        session.add(row)
    if moment is When.BEFORE:
        row.before, row.before_at = tight, now
    else:
        row.after, row.after_at = tight, now
    await session.flush()

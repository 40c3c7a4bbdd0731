"""Statements about the times in which people wanted no reminders."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Pause


async def since(
    session: AsyncSession, people: Collection[int], moment: datetime
) -> Sequence[tuple[int, datetime, datetime | None]]:
    """Return (person, from, until) of people's pauses that did not end before a moment."""
    query = select(Pause.person_id, Pause.since, Pause.until).where(
        Pause.person_id.in_(people), or_(Pause.until.is_(None), Pause.until >= moment)
    )
    return [(person, began, ended) for person, began, ended in await session.execute(query)]


async def begin(
    session: AsyncSession, person_id: int, now: datetime, until: datetime | None
) -> None:
    """Begin a pause; one that still goes on ends with it."""
    await end(session, person_id, now)
    await session.merge(Pause(person_id=person_id, since=now, until=until))
    await session.flush()


async def end(session: AsyncSession, person_id: int, now: datetime) -> None:
    """End a person's pause now, where one goes on."""
    await session.execute(
        update(Pause)
        .where(Pause.person_id == person_id, or_(Pause.until.is_(None), Pause.until > now))
        .values(until=now)
    )

"""Statements about questions that got no answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Unanswered


async def newest(session: AsyncSession, most: int) -> Sequence[Unanswered]:
    """Return the questions that got no answer, the newest first."""
    query = select(Unanswered).order_by(Unanswered.asked_at.desc(), Unanswered.id.desc())
    return (await session.scalars(query.limit(most))).all()


async def forget(session: AsyncSession, before: datetime) -> None:
    """Delete the questions that were asked before a moment."""
    await session.execute(delete(Unanswered).where(Unanswered.asked_at < before))


async def wipe(session: AsyncSession, person_id: int) -> None:
    """Forget the words of a person's questions."""
    theirs = Unanswered.person_id == person_id
    await session.execute(update(Unanswered).where(theirs).values(text=None))

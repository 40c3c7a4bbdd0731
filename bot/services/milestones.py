"""What a person reached by finishing a routine: found once, celebrated where it is told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.milestone import Milestone, reached
from bot.services.days import count_streak
from db.models import Session
from db.queries import milestones, people


async def note(session: AsyncSession, found: Session, now: datetime) -> None:
    """Note what a routine that has just been finished is worth celebrating for."""
    await session.flush()
    person = await people.get(session, found.person_id)
    done, before = await milestones.finished(session, person.id, found.id)
    away = now - before if before else None
    news = reached(done, await count_streak(session, person, now), away)
    await milestones.put(session, person.id, news, found.id, now)


async def of_session(session: AsyncSession, found: Session) -> Milestone | None:
    """Return the greatest of what was reached by a session, or None."""
    known = await milestones.of_session(session, found.id)
    return max(known, key=list(Milestone).index, default=None)

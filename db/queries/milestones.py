"""Statements about what people reached, and by which session."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.milestone import Milestone
from bot.domain.player import SessionKind, SessionState
from db.inserting import insert
from db.models import Reached, Session


async def finished(session: AsyncSession, person_id: int, but: int) -> tuple[int, datetime | None]:
    """Return how many routines a person finished, and when the last of them `but` for one."""
    theirs = (
        Session.person_id == person_id,
        Session.kind == SessionKind.ROUTINE,
        Session.state == SessionState.DONE,
    )
    count = await session.scalar(select(func.count(Session.id)).where(*theirs))
    query = select(func.max(Session.finished_at)).where(*theirs, Session.id != but)
    return count or 0, await session.scalar(query)


async def put(
    session: AsyncSession,
    person_id: int,
    news: Collection[Milestone],
    session_id: int,
    now: datetime,
) -> None:
    """Note what a session reached; what had been reached before stays with its own session."""
    for milestone in news:
        values = {"person_id": person_id, "session_id": session_id, "reached_at": now}
        statement = insert(session, Reached).values(milestone=milestone, **values)
        await session.execute(statement.on_conflict_do_nothing())


async def of_session(session: AsyncSession, session_id: int) -> Sequence[Milestone]:
    """Return what was reached by a session."""
    query = (
        select(Reached.milestone)
        .where(Reached.session_id == session_id)
        .order_by(Reached.reached_at)
    )
    return (await session.scalars(query)).all()


async def forget(session: AsyncSession, session_id: int) -> None:
    """Forget what a session reached: its last answer was taken back."""
    await session.execute(delete(Reached).where(Reached.session_id == session_id))

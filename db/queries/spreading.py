"""Statements about routines that are spread through the day: their sessions, and who does what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.player import SessionState
from bot.domain.reminder import OccurrenceState, ReminderKind
from db.models import Occurrence, Session, StepRecord
from db.types import Json


async def under_way(session: AsyncSession, person_id: int) -> Session | None:
    """Return the person's session that is spread through the day, or None."""
    query = select(Session).where(
        Session.person_id == person_id, Session.state == SessionState.SPREAD
    )
    return (await session.scalars(query)).one_or_none()


async def steps(session: AsyncSession, ids: Collection[int]) -> dict[int, list[Json]]:
    """Return the stored steps of those of these sessions that are spread and under way."""
    query = select(Session.id, Session.steps).where(
        Session.id.in_(ids), Session.state == SessionState.SPREAD
    )
    return {row.id: row.steps for row in await session.execute(query)}


async def due(session: AsyncSession, person_id: int, now: datetime) -> Sequence[Occurrence]:
    """Return the person's movements that go out now, in order."""
    query = (
        select(Occurrence)
        .where(
            Occurrence.person_id == person_id,
            Occurrence.kind == ReminderKind.MOVEMENT,
            Occurrence.state.in_((OccurrenceState.DUE, OccurrenceState.SENT)),
            Occurrence.send_at <= now,
        )
        .order_by(Occurrence.due_at, Occurrence.id)
    )
    return (await session.scalars(query)).all()


async def with_share(session: AsyncSession, person_id: int, since: date) -> Sequence[Occurrence]:
    """Return the person's movements since a practice day that were handed out, in order."""
    query = (
        select(Occurrence)
        .where(
            Occurrence.person_id == person_id,
            Occurrence.kind == ReminderKind.MOVEMENT,
            Occurrence.practice_day >= since,
            Occurrence.share.is_not(None),
        )
        .order_by(Occurrence.id)
    )
    return (await session.scalars(query)).all()


async def records(session: AsyncSession, session_id: int) -> Sequence[StepRecord]:
    """Return what became of the steps of a session that were answered."""
    query = select(StepRecord).where(
        StepRecord.session_id == session_id, StepRecord.outcome.is_not(None)
    )
    return (await session.scalars(query)).all()


async def close(session: AsyncSession, day: date, person_id: int | None = None) -> None:
    """End what is spread through a day up to `day`, of one person or of all.

    It is kept as what it was; where nothing of it was answered, there is nothing to keep.
    """
    over = [Session.state == SessionState.SPREAD, Session.practice_day <= day]
    if person_id is not None:
        over.append(Session.person_id == person_id)
    answered = exists().where(StepRecord.session_id == Session.id)
    last = (
        select(func.max(StepRecord.recorded_at))
        .where(StepRecord.session_id == Session.id)
        .scalar_subquery()
    )
    await session.execute(
        delete(Session).where(*over, ~answered).execution_options(synchronize_session=False)
    )
    await session.execute(
        update(Session)
        .where(*over)
        .values(state=SessionState.STOPPED, finished_at=last)
        .execution_options(synchronize_session=False)
    )

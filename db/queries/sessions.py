"""Statements about sessions and their step records."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.player import Outcome, SessionKind, SessionState
from db.models import Session, StepRecord


async def find(session: AsyncSession, session_id: int, person_id: int) -> Session | None:
    """Return this person's session, or None: another person's row is never found."""
    query = select(Session).where(Session.id == session_id, Session.person_id == person_id)
    return (await session.scalars(query)).one_or_none()


async def active(session: AsyncSession, person_id: int) -> Session | None:
    """Return the person's open session, or None."""
    query = select(Session).where(
        Session.person_id == person_id, Session.state == SessionState.ACTIVE
    )
    return (await session.scalars(query)).one_or_none()


async def done_days(session: AsyncSession, person_id: int, since: date) -> list[date]:
    """Return the practice days on which a routine was finished, oldest first."""
    query = (
        select(Session.practice_day)
        .where(
            Session.person_id == person_id,
            Session.kind == SessionKind.ROUTINE,
            Session.state == SessionState.DONE,
            Session.practice_day >= since,
        )
        .order_by(Session.practice_day)
        .distinct()
    )
    return list(await session.scalars(query))


async def programme_days(
    session: AsyncSession, person_id: int, entry: str
) -> list[tuple[int, datetime]]:
    """Return (number, when it was finished) of the done days of a programme, in their order."""
    query = (
        select(Session.day, Session.finished_at)
        .where(
            Session.person_id == person_id,
            Session.entry == entry,
            Session.state == SessionState.DONE,
            Session.day.is_not(None),
        )
        .order_by(Session.finished_at, Session.id)
    )
    return [(row.day, row.finished_at) for row in await session.execute(query)]


class Busy(NamedTuple):
    """What a claim needs to know of a session."""

    person_id: int
    kind: SessionKind
    entry: str
    state: SessionState
    practice_day: date
    finished_at: datetime | None


async def busy(session: AsyncSession, people: Collection[int], since: date) -> list[Busy]:
    """Return many people's sessions since a practice day."""
    query = select(
        Session.person_id,
        Session.kind,
        Session.entry,
        Session.state,
        Session.practice_day,
        Session.finished_at,
    ).where(Session.person_id.in_(people), Session.practice_day >= since)
    return [Busy(*row) for row in await session.execute(query)]


async def put_record(
    session: AsyncSession,
    session_id: int,
    position: int,
    outcome: Outcome,
    seconds: int,
    now: datetime,
) -> None:
    """Record what became of a step; a second record overwrites the first."""
    values = {"outcome": outcome, "seconds": seconds, "recorded_at": now}
    await session.execute(
        insert(StepRecord)
        .values(session_id=session_id, position=position, **values)
        .on_conflict_do_update(index_elements=["session_id", "position"], set_=values)
    )


async def outcomes(session: AsyncSession, session_id: int) -> dict[int, Outcome]:
    """Return what became of each recorded step, by position."""
    query = select(StepRecord.position, StepRecord.outcome).where(
        StepRecord.session_id == session_id
    )
    return {row.position: row.outcome for row in await session.execute(query)}

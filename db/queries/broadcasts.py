"""Statements about what operators tell everybody, and whom it reaches."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.broadcast import Audience, CopyState
from bot.domain.person import PersonState, Question
from db.inserting import insert
from db.models import Broadcast, BroadcastCopy, Person

_COPY: Any = BroadcastCopy.__table__

# Who has not answered the safety question yet is told nothing else first.
_ASKED = Person.onboarding.not_in((Question.SAFETY, Question.SCREENING))
_ACTIVE = Person.state == PersonState.ACTIVE


async def audience(session: AsyncSession) -> Audience:
    """Return whom a broadcast would reach now, and whom not."""
    query = select(
        _count(and_(_ACTIVE, Person.hears)),
        _count(and_(_ACTIVE, ~Person.hears)),
        _count(Person.state == PersonState.BLOCKED),
    ).where(_ASKED)
    return Audience(*map(int, (await session.execute(query)).one()))


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


async def find(session: AsyncSession, broadcast: int) -> Broadcast | None:
    """Return a broadcast, whoever wrote it, or None."""
    return await session.get(Broadcast, broadcast)


async def newest(session: AsyncSession, author_id: int) -> Broadcast | None:
    """Return what an operator wrote last, or None."""
    query = select(Broadcast).where(Broadcast.author_id == author_id).order_by(Broadcast.id.desc())
    return (await session.scalars(query.limit(1))).first()


async def going(session: AsyncSession) -> Broadcast | None:
    """Return the broadcast that is going out, or None; there is never more than one."""
    query = select(Broadcast).where(Broadcast.report_at.is_not(None)).limit(1)
    return (await session.scalars(query)).first()


async def make_copies(session: AsyncSession, broadcast: int, at: datetime) -> None:
    """Make a copy for everybody whom a broadcast reaches, once each, in one statement."""
    everybody = select(
        literal(broadcast),
        Person.id,
        literal(CopyState.DUE, _COPY.c.state.type),
        literal(at, _COPY.c.send_at.type),
    ).where(_ASKED, _ACTIVE, Person.hears)
    columns = ["broadcast_id", "person_id", "state", "send_at"]
    copies = insert(session, _COPY).from_select(columns, everybody)
    await session.execute(copies.on_conflict_do_nothing())


async def tally(session: AsyncSession, broadcast: int) -> dict[CopyState, int]:
    """Return how many copies of a broadcast are in each state."""
    query = (
        select(BroadcastCopy.state, func.count().label("copies"))
        .where(BroadcastCopy.broadcast_id == broadcast)
        .group_by(BroadcastCopy.state)
    )
    return {row.state: row.copies for row in await session.execute(query)}


async def stop(session: AsyncSession, broadcast: int) -> None:
    """Let no copy of a broadcast go out that has not gone out."""
    await session.execute(
        update(BroadcastCopy)
        .where(BroadcastCopy.broadcast_id == broadcast, BroadcastCopy.send_at.is_not(None))
        .values(state=CopyState.STOPPED, send_at=None)
    )

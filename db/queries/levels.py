"""Statements about how much of each exercise a person does, and what they do not want at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Select, case, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.adaptation import Cause
from bot.domain.hurting import EASE_FROM
from bot.domain.player import Outcome, SessionKind, SessionState
from db.inserting import insert
from db.models import Level, LevelChange, Session, StepRecord
from db.types import total


class Standing(NamedTuple):
    """Where a person stands with an exercise: notches, and when that was last looked at."""

    notches: int
    changed_at: datetime
    settled_at: datetime | None  # when a week off was last told, or a change stood


async def standings(session: AsyncSession, person_id: int) -> dict[str, Standing]:
    """Return where a person stands with each exercise that was ever changed."""
    counts = case((LevelChange.refused_at.is_(None), LevelChange.notches), else_=0)
    told = or_(LevelChange.cause == Cause.BREAK, LevelChange.refused_at.is_(None))
    settled = case((told, LevelChange.made_at))
    query = (
        select(
            LevelChange.entry,
            total(counts),
            func.max(LevelChange.made_at),
            func.max(settled, type_=LevelChange.made_at.type),
        )
        .where(LevelChange.person_id == person_id)
        .group_by(LevelChange.entry)
    )
    return {entry: Standing(*rest) for entry, *rest in await session.execute(query)}


async def wishes(session: AsyncSession, person_id: int) -> Sequence[Level]:
    """Return what a person wants for good of each exercise of which they said so."""
    query = select(Level).where(Level.person_id == person_id).order_by(Level.entry)
    return (await session.scalars(query)).all()


async def wish(
    session: AsyncSession,
    person_id: int,
    entry: str,
    now: datetime,
    *,
    excluded: bool = False,
    instead: str | None = None,
) -> None:
    """Store what a person wants of an exercise for good; what they said before is overwritten."""
    values = {"excluded": excluded, "instead": instead, "changed_at": now}
    await session.execute(
        insert(session, Level)
        .values(person_id=person_id, entry=entry, **values)
        .on_conflict_do_update(index_elements=["person_id", "entry"], set_=values)
    )


async def find(session: AsyncSession, change_id: int, person_id: int) -> LevelChange | None:
    """Return this person's change, or None: another person's row is never found."""
    query = select(LevelChange).where(
        LevelChange.id == change_id, LevelChange.person_id == person_id
    )
    return (await session.scalars(query)).one_or_none()


async def newest(session: AsyncSession, person_id: int, entry: str) -> LevelChange | None:
    """Return the last change of an exercise, refused or not, or None."""
    query = (
        select(LevelChange)
        .where(LevelChange.person_id == person_id, LevelChange.entry == entry)
        .order_by(LevelChange.id.desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def of_session(session: AsyncSession, session_id: int) -> Sequence[LevelChange]:
    """Return the changes that a session caused, the oldest first."""
    query = select(LevelChange).where(LevelChange.session_id == session_id).order_by(LevelChange.id)
    return (await session.scalars(query)).all()


async def forget(session: AsyncSession, session_id: int, causes: Collection[Cause]) -> None:
    """Delete the changes that a session caused for one of these reasons."""
    await session.execute(
        delete(LevelChange).where(
            LevelChange.session_id == session_id, LevelChange.cause.in_(causes)
        )
    )


async def raised_last(
    session: AsyncSession, person_id: int, since: datetime, among: Collection[str]
) -> str | None:
    """Return which of some exercises was raised last since a moment, and is still."""
    query = (
        select(LevelChange.entry)
        .where(
            LevelChange.person_id == person_id,
            LevelChange.entry.in_(among),
            LevelChange.notches > 0,
            LevelChange.refused_at.is_(None),
            LevelChange.made_at >= since,
        )
        .order_by(LevelChange.id.desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def hurt_since(session: AsyncSession, person_id: int, since: datetime) -> frozenset[str]:
    """Return the exercises that hurt a person, 4 of 10 or more, since a moment."""
    query = (
        select(Session.steps, StepRecord.position)
        .join(StepRecord, StepRecord.session_id == Session.id)
        .where(
            Session.person_id == person_id,
            StepRecord.recorded_at >= since,
            StepRecord.pain >= EASE_FROM,
        )
    )
    found = await session.execute(query)
    return frozenset(row.steps[row.position]["entry"] for row in found)


async def days_done(session: AsyncSession, person_id: int) -> Sequence[date]:
    """Return the practice days on which a person did a step of an exercise, in order."""
    query = (
        select(Session.practice_day)
        .join(StepRecord, StepRecord.session_id == Session.id)
        .where(
            Session.person_id == person_id,
            Session.kind != SessionKind.PRACTICE,
            StepRecord.outcome == Outcome.DONE,
        )
        .distinct()
        .order_by(Session.practice_day)
    )
    return (await session.scalars(query)).all()


async def said_before(session: AsyncSession, about: Session, limit: int) -> Sequence[Session]:
    """Return the sessions of the same before this one of which was said how they felt.

    The newest first.
    """
    query = _said(about).where(Session.id < about.id).order_by(Session.id.desc()).limit(limit)
    return (await session.scalars(query)).all()


async def said_after(session: AsyncSession, about: Session, limit: int) -> Sequence[Session]:
    """Return the sessions of the same after this one of which was said how they felt.

    The oldest first.
    """
    query = _said(about).where(Session.id > about.id).order_by(Session.id).limit(limit)
    return (await session.scalars(query)).all()


def _said(about: Session) -> Select[Session]:
    return select(Session).where(
        Session.person_id == about.person_id,
        Session.kind == about.kind,
        Session.entry == about.entry,
        Session.feedback.is_not(None),
        Session.state.in_((SessionState.DONE, SessionState.STOPPED)),
    )

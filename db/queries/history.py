"""Statements about what a person has done: their sessions, and the steps of these."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.overview import Answer, Walked
from bot.domain.player import Outcome, SessionKind
from bot.domain.reminder import OF_ROUTINE, OccurrenceState, SkipReason
from db.models import Level, LevelChange, Occurrence, Session, StepRecord
from db.types import total

# What one reminder through the day asks for is taken over into the day's own session.
_WHOLE = Session.kind != SessionKind.MOVEMENT


async def walked(session: AsyncSession, person_id: int) -> Sequence[Walked]:
    """Return every session of a person, oldest first."""
    seconds = total(case((StepRecord.outcome == Outcome.DONE, StepRecord.seconds), else_=0))
    query = (
        select(
            Session.practice_day,
            Session.started_at,
            Session.entry,
            Session.length,
            Session.pace,
            func.coalesce(seconds, 0),
            _counted(Outcome.DONE),
            _counted(Outcome.SKIPPED),
            _counted(Outcome.HURT),
            func.max(StepRecord.pain),
            Session.feedback,
        )
        .outerjoin(StepRecord, StepRecord.session_id == Session.id)
        .where(Session.person_id == person_id, _WHOLE)
        .group_by(Session.id)
        .order_by(Session.started_at, Session.id)
    )
    return [Walked(*row) for row in await session.execute(query)]


def _counted(outcome: Outcome) -> ColumnElement[int]:
    return func.count(case((StepRecord.outcome == outcome, 1)))


async def answers(session: AsyncSession, person_id: int, since: date) -> Sequence[Answer]:
    """Return each answered step of the sessions since a practice day."""
    mine = (Session.person_id == person_id, Session.practice_day >= since, _WHOLE)
    connection = await session.connection()  # plain rows: there may be thousands
    steps = {
        row.id: [step["entry"] for step in row.steps]
        for row in await connection.execute(select(Session.id, Session.steps).where(*mine))
    }
    query = (
        select(StepRecord.session_id, StepRecord.position, StepRecord.outcome, StepRecord.pain)
        .join(Session, Session.id == StepRecord.session_id)
        .where(*mine)
    )
    return [
        Answer(steps[number][position], outcome, pain)
        for number, position, outcome, pain in await connection.execute(query)
    ]


async def digests(session: AsyncSession, person_id: int) -> dict[str, str]:
    """Return, by key, the digest of each entry as a person's sessions last began with it."""
    query = select(Session.entries).where(Session.person_id == person_id).order_by(Session.id)
    return {key: digest for one in await session.scalars(query) for key, digest in one.items()}


async def notches(session: AsyncSession, person_id: int) -> dict[str, int]:
    """Return by how many notches each exercise is changed; what was refused does not count."""
    query = (
        select(LevelChange.entry, total(LevelChange.notches))
        .where(LevelChange.person_id == person_id, LevelChange.refused_at.is_(None))
        .group_by(LevelChange.entry)
    )
    return {entry: int(notch) for entry, notch in await session.execute(query)}


async def left_out(session: AsyncSession, person_id: int) -> frozenset[str]:
    """Return the exercises that a person wants none of."""
    query = select(Level.entry).where(Level.person_id == person_id, Level.excluded)
    return frozenset(await session.scalars(query))


async def reasons(session: AsyncSession, person_id: int, since: date) -> dict[SkipReason, int]:
    """Return on how many days since one the routine was left out, by the reason that was told."""
    query = (
        select(Occurrence.reason, func.count(Occurrence.practice_day.distinct()))
        .where(
            Occurrence.person_id == person_id,
            Occurrence.kind.in_(OF_ROUTINE),
            Occurrence.practice_day >= since,
            Occurrence.state == OccurrenceState.SKIPPED,
            Occurrence.reason.is_not(None),
        )
        .group_by(Occurrence.reason)
    )
    found = await session.execute(query)
    return {SkipReason(why): days for why, days in found if why}

"""Statements about sessions and their step records."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.domain.hurting import EASE_FROM
from bot.domain.player import Feedback, Outcome, SessionKind, SessionState
from bot.domain.progress import KEPT
from db.inserting import insert
from db.models import Correction, Session, StepRecord


async def find(session: AsyncSession, session_id: int, person_id: int) -> Session | None:
    """Return this person's session, or None: another person's row is never found."""
    query = select(Session).where(Session.id == session_id, Session.person_id == person_id)
    return (await session.scalars(query)).one_or_none()


async def owner(session: AsyncSession, session_id: int) -> int | None:
    """Return whose a session is, None where there is none."""
    return await session.scalar(select(Session.person_id).where(Session.id == session_id))


async def active(session: AsyncSession, person_id: int) -> Session | None:
    """Return the person's open session, or None."""
    query = select(Session).where(
        Session.person_id == person_id, Session.state == SessionState.ACTIVE
    )
    return (await session.scalars(query)).one_or_none()


async def newest(session: AsyncSession, person_id: int) -> Session | None:
    """Return the session that the person began last, open or not, or None."""
    query = (
        select(Session)
        .where(Session.person_id == person_id, Session.state != SessionState.SPREAD)
        .order_by(Session.id.desc())
        .limit(1)
    )
    return (await session.scalars(query)).one_or_none()


async def earliest(session: AsyncSession, but: Collection[int]) -> datetime | None:
    """Return the first moment at which a session goes on by itself or is owed to somebody.

    `but` for some sessions.
    """
    moments = [
        await session.scalar(
            select(func.min(column)).where(column.is_not(None), Session.id.not_in(but))
        )
        for column in (Session.deadline, Session.owed_at)
    ]
    return min((moment for moment in moments if moment), default=None)


async def due(
    session: AsyncSession, now: datetime, limit: int, but: Collection[int]
) -> list[tuple[int, int]]:
    """Return the sessions that go on by themselves, or are owed to somebody, and to whom."""
    query = (
        select(Session.id, Session.person_id)
        .where(or_(Session.deadline <= now, Session.owed_at <= now), Session.id.not_in(but))
        .order_by(func.coalesce(Session.owed_at, Session.deadline), Session.id)
        .limit(limit)
    )
    return [(number, person) for number, person in await session.execute(query)]


async def bring_forward(session: AsyncSession, beyond: datetime, to: datetime) -> None:
    """Let what would go on, or go out, after `beyond` do so at `to`."""
    for column in (Session.deadline, Session.owed_at):
        await session.execute(update(Session).where(column > beyond).values({column.key: to}))


async def newest_of(
    session: AsyncSession, person_id: int, kind: SessionKind, entry: str
) -> Session | None:
    """Return the newest session in which a person did this, or None."""
    query = (
        select(Session)
        .where(Session.person_id == person_id, Session.kind == kind, Session.entry == entry)
        .order_by(Session.id.desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def began(
    session: AsyncSession,
    person_id: int,
    kind: SessionKind,
    entry: str,
    since: datetime,
    but: int | None = None,
) -> bool:
    """Return whether a person began this at `since` or later, `but` for one session."""
    query = select(Session.id).where(
        Session.person_id == person_id,
        Session.kind == kind,
        Session.entry == entry,
        Session.started_at >= since,
        Session.id.is_distinct_from(but),
    )
    return (await session.scalars(query.limit(1))).first() is not None


async def done_days(session: AsyncSession, person_id: int, since: date) -> frozenset[date]:
    """Return the practice days on which a routine was finished, here or as the person says."""
    finished = select(Session.practice_day).where(
        Session.person_id == person_id,
        Session.kind == SessionKind.ROUTINE,
        Session.state == SessionState.DONE,
        Session.practice_day >= since,
    )
    said = select(Correction.practice_day).where(
        Correction.person_id == person_id,
        Correction.said.in_(KEPT),
        Correction.practice_day >= since,
    )
    return frozenset(await session.scalars(finished.union(said)))


async def programme_days(
    session: AsyncSession, person_id: int, entry: str, before: int | None = None
) -> list[tuple[int, datetime, bool]]:
    """Return (number, when it ended, whether it was too much) of a programme's days, in order.

    Those that were finished, and those that were stopped because they were too much: too hard, or
    something in them hurt, 4 of 10 or more. Only sessions `before` one, where one is named.
    """
    same = aliased(Session)  # through the day the movements of a day are sessions of their own
    of_day = (
        same.person_id == Session.person_id,
        same.entry == Session.entry,
        same.practice_day == Session.practice_day,
    )
    hard = exists().where(*of_day, same.feedback == Feedback.HARD)
    hurts = exists().where(*of_day, StepRecord.session_id == same.id, StepRecord.pain >= EASE_FROM)
    flare = or_(hard, hurts).label("flare")
    query = (
        select(Session.day, Session.finished_at, flare)
        .where(
            Session.person_id == person_id,
            Session.entry == entry,
            Session.day.is_not(None),
            Session.finished_at.is_not(None),
            or_(
                Session.state == SessionState.DONE,
                and_(Session.state == SessionState.STOPPED, flare),
            ),
            *([Session.id < before] if before is not None else []),
        )
        .order_by(Session.finished_at, Session.id)
    )
    return [(row.day, row.finished_at, row.flare) for row in await session.execute(query)]


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
    query = (
        select(
            Session.person_id,
            Session.kind,
            Session.entry,
            Session.state,
            Session.practice_day,
            Session.finished_at,
        )
        .where(Session.person_id.in_(people), Session.practice_day >= since)
        .order_by(Session.id)
    )
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
        insert(session, StepRecord)
        .values(session_id=session_id, position=position, **values)
        .on_conflict_do_update(index_elements=["session_id", "position"], set_=values)
    )


async def put_pain(
    session: AsyncSession,
    session_id: int,
    position: int,
    pain: int,
    now: datetime,
    asked_in: int | None = None,
) -> None:
    """Record how much a step hurt, from 0 to 10; what became of it is recorded beside that.

    `asked_in` is the message that asked for it.
    """
    values = {"pain": pain, "asked_in": asked_in}
    at = {"session_id": session_id, "position": position}
    await session.execute(
        insert(session, StepRecord)
        .values(outcome=None, seconds=0, recorded_at=now, **at, **values)
        .on_conflict_do_update(index_elements=list(at), set_=values)
    )


async def asked_in(session: AsyncSession, session_id: int, position: int) -> int | None:
    """Return the message that asked for the pain that was told of a step last, or None."""
    query = select(StepRecord.asked_in).where(
        StepRecord.session_id == session_id, StepRecord.position == position
    )
    return (await session.scalars(query)).one_or_none()


async def forget_undo(session: AsyncSession, person_id: int) -> None:
    """Let no answer of a person be taken back any more, in any session."""
    await session.execute(
        update(Session)
        .where(Session.person_id == person_id, Session.undo.is_not(None))
        .values(undo=None)
        .execution_options(synchronize_session="fetch")
    )


async def records(session: AsyncSession, session_id: int) -> Sequence[StepRecord]:
    """Return what was recorded of a session's steps, in their order."""
    query = (
        select(StepRecord)
        .where(StepRecord.session_id == session_id)
        .order_by(StepRecord.position)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(query)).all()


async def outcomes(session: AsyncSession, session_id: int) -> dict[int, Outcome]:
    """Return what became of each step that was answered, by position."""
    query = select(StepRecord.position, StepRecord.outcome).where(
        StepRecord.session_id == session_id, StepRecord.outcome.is_not(None)
    )
    return {row.position: row.outcome for row in await session.execute(query)}


async def hurt_in(
    session: AsyncSession, person_id: int, since: datetime, until: datetime
) -> frozenset[str]:
    """Return the entries that were left out since a moment, and before another: they hurt then."""
    query = (
        select(Session.steps, StepRecord.position)
        .join(StepRecord, StepRecord.session_id == Session.id)
        .where(
            Session.person_id == person_id,
            or_(Session.finished_at.is_(None), Session.finished_at >= since),
            StepRecord.outcome == Outcome.HURT,
            StepRecord.recorded_at >= since,
            StepRecord.recorded_at < until,
        )
    )
    found = [row.steps[row.position] for row in await session.execute(query)]
    return frozenset(step["entry"] for step in found if step.get("closed"))

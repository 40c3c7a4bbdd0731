"""Statements about occurrences."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.domain.player import SessionState
from bot.domain.reminder import OF_ROUTINE, OPEN, OccurrenceState, ReminderKind, SkipReason
from db.inserting import insert
from db.many import execute_many
from db.models import Occurrence, Person, Session
from db.queries.outgoing import STATE, goes_out


async def find(session: AsyncSession, occurrence_id: int, person_id: int) -> Occurrence | None:
    """Return this person's occurrence, or None: another person's row is never found."""
    query = select(Occurrence).where(
        Occurrence.id == occurrence_id, Occurrence.person_id == person_id
    )
    return (await session.scalars(query)).one_or_none()


async def add_once(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Add many occurrences; one that exists already stays as it is.

    Those due longest come first, which is the order in which they go out.
    """
    statement = insert(session, Occurrence.__table__).on_conflict_do_nothing()
    await execute_many(session, statement, sorted(rows, key=itemgetter("due_at")))


async def earliest(session: AsyncSession) -> datetime | None:
    """Return when the next waiting occurrence should go out."""
    query = (
        select(Occurrence.send_at)
        .join(Person, Person.id == Occurrence.person_id)
        .where(Occurrence.send_at.is_not(None), goes_out())
        .order_by(Occurrence.send_at)
        .limit(1)
    )
    return await session.scalar(query)


async def told_on(session: AsyncSession, person_id: int, day: date) -> Sequence[Occurrence]:
    """Return what reached a person on a practice day and does not come again; no recaps."""
    query = (
        select(Occurrence)
        .where(
            Occurrence.person_id == person_id,
            Occurrence.kind != ReminderKind.RECAP,
            Occurrence.practice_day == day,
            Occurrence.sent_at.is_not(None),
            Occurrence.send_at.is_(None),
        )
        .order_by(Occurrence.id)
    )
    return (await session.scalars(query.execution_options(populate_existing=True))).all()


def _of_routine_on(person_id: int, day: date) -> ColumnElement[bool]:
    """Return which occurrences are a person's reminders of the routine of one practice day."""
    return and_(
        Occurrence.person_id == person_id,
        Occurrence.kind.in_(OF_ROUTINE),
        Occurrence.practice_day == day,
    )


async def bring_back(session: AsyncSession, person_id: int, day: date, now: datetime) -> None:
    """Let reminders of the routine that were never sent come now, while their day lasts."""
    await session.execute(
        update(Occurrence)
        .where(
            _of_routine_on(person_id, day),
            Occurrence.state.in_((OccurrenceState.DONE, OccurrenceState.STARTED)),
            Occurrence.sent_at.is_(None),
            Occurrence.expires_at > now,
        )
        .values(state=OccurrenceState.DUE, send_at=now)
    )


async def close_day(
    session: AsyncSession, person_id: int, day: date, state: OccurrenceState
) -> None:
    """Put the routine's still open occurrences of one practice day into a state.

    Messages of movements lose their buttons: what they ask for was done all at once.
    """
    movement = and_(Occurrence.kind == ReminderKind.MOVEMENT, Occurrence.message_id.is_not(None))
    await session.execute(
        update(Occurrence)
        .where(_of_routine_on(person_id, day), Occurrence.state.in_(OPEN))
        .values(
            state=state,
            send_at=None,
            stale_message_id=case(
                (movement, Occurrence.message_id), else_=Occurrence.stale_message_id
            ),
        )
    )


async def withdraw(
    session: AsyncSession,
    person_id: int,
    reason: SkipReason,
    reminder_ids: Sequence[int] | None = None,
) -> None:
    """Let nothing more go out: of the person, or of some reminders only.

    What waits for the first time or snoozed is skipped; what was sent is not repeated.
    """
    theirs = [Occurrence.person_id == person_id, Occurrence.send_at.is_not(None)]
    if reminder_ids is not None:
        theirs.append(Occurrence.reminder_id.in_(reminder_ids))
    waits = Occurrence.state == OccurrenceState.DUE
    await session.execute(
        update(Occurrence)
        .where(*theirs)
        .values(
            state=case((waits, OccurrenceState.SKIPPED), else_=Occurrence.state),
            reason=case((waits, reason), else_=Occurrence.reason),
            send_at=None,
        )
    )


async def ignored(
    session: AsyncSession, people: Collection[int], since: date
) -> dict[int, tuple[int, date]]:
    """Return, by person, on how many practice days reminders were ignored, and on which last.

    Counted from `since` on, after the last day on which they answered one or practised.
    """
    found = await session.execute(_IGNORED, {"people": list(people), "since": since})
    return {person: (days, last) for person, days, last in found}


def _answered(row: type[Occurrence]) -> ColumnElement[bool]:
    """Say that the person did something with a reminder that reached them."""
    told = or_(
        row.state.in_((OccurrenceState.STARTED, OccurrenceState.DONE)),
        and_(row.state == OccurrenceState.SKIPPED, row.sent_at.is_not(None)),
        row.reason == SkipReason.ANSWERED,
    )
    return and_(row.kind != ReminderKind.RECAP, told)  # a recap is done once it was told


def _ignored() -> Select[int, int, date]:
    later = aliased(Occurrence)
    answered = select(later.id).where(
        later.person_id == Occurrence.person_id,
        later.practice_day >= Occurrence.practice_day,
        _answered(later),
    )
    practised = select(Session.id).where(
        Session.person_id == Occurrence.person_id,
        Session.practice_day >= Occurrence.practice_day,
        Session.state != SessionState.SPREAD,  # of which nothing may be done yet
    )
    return (
        select(
            Occurrence.person_id,
            func.count(Occurrence.practice_day.distinct()),
            func.max(Occurrence.practice_day),
        )
        .where(
            Occurrence.person_id.in_(bindparam("people", expanding=True)),
            Occurrence.practice_day >= bindparam("since"),
            Occurrence.kind != ReminderKind.RECAP,
            STATE.in_((OccurrenceState.SENT, OccurrenceState.MISSED)),
            ~answered.exists(),
            ~practised.exists(),
        )
        .group_by(Occurrence.person_id)
    )


_IGNORED = _ignored()  # built once: every batch of a sweep asks it


async def expire(session: AsyncSession, now: datetime, limit: int) -> int:
    """Call missed what was sent, never answered, and has expired; return how many, at most."""
    expired = (
        select(Occurrence.id)
        .where(Occurrence.state == OccurrenceState.SENT, Occurrence.expires_at <= now)
        .limit(limit)
    )
    changed = await session.execute(
        update(Occurrence)
        .where(Occurrence.id.in_(expired))
        .values(state=OccurrenceState.MISSED, send_at=None)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", changed).rowcount

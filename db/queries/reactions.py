"""Statements about what people do with reminders that reached them, and with the day's others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.reminder import OPEN, OccurrenceState, ReminderKind, SkipReason
from db.models import Occurrence


def _came_by(tapped: Occurrence, now: datetime) -> datetime:
    """Return the moment up to which what was due has reached the person, who tapped this one.

    The tap tells that it did, though that is not noted yet, or the connection was cut before
    Telegram said so, or the clock was set back. What was snoozed comes when its time has come.
    """
    snoozed = tapped.reason is SkipReason.ANSWERED and not tapped.attempts
    waits = tapped.state is OccurrenceState.DUE and not snoozed
    return max(now, tapped.send_at) if waits and tapped.send_at else now


def is_shown(row: Occurrence, now: datetime, tapped: Occurrence | None = None) -> bool:
    """Say whether the person can still act on it: it came, itself or with the one they tapped."""
    came = row.send_at is not None and row.send_at <= _came_by(tapped or row, now)
    going = row.state is OccurrenceState.DUE and came
    return (going or row.state is OccurrenceState.SENT) and row.expires_at > now


async def of_message(session: AsyncSession, row: Occurrence, now: datetime) -> Sequence[Occurrence]:
    """Return all occurrences that went out as the same message as this one, itself included.

    A recap goes out alone: it is never among them.
    """
    same = Occurrence.message_id == row.message_id
    if row.state is OccurrenceState.DUE:  # not noted yet: what was due went out together
        came = Occurrence.send_at <= _came_by(row, now)
        same = and_(Occurrence.state == OccurrenceState.DUE, came)
    elif row.message_id is None:
        return [row]
    query = (
        select(Occurrence)
        .where(Occurrence.person_id == row.person_id, Occurrence.kind != ReminderKind.RECAP, same)
        .order_by(Occurrence.id)
    )
    return (await session.scalars(query)).all()


async def leave_out(session: AsyncSession, row: Occurrence, reason: SkipReason) -> None:
    """Skip what else is open of the kind on this one's day: what waits, and what was sent."""
    theirs = and_(_day(row.person_id, row.practice_day, row.kind), Occurrence.state.in_(OPEN))
    await _close(session, theirs, OccurrenceState.SKIPPED, row.message_id, reason)


async def begin_day(
    session: AsyncSession, person_id: int, day: date, message_id: int | None
) -> None:
    """Call started what reached the person of the routine on this day; nothing of it comes again.

    Messages other than `message_id` lose their buttons.
    """
    theirs = and_(_day(person_id, day, ReminderKind.ROUTINE), _told())
    await _close(session, theirs, OccurrenceState.STARTED, message_id)


async def practised(session: AsyncSession, person_id: int, day: date, entry: str) -> None:
    """Call done what reached the person of a practice that they just did."""
    same = and_(_day(person_id, day, ReminderKind.PRACTICE), Occurrence.entry == entry)
    await _close(session, and_(same, _told()), OccurrenceState.DONE, None)


async def answered(session: AsyncSession, person_id: int, since: date) -> None:
    """Let nothing that was sent since this day count as ignored: the person answered."""
    await session.execute(
        update(Occurrence)
        .where(
            Occurrence.person_id == person_id,
            Occurrence.kind != ReminderKind.RECAP,
            Occurrence.practice_day >= since,
            Occurrence.state.in_((*OPEN, OccurrenceState.MISSED)),
            Occurrence.reason.is_(None),
        )
        .values(reason=SkipReason.ANSWERED)
    )


async def waiting(session: AsyncSession, person_id: int) -> Sequence[Occurrence]:
    """Return what goes out again, or for the first time when the quiet hours are over.

    Neither what the person snoozed nor what they moved: that comes when they said.
    """
    waits = and_(Occurrence.state == OccurrenceState.DUE, Occurrence.sent_at.is_(None))
    query = (
        select(Occurrence)
        .where(
            Occurrence.person_id == person_id,
            Occurrence.send_at.is_not(None),
            Occurrence.claimed_at.is_not(None),
            or_(waits, Occurrence.state == OccurrenceState.SENT),
        )
        .order_by(Occurrence.id)
    )
    return (await session.scalars(query)).all()


def _day(person_id: int, day: date, kind: ReminderKind) -> ColumnElement[bool]:
    return and_(
        Occurrence.person_id == person_id,
        Occurrence.practice_day == day,
        Occurrence.kind == kind,
    )


def _told() -> ColumnElement[bool]:
    """Say that an open occurrence reached the person, and may come again."""
    return and_(Occurrence.state.in_(OPEN), Occurrence.sent_at.is_not(None))


async def _close(
    session: AsyncSession,
    which: ColumnElement[bool],
    state: OccurrenceState,
    message_id: int | None,
    reason: SkipReason | None = None,
) -> None:
    """End occurrences; the messages that showed them lose their buttons, but for `message_id`."""
    other: ColumnElement[bool] = Occurrence.message_id.is_not(None)
    if message_id is not None:
        other = and_(other, Occurrence.message_id != message_id)
    await session.execute(
        update(Occurrence)
        .where(which)
        .values(
            state=state,
            reason=Occurrence.reason if reason is None else reason,
            send_at=None,
            stale_message_id=case(
                (other, Occurrence.message_id), else_=Occurrence.stale_message_id
            ),
        )
        .execution_options(synchronize_session="fetch")
    )

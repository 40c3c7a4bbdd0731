"""Statements about occurrences that are still to come: moved ones, and what waits to be told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.reminder import OPEN, OccurrenceState, ReminderKind, SkipReason
from db.models import Occurrence

# A moment that was moved: its occurrence was made before its time and has not gone out yet.
MADE_AHEAD = and_(
    Occurrence.state == OccurrenceState.DUE,
    Occurrence.send_at.is_not(None),
    Occurrence.claimed_at.is_(None),
    Occurrence.sent_at.is_(None),
)


def is_moved(row: Occurrence) -> bool:
    """Say of one row whether it is a moment that was moved and has not gone out yet."""
    waits = row.state is OccurrenceState.DUE and row.send_at is not None
    return waits and row.claimed_at is None and row.sent_at is None


async def of_person(session: AsyncSession, person_id: int, now: datetime) -> Sequence[Occurrence]:
    """Return occurrences of moments after now, and those that wait to be told the first time."""
    waits = and_(
        Occurrence.state == OccurrenceState.DUE,
        Occurrence.send_at.is_not(None),
        Occurrence.sent_at.is_(None),
    )
    query = (
        select(Occurrence)
        .where(
            Occurrence.person_id == person_id,
            Occurrence.reminder_id.is_not(None),
            or_(Occurrence.due_at > now, waits),
        )
        .order_by(Occurrence.id)
    )
    return (await session.scalars(query)).all()


async def open_ones(session: AsyncSession, person_id: int) -> Sequence[Occurrence]:
    """Return the person's occurrences that wait, or can still be answered; no recaps."""
    query = (
        select(Occurrence)
        .where(
            Occurrence.person_id == person_id,
            Occurrence.reminder_id.is_not(None),
            Occurrence.kind != ReminderKind.RECAP,
            Occurrence.state.in_(OPEN),
        )
        .order_by(Occurrence.id)
    )
    return (await session.scalars(query)).all()


async def claimed_since(
    session: AsyncSession, person_id: int, moment: datetime
) -> set[ReminderKind]:
    """Return of which kinds something of the person was claimed after a moment."""
    query = (
        select(Occurrence.kind)
        .distinct()
        .where(Occurrence.person_id == person_id, Occurrence.claimed_at > moment)
    )
    return set(await session.scalars(query))


async def forget(session: AsyncSession, reminder_ids: Collection[int]) -> set[datetime]:
    """Remove the moments of these reminders that were moved; return when they were planned."""
    gone = delete(Occurrence).where(Occurrence.reminder_id.in_(reminder_ids), MADE_AHEAD)
    return set(await session.scalars(gone.returning(Occurrence.due_at)))


async def forget_withdrawn(
    session: AsyncSession, person_id: int, now: datetime
) -> set[tuple[int, datetime]]:
    """Remove moved moments that will not go out because everything rests, but for past ones.

    Returns (reminder, when it was planned) of each: their rules plan them anew.
    """
    gone = delete(Occurrence).where(
        Occurrence.person_id == person_id,
        Occurrence.reminder_id.is_not(None),
        Occurrence.state == OccurrenceState.SKIPPED,
        Occurrence.reason.in_((SkipReason.PAUSED, SkipReason.SAFETY, SkipReason.BLOCKED)),
        Occurrence.claimed_at.is_(None),
        Occurrence.sent_at.is_(None),
        Occurrence.due_at > now,
    )
    rows = await session.execute(gone.returning(Occurrence.reminder_id, Occurrence.due_at))
    return {(reminder or 0, due_at) for reminder, due_at in rows}


async def forget_others(session: AsyncSession, person_id: int, kept: Collection[int]) -> None:
    """Remove all moved moments of a person but these."""
    await session.execute(
        delete(Occurrence).where(
            Occurrence.person_id == person_id, Occurrence.id.not_in(kept), MADE_AHEAD
        )
    )

"""Statements that count, about everybody and nobody: what `/stats` tells."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.downtime import LATE_AFTER
from bot.domain.person import PersonState
from bot.domain.player import SessionState
from bot.domain.reminder import OccurrenceState, SkipReason
from bot.domain.stats import People, Queue, Reminders
from db.json_rows import on_server
from db.models import BroadcastCopy, Inbox, Occurrence, Person, Reminder, Session, Unanswered
from db.queries import inbox
from db.queries.outgoing import goes_out

HOUR = timedelta(hours=1)

# What the person did with a reminder.
_KEPT = (OccurrenceState.STARTED, OccurrenceState.DONE)


async def of_people(session: AsyncSession, now: datetime) -> People:
    """Return how many people there are, and how they stand with the bot."""
    paused = and_(
        Person.paused_at.is_not(None), or_(Person.paused_until.is_(None), Person.paused_until > now)
    )
    blocked = Person.state == PersonState.BLOCKED
    query = select(
        func.count(), *map(_count, (and_(~blocked, paused), blocked, and_(~blocked, ~Person.hears)))
    )
    return People(*_whole(await session.execute(query)))


async def active(session: AsyncSession, since: datetime) -> int:
    """Return how many people came, practised or answered a reminder since a moment."""
    day = since.date()
    practised = select(Session.id).where(
        Session.person_id == Person.id, Session.practice_day >= day
    )
    answered = select(Occurrence.id).where(
        Occurrence.person_id == Person.id,
        Occurrence.practice_day >= day,
        or_(
            Occurrence.state.in_(_KEPT),
            and_(Occurrence.state == OccurrenceState.SKIPPED, Occurrence.sent_at.is_not(None)),
            Occurrence.reason == SkipReason.ANSWERED,
        ),
    )
    did = or_(Person.created_at >= since, practised.exists(), answered.exists())
    return int(await session.scalar(select(func.count()).select_from(Person).where(did)) or 0)


async def of_reminders(session: AsyncSession, since: datetime, now: datetime) -> Reminders:
    """Return what became of the reminders that fell due since a moment."""
    counted = (
        Occurrence.sent_at.is_not(None),
        _late(server=on_server(session)),
        Occurrence.attempts > 0,
        Occurrence.state == OccurrenceState.BOT_WAS_DOWN,
        Occurrence.state.in_(_KEPT),
    )
    query = select(*map(_count, counted)).where(Occurrence.due_at > since, Occurrence.due_at <= now)
    return Reminders(*_whole(await session.execute(query)))


def _late(*, server: bool) -> ColumnElement[bool]:
    """Say that it came late by no choice of the person's.

    What they moved, snoozed or have repeated came when they wanted, and what fell into their quiet
    hours after these.
    """
    quiet = select(Person.id).where(Person.quiet_from.is_not(None))
    chosen = or_(
        Occurrence.claimed_at.is_(None),
        Occurrence.repeats > 0,
        Occurrence.reason.is_not_distinct_from(SkipReason.ANSWERED),
        Occurrence.person_id.in_(quiet),
    )
    slept = _apart(Occurrence.due_at, Occurrence.claimed_at, server=server)
    came_late = _apart(Occurrence.due_at, Occurrence.sent_at, server=server)
    return and_(came_late, or_(~chosen, slept))


def _apart(first: Any, second: Any, *, server: bool) -> ColumnElement[bool]:
    """Say that two moments are farther apart than what comes late may be."""
    result: ColumnElement[bool]
    if server:
        result = second - first > LATE_AFTER
    else:  # SQLite has no intervals, and this is the fastest that it has
        days = func.julianday(second) - func.julianday(first)
        result = days > LATE_AFTER / timedelta(days=1)
    return result


async def finished(session: AsyncSession, since: datetime) -> int:
    """Return how many sessions were finished since a moment."""
    query = select(func.count()).where(
        Session.finished_at > since, Session.state == SessionState.DONE
    )
    return int(await session.scalar(query) or 0)


async def unknown(session: AsyncSession, since: datetime) -> int:
    """Return how many questions got no answer since a moment."""
    query = select(func.count()).where(Unanswered.asked_at > since)
    return int(await session.scalar(query) or 0)


async def queue(session: AsyncSession, now: datetime, in_hand: int) -> Queue:
    """Return what waits, in one statement; the update in hand does not."""
    soon, waits = now + HOUR, (Occurrence.send_at <= now, goes_out())
    again = and_(Occurrence.send_at > now, Occurrence.send_at <= soon, goes_out())
    theirs = select(func.count(Occurrence.id)).join(Person, Person.id == Occurrence.person_id)
    planned = select(func.count()).where(Reminder.wake_at > now, Reminder.wake_at <= soon)
    query = select(
        planned.scalar_subquery() + theirs.where(again).scalar_subquery(),
        theirs.where(*waits).scalar_subquery(),
        select(func.count()).where(BroadcastCopy.send_at.is_not(None)).scalar_subquery(),
        select(func.count())
        .where(Inbox.state == inbox.PENDING, Inbox.update_id != in_hand)
        .scalar_subquery(),
        select(func.count()).where(Inbox.state == inbox.POISON).scalar_subquery(),
    )
    return Queue(*_whole(await session.execute(query)))


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


def _whole(result: Any) -> list[int]:
    return [int(number) for number in result.one()]

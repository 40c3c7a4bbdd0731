"""When a person's reminders fire next: the one place that sets `next_at` from a rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol
from zlib import crc32
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.local_time import day_end_at, local_day
from bot.domain.person import Someone
from bot.domain.reminder import ReminderKind, SkipReason
from bot.domain.schedule import Rule
from bot.domain.stored_rules import dump, load
from bot.domain.upcoming import claim_at, upcoming
from db.models import Person, Reminder
from db.queries import occurrences, people, reminders, sessions


class Reminded(Protocol):
    """What of a person decides when their reminders come: their row has it, and more."""

    zone: str | None
    paused_at: datetime | None
    paused_until: datetime | None


class Planned(Protocol):
    """What of a reminder decides when it comes next."""

    rule: str
    settled_at: datetime | None
    paused_at: datetime | None


def next_at(person: Reminded, reminder: Planned, now: datetime) -> datetime | None:
    """Return the next planned moment; None where it never comes, or rests without an end."""
    paused = person.paused_at is not None and not (
        person.paused_until is not None and person.paused_until <= now
    )
    if reminder.paused_at is not None or (paused and person.paused_until is None):
        return None
    until = person.paused_until if paused else None
    zone = ZoneInfo(person.zone or "UTC")
    return upcoming(load(reminder.rule), zone, now, reminder.settled_at, until)


def plan(person: Person, reminder: Reminder, now: datetime) -> None:
    """Set when a reminder comes next, and when it is claimed for that."""
    moment = next_at(person, reminder, now)
    reminder.next_at = moment
    reminder.wake_at = moment and claim_at(moment, person.id, around=person.around)


async def replan(session: AsyncSession, person: Person, now: datetime) -> None:
    """Compute all of the person's reminders anew: the zone, a pause or their state changed."""
    for reminder in await reminders.of_person(session, person.id):
        plan(person, reminder, now)
    await session.flush()


async def next_told(session: AsyncSession, person: Person, now: datetime) -> datetime | None:
    """Return when the person will next be reminded; what is done today stays silent today."""
    someone = people.someone(person)
    today = local_day(now, someone.zone, someone.day_end)
    done = today in await sessions.done_days(session, person.id, today)
    moments = [
        _after_today(reminder, someone, today) if done else reminder.next_at
        for reminder in await reminders.of_person(session, person.id)
    ]
    return min((moment for moment in moments if moment), default=None)


def _after_today(reminder: Reminder, someone: Someone, today: date) -> datetime | None:
    moment, zone, day_end = reminder.next_at, someone.zone, someone.day_end
    if moment is None or reminder.kind is not ReminderKind.ROUTINE:
        return moment
    if local_day(moment, zone, day_end) != today:
        return moment
    over = day_end_at(today, zone, day_end) - timedelta(seconds=1)
    return upcoming(load(reminder.rule), zone, over, reminder.settled_at)


async def set_daily(session: AsyncSession, person: Person, rule: Rule, now: datetime) -> None:
    """Make this the person's only reminder of the routine."""
    await drop(session, person.id, ReminderKind.ROUTINE)
    await add(session, person, ReminderKind.ROUTINE, None, rule, now)


async def add(
    session: AsyncSession,
    person: Person,
    kind: ReminderKind,
    entry: str | None,
    rule: Rule,
    now: datetime,
) -> None:
    """Add one reminder; adding the same again changes nothing."""
    reminder = Reminder(
        person_id=person.id,
        kind=kind,
        entry=entry,
        rule=dump(seeded(rule, person.id, kind)),
        created_at=now,
    )
    same = {(each.kind, each.rule) for each in await reminders.of_person(session, person.id)}
    if (reminder.kind, reminder.rule) in same:
        return
    plan(person, reminder, now)
    session.add(reminder)
    await session.flush()


def seeded(rule: Rule, person_id: int, kind: ReminderKind) -> Rule:
    """Return the rule with the seed its random moments are drawn from, the person's own."""
    if rule.scatter is None:
        return rule
    seed = crc32(f"{person_id}:{kind}".encode())
    return replace(rule, scatter=replace(rule.scatter, seed=seed))


async def drop(session: AsyncSession, person_id: int, kind: ReminderKind) -> int:
    """Remove all reminders of a kind with what waits to be sent; returns how many there were."""
    ids = [
        reminder.id
        for reminder in await reminders.of_person(session, person_id)
        if reminder.kind is kind
    ]
    await occurrences.withdraw(session, person_id, SkipReason.RESCHEDULED, ids)
    await reminders.remove(session, ids)
    return len(ids)


async def change(
    session: AsyncSession, person: Person, reminder: Reminder, rule: Rule, now: datetime
) -> None:
    """Give a reminder another rule; where another one has that rule already, one is enough."""
    stored = dump(seeded(rule, person.id, reminder.kind))
    theirs = await reminders.of_person(session, person.id)
    same = [each for each in theirs if (each.kind, each.rule) == (reminder.kind, stored)]
    if any(each.id != reminder.id for each in same):
        await drop_one(session, reminder)
        return
    await occurrences.withdraw(session, person.id, SkipReason.RESCHEDULED, [reminder.id])
    reminder.rule, reminder.settled_at = stored, None
    plan(person, reminder, now)
    await session.flush()


async def drop_one(session: AsyncSession, reminder: Reminder) -> None:
    """Remove one reminder with what waits to be sent."""
    await occurrences.withdraw(session, reminder.person_id, SkipReason.RESCHEDULED, [reminder.id])
    await reminders.remove(session, [reminder.id])

"""When a person's reminders fire next: the one place that sets `next_at` from a rule."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.local_time import day_end_at, local_day
from bot.domain.person import Someone
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Rule, next_fire
from db.models import Person, Reminder
from db.queries import occurrences, people, reminders, sessions


def store(rule: Rule) -> str:
    """Return the one text a rule is stored as: equal rules give equal texts."""
    return json.dumps(rule.to_dict(), sort_keys=True, separators=(",", ":"))


def load(stored: str) -> Rule:
    """Read a stored rule back."""
    return Rule.from_dict(json.loads(stored))


def next_at(person: Person, rule: Rule, now: datetime) -> datetime | None:
    """Return when the rule fires next for this person; None while they are paused without end."""
    someone = people.someone(person)
    if not someone.paused(now):
        return next_fire(rule, now, someone.zone)
    if someone.paused_until is None:
        return None
    return next_fire(rule, someone.paused_until, someone.zone)


async def replan(session: AsyncSession, person: Person, now: datetime) -> None:
    """Compute all of the person's reminders anew: the zone, a pause or their state changed."""
    moves = [
        (reminder.id, next_at(person, load(reminder.rule), now))
        for reminder in await reminders.of_person(session, person.id)
    ]
    await session.flush()
    await reminders.move(session, moves)


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
    return next_fire(load(reminder.rule), over, zone)


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
    await reminders.add_once(
        session, person.id, kind, entry, store(rule), next_at(person, rule, now), now
    )


async def drop(session: AsyncSession, person_id: int, kind: ReminderKind) -> int:
    """Remove all reminders of a kind with what waits to be sent; returns how many there were."""
    ids = [
        reminder.id
        for reminder in await reminders.of_person(session, person_id)
        if reminder.kind is kind
    ]
    await occurrences.withdraw(session, person_id, "rescheduled", ids)
    await reminders.remove(session, ids)
    return len(ids)


async def change(
    session: AsyncSession, person: Person, reminder: Reminder, rule: Rule, now: datetime
) -> None:
    """Give a reminder another rule; where another one has that rule already, one is enough."""
    theirs = await reminders.of_person(session, person.id)
    same = [each for each in theirs if (each.kind, each.rule) == (reminder.kind, store(rule))]
    if any(each.id != reminder.id for each in same):
        await drop_one(session, reminder)
        return
    await occurrences.withdraw(session, person.id, "rescheduled", [reminder.id])
    reminder.rule, reminder.next_at = store(rule), next_at(person, rule, now)
    await session.flush()


async def drop_one(session: AsyncSession, reminder: Reminder) -> None:
    """Remove one reminder with what waits to be sent."""
    await occurrences.withdraw(session, reminder.person_id, "rescheduled", [reminder.id])
    await reminders.remove(session, [reminder.id])

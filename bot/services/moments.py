"""The moments of a person's reminders that are still to come, moved or as the rule plans them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.agenda import Moment
from bot.domain.local_time import DAY, instant, zone_named
from bot.domain.reminder import OF_ROUTINE
from bot.domain.schedule import fires, fires_after
from bot.domain.stored_rules import load
from db.models import Occurrence, Person, Reminder
from db.queries import ahead, reminders

INSTANT = timedelta(microseconds=1)


async def chosen(
    session: AsyncSession, person_id: int, reminder_id: int | None
) -> Sequence[Reminder]:
    """Return the reminder that is meant, else those of the routine, else all there are.

    Those that the pace put aside are of no use while others of the routine come.
    """
    theirs = await reminders.of_person(session, person_id)
    if reminder_id is not None:
        return [each for each in theirs if each.id == reminder_id]
    routine = [each for each in theirs if each.kind in OF_ROUTINE]
    return [each for each in routine if not each.aside] or routine or theirs


async def next_ones(
    session: AsyncSession, person: Person, theirs: Iterable[Reminder], now: datetime
) -> list[Moment]:
    """Return the moved moments of each reminder, and its next planned one."""
    found = list[Moment]()
    for reminder, made in await _with_made(session, person, theirs, now):
        found += [_moved(row, reminder) for row in made if ahead.is_moved(row)]
        if reminder.next_at is not None:
            planned = fires_after(load(reminder.rule), reminder.next_at - INSTANT, zone_of(person))
            settled = {row.due_at for row in made}
            due = next((each for each in planned if each not in settled), None)
            found += [_planned(reminder, due)] if due else []
    return [moment for moment in found if moment.at > now]


async def of_day(
    session: AsyncSession, person: Person, theirs: Iterable[Reminder], day: date, now: datetime
) -> list[Moment]:
    """Return the moments of each reminder that come on a local date."""
    zone, found = zone_of(person), list[Moment]()
    first, last = instant(day, time(), zone), instant(day + DAY, time(), zone)
    for reminder, made in await _with_made(session, person, theirs, now):
        found += [_moved(row, reminder) for row in made if ahead.is_moved(row)]
        if reminder.next_at is not None:
            after = max(reminder.next_at, first) - INSTANT
            settled = {row.due_at for row in made}
            planned = fires(load(reminder.rule), after, last - INSTANT, zone)
            found += [_planned(reminder, due) for due in planned if due not in settled]
    return [moment for moment in found if first <= moment.at < last and moment.at > now]


async def _with_made(
    session: AsyncSession, person: Person, theirs: Iterable[Reminder], now: datetime
) -> list[tuple[Reminder, list[Occurrence]]]:
    rows = await ahead.of_person(session, person.id, now)
    return [
        (reminder, [row for row in rows if row.reminder_id == reminder.id]) for reminder in theirs
    ]


def first(moments: Iterable[Moment]) -> Moment | None:
    """Return the one that comes first, if there is any."""
    return min(moments, key=lambda each: each.at, default=None)


def _planned(reminder: Reminder, due: datetime) -> Moment:
    return Moment(reminder.id, reminder.kind, reminder.entry, due, due)


def _moved(row: Occurrence, reminder: Reminder) -> Moment:
    return Moment(reminder.id, row.kind, row.entry, row.due_at, row.send_at or row.due_at)


def zone_of(person: Person) -> ZoneInfo:
    """Return the person's zone; UTC until they named one."""
    return zone_named(person.zone or "UTC")

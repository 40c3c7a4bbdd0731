"""What is known of a person's days: kept, planned, rested, corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.calendar import Days, Mark, Told, as_ours, history, is_planned
from bot.domain.local_time import day_span, local_day
from bot.domain.person import Someone
from bot.domain.progress import LOOK_BACK, streak
from bot.domain.reminder import OF_ROUTINE
from bot.domain.schedule import fires
from bot.domain.step import Length
from bot.domain.stored_rules import load
from db.models import Person, Reminder, Session
from db.queries import corrections, pauses, people, progress, reminders

MOMENT = timedelta(seconds=1)
TWO_DAYS = timedelta(days=2)  # a day lies so far from its date in UTC at most


@dataclass(slots=True)
class _Row:
    """What is stored of one person's days, while it is read."""

    kept: defaultdict[date, list[Length]] = field(default_factory=lambda: defaultdict(list))
    planned: set[date] = field(default_factory=set)
    told: defaultdict[date, list[Told]] = field(default_factory=lambda: defaultdict(list))
    said: dict[date, Mark] = field(default_factory=dict)
    pauses: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    reminders: list[Reminder] = field(default_factory=list)


async def read(session: AsyncSession, person: Person, now: datetime) -> tuple[Days, date]:
    """Return a person's days of more than a year, and which of them is today."""
    return (await read_all(session, [person], now))[person.id]


async def read_all(
    session: AsyncSession, persons: Sequence[Person], now: datetime
) -> dict[int, tuple[Days, date]]:
    """Return, by person, the days of more than a year and today; five statements for all."""
    todays = {one.id: _today(one, now) for one in persons}
    since = min(todays.values(), default=now.date()) - LOOK_BACK
    rows = defaultdict[int, _Row](_Row)
    for person, day, length, plan in await progress.kept(session, todays, since):
        rows[person].kept[day].append(length)
        rows[person].planned |= {day} if plan else set()
    for one in await progress.told(session, todays, since):
        state = as_ours(one.state) if one.late and one.day < todays[one.person] else one.state
        rows[one.person].told[one.day].append((state, one.reason))
    for person, day, mark in await corrections.said(session, todays, since):
        rows[person].said[day] = mark
    for person, start, end in await pauses.since(session, todays, now - LOOK_BACK - TWO_DAYS):
        rows[person].pauses.append((start, end))
    for reminder in await reminders.of_people(session, todays):
        rows[reminder.person_id].reminders.append(reminder)
    return {
        one.id: (_days(one, rows[one.id], todays[one.id], now), todays[one.id]) for one in persons
    }


def _today(person: Person, now: datetime) -> date:
    someone = people.someone(person)
    return local_day(now, someone.zone, someone.day_end)


def _days(person: Person, row: _Row, today: date, now: datetime) -> Days:
    someone = people.someone(person)
    if not someone.paused(now) and _fires_on(row.reminders, someone, today):
        row.planned.add(today)
    return Days(
        row.kept,
        row.told,
        _rests(row.pauses, someone),
        row.said,
        local_day(person.created_at, someone.zone, someone.day_end),
        row.planned,
    )


async def keep(session: AsyncSession, found: Session, now: datetime) -> None:
    """Note of a routine that is finished whether it was planned for its day, whatever comes later.

    Its reminder may still be to come, and never come: because of a pause, or in another zone.
    """
    person = await people.get(session, found.person_id)
    someone, day = people.someone(person), found.practice_day
    told = await progress.told(session, [person.id], day)
    theirs = await reminders.of_person(session, person.id)
    fires = not someone.paused(now) and _fires_on(theirs, someone, day)
    found.planned = fires or is_planned([(one.state, one.reason) for one in told if one.day == day])


async def count_streak(session: AsyncSession, person: Person, now: datetime) -> int:
    """Return how many planned days in a row were kept as of now; 0 where they hide that."""
    if person.streak_hidden:
        return 0
    return streak(history(*await read(session, person, now)))


async def rests(
    session: AsyncSession, someone: Someone, since: date
) -> Collection[tuple[date, date]]:
    """Return the first and the last day of each of a person's pauses that did not end before."""
    began = day_span(since, someone.zone, someone.day_end)[0]
    found = await pauses.since(session, [someone.id], began)
    return _rests([(start, end) for _, start, end in found], someone)


def _rests(
    found: Sequence[tuple[datetime, datetime | None]], someone: Someone
) -> Collection[tuple[date, date]]:
    """Return the first and the last day of each pause; a pause up to midnight ends the day before.

    A pause that goes on has no last day yet.
    """
    zone, day_end = someone.zone, someone.day_end
    return [
        (
            local_day(start, zone, day_end),
            local_day(end - MOMENT, zone, day_end) if end else date.max,
        )
        for start, end in found
    ]


def _fires_on(theirs: Sequence[Reminder], someone: Someone, day: date) -> bool:
    """Return whether a reminder of the routine falls on a day, by its rule and since it was set."""
    start, end = day_span(day, someone.zone, someone.day_end)
    return any(
        _falls(one, max(start, one.created_at) - MOMENT, end - MOMENT, someone)
        for one in theirs
        if one.kind in OF_ROUTINE and one.paused_at is None
    )


def _falls(one: Reminder, after: datetime, until: datetime, someone: Someone) -> bool:
    return next(fires(load(one.rule), after, until, someone.zone), None) is not None

"""What is known of a person's days: kept, planned, rested, corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.calendar import Days, Told, history, is_planned
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


async def read(session: AsyncSession, person: Person, now: datetime) -> tuple[Days, date]:
    """Return a person's days of more than a year, and which of them is today."""
    someone = people.someone(person)
    today = local_day(now, someone.zone, someone.day_end)
    since = today - LOOK_BACK
    kept: defaultdict[date, list[Length]] = defaultdict(list)
    planned = set[date]()
    for day, length, plan in await progress.kept(session, person.id, since):
        kept[day].append(length)
        planned |= {day} if plan else set()
    told: defaultdict[date, list[Told]] = defaultdict(list)
    for day, state, reason in await progress.told(session, person.id, since):
        told[day].append((state, reason))
    if not someone.paused(now) and await _fires_on(session, someone, today):
        planned.add(today)
    return Days(
        kept,
        told,
        await _rests(session, someone, since),
        await corrections.said(session, person.id, since),
        local_day(person.created_at, someone.zone, someone.day_end),
        planned,
    ), today


async def keep(session: AsyncSession, found: Session, now: datetime) -> None:
    """Note of a routine that is finished whether it was planned for its day, whatever comes later.

    Its reminder may still be to come, and never come: because of a pause, or in another zone.
    """
    person = await people.get(session, found.person_id)
    someone, day = people.someone(person), found.practice_day
    told = await progress.told(session, person.id, day)
    fires = not someone.paused(now) and await _fires_on(session, someone, day)
    found.planned = fires or is_planned([(state, why) for on, state, why in told if on == day])


async def count_streak(session: AsyncSession, person: Person, now: datetime) -> int:
    """Return how many planned days in a row were kept as of now; 0 where they hide that."""
    if person.streak_hidden:
        return 0
    return streak(history(*await read(session, person, now)))


async def _rests(
    session: AsyncSession, someone: Someone, since: date
) -> Collection[tuple[date, date]]:
    """Return the first and the last day of each pause; a pause up to midnight ends the day before.

    A pause that goes on has no last day yet.
    """
    zone, day_end = someone.zone, someone.day_end
    began = day_span(since, zone, day_end)[0]
    return [
        (
            local_day(start, zone, day_end),
            local_day(end - MOMENT, zone, day_end) if end else date.max,
        )
        for start, end in await pauses.since(session, someone.id, began)
    ]


async def _fires_on(session: AsyncSession, someone: Someone, day: date) -> bool:
    """Return whether a reminder of the routine falls on a day, by its rule and since it was set."""
    start, end = day_span(day, someone.zone, someone.day_end)
    return any(
        _falls(one, max(start, one.created_at) - MOMENT, end - MOMENT, someone)
        for one in await reminders.of_person(session, someone.id)
        if one.kind in OF_ROUTINE and one.paused_at is None
    )


def _falls(one: Reminder, after: datetime, until: datetime, someone: Someone) -> bool:
    return next(fires(load(one.rule), after, until, someone.zone), None) is not None

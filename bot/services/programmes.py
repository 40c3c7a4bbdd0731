"""Which day of a programme a person is on, from what they did of it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.catalogue import Routine
from bot.domain.local_time import local_day
from bot.domain.person import Someone
from bot.domain.programme import Again, DayDone, Today, today_of
from bot.domain.reminder import OF_ROUTINE
from bot.domain.stored_rules import load
from db.models import Session
from db.queries import reminders, sessions


async def today(
    session: AsyncSession,
    someone: Someone,
    routine: Routine,
    day: date,
    before: int | None = None,
) -> Today | None:
    """Return the day of a programme that a date brings somebody; None where it is no programme.

    After what they did of it, or only after sessions `before` one, where one is named.
    """
    if not routine.days:
        return None
    found = await sessions.programme_days(session, someone.id, routine.key, before)
    done = [
        DayDone(number, local_day(at, someone.zone, someone.day_end), flare)
        for number, at, flare in found
    ]
    rows = await reminders.of_person(session, someone.id)
    rules = [load(row.rule) for row in rows if row.kind in OF_ROUTINE and not row.aside]
    weekdays = frozenset(weekday for rule in rules for weekday in rule.weekdays)
    return today_of(done, day, len(routine.days), weekdays)


async def why_again(
    session: AsyncSession, someone: Someone, routine: Routine, found: Session
) -> Again | None:
    """Return why the day of a session came again when it began; None where it was a new one."""
    was = await today(session, someone, routine, found.practice_day, found.id)
    return was.again if was is not None and was.number == found.day else None

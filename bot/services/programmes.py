"""Which day of a programme a person is on, from what they did of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.catalogue import Routine
from bot.domain.local_time import local_day
from bot.domain.person import Someone
from bot.domain.programme import Again, DayDone, Today, between, today_of
from bot.domain.reminder import OF_ROUTINE
from bot.domain.stored_rules import load
from bot.services import days
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
    missed = await _missed(session, someone, between(done, day))
    return today_of(done, day, len(routine.days), missed)


async def _missed(
    session: AsyncSession, someone: Someone, dates: Collection[date]
) -> frozenset[date]:
    """Return on which of these dates the routine was planned: not while all rested, nor if done."""
    if not dates:
        return frozenset()
    rows = await reminders.of_person(session, someone.id)
    rules = [load(row.rule) for row in rows if row.kind in OF_ROUTINE and not row.aside]
    rests = await days.rests(session, someone, min(dates))
    done = await sessions.done_days(session, someone.id, min(dates))
    return frozenset(
        one
        for one in dates
        if one not in done
        and not any(first <= one <= last for first, last in rests)
        and any(rule.counts(one) for rule in rules)
    )


async def why_again(
    session: AsyncSession, someone: Someone, routine: Routine, found: Session
) -> Again | None:
    """Return why the day of a session came again when it began; None where it was a new one."""
    was = await today(session, someone, routine, found.practice_day, found.id)
    return was.again if was is not None and was.number == found.day else None

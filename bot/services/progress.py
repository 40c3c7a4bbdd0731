"""How a person is doing: their days, the streak, the score, what they did."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.calendar import Days, Mark, Told, calendar, mark
from bot.domain.local_time import local_day
from bot.domain.progress import LOOK_BACK, Progress, score, streak
from bot.domain.step import Length
from db.models import Person
from db.queries import people, progress


async def gather(deps: Deps, person_id: int) -> Progress:
    """Return how a person is doing as of now."""
    now = deps.now()
    async with deps.read() as session:
        person = await people.get(session, person_id)
        someone = people.someone(person)
        today = local_day(now, someone.zone, someone.day_end)
        days = await _days(session, person, today, now)
        weeks = calendar(days, today)
        done, seconds = await progress.practised(session, person_id, weeks[0][0][0])
    states = {day: [state for state, _ in told] for day, told in days.told.items()}
    return Progress(
        weeks=weeks,
        streak=streak(days.kept, states, today),
        score=score(_marks(days, today)),
        sessions=done,
        seconds=seconds,
    )


async def _days(session: AsyncSession, person: Person, today: date, now: datetime) -> Days:
    since = today - LOOK_BACK
    kept: defaultdict[date, list[Length]] = defaultdict(list)
    for day, length in await progress.kept(session, person.id, since):
        kept[day].append(length)
    told: defaultdict[date, list[Told]] = defaultdict(list)
    for day, state, reason in await progress.told(session, person.id, since):
        told[day].append((state, reason))
    someone, rests = people.someone(person), None
    if someone.paused(now) and person.paused_at is not None:
        rests = (local_day(person.paused_at, someone.zone, someone.day_end), today)
    return Days(kept, told, rests)


def _marks(days: Days, today: date) -> list[Mark]:
    """Return the marks of all days from the first of which anything is known."""
    first = min((*days.kept, *days.told), default=today)
    every = (date.fromordinal(day) for day in range(first.toordinal(), today.toordinal() + 1))
    return [mark(day, days, today) for day in every]

"""What a weekly recap tells: read for one person shortly before it goes out, or when they ask."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.calendar import history
from bot.domain.local_time import day_span, local_day
from bot.domain.person import Someone
from bot.domain.progress import score
from bot.domain.recap import (
    LATELY,
    USUAL,
    WEEK,
    Told,
    Week,
    best_time,
    counted,
    local_times,
    sides,
    span,
    tightness,
    weekday,
)
from bot.domain.reminder import SkipReason
from bot.domain.stored_rules import load
from bot.services import days, proposing
from db.models import Person
from db.queries import check_ins, people, recap


async def prepare(deps: Deps, person_id: int, occurrence_id: int, day: date) -> Told | None:
    """Return what the recap of the week up to a practice day tells, with what it offers.

    None where it does not go out: nothing was planned or done, or nothing was done by somebody
    who is asked already whether less would be better. Processed again it offers the same.
    """
    now = deps.now()
    async with deps.read() as session:
        person = await people.get(session, person_id)
        first = day - timedelta(days=WEEK - 1)
        week, began = await _week(session, person, first, day, now)
        reason = _untold(week, person)
        offer = None if reason else await proposing.look(deps, session, person, began, now)
        known = await proposing.of(session, occurrence_id)
    if reason:
        async with deps.write() as session:
            await recap.skip(session, occurrence_id, reason)
        return None
    if known is None and offer is not None:
        known = await proposing.make(deps, person_id, occurrence_id, offer)
    return Told(week, known)


def _untold(week: Week, person: Person) -> SkipReason | None:
    if week.empty:
        return SkipReason.NOTHING_TOLD
    return SkipReason.EASED if week.idle and person.eased_on is not None else None


async def so_far(deps: Deps, person_id: int) -> Week:
    """Return how the running week goes: it ends on the weekday on which the recap comes."""
    now = deps.now()
    async with deps.read() as session:
        person = await people.get(session, person_id)
        found = await recap.find(session, person_id)
        someone = people.someone(person)
        today = local_day(now, someone.zone, someone.day_end)
        ends_on = weekday(load(found.rule) if found else USUAL)
        week, _ = await _week(session, person, *span(today, ends_on), now)
        return week


async def _week(
    session: AsyncSession, person: Person, first: date, last: date, now: datetime
) -> tuple[Week, list[datetime]]:
    """Return a week, and the moments at which routines began lately that were finished."""
    someone = people.someone(person)
    known, today = await days.read(session, person, now)
    past = history(known, today)
    until = len(past) - (today - last).days
    since = max(until - (last - first).days - 1, 0)
    kept, planned = counted(day.mark for day in past[since:until])
    value, before = score(past[:until]).value, score(past[:until], until - since).value
    began = await recap.began(session, person.id, last - LATELY)
    done, seconds = await recap.practised(session, person.id, first, last)
    tight = await check_ins.since(session, person.id, first)
    start, end = _moments(first, last, someone)
    week = Week(
        first=first,
        last=last,
        kept=kept,
        planned=planned,
        score=(round(before * 100), round(value * 100)) if value or before else None,
        best=best_time(local_times(began, someone.zone)),
        sided=sides(await recap.felt(session, person.id, start, end)),
        tight=tightness(felt for on, felt in tight if on <= last),
        sessions=done,
        minutes=round(seconds / 60),
    )
    return week, [moment.astimezone(someone.zone) for moment in began]


def _moments(first: date, last: date, someone: Someone) -> tuple[datetime, datetime]:
    start, _ = day_span(first, someone.zone, someone.day_end)
    _, end = day_span(last, someone.zone, someone.day_end)
    return start, end

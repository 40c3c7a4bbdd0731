"""What weekly recaps tell: read for some people at once before they go out, or when asked for."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.calendar import Days, history
from bot.domain.local_time import day_span
from bot.domain.progress import Tightness, score
from bot.domain.proposal import Offer, Offered
from bot.domain.recap import (
    LATELY,
    USUAL,
    WEEK,
    Told,
    Week,
    best_time,
    counted,
    sides,
    span,
    tightness,
    weekday,
)
from bot.domain.reminder import SkipReason
from bot.domain.sides import Ease
from bot.domain.step import Side
from bot.domain.stored_rules import load
from bot.services import days, proposing
from db.models import Person
from db.queries import check_ins, people, recap
from db.queries.recap import Began, FeltSide

SLICE = 4  # people whose weeks are read at once: what is read is gone through in one go
TWO_DAYS = timedelta(days=2)  # a day lies so far from its date in UTC at most


@dataclass(frozen=True, slots=True)
class Due:
    """One recap that is to go out, of the week up to a practice day."""

    person: int
    occurrence: int
    day: date


@dataclass(slots=True)
class _Known:
    """What is stored of one person's last weeks."""

    days: Days
    today: date
    practised: list[tuple[date, int, int]] = field(default_factory=list)
    began: list[Began] = field(default_factory=list)
    felt: list[FeltSide] = field(default_factory=list)
    tight: list[tuple[date, Tightness]] = field(default_factory=list)


async def prepare(deps: Deps, due: Sequence[Due]) -> dict[int, Told]:
    """Return, by occurrence, what recaps tell and offer; processed again they offer the same.

    One does not go out where nothing was planned or done, or where nothing was done by somebody
    who is asked already whether less would be better.
    """
    found: dict[int, Told] = {}
    for start in range(0, len(due), SLICE):
        found |= await _prepare(deps, due[start : start + SLICE])
    return found


async def _prepare(deps: Deps, due: Sequence[Due]) -> dict[int, Told]:
    now = deps.now()
    async with deps.read() as session:
        persons = {one.id: one for one in await people.several(session, [d.person for d in due])}
        due = [one for one in due if one.person in persons]  # others were deleted just now
        since = min((one.day for one in due), default=now.date()) - timedelta(days=WEEK - 1)
        known = await _read(session, persons.values(), since, now)
        weeks: dict[int, Week] = {}
        for one in due:
            first = one.day - timedelta(days=WEEK - 1)
            weeks[one.occurrence] = _week(persons[one.person], known[one.person], first, one.day)
            await asyncio.sleep(0)
        untold = {
            one.occurrence: reason
            for one in due
            if (reason := _untold(weeks[one.occurrence], persons[one.person]))
        }
        going = {one.occurrence: persons[one.person] for one in due if one.occurrence not in untold}
        began = {person.id: known[person.id].began for person in going.values()}
        offered, new = await proposing.look(deps, session, going, began)
    offered |= await _write(deps, untold, new)
    return {key: Told(weeks[key], offered.get(key)) for key in going}


async def _write(
    deps: Deps, untold: dict[int, SkipReason], new: dict[int, tuple[Person, Offer]]
) -> dict[int, Offered]:
    """Store which recaps do not go out, and what the others offer."""
    if not untold and not new:
        return {}
    async with deps.write() as session:
        await recap.skip(session, untold)
        return await proposing.make(session, new, deps.now())


def _untold(week: Week, person: Person) -> SkipReason | None:
    if week.empty:
        return SkipReason.NOTHING_TOLD
    return SkipReason.EASED if week.idle and person.eased_on is not None else None


async def so_far(deps: Deps, person_id: int) -> Week:
    """Return how the running week goes: it ends on the weekday on which the recap comes."""
    now = deps.now()
    async with deps.read() as session:
        person = await people.get(session, person_id)
        arranged = await recap.find(session, person_id)
        since = (now - timedelta(days=WEEK) - TWO_DAYS).date()
        known = (await _read(session, [person], since, now))[person_id]
    ends_on = weekday(load(arranged.rule) if arranged else USUAL)
    return _week(person, known, *span(known.today, ends_on))


async def _read(
    session: AsyncSession, persons: Iterable[Person], since: date, now: datetime
) -> dict[int, _Known]:
    """Return what the weeks of some people are made of; nine statements, however many they are."""
    known = {
        person: _Known(*found)
        for person, found in (await days.read_all(session, list(persons), now)).items()
    }
    for person, day, count, seconds in await recap.practised(session, known, since):
        known[person].practised.append((day, count, seconds))
    for began in await recap.began(session, known, since - LATELY):
        known[began.person].began.append(began)
    for felt in await recap.felt(session, known, now - timedelta(days=WEEK) - TWO_DAYS):
        known[felt.person].felt.append(felt)
    for person, day, tight in await check_ins.since(session, known, since):
        known[person].tight.append((day, tight))
    return known


def _week(person: Person, known: _Known, first: date, last: date) -> Week:
    """Return how a week went, from its first day to its last."""
    someone = people.someone(person)
    past = history(known.days, known.today)
    until = len(past) - (known.today - last).days
    since = max(until - (last - first).days - 1, 0)
    kept, planned = counted(day.mark for day in past[since:until])
    value, before = score(past[:until]).value, score(past[:until], until - since).value
    done = [one for one in known.practised if first <= one[0] <= last]
    start, _ = day_span(first, someone.zone, someone.day_end)
    _, end = day_span(last, someone.zone, someone.day_end)
    felt = defaultdict[str, dict[Side, Ease]](dict)
    for one in known.felt:
        if start <= one.at < end:
            felt[one.entry][one.side] = one.ease
    return Week(
        first=first,
        last=last,
        kept=kept,
        planned=planned,
        score=(round(before * 100), round(value * 100)) if value or before else None,
        best=best_time(one.at.astimezone(someone.zone).time() for one in known.began),
        sided=sides(felt),
        tight=tightness(tight for day, tight in known.tight if first <= day <= last),
        sessions=sum(count for _, count, _ in done),
        minutes=round(sum(seconds for _, _, seconds in done) / 60),
    )

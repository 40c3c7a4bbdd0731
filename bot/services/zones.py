"""A person's time zone: where they are, and where home is while they travel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Act, Deps
from bot.domain.local_time import DAY
from bot.domain.person import Expecting, Question, Someone
from bot.domain.session import Refused, Why
from bot.domain.travel import digest, return_at, return_day, same_clock
from bot.services import easing, moments, planning, rescheduling
from db.models import Person
from db.queries import people

STALE = Refused(Why.STALE)

# Questions of ours that a zone, or when a trip ends, answers.
ASKED = Expecting.ZONE, Expecting.TRAVEL

# The zone of a trip and that of home, as a button names them.
Journey = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Zoned:
    """A person with the zone they have now, and when they are reminded next."""

    person: Someone
    next_at: datetime | None
    now: datetime


async def set_zone(deps: Deps, person_id: int, zone: str) -> Zoned:
    """Move the person to another zone; every reminder keeps its local time.

    Where the clock is another one and no trip is under way, they are undecided from then on.
    """
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        if not act.repeated:
            _travel(person, zone, now)
            await _move(act.session, person, zone, now)
        found = await _zoned(act.session, person, now)
    deps.wake()
    return found


def _travel(person: Person, zone: str, now: datetime) -> None:
    """Note what a change to `zone` means for where home is, before it is made."""
    old, home = person.zone, person.home_zone
    if old is None or person.onboarding is not Question.DONE:
        person.home_zone = person.home_at = None  # a first answer, or the correction of one
    elif home is not None and same_clock(home, zone, now):
        person.home_zone = person.home_at = None
    elif home is not None and person.home_at is not None:
        day = return_day(person.home_at, old, home)
        person.home_at = return_at(day, zone, home)
    elif home is None and not same_clock(old, zone, now):
        person.home_zone, person.home_at = old, None
    elif home is None:
        person.home_at = None


async def follow_for(deps: Deps, person_id: int, journey: Journey, days: int) -> Zoned | Refused:
    """Let the zone of the trip count for so many days, today being the first."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        if not _is_on(person, journey):
            return STALE
        found = await _follow(act, person, _today(person, now) + days * DAY, now)
    deps.wake()
    return found


async def follow_until(deps: Deps, person_id: int, day: date) -> Zoned | Refused:
    """Let home's zone count again from a local date on; refused to who is not away from home."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        if person.zone is None or person.home_zone is None:
            return STALE
        if not act.repeated:
            person.home_at = None  # another date may be typed while they travel
        found = await _follow(act, person, day, now)
    deps.wake()
    return found


async def _follow(act: Act, person: Person, day: date, now: datetime) -> Zoned | Refused:
    """Set when home counts again, where that is open or was set to the same moment."""
    assert person.zone is not None
    assert person.home_zone is not None
    moment = return_at(day, person.zone, person.home_zone)
    if not act.repeated:
        if person.home_at not in (None, moment):
            return STALE
        person.home_at = moment
        easing.close(person, *ASKED)
    await act.session.flush()
    return await _zoned(act.session, person, now)


async def live_here(deps: Deps, person_id: int, journey: Journey) -> Zoned | Refused:
    """Make the zone they went to their home's."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        moved = person.home_zone is None and _is_in(person, journey[0])
        if not moved:
            if person.home_at is not None or not _is_on(person, journey):
                return STALE
            person.home_zone = None
            easing.close(person, *ASKED)
        return await _zoned(act.session, person, now)


async def go_home(deps: Deps, person_id: int, journey: Journey, *, asked: bool) -> Zoned | Refused:
    """Let home's clock count again from now on; `asked` holds only until it was answered."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        back = person.home_zone is None and _is_in(person, journey[1])
        if not back:
            home = person.home_zone
            if home is None or not _is_on(person, journey) or (asked and person.home_at):
                return STALE
            person.home_zone = person.home_at = None
            await _move(act.session, person, home, now)
        found = await _zoned(act.session, person, now)
    deps.wake()
    return found


async def _move(session: AsyncSession, person: Person, zone: str, now: datetime) -> None:
    before, person.zone = moments.zone_of(person).key, zone
    await rescheduling.follow(session, person, before, now)
    easing.close(person, *ASKED)
    if person.home_zone is not None and person.home_at is None:
        person.expecting, person.expecting_id = Expecting.TRAVEL, None
    await planning.replan(session, person, now)
    await session.flush()


async def _zoned(session: AsyncSession, person: Person, now: datetime) -> Zoned:
    next_at = await planning.next_told(session, person, now)
    return Zoned(people.someone(person), next_at, now)


def _is_in(person: Person, zone: int) -> bool:
    return person.zone is not None and digest(person.zone) == zone


def _is_on(person: Person, journey: Journey) -> bool:
    """Return whether they are away from home on just this journey."""
    trip, home = journey
    away = person.home_zone is not None and digest(person.home_zone) == home
    return away and _is_in(person, trip)


def _today(person: Person, now: datetime) -> date:
    return now.astimezone(moments.zone_of(person)).date()

"""How reminders behave: the gentle question, quiet hours, repeats, the end of the day."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.catalogue import Catalogue, Entry, Routine
from bot.domain.dose import Level
from bot.domain.manners import DAY_ENDS, REPEATS, Wish
from bot.domain.person import Expecting, Screened, Someone
from bot.domain.plan import Means, plan, seconds
from bot.domain.player import Chooser, daily_key
from bot.domain.reminder import OPEN, OccurrenceState, ReminderKind, SkipReason
from bot.domain.session import Refused, Why
from bot.domain.settling import quiet_until
from bot.domain.shorter import one_thing, shorter
from bot.services import easing, planned, planning, undoing
from db.models import Person
from db.queries import occurrences, people, reactions

STALE = Refused(Why.STALE)
NOTABLY_LESS = 0.9  # of the time a routine takes as it is written


@dataclass(frozen=True, slots=True)
class Answered:
    """The gentle question was answered; what was wished for is shown next.

    `reminder` is the one that was asked about, where there still is one; `undo` names the change
    that can be taken back.
    """

    wish: Wish
    person: Someone
    now: datetime
    reminder: int | None
    undo: int | None = None


async def answer(deps: Deps, person_id: int, occurrence_id: int, wish: Wish) -> Answered | Refused:
    """Take the answer to the gentle question: reminders come as often as before.

    With `Wish.STOP` none come any more, which can be taken back for ten minutes.
    """
    now = deps.now()
    async with deps.act() as act:
        row = await occurrences.find(act.session, occurrence_id, person_id)
        if row is None:
            return STALE
        person = await people.get(act.session, person_id)
        if not act.repeated:
            if person.eased_on is None or person.eased_on != row.practice_day:
                return STALE
            if row.state in OPEN:
                row.state, row.send_at = OccurrenceState.SKIPPED, None
                row.reason = SkipReason.ANSWERED
            await easing.answered(act.session, person)
            if wish is Wish.STOP:
                await _stop(act.session, person, now)
        someone, reminder = people.someone(person), row.reminder_id
        undo = undoing.moment_of(person, now) if wish is Wish.STOP else None
    return Answered(wish, someone, now, reminder, undo)


async def _stop(session: AsyncSession, person: Person, now: datetime) -> None:
    """Remove all reminders: it was all of them that went by."""
    await session.flush()
    before = await undoing.snapshot(session, person.id)
    for kind in ReminderKind:
        await planning.drop(session, person.id, kind)
    undoing.remember(person, before, now)


def shorter_ones(catalogue: Catalogue, person: Chooser) -> tuple[Routine, ...]:
    """Return routines that take the person less time than their daily one."""
    gentle = person.screened is Screened.APPLIES
    return shorter(catalogue, daily_key(catalogue, person), gentle=gentle)


def lighter(catalogue: Catalogue, person: Chooser) -> tuple[Routine, float] | None:
    """Return the daily routine with its seconds at the lightest level, where that takes less."""
    routine = catalogue.routines[daily_key(catalogue, person)]
    if routine.days:
        return None
    means = Means(passed=catalogue.safety.gates, has=catalogue.things, gentle=routine.gentle)
    took = seconds(plan(routine.items, planned.known(catalogue), means, Level.BEGINNER))
    return (routine, took) if took <= NOTABLY_LESS * routine.seconds else None


def can_be_shorter(catalogue: Catalogue, person: Chooser) -> bool:
    """Return whether something takes the person less time than their daily routine."""
    return bool(shorter_ones(catalogue, person) or lighter(catalogue, person))


def in_a_hurry(catalogue: Catalogue, person: Chooser) -> tuple[Routine | None, Entry | None]:
    """Return the shortest routine below the person's own, and one thing that takes a minute."""
    gentle = person.screened is Screened.APPLIES
    key = daily_key(catalogue, person)
    short = next(iter(shorter_ones(catalogue, person)), None)
    return short, one_thing(catalogue, key, gentle=gentle)


async def ask_quiet(deps: Deps, person_id: int) -> Someone:
    """Take the person's next free text as the quiet hours."""
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        person.expecting, person.expecting_id = Expecting.QUIET, None
        return people.someone(person)


async def leave(deps: Deps, person_id: int) -> Someone:
    """Take the person's next free text as no quiet hours any more."""
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        easing.close(person, Expecting.QUIET)
        return people.someone(person)


async def set_quiet(
    deps: Deps, person_id: int, quiet: tuple[time, time] | None
) -> Someone | Refused:
    """Let nothing go out in these hours of the local day, or at any hour."""

    async def write(session: AsyncSession, person: Person) -> bool:
        easing.close(person, Expecting.QUIET)
        if people.someone(person).quiet == quiet:
            return False
        person.quiet_from, person.quiet_to = quiet or (None, None)
        await _keep_quiet(session, person)
        return True

    return await _set(deps, person_id, write)


async def _keep_quiet(session: AsyncSession, person: Person) -> None:
    """Move what waits out of the quiet hours; what would come again in them does not."""
    someone = people.someone(person)
    for row in await reactions.waiting(session, person.id):
        over = quiet_until(row.send_at, someone.quiet, someone.zone) if row.send_at else None
        if over is None:
            continue
        if row.state is OccurrenceState.DUE and over < row.expires_at:
            row.send_at = over
        elif row.state is OccurrenceState.DUE:
            row.state, row.send_at, row.reason = OccurrenceState.SKIPPED, None, SkipReason.QUIET
        else:
            row.send_at = None


async def set_repeat(deps: Deps, person_id: int, minutes: int | None) -> Someone | Refused:
    """Let an unanswered reminder come again after so many minutes, or never."""
    if minutes not in (None, *REPEATS):
        return STALE

    async def write(session: AsyncSession, person: Person) -> bool:
        if person.repeat_minutes == minutes:
            return False
        person.repeat_minutes = minutes
        for row in await reactions.waiting(session, person.id):
            if row.state is OccurrenceState.SENT and minutes is None:
                row.send_at = None
        return True

    return await _set(deps, person_id, write)


async def set_around(deps: Deps, person_id: int, *, on: bool) -> Someone | Refused:
    """Let reminders come up to two minutes early or late, or on the minute."""
    now = deps.now()

    async def write(session: AsyncSession, person: Person) -> bool:
        if person.around is on:
            return False
        person.around = on
        await planning.replan(session, person, now)
        return True

    return await _set(deps, person_id, write)


async def set_day_end(deps: Deps, person_id: int, day_end: time) -> Someone | Refused:
    """Let the person's day of practice end at this local time."""
    if day_end not in DAY_ENDS:
        return STALE
    now = deps.now()

    async def write(session: AsyncSession, person: Person) -> bool:
        if person.day_end == day_end:
            return False
        person.day_end = day_end
        await planning.replan(session, person, now)
        return True

    return await _set(deps, person_id, write)


async def _set(
    deps: Deps, person_id: int, write: Callable[[AsyncSession, Person], Awaitable[bool]]
) -> Someone | Refused:
    """Let `write` change something of the person once; refused where it is like that already."""
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        if not act.repeated and not await write(act.session, person):
            return STALE
        await act.session.flush()
        someone = people.someone(person)
    deps.wake()
    return someone

"""Who a person is: their row, their language, their daily routine, whether the bot reaches them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.deps import Deps
from bot.domain.person import Expecting, Screened, Someone
from bot.domain.player import daily_key
from bot.domain.session import Playing, Refused, Why
from bot.services import own, planning
from bot.services.days import count_streak
from bot.services.showing import playing
from db.queries import inbox, outgoing, people, sessions


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands: next reminder, streak, open session, daily routine."""

    person: Someone
    routine: str
    next_at: datetime | None
    streak: int
    now: datetime
    playing: Playing | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """Who wrote, if known, what their free text answers, and the needs of what is done for them."""

    deps: Deps
    person: Someone | None = None
    expecting: Expecting | None = None


async def meet(deps: Deps, person_id: int) -> Met:
    """Return the person and what their free text answers; the catalogue holds their own routines.

    An update that took effect before and is processed again answers what it answered then.
    """
    async with deps.read() as session:
        row = await people.find(session, person_id)
        before = await inbox.expecting_of(session, deps.update_id or 0)
        if row is None:
            return Met(deps, expecting=before)
        deps = await own.deps_of(deps, session, person_id)
    someone = people.someone(row)
    return Met(deps, someone, before or someone.expecting)


async def standing(deps: Deps, person_id: int) -> Standing:
    """Return where the person stands."""
    now = deps.now()
    async with deps.read() as session:
        row = await people.get(session, person_id)
        open_session = await sessions.active(session, person_id)
        return Standing(
            person=people.someone(row),
            routine=daily_key(deps.catalogue, people.someone(row)),
            next_at=await planning.next_told(session, row, now),
            streak=await count_streak(session, row, now),
            now=now,
            playing=await playing(deps, session, open_session) if open_session else None,
        )


async def choose_routine(deps: Deps, person_id: int, key: str) -> Standing | Refused:
    """Make a routine the person's daily one, if their screening allows it."""
    routine = deps.catalogue.routines.get(key)
    if routine is None:
        return Refused(Why.UNKNOWN)
    async with deps.act() as act:
        row = await people.get(act.session, person_id)
        if row.screened is Screened.APPLIES and not routine.gentle:
            return Refused(Why.NOT_GENTLE)
        row.routine = key
    return await standing(deps, person_id)


async def choose_language(deps: Deps, person_id: int, language: str) -> Refused | None:
    """Speak this language with the person from now on."""
    if language not in deps.languages:
        return Refused(Why.STALE)
    async with deps.act() as act:
        (await people.get(act.session, person_id)).language = language
    return None


async def unreachable(deps: Deps, person_id: int) -> None:
    """Stop writing to somebody who blocked the bot or is gone; /start brings them back."""
    async with deps.write(person_id) as session:
        await outgoing.block(session, [person_id])

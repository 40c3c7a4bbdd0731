"""How the steps of a routine reach a person: what they chose."""

from __future__ import annotations

from bot.deps import Deps
from bot.domain.pace import Pace
from bot.domain.person import Someone
from bot.services import spreading
from db.queries import people


async def choose(deps: Deps, person_id: int, pace: Pace) -> Someone:
    """Let steps arrive so from now on; an open session goes on as it began."""
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        if person.pace is not pace and not act.repeated:
            if person.pace is Pace.SPREAD:
                await spreading.end(act.session, deps, person)
            person.pace = pace
            if pace is Pace.SPREAD:
                await spreading.begin(act.session, deps, person)
        someone = people.someone(person)
    deps.wake()
    return someone

"""How the steps of a routine reach a person: what they chose."""

from __future__ import annotations

from bot.deps import Deps
from bot.domain.pace import Pace
from bot.domain.person import Someone
from bot.services import deadlines, spreading
from db.queries import people, sessions


async def choose(deps: Deps, person_id: int, pace: Pace) -> Someone:
    """Let steps arrive so from now on; an open session waits for taps again where these lead."""
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        if person.pace is not pace and not act.repeated:
            if person.pace is Pace.SPREAD:
                await spreading.end(act.session, deps, person)
            person.pace = pace
            if pace is Pace.SPREAD:
                await spreading.begin(act.session, deps, person)
        open_session = await sessions.active(act.session, person_id)
        if open_session is not None and pace is not Pace.HANDS_FREE and not act.repeated:
            open_session.pace = Pace.BUTTON
            deadlines.forget(open_session)
        someone = people.someone(person)
    deps.wake()
    return someone

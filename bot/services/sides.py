"""Which side of an exercise was stiffer: asked at the end of a session, kept for the next ones."""

from __future__ import annotations

from bot.deps import Deps
from bot.domain.player import SessionState
from bot.domain.session import Ended, Refused
from bot.domain.sides import Stiffer, eases
from bot.services import player
from bot.services.showing import ended
from db.queries import sessions, sides


async def say(deps: Deps, person_id: int, session_id: int, stiffer: Stiffer) -> Ended | Refused:
    """Store which side of what was done longest in a session felt stiffer, or that both felt alike.

    A second thought overwrites the first.
    """
    now = deps.now()
    async with deps.act() as act:
        found = await sessions.find(act.session, session_id, person_id)
        if found is None or found.state in (SessionState.ACTIVE, SessionState.SPREAD):
            return player.STALE
        end = await ended(deps, act.session, found, now)
        if end.sides is None or act.repeated:
            return end if act.repeated else player.STALE
        await sides.put(act.session, person_id, end.sides.entry, eases(stiffer), now)
        found.undo = None  # the last answer is this one, and a second thought overwrites it
        return await ended(deps, act.session, found, now)

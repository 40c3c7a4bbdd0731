"""The time of a session's step: stopped, or run by taps or by itself."""

from __future__ import annotations

from bot.deps import Deps
from bot.domain.pace import Pace
from bot.domain.player import Going
from bot.domain.session import Playing, Refused
from bot.services import deadlines, player
from bot.services.showing import playing
from db.queries import sessions


async def pause(deps: Deps, person_id: int, session_id: int, position: int) -> Playing | Refused:
    """Stop the time of the current step, and keep what is left of it."""
    now = deps.now()
    async with deps.act() as act:
        found = await player.under_way(act, person_id, session_id, position)
        if found is None:
            return player.STALE
        if not act.repeated:
            deadlines.pause(found, now)
        return await playing(deps, act.session, found)


async def look_away(
    deps: Deps, person_id: int, at: tuple[int, int] | None = None
) -> Playing | None:
    """Return the person's open session, its time stopped: they look at something else.

    None where `at` names another session, or another step of it. That is no effect of the update
    in hand: what it asks for may come after it, once.
    """
    found = await player.look(deps, person_id)
    if found is None or at not in (None, (found.session, found.position)):
        return None
    if found.going is not Going.RUNS:
        return found
    async with deps.write(person_id) as session:
        row = await sessions.active(session, person_id)
        if row is None:
            return None
        deadlines.pause(row, deps.now())
        return await playing(deps, session, row)


async def switch(
    deps: Deps, person_id: int, session_id: int, position: int, pace: Pace
) -> Playing | Refused:
    """Let the steps of a session arrive by taps, or by themselves, from the current one on."""
    now = deps.now()
    async with deps.act() as act:
        found = await player.under_way(act, person_id, session_id, position)
        if found is None or pace is Pace.SPREAD:
            return player.STALE
        if not act.repeated:
            found.pace, found.shown_at = pace, now
            deadlines.run(found, now)
        return await playing(deps, act.session, found)

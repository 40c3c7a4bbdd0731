"""How much of a routine a session is: chosen at its start, or cut short in the middle."""

from __future__ import annotations

from collections.abc import Sequence

from bot.deps import Deps
from bot.domain import lengths
from bot.domain.player import SessionKind, before, onward
from bot.domain.session import Playing, Refused
from bot.domain.step import Length, Step
from bot.services import player, retaking
from bot.services.showing import playing, steps_of
from db.models import Session
from db.queries import sessions


async def choose(
    deps: Deps, person_id: int, session_id: int, position: int, length: Length
) -> Playing | Refused:
    """Make a routine that has just begun a longer or a shorter one."""
    async with deps.act() as act:
        found = await player.under_way(act, person_id, session_id, position)
        if found is None:
            return player.STALE
        if not act.repeated:
            steps = steps_of(found)
            begun = before(steps, position) is not None
            if begun or found.kind is not SessionKind.ROUTINE:
                return player.STALE
            if length not in lengths.offered(steps):
                return player.STALE
            await retaking.remember(act.session, found, deps.now())
            keep(found, lengths.cut(steps, length))
            found.length = length
            player.move(found, onward(steps_of(found), 0), deps.now())
        return await playing(deps, act.session, found)


async def finish_with(
    deps: Deps, person_id: int, session_id: int, position: int
) -> Playing | Refused:
    """Let the movement that is shown be the last one."""
    async with deps.act() as act:
        found = await player.under_way(act, person_id, session_id, position)
        if found is None:
            return player.STALE
        if not act.repeated:
            steps = steps_of(found)
            if not lengths.can_finish(steps, position):
                return player.STALE
            await retaking.remember(act.session, found, deps.now())
            keep(found, lengths.finish_with(steps, position))
            done = await sessions.outcomes(act.session, found.id)
            if found.kind is SessionKind.ROUTINE:
                found.length = Length.SHORT if done else Length.ONE
        return await playing(deps, act.session, found)


def keep(found: Session, steps: Sequence[Step]) -> None:
    """Store the steps of a session."""
    found.steps = [step.to_dict() for step in steps]

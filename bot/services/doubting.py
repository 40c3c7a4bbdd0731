"""A condition that somebody tells of: what was answered is asked anew, and nothing presses."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.person import Screened
from bot.services import player
from bot.services.showing import steps_of
from db.models import Session
from db.queries import gates, people, sessions, spreading


@dataclass(frozen=True, slots=True)
class Doubted:
    """What presses was left out of an open session; `over` is the message of a step so ended."""

    over: int | None


async def doubt(deps: Deps, person_id: int) -> Doubted | None:
    """Ask every passed gate and the screening anew: the person told of a condition since.

    Until they have answered again nothing begins but what is open to everyone. What presses is
    left out of what they are in the middle of; None where nothing of that was left to do.
    """
    async with deps.act() as act:
        if act.repeated:
            return await _doubted(deps, act.session, person_id)
        await _forget(act.session, person_id)
        day = await spreading.under_way(act.session, person_id)
        if day is not None:
            player.close(day, await player.gates_of(deps, act.session, day))
        found = await sessions.active(act.session, person_id)
        return await _without(deps, act.session, found) if found else None


async def _forget(session: AsyncSession, person_id: int) -> None:
    await gates.forget_passed(session, person_id)
    await sessions.forget_undo(session, person_id)  # safety is not taken back by a tap
    person = await people.find(session, person_id)
    if person is not None and person.screened is Screened.NONE:
        person.screened = person.screened_at = None


async def _without(deps: Deps, session: AsyncSession, found: Session) -> Doubted | None:
    """Let an open session go on without what presses, or end it where nothing else is left."""
    pressing = await player.gates_of(deps, session, found)
    answered = await sessions.outcomes(session, found.id)
    in_hand = found.position
    lost = [
        at
        for at, step in enumerate(steps_of(found))
        if step.entry in pressing and step.is_open and (at == in_hand or at not in answered)
    ]
    if in_hand in lost:
        await player.leave_out(session, found, pressing, deps.now())
        return Doubted(found.message_id)
    player.close(found, pressing)
    return Doubted(None) if lost else None


async def _doubted(deps: Deps, session: AsyncSession, person_id: int) -> Doubted | None:
    """Return what was returned when this took effect: what presses was closed without an answer."""
    found = await sessions.newest(session, person_id)
    if found is None:
        return None
    pressing = await player.gates_of(deps, session, found)
    answered = await sessions.outcomes(session, found.id)
    lost = [
        at
        for at, step in enumerate(steps_of(found))
        if step.entry in pressing and step.closed and not step.cut and at not in answered
    ]
    if not lost:
        return None
    return Doubted(found.message_id if lost[0] < found.position else None)

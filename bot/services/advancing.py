"""Sessions that go on by themselves: what is due of them, and what then becomes of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.person import PersonState
from bot.domain.player import Awaits, Outcome, SessionState, onward
from bot.domain.session import Ended, Playing
from bot.services import deadlines, player
from bot.services.holding import held
from bot.services.showing import ended, playing, steps_of
from db.models import Session
from db.queries import people, sessions

LONGEST = timedelta(hours=1)  # longer no session waits for anything


@dataclass(frozen=True, slots=True)
class Turn:
    """What a person is to see of their session now, as a new message."""

    person_id: int
    language: str | None
    result: Playing | Ended
    message_id: int | None  # what showed the session until now


async def earliest(deps: Deps, but: Collection[int]) -> datetime | None:
    """Return when the next session goes on by itself, or is owed to somebody, `but` for some."""
    async with deps.read() as session:
        return await sessions.earliest(session, but)


async def due(deps: Deps, limit: int, but: Collection[int]) -> list[tuple[int, int]]:
    """Return the sessions whose time has come, `but` for some, and whose each is.

    The longest due first.
    """
    async with deps.read() as session:
        return await sessions.due(session, deps.now(), limit, but)


async def advance(deps: Deps, session_id: int) -> Turn | None:
    """Let a session go on if its time has come; return what to show, None where nothing is.

    What is shown stays owed until `player.shown`: whatever happens to this process, it comes.
    """
    now = deps.now()
    async with held(deps, session_id) as (session, found):
        if found is None:
            return None
        person = await people.get(session, found.person_id)
        if person.state is not PersonState.ACTIVE:
            deadlines.forget(found)
            return None
        if found.deadline is not None and found.deadline <= now:
            await _go_on(session, found, now)
        if found.owed_at is None or found.owed_at > now:
            return None
        if deadlines.too_late(found, now):
            deadlines.ask(found, now)
        active = found.state is SessionState.ACTIVE
        shown = playing(deps, session, found) if active else ended(deps, session, found, now)
        return Turn(person.id, person.language, await shown, found.message_id)


async def set_right(deps: Deps) -> None:
    """Go by a clock that was set back: nothing waits for what it showed before."""
    now = deps.now()
    async with deps.write() as session:
        await sessions.bring_forward(session, now + LONGEST, now)


async def later(deps: Deps, session_id: int, seconds: float) -> None:
    """Try again after some seconds what failed, whatever of it did."""
    moment = deps.now() + timedelta(seconds=seconds)
    async with held(deps, session_id) as (_, found):
        if found is None:
            return
        if found.owed_at is not None:
            found.owed_at = moment
        if found.deadline is not None:
            found.deadline = max(found.deadline, moment)


async def _go_on(session: AsyncSession, found: Session, now: datetime) -> None:
    """Do what a session's deadline is for: the next step, a question, or silence."""
    assert found.deadline is not None
    if found.awaits is Awaits.PARK:
        deadlines.forget(found)
    elif found.awaits is Awaits.ASK:
        deadlines.ask(found, now)
    elif now - found.deadline > deadlines.LATE:
        found.left = None  # nobody knows whether it was done while the bot was away
        deadlines.ask(found, now)
    else:
        await _next_step(session, found, now)


async def _next_step(session: AsyncSession, found: Session, now: datetime) -> None:
    seconds = round(deadlines.current(found).takes)
    await sessions.put_record(session, found.id, found.position, Outcome.DONE, seconds, now)
    found.undo = None  # the last answer was not the last thing that happened
    player.move(found, onward(steps_of(found), found.position + 1), now)
    if found.position >= len(found.steps):
        await player.finish(session, found, SessionState.DONE, now)
    deadlines.owe(found, now)

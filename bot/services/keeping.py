"""A change of a level is refused: what there was before stays."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.adaptation import At, Cause, Change, Fitted, Named
from bot.domain.player import before, onward, redosed
from bot.domain.session import Ended, Playing, Refused, Why
from bot.services import levels as pages
from bot.services import player, telling
from bot.services.showing import ended, playing, steps_of
from db.models import LevelChange, Session
from db.queries import levels, sessions

STALE = Refused(Why.STALE)
Shown = Playing | Ended | Fitted | Named  # where it was told


async def keep(deps: Deps, person_id: int, change_id: int, at: At) -> Shown | Refused:
    """Refuse a change while it is the newest of its exercise; return what told of it, as it is now.

    A notch less after a week off is refused for the whole session, which has its former doses
    while nothing of it is answered.
    """
    now = deps.now()
    async with deps.act() as act:
        row = await levels.find(act.session, change_id, person_id)
        if row is None:
            return STALE
        found = await sessions.find(act.session, row.session_id or 0, person_id)
        if not act.repeated:
            newest = await levels.newest(act.session, person_id, row.entry)
            if row.refused_at is not None or newest is not row:
                return STALE
            for one in await _together(act.session, row):
                one.refused_at = now
            if found is not None and row.cause is Cause.BREAK:
                await _restore(deps, act.session, found)
            await act.session.flush()
        shown = await _shown(deps, act.session, found, at)
        told = telling.told(deps.catalogue, row)
        entry = row.entry
    return shown or (await pages.page(deps, person_id, entry) if at is At.PAGE else None) or told


async def _together(session: AsyncSession, row: LevelChange) -> list[LevelChange]:
    """Return the changes that are refused with one: all of a week off."""
    if row.cause is not Cause.BREAK or row.session_id is None:
        return [row]
    changes = await levels.of_session(session, row.session_id)
    return [one for one in changes if one.cause is Cause.BREAK]


async def _restore(deps: Deps, session: AsyncSession, found: Session) -> None:
    """Give a session its former doses, unless something of it was answered."""
    steps = steps_of(found)
    begun = before(steps, found.position) is not None or await sessions.outcomes(session, found.id)
    if begun or not player.is_open(found):
        return
    for one in await levels.of_session(session, found.id):
        exercise = deps.catalogue.exercises.get(one.entry)
        if one.cause is Cause.BREAK and exercise is not None:
            steps = list(redosed(steps, exercise, Change.from_dict(one.named)))
    found.steps, found.undo = [step.to_dict() for step in steps], None
    player.move(found, onward(steps, 0), deps.now())


async def _shown(
    deps: Deps, session: AsyncSession, found: Session | None, at: At
) -> Playing | Ended | None:
    """Return the session on the screen that told of a change; None where it was another screen."""
    if found is None or at not in (At.END, At.STEP):
        return None
    if player.is_open(found):
        return await playing(deps, session, found)
    return await ended(deps, session, found, deps.now())

"""Whether a person hears what operators tell everybody."""

from __future__ import annotations

from bot.deps import Deps
from bot.domain.broadcast import Why
from db.queries import broadcasts, copies, people


async def set_hears(deps: Deps, person_id: int, *, hears: bool) -> Why | None:
    """Let news come from now on, or no more: then what is on its way does not come either."""
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        if not act.repeated and person.hears is hears:
            return Why.SAME
        person.hears = hears
        if not hears:
            await copies.unwanted(act.session, person_id)
    deps.wake()  # theirs may have been the last one that was waited for
    return None


async def opt_out(deps: Deps, person_id: int, broadcast: int) -> Why | None:
    """Let no more news come, as asked on a copy; on its author's preview it means nothing."""
    async with deps.read() as session:
        row = await broadcasts.find(session, broadcast)
    if row is not None and row.confirmed_at is None and row.author_id == person_id:
        return Why.PREVIEW
    return await set_hears(deps, person_id, hears=False)

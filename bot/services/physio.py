"""What a person's physio may want to know: twelve weeks of practice on one page."""

from __future__ import annotations

from bot.deps import Deps
from bot.domain.overview import Overview, trained
from bot.services import progress, versions
from db.queries import history, sides


async def gather(deps: Deps, person_id: int) -> Overview:
    """Return the last twelve weeks as of now."""
    found = await progress.gather(deps, person_id)
    since = found.weeks[0][0][0]
    async with deps.read() as session:
        done = trained(
            await history.answers(session, person_id, since),
            await history.notches(session, person_id),
            await history.left_out(session, person_id),
            await sides.stiffer(session, person_id),
        )
        return Overview(
            progress=found,
            trained=done,
            reasons=await history.reasons(session, person_id, since),
            names=await versions.names(
                session, deps.catalogue, person_id, {one.entry for one in done}
            ),
        )

"""What a person's physio may want to know: twelve weeks of practice on one page."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.overview import Overview, trained
from bot.services import progress
from content.versions import restored
from db.queries import history, sides, versions


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
            names=await _names(deps, session, person_id, {one.entry for one in done}, since),
        )


async def _names(
    deps: Deps, session: AsyncSession, person_id: int, keys: Collection[str], since: date
) -> dict[str, str]:
    """Return what entries are called; what the content has no more, as it was called then."""
    found = {key: deps.catalogue.name_of(key) for key in keys}
    gone = [key for key in keys if deps.catalogue.entry(key) is None]
    if gone:
        digests = await history.digests(session, person_id, since)
        kept = await versions.contents(session, [digests[key] for key in gone if key in digests])
        for key in gone:
            before = restored(kept[digests[key]]) if digests.get(key) in kept else None
            found[key] = before.name if before else key
    return found

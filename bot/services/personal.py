"""A person's own data: all of it to take away, what there is of it, and all of it gone."""

from __future__ import annotations

import asyncio

from bot.deps import Deps
from bot.domain.personal import Taken
from bot.services import physio
from db import export as documents
from db.queries import history, people, personal


async def export(deps: Deps, person_id: int) -> Taken:
    """Return everything that is stored about the person."""
    async with deps.read() as session:
        zone = people.someone(await people.get(session, person_id)).zone
        stored = await personal.everything(session, person_id)
        walked = await history.walked(session, person_id)
        felt = await history.felt(session, person_id)
    # Thousands of rows take a while to write down; nobody's tap waits for that.
    document = await asyncio.to_thread(documents.document, stored, zone, deps.now())
    names = {one.entry: deps.catalogue.name_of(one.entry) for one in walked}
    return Taken(document, walked, felt, await physio.gather(deps, person_id), names, zone)


async def delete(deps: Deps, person_id: int) -> None:
    """Remove every row about the person; the update in hand forgets whose it was when done."""
    async with deps.act() as act:
        await personal.remove(act.session, person_id)

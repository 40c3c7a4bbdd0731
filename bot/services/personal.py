"""A person's own data: all of it to take away, what there is of it, and all of it gone."""

from __future__ import annotations

import asyncio
from datetime import date

from bot.deps import Deps
from bot.domain.personal import Held, Taken
from bot.services import physio, versions
from bot.services.retention import SESSIONS_GONE
from db import export as documents
from db.queries import check_ins, history, marks, people, personal


async def export(deps: Deps, person_id: int) -> Taken | None:
    """Return everything that is stored about somebody; None where nothing is."""
    async with deps.read() as session:
        row = await people.find(session, person_id)
        if row is None:
            return None
        zone = people.someone(row).zone
        stored = await personal.everything(session, person_id)
        walked = await history.walked(session, person_id)
        ran = {one.entry for one in walked}
        names = await versions.names(session, deps.catalogue, person_id, ran)
        told = await check_ins.since(session, [person_id], date.min)
        felt = {day: tight for _, day, tight in told}
    # Thousands of rows take a while to write down; nobody's tap waits for that.
    document = await asyncio.to_thread(documents.document, stored, zone, deps.now())
    return Taken(document, walked, felt, await physio.gather(deps, person_id), names, zone)


async def held(deps: Deps, person_id: int) -> Held | None:
    """Return how much there is that would be deleted; None where nothing is stored."""
    async with deps.read() as session:
        known = await people.find(session, person_id)
        return await personal.held(session, person_id) if known else None


async def delete(deps: Deps, person_id: int) -> bool:
    """Remove every row about somebody; return whether this update did, now or before.

    The update in hand forgets whose it was when it is done.
    """
    async with deps.act() as act:
        if act.repeated:
            return True
        if await people.find(act.session, person_id) is None:
            return False
        await personal.remove(act.session, person_id)
        await marks.put(act.session, SESSIONS_GONE, deps.now().isoformat())
    await deps.database.empty_log()
    return True

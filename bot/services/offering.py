"""A routine comes from somebody else, by a link or as a file: shown first, kept only if wanted."""

from __future__ import annotations

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.catalogue import Catalogue, Item
from bot.domain.own import MOST_ROUTINES, Own, Unmade, as_routine, beyond
from bot.services import own
from content import alone
from content.faults import Fault
from content.lines import stored
from db.models import OwnRoutine
from db.queries import own as queries

LINK = "own"  # what such a deep link begins with
LARGEST = alone.LARGEST  # bytes of a file


async def share(deps: Deps, person_id: int, number: int, token: str) -> Own | Unmade:
    """Let a link with this token lead to a routine, or with the one it has already."""
    async with deps.act() as act:
        row = await queries.find(act.session, number, person_id)
        if row is None or row.offered:
            return Unmade.STALE
        if as_routine(own.value(row), deps.catalogue) is None:
            return Unmade.EMPTY
        row.token = row.token or token
        return own.value(row)


async def stop_sharing(deps: Deps, person_id: int, number: int) -> Own | Unmade:
    """Let the link lead nowhere; copies that others took stay theirs."""
    async with deps.act() as act:
        row = await queries.find(act.session, number, person_id)
        if row is None or row.offered:
            return Unmade.STALE
        row.token = None
        return own.value(row)


async def shared(deps: Deps, token: str) -> Own | None:
    """Return the routine that a link leads to, None where it leads nowhere any more."""
    async with deps.read() as session:
        row = await queries.shared(session, token)
        return own.value(row) if row is not None else None


async def accept_shared(deps: Deps, person_id: int, token: str, revision: int) -> Own | Unmade:
    """Copy a shared routine as it was shown; one that has changed since is to be looked at anew."""
    async with deps.act() as act:
        row = await queries.shared(act.session, token)
        if row is None or row.revision != revision:
            return Unmade.STALE
        found = own.value(row)
        return await _keep(deps, act.session, person_id, found, repeated=act.repeated)


async def read(catalogue: Catalogue, content: bytes) -> tuple[str, tuple[Item, ...]] | list[Fault]:
    """Return the name and the lines of a routine's file, or what is wrong with it.

    It is checked as a pack is; that may take long for a strange one, so nobody waits for it.
    """
    try:
        routine = await asyncio.to_thread(alone.routine_of, content, catalogue)
    except alone.Refused as refused:
        return refused.faults
    return " ".join(routine.name.split()), routine.items


async def offer(deps: Deps, person_id: int, name: str, items: tuple[Item, ...]) -> Own | Unmade:
    """Keep a routine until the person says whether they want it, in place of an earlier one.

    That is no effect of the update in hand: done twice it is the same.
    """
    if limit := beyond(items):
        return limit
    async with deps.write(person_id) as session:
        await queries.drop_offers(session, person_id)
        row = _row(deps, person_id, name, items)
        row.offered = True
        session.add(row)
        await session.flush()
        return own.value(row)


async def waiting(deps: Deps, person_id: int) -> Own | None:
    """Return what is offered to a person and not answered yet."""
    async with deps.read() as session:
        row = await queries.offered(session, person_id)
        return own.value(row) if row is not None else None


async def accept(deps: Deps, person_id: int, number: int) -> Own | Unmade:
    """Make what is offered to a person theirs."""
    async with deps.act() as act:
        row = await queries.find(act.session, number, person_id)
        if row is None or not row.offered:
            theirs = await queries.of_people(act.session, [person_id]) if act.repeated else ()
            newest = max(theirs, key=lambda one: one.id, default=None)
            return own.value(newest) if newest is not None else Unmade.STALE
        kept = await _keep(deps, act.session, person_id, own.value(row), repeated=False)
        if isinstance(kept, Own) or kept is Unmade.SAME:
            await act.session.delete(row)
        return kept


async def decline(deps: Deps, person_id: int, number: int) -> None:
    """Forget what is offered to a person."""
    async with deps.act() as act:
        row = await queries.find(act.session, number, person_id)
        if row is not None and row.offered:
            await act.session.delete(row)


async def _keep(
    deps: Deps, session: AsyncSession, person_id: int, found: Own, *, repeated: bool
) -> Own | Unmade:
    """Give a person a routine of their own like this one, unless they have the very same."""
    theirs = list(map(own.value, await queries.of_people(session, [person_id])))
    same = next((one for one in theirs if (one.name, one.items) == (found.name, found.items)), None)
    if same is not None:
        return same if repeated else Unmade.SAME
    if len(theirs) >= MOST_ROUTINES:
        return Unmade.ROUTINES
    row = _row(deps, person_id, found.name, found.items)
    session.add(row)
    await session.flush()
    return own.value(row)


def _row(deps: Deps, person_id: int, name: str, items: tuple[Item, ...]) -> OwnRoutine:
    now = deps.now()
    return OwnRoutine(
        person_id=person_id, name=name, items=stored(items), created_at=now, changed_at=now
    )

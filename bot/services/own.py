"""A person's own routines beside those of the pack: for whatever is done for that person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.catalogue import Catalogue, Routine
from bot.domain.own import Own, Removed, as_routine, number_of
from bot.domain.own import missing as left_out
from bot.shelf import Shelf
from content.lines import restored
from content.versions import digest
from db.models import OwnRoutine
from db.queries import own as queries


def value(row: OwnRoutine) -> Own:
    """Return the row as the value the rest of the code works with."""
    removed = row.removed or {}
    lines = restored([removed["item"]]) if removed else ()
    return Own(
        id=row.id,
        name=row.name,
        items=restored(row.items),
        revision=row.revision,
        token=row.token,
        removed=Removed(removed["at"], lines[0]) if lines else None,
        offered=row.offered,
    )


def over(catalogue: Catalogue, owns: Iterable[Own]) -> Catalogue:
    """Return the catalogue with these routines behind those of the pack."""
    found = {one.key: routine for one in owns if (routine := as_routine(one, catalogue))}
    return beside(catalogue, found)


def beside(catalogue: Catalogue, found: Mapping[str, Routine]) -> Catalogue:
    """Return the catalogue with these routines by their keys; itself where there are none."""
    if not found:
        return catalogue
    digests = {key: _digest(routine) for key, routine in found.items()}
    return replace(
        catalogue,
        routines={**catalogue.routines, **found},
        digests={**catalogue.digests, **digests},
    )


def deps_with(deps: Deps, owns: Iterable[Own]) -> Deps:
    """Return the same needs, with these routines in the catalogue."""
    content = deps.shelf.content
    catalogue = over(content.catalogue, owns)
    if catalogue is content.catalogue:
        return deps
    return replace(deps, shelf=Shelf(replace(content, catalogue=catalogue)))


async def deps_of(deps: Deps, session: AsyncSession, person_id: int) -> Deps:
    """Return the needs of whatever is done for one person: the catalogue holds their routines."""
    return deps_with(deps, map(value, await queries.of_people(session, [person_id])))


async def of_people(session: AsyncSession, people: Collection[int]) -> Mapping[int, list[Own]]:
    """Return the routines of those of these people who have any, in one statement."""
    found: dict[int, list[Own]] = {}
    for row in await queries.of_people(session, people):
        found.setdefault(row.person_id, []).append(value(row))
    return found


async def missing(deps: Deps, session: AsyncSession, person_id: int, key: str) -> tuple[str, ...]:
    """Return the keys of what is left out of the person's routine of this key, if it is one."""
    number = number_of(key)
    row = await queries.find(session, number, person_id) if number is not None else None
    return left_out(value(row), deps.catalogue) if row is not None else ()


async def listed(deps: Deps, person_id: int) -> tuple[Own, ...]:
    """Return the person's own routines, the oldest first."""
    async with deps.read() as session:
        return tuple(map(value, await queries.of_people(session, [person_id])))


@lru_cache(maxsize=1024)
def _digest(routine: Routine) -> str:
    return digest(routine)

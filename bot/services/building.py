"""A person builds a routine of their own: each tap is one stored change, an old one is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.building import line, stepped
from bot.domain.own import (
    MOST_ROUTINES,
    Own,
    Removed,
    Unmade,
    beyond,
    is_gentle,
    schedulable,
)
from bot.domain.person import Expecting, Screened
from bot.services import own
from bot.services.easing import close
from content.lines import stored
from db.models import OwnRoutine, Person
from db.queries import own as queries
from db.queries import people

Change = Callable[[Own, bool], Own | Unmade]  # the bool: only what is gentle is open to them

NAMING = Expecting.ROUTINE_NAME


@dataclass(frozen=True, slots=True)
class Deleted:
    """A routine is deleted; `daily` took its place, where it was the daily one."""

    daily: str | None = None


async def begin(deps: Deps, person_id: int, name: str, known: int) -> Own | Unmade:
    """Make an empty routine, and take the next free text as its name.

    `known` is how many they saw: of a button tapped twice the second makes no other one. Until
    it is named it is called `name`, with a number where they have one of that name.
    """
    async with deps.act() as act:
        theirs = list(await queries.of_people(act.session, [person_id]))
        if act.repeated:
            return own.value(theirs[-1]) if theirs else Unmade.STALE
        if len(theirs) != known:
            return Unmade.STALE
        if len(theirs) >= MOST_ROUTINES:
            return Unmade.ROUTINES
        row = OwnRoutine(
            person_id=person_id,
            name=_free(name, {one.name for one in theirs}),
            items=[],
            created_at=deps.now(),
            changed_at=deps.now(),
        )
        act.session.add(row)
        await act.session.flush()
        person = await people.get(act.session, person_id)
        person.expecting, person.expecting_id = NAMING, row.id
        return own.value(row)


async def look(deps: Deps, person_id: int, number: int) -> Own | None:
    """Return one of the person's own routines, None where it is gone."""
    async with deps.read() as session:
        row = await queries.find(session, number, person_id)
        return own.value(row) if row is not None and not row.offered else None


async def ask_name(deps: Deps, person_id: int, number: int) -> Own | Unmade:
    """Take the next free text as the name of a routine."""
    async with deps.act() as act:
        row = await _find(act.session, number, person_id)
        if row is None:
            return Unmade.STALE
        person = await people.get(act.session, person_id)
        person.expecting, person.expecting_id = NAMING, number
        return own.value(row)


async def unasked(deps: Deps, person_id: int, number: int) -> Own | None:
    """Leave the name as it is: the next free text is none; return the routine."""
    async with deps.act() as act:
        close(await people.get(act.session, person_id), NAMING)
        row = await _find(act.session, number, person_id)
        return own.value(row) if row is not None else None


async def rename(deps: Deps, person_id: int, name: str) -> Own | Unmade:
    """Give the routine whose name was asked for this one."""
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        row = await _find(act.session, person.expecting_id or 0, person_id)
        if act.repeated:
            theirs = await queries.of_people(act.session, [person_id])
            row = max(theirs, key=lambda one: one.changed_at, default=None)
        close(person, NAMING)
        if row is None:
            return Unmade.STALE
        if not act.repeated:
            row.name, row.changed_at = name, deps.now()
            row.revision += 1
        return own.value(row)


async def add(deps: Deps, person_id: int, number: int, revision: int, key: str) -> Own | Unmade:
    """Put an entry at the end, at the beginner's dose."""
    catalogue = deps.catalogue

    def change(found: Own, gentle: bool) -> Own | Unmade:
        entry = catalogue.entry(key)
        if entry is None or not schedulable(entry):
            return Unmade.ENTRY
        if gentle and not entry.gentle:
            return Unmade.GENTLE
        item = line(entry, catalogue)
        if item is None:
            return Unmade.ENTRY
        items = (*found.items, item)
        return beyond(items) or replace(found, items=items)

    return await _change(deps, person_id, number, revision, change)


async def move(
    deps: Deps, person_id: int, number: int, revision: int, at: int, *, up: bool
) -> Own | Unmade:
    """Put a line, counted from 0, before the one above it or behind the one below."""

    def change(found: Own, _: bool) -> Own | Unmade:
        to = at - 1 if up else at + 1
        if not 0 <= to < len(found.items):
            return Unmade.STALE
        items = list(found.items)
        items.insert(to, items.pop(at))
        return replace(found, items=tuple(items))

    return await _change(deps, person_id, number, revision, change)


async def step(
    deps: Deps, person_id: int, number: int, revision: int, at: int, *, more: bool
) -> Own | Unmade:
    """Give a line the next larger dose of its exercise, or the next smaller one."""
    catalogue = deps.catalogue

    def change(found: Own, gentle: bool) -> Own | Unmade:
        item = found.items[at] if at < len(found.items) else None
        entry = catalogue.entry(item.entry) if item else None
        if item is None or entry is None:
            return Unmade.STALE
        other = stepped(item, entry, catalogue, more=more)
        if other is None:
            return Unmade.MOST if more else Unmade.LEAST
        if gentle and more and not is_gentle(other, catalogue):
            return Unmade.GENTLE
        items = (*found.items[:at], other, *found.items[at + 1 :])
        return beyond(items) or replace(found, items=items)

    return await _change(deps, person_id, number, revision, change)


async def remove(deps: Deps, person_id: int, number: int, revision: int, at: int) -> Own | Unmade:
    """Take a line out; the next tap may put it back."""

    def change(found: Own, _: bool) -> Own | Unmade:
        if at >= len(found.items):
            return Unmade.STALE
        items = (*found.items[:at], *found.items[at + 1 :])
        return replace(found, items=items, removed=Removed(at, found.items[at]))

    return await _change(deps, person_id, number, revision, change)


async def put_back(deps: Deps, person_id: int, number: int, revision: int) -> Own | Unmade:
    """Put the line back that the last change took out."""

    def change(found: Own, _: bool) -> Own | Unmade:
        gone = found.removed
        if gone is None:
            return Unmade.STALE
        items = (*found.items[: gone.at], gone.item, *found.items[gone.at :])
        return replace(found, items=items, removed=None)

    return await _change(deps, person_id, number, revision, change)


async def delete(deps: Deps, person_id: int, number: int, revision: int) -> Deleted | Unmade:
    """Delete a routine; who had it as their daily one has the pack's again."""
    async with deps.act() as act:
        row = await _find(act.session, number, person_id)
        if row is None and act.repeated:
            return Deleted()
        if row is None or row.revision != revision:
            return Unmade.STALE
        person = await people.get(act.session, person_id)
        daily = person.routine == own.value(row).key
        if daily:
            person.routine = None
        close(person, NAMING)
        await act.session.delete(row)
        return Deleted(_daily(deps, person) if daily else None)


def _daily(deps: Deps, person: Person) -> str:
    """Return the routine of the pack that somebody has who chose none."""
    safety = deps.catalogue.safety
    return safety.screening.routine if person.screened is Screened.APPLIES else deps.catalogue.daily


async def _find(session: AsyncSession, number: int, person_id: int) -> OwnRoutine | None:
    row = await queries.find(session, number, person_id)
    return row if row is not None and not row.offered else None


async def _change(
    deps: Deps, person_id: int, number: int, revision: int, change: Change
) -> Own | Unmade:
    """Change a routine as it was shown; what has changed since stays as it is."""
    async with deps.act() as act:
        row = await _find(act.session, number, person_id)
        if row is None:
            return Unmade.STALE
        found = own.value(row)
        if act.repeated:
            return found if found.revision > revision else Unmade.STALE
        if found.revision != revision:
            return Unmade.STALE
        person = await people.get(act.session, person_id)
        changed = change(found, person.screened is Screened.APPLIES)
        if isinstance(changed, Unmade):
            return changed
        gone = changed.removed if changed.removed is not found.removed else None
        row.items = stored(changed.items)
        row.removed = {"at": gone.at, "item": stored([gone.item])[0]} if gone else None
        row.revision, row.changed_at = revision + 1, deps.now()
        close(person, NAMING)
        return own.value(row)


def _free(name: str, taken: set[str]) -> str:
    """Return a name that is not taken: the second of a name has a number."""
    if name not in taken:
        return name
    return next(f"{name} {n}" for n in range(2, len(taken) + 3) if f"{name} {n}" not in taken)

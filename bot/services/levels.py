"""What a person does of one exercise: more, less, as written, none of it, or another instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.adaptation import Cause, Fitted, Move, Named, Rung, Stays, Wish, goes_up
from bot.domain.catalogue import Exercise, Item, Routine
from bot.domain.draft import mark
from bot.domain.person import Screened
from bot.domain.plan import Means, stand_ins
from bot.domain.player import Feedback, SessionState, daily_key
from bot.domain.progression import WATCHED
from bot.domain.session import Ended, Refused, Why
from bot.services import adaptation, planned, telling
from bot.services.showing import ended
from db.models import Person, Session
from db.queries import levels, people, sessions

STALE = Refused(Why.STALE)
TOLD = timedelta(days=14)  # how long a change is named on the exercise's page


async def of_routine(
    deps: Deps, person_id: int, key: str
) -> tuple[Routine, tuple[Fitted, ...]] | None:
    """Return how much a person does of each exercise of a routine, of a programme's day today."""
    routine = deps.catalogue.routines.get(key)
    if routine is None:
        return None
    async with deps.read() as session:
        person = await people.get(session, person_id)
        items = await planned.items_of(deps, session, person, routine)
        means = await planned.means_of(deps, session, people.someone(person), ())
    keys = dict.fromkeys(one.entry for item in items for one in (item, *item.otherwise))
    found = [deps.catalogue.exercises[key] for key in keys if key in deps.catalogue.exercises]
    return routine, tuple(_standing(deps, means, one, routine, items) for one in found)


async def page(deps: Deps, person_id: int, key: str) -> Fitted | None:
    """Return how much a person does of an exercise; None where there is no such one."""
    async with deps.read() as session:
        return await _page(deps, session, await people.get(session, person_id), key)


async def move(deps: Deps, person_id: int, key: str, wish: Wish, last: int) -> Fitted | Refused:
    """Do more, less, or as much as is written of an exercise, unless it changed since `last`."""
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        found = await _page(deps, act.session, person, key)
        if found is None:
            return Refused(Why.UNKNOWN)
        if act.repeated:
            return found
        if found.last != last:
            return STALE
        for one in _asked(found, wish):
            await adaptation.put(act.session, person_id, one, Cause.ASKED, deps.now())
        return await _page(deps, act.session, person, key) or STALE


async def set_excluded(deps: Deps, person_id: int, key: str, *, excluded: bool) -> Fitted | Refused:
    """Leave an exercise out of every routine for good, or bring it back."""
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        if key not in deps.catalogue.exercises:
            return Refused(Why.UNKNOWN)
        found = await _page(deps, act.session, person, key)
        if found is not None and not act.repeated:
            if found.excluded is excluded:
                return STALE
            await levels.wish(act.session, person_id, key, deps.now(), excluded=excluded)
        return await _page(deps, act.session, person, key) or STALE


async def set_swap(deps: Deps, person_id: int, key: str, other: str) -> Fitted | Refused:
    """Do another exercise, known by its mark, in place of one for good; "" for itself again."""
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        found = await _page(deps, act.session, person, key)
        if found is None:
            return Refused(Why.UNKNOWN)
        if not act.repeated:
            offered = next((one.key for one in found.offers if mark(one.key) == other), None)
            now = found.instead.key if found.instead else None
            if offered == now or (other and offered is None):
                return STALE
            await levels.wish(act.session, person_id, key, deps.now(), instead=offered)
        return await _page(deps, act.session, person, key) or STALE


async def lowerable(
    deps: Deps, person_id: int, session_id: int
) -> tuple[Ended, list[Named]] | Refused:
    """Return what else of a session that was too hard could go down, as it would be told."""
    async with deps.read() as session:
        found = await _hard(session, person_id, session_id)
        if found is None:
            return STALE
        moves = await _lowerable(deps, session, found)
        end = await ended(deps, session, found, deps.now())
    name_of = deps.catalogue.name_of
    return end, [Named(0, one.entry, name_of(one.entry), one.change, Cause.HARD) for one in moves]


async def lower_instead(deps: Deps, person_id: int, session_id: int, key: str) -> Ended | Refused:
    """Let another exercise of a session that was too hard go down, and the one that did not."""
    async with deps.act() as act:
        found = await _hard(act.session, person_id, session_id)
        if found is None:
            return STALE
        if not act.repeated:
            moves = await _lowerable(deps, act.session, found)
            move = next((one for one in moves if one.entry == key), None)
            if move is None:
                return STALE
            await levels.forget(act.session, found.id, (Cause.HARD,))
            await adaptation.put(act.session, person_id, move, Cause.HARD, deps.now(), found.id)
        return await ended(deps, act.session, found, deps.now())


async def look_back(deps: Deps, person_id: int, session_id: int) -> Ended | Refused:
    """Return the end of a session again, changing nothing."""
    async with deps.read() as session:
        found = await _over(session, person_id, session_id)
        return STALE if found is None else await ended(deps, session, found, deps.now())


def _asked(found: Fitted, wish: Wish) -> list[Move]:
    """Return the changes that a person asks for, one notch each."""
    if wish is Wish.MORE:
        move = None if found.stays else found.rung.up()
        return [move] if move else []
    if wish is Wish.LESS:
        move = found.rung.down()
        return [move] if move else []
    moves, rung = list[Move](), found.rung
    while (move := rung.back()) is not None:
        moves.append(move)
        rung = replace(rung, notches=rung.notches + move.notches, rested=False)
    return moves


async def _page(deps: Deps, session: AsyncSession, person: Person, key: str) -> Fitted | None:
    exercise = deps.catalogue.exercises.get(key)
    if exercise is None:
        return None
    means = await planned.means_of(deps, session, people.someone(person), ())
    routine = _where(deps, person, key)
    items = await planned.items_of(deps, session, person, routine) if routine else ()
    if routine and not _holds(items, key):
        items = deps.catalogue.items(routine)  # another day of a programme
    found = _standing(deps, means, exercise, routine, items)
    row = await levels.newest(session, person.id, key)
    recent = row and row.refused_at is None and deps.now() - row.made_at <= TOLD
    by_itself = recent and row and row.cause is not Cause.ASKED
    return replace(
        found,
        last=row.id if row else 0,
        offers=tuple(stand_ins(exercise, planned.known(deps.catalogue), means)),
        stays=await _stays(deps, session, person, found.rung),
        told=telling.told(deps.catalogue, row) if row and by_itself else None,
    )


def _standing(
    deps: Deps, means: Means, exercise: Exercise, routine: Routine | None, items: Iterable[Item]
) -> Fitted:
    """Return how much a person does of an exercise as it is written in a routine, or alone."""
    key = exercise.key
    rungs = planned.written(exercise, items, means)
    return Fitted(
        rung=rungs[0],
        where=routine.name if routine else None,
        excluded=key in means.excluded,
        instead=deps.catalogue.exercises.get(means.swapped.get(key, "")),
    )


async def _stays(deps: Deps, session: AsyncSession, person: Person, rung: Rung) -> Stays | None:
    if not goes_up(rung.exercise):
        return Stays.GUARDED
    if person.screened is not Screened.NONE:
        return Stays.GENTLE
    if rung.up() is None:
        return Stays.TOP
    hurt = await levels.hurt_since(session, person.id, deps.now() - WATCHED)
    return Stays.WATCHED if rung.exercise.key in hurt else None


def _where(deps: Deps, person: Person, key: str) -> Routine | None:
    """Return the routine in which a person meets an exercise: the daily one before all others."""
    catalogue = deps.catalogue
    daily = daily_key(catalogue, people.someone(person))
    for routine in (catalogue.routines[daily], *catalogue.routines.values()):
        if _holds(catalogue.items(routine), key):
            return routine
    return None


def _holds(items: Iterable[Item], key: str) -> bool:
    return any(one.entry == key for item in items for one in (item, *item.otherwise))


async def _over(session: AsyncSession, person_id: int, session_id: int) -> Session | None:
    """Return a person's session that is over."""
    found = await sessions.find(session, session_id, person_id)
    over = found is not None and found.state in (SessionState.DONE, SessionState.STOPPED)
    return found if over else None


async def _hard(session: AsyncSession, person_id: int, session_id: int) -> Session | None:
    """Return a person's session that is over and was too hard."""
    found = await _over(session, person_id, session_id)
    return found if found is not None and found.feedback is Feedback.HARD else None


async def _lowerable(deps: Deps, session: AsyncSession, found: Session) -> Sequence[Move]:
    """Return how each exercise of a session would go down that did not go down because of it."""
    person = await people.get(session, found.person_id)
    lowered = {
        one.entry
        for one in await levels.of_session(session, found.id)
        if one.refused_at is None and one.notches < 0
    }
    keys = adaptation.come_to(found, await sessions.outcomes(session, found.id)) - lowered
    rungs = await adaptation.rungs_of(deps, session, person, found)
    moves = (rung.down() for rung in rungs if rung.exercise.key in keys)
    return list({one.entry: one for one in moves if one}.values())

"""When a person's weekly recap comes: made once, moved, muted, and brought back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.local_time import zone_named
from bot.domain.person import Expecting, PersonState, Question, is_paused
from bot.domain.recap import USUAL, Arranged
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Rule
from bot.domain.session import Refused, Why
from bot.domain.stored_rules import dump, load
from bot.domain.upcoming import claim_at, upcoming
from bot.services import easing, planning
from db.models import Person, Reminder
from db.queries import people, recap
from db.queries.recap import Without

STALE = Refused(Why.STALE)

# Changes the recap; returns whether that changed anything.
Write = Callable[[AsyncSession, Person, Reminder], Awaitable[bool]]

BATCH = 250  # people a transaction
SLICE = 10  # people planned for before other tasks get their turn

# Who was asked for their time of day has one, or could have: from then on recaps come.
ASKED = frozenset({Question.EQUIPMENT, Question.DONE})


async def begin(session: AsyncSession, person: Person, now: datetime) -> Reminder:
    """Let a weekly recap come, unless there is one: it may have been moved or muted."""
    found = await recap.find(session, person.id)
    if found is None:
        found = Reminder(
            person_id=person.id, kind=ReminderKind.RECAP, rule=dump(USUAL), created_at=now
        )
        planning.plan(person, found, now)
        session.add(found)
        await session.flush()
    return found


async def begin_for_all(deps: Deps) -> None:
    """Let recaps come for everybody who was there before there were any.

    In batches of two statements; mostly there is nobody, and one statement finds it out.
    """
    last = 0
    while True:
        async with deps.write() as session:
            some = await recap.without(session, ASKED, last, BATCH)
            if not some:
                return
            rows = list[dict[str, Any]]()
            for number, one in enumerate(some, start=1):
                rows.append(_row(one, deps.now()))
                if number % SLICE == 0:
                    await asyncio.sleep(0)
            await recap.add(session, rows)
        last = some[-1].id
        deps.wake()


def _row(one: Without, now: datetime) -> dict[str, Any]:
    moment = _first(one, now) if one.state is PersonState.ACTIVE else None
    return {
        "person_id": one.id,
        "kind": ReminderKind.RECAP,
        "rule": dump(USUAL),
        "next_at": moment,
        "wake_at": moment and claim_at(moment, one.id, around=one.around),
        "created_at": now,
    }


def _first(one: Without, now: datetime) -> datetime | None:
    paused = is_paused(one.paused_at, one.paused_until, now)
    if paused and one.paused_until is None:
        return None
    return _next(one.zone or "UTC", now, one.paused_until if paused else None)


@lru_cache(maxsize=1024)
def _next(zone: str, now: datetime, until: datetime | None) -> datetime | None:
    return upcoming(USUAL, zone_named(zone), now, None, until)


async def show(deps: Deps, person_id: int) -> Arranged:
    """Return when the recap comes; a time for it is expected no more."""
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        easing.close(person, Expecting.RECAP)
        return await _arranged(act.session, person, deps.now())


async def ask(deps: Deps, person_id: int) -> Arranged | Refused:
    """Take the person's next free text as when the recap comes; refused while it is muted."""
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        found = await _arranged(act.session, person, deps.now())
        if not found.on:
            return STALE
        person.expecting, person.expecting_id = Expecting.RECAP, None
        return found


async def move(deps: Deps, person_id: int, change: Callable[[Rule], Rule]) -> Arranged | Refused:
    """Let the recap come at another day or time; refused while it is muted."""
    now = deps.now()

    async def write(session: AsyncSession, person: Person, found: Reminder) -> bool:
        rule = change(load(found.rule))
        if found.paused_at is not None or rule == load(found.rule):
            return False
        await planning.change(session, person, found, rule, now)
        return True

    return await _set(deps, person_id, write)


async def switch(deps: Deps, person_id: int, *, on: bool) -> Arranged | Refused:
    """Mute the recap for good, or let it come again."""
    now = deps.now()

    async def write(session: AsyncSession, person: Person, found: Reminder) -> bool:
        if on is (found.paused_at is None):
            return False
        turn = planning.wake if on else planning.rest
        await turn(session, person, found, now)
        return True

    return await _set(deps, person_id, write)


async def _set(deps: Deps, person_id: int, write: Write) -> Arranged | Refused:
    """Let `write` change the recap once; refused where it is like that already."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        easing.close(person, Expecting.RECAP)
        if not act.repeated:
            found = await recap.find(act.session, person_id)
            if not await write(act.session, person, found or await begin(act.session, person, now)):
                return STALE
        arranged = await _arranged(act.session, person, now)
    deps.wake()
    return arranged


async def _arranged(session: AsyncSession, person: Person, now: datetime) -> Arranged:
    """Return when the recap comes; whoever has none yet can let it come."""
    found = await recap.find(session, person.id)
    rule = load(found.rule) if found else USUAL
    on = found is not None and found.paused_at is None
    return Arranged(rule, on, found.next_at if found else None, people.someone(person), now)

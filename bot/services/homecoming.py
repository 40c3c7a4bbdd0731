"""Trips that are over: home's clock counts again, reminders follow, and the person is told once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from bot.deps import Deps
from bot.domain.local_time import local_day
from bot.domain.person import PersonState, is_paused
from bot.domain.travel import counts_from, kept
from bot.domain.upcoming import claim_at
from bot.services import planning
from db.queries import reminders, travel
from db.queries.travel import Moved, Planned, Returning
from db.queries.travel import Owed as Owed

log = structlog.get_logger(__name__)

BATCH = 100  # people a transaction
SLICE = 25  # reminders planned before other tasks get their turn


@dataclass(frozen=True, slots=True)
class _Home:
    """A person as they are once they are home, as far as planning asks."""

    zone: str | None
    paused_at: datetime | None
    paused_until: datetime | None


async def all_come_home(deps: Deps) -> None:
    """Let home's clock count again for everybody whose trip is over; mostly that is nobody."""
    async with deps.read() as session:
        first = await travel.returning(session, deps.now(), 1)
    while first and (number := await come_home(deps)):
        log.info("came_home", people=number)


async def come_home(deps: Deps) -> int:
    """Give people whose trip is over their home zone back; return how many they were.

    A constant number of statements for a hundred. Who is paused or blocked comes home in silence.
    """
    now = deps.now()
    async with deps.write() as session:
        people = {row.id: row for row in await travel.returning(session, now, BATCH)}
        if not people:
            return 0
        moved, settled = list[dict[str, Any]](), dict[tuple[int, datetime | None], datetime]()
        for each in await travel.moved_of(session, people):
            moved.append(_kept(each, people[each.person_id]))
            settled[each.reminder_id, each.due_at] = moved[-1]["due"]
        plans = []
        for number, row in enumerate(await travel.reminders_of(session, people), start=1):
            elsewhere = settled.get((row.id, row.settled_at), row.settled_at)
            plans.append(_planned(row._replace(settled_at=elsewhere), people[row.person_id], now))
            if number % SLICE == 0:
                await asyncio.sleep(0)
        await reminders.move(session, plans)
        await travel.keep_moved(session, moved)
        await travel.come_home(session, [_back(row, now) for row in people.values()])
    return len(people)


def _back(row: Returning, now: datetime) -> dict[str, Any]:
    paused = is_paused(row.paused_at, row.paused_until, now)
    silent = paused or row.state is not PersonState.ACTIVE
    # The word about it goes out after this transaction: that it is owed is stored in `home_at`,
    # without a home zone, until it was sent. A kill in between loses nothing; a kill between the
    # sending and the note of it says the same once more, as with every message in flight.
    return {"key": row.id, "owed": None if silent else row.home_at}


def _planned(row: Planned, person: Returning, now: datetime) -> dict[str, Any]:
    trip, settled = person.zone or "UTC", row.settled_at
    since = counts_from(row.next_at, person.home_at, trip, person.home_zone)
    if since > now and (settled is None or settled < since):
        settled = since  # what is left of the evening at home came by the trip's clock
    moment = None
    if person.state is PersonState.ACTIVE:
        home = _Home(person.home_zone, person.paused_at, person.paused_until)
        moment = planning.next_at(home, row, since)
    wake = moment and claim_at(moment, person.id, around=person.around)
    return {"key": row.id, "planned": moment, "wake": wake, "settled": settled}


def _kept(row: Moved, person: Returning) -> dict[str, Any]:
    """Let a moment that was moved keep its local time."""
    trip, home = person.zone or "UTC", person.home_zone
    send = kept(row.send_at, trip, home)
    return {
        "key": row.id,
        "due": kept(row.due_at, trip, home),
        "send": send,
        "day": local_day(send, ZoneInfo(home), person.day_end),
        "expires": send + (row.expires_at - row.send_at),
    }


async def owed(deps: Deps, limit: int) -> list[Owed]:
    """Return people who are to be told that they are on home's clock again."""
    async with deps.read() as session:
        return await travel.owed(session, deps.now(), limit)


async def told(deps: Deps, notices: Sequence[tuple[Owed, float | None]]) -> None:
    """Note who was told; where seconds are given instead, it is tried again after them."""
    now = deps.now()
    rows = [(one, None if wait is None else now + timedelta(seconds=wait)) for one, wait in notices]
    async with deps.write() as session:
        await travel.told(session, rows)

"""All reminders planned anew: the zones' rules changed, or the clock was set back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import structlog
import tzdata

from bot.deps import Deps
from bot.domain.local_time import zone_named
from bot.domain.retiming import retimed
from bot.domain.stored_rules import load
from bot.domain.upcoming import claim_at
from bot.services import planning
from db.queries import marks, reminders, replanning
from db.queries.replanning import Row

log = structlog.get_logger(__name__)

BATCH = 250  # reminders a transaction
SLICE = 10  # reminders planned before other tasks get their turn
TZDATA, CLOCK = "tzdata", "clock"

# Clocks are set by a second, by an hour, by a wrong time zone. What lies farther ahead than this
# was made by a clock that was wrong.
FAR = timedelta(days=1)

# Returns what a reminder shall be, or None where it stays as it is.
Change = Callable[[Row], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class _Person:
    """A person as far as planning asks."""

    zone: str | None
    paused_at: datetime | None
    paused_until: datetime | None


async def catch_up(deps: Deps) -> datetime | None:
    """Follow the zones' rules where they changed while the bot was down.

    Mostly they did not, and one statement finds it out. Returns the latest time that is known of.
    """
    async with deps.read() as session:
        known, claimed = await marks.find_all(session), await replanning.newest_claim(session)
    if known.get(TZDATA) != tzdata.IANA_VERSION:
        await _follow_tzdata(deps, tzdata.IANA_VERSION)
    await note_clock(deps)
    noted = datetime.fromisoformat(known[CLOCK]) if CLOCK in known else None
    return max((moment for moment in (noted, claimed) if moment), default=None)


async def note_clock(deps: Deps) -> None:
    """Note what time it is, unless a later one was noted: so a step back is seen at the start."""
    now = deps.now()
    async with deps.write() as session:
        marked = await marks.find(session, CLOCK)
        if marked is None or datetime.fromisoformat(marked) < now:
            await marks.put(session, CLOCK, now.isoformat())


async def _follow_tzdata(deps: Deps, version: str) -> None:
    now = deps.now()
    changed = await _each(deps, lambda row: _retimed(row, now))
    # Marked when all is done: after a kill it starts again, and what is right already stays.
    async with deps.write() as session:
        await marks.put(session, TZDATA, version)
    log.info("zones_changed", version=version, reminders=changed)


def _retimed(row: Row, now: datetime) -> dict[str, Any] | None:
    if row.next_at is None:
        return None
    paused = row.person_paused_at is not None and row.paused_until is not None
    until = row.paused_until if paused else None
    moment = _moment(row.rule, row.zone or "UTC", row.next_at, now, row.settled_at, until)
    return None if moment == row.next_at else _plan(row, moment, row.settled_at)


# Many people are reminded by the same rule in the same zone: it is worked out once.
@lru_cache(maxsize=4096)
def _moment(stored: str, zone: str, *moments: datetime | None) -> datetime | None:
    planned, now, settled, until = moments
    assert planned is not None
    assert now is not None
    return retimed(load(stored), zone_named(zone), planned, now, settled, until)


async def set_right(deps: Deps, since: datetime) -> None:
    """Undo what a clock far ahead did until `since`: nobody waits for a year.

    What was claimed in days that are still to come is forgotten, so that those days have their
    reminders; what waits goes out; and every reminder is planned as if the clock had never been
    ahead.
    """
    now = deps.now()
    while await _forget_some(deps, now) == BATCH:
        log.info("forgets_days_to_come")
    async with deps.write() as session:
        await replanning.send_now(session, now + FAR, now)
        await replanning.forget_asked_after(session, (now + FAR).date())
    changed = await _each(deps, lambda row: _set_right(row, since, now), settled_after=now + FAR)
    async with deps.write() as session:
        await marks.put(session, CLOCK, now.isoformat())
    log.warning("clock_set_back", reminders=changed)


async def _forget_some(deps: Deps, now: datetime) -> int:
    async with deps.write() as session:
        return await replanning.forget_claimed_after(session, now + FAR, BATCH)


def _set_right(row: Row, since: datetime, now: datetime) -> dict[str, Any] | None:
    if row.next_at is not None and row.next_at <= now:
        return None  # it is due, and about to be claimed
    settled = row.settled_at
    if settled is not None and settled > now + FAR:
        settled = None
    person = _Person(row.zone, row.person_paused_at, row.paused_until)
    moment = planning.next_at(person, row._replace(settled_at=settled), since)
    same = (moment, settled) == (row.next_at, row.settled_at)
    return None if same else _plan(row, moment, settled)


def _plan(row: Row, moment: datetime | None, settled: datetime | None) -> dict[str, Any]:
    wake = moment and claim_at(moment, row.person_id, around=row.around)
    return {"key": row.id, "planned": moment, "wake": wake, "settled": settled}


async def _each(deps: Deps, change: Change, settled_after: datetime | None = None) -> int:
    """Go through all planned reminders, and change some; return how many were changed.

    A constant number of statements for a hundred. By id, not by time: times change on the way, and
    a reminder must not slip past, or be met twice.
    """
    last, changed = 0, 0
    while True:
        async with deps.write() as session:
            rows = await replanning.page(session, last, BATCH, settled_after)
            if not rows:
                return changed
            plans = list[dict[str, Any]]()
            for number, row in enumerate(rows, start=1):
                if (plan := change(row)) is not None:
                    plans.append(plan)
                if number % SLICE == 0:
                    await asyncio.sleep(0)
            await reminders.move(session, plans)
        last, changed = rows[-1].id, changed + len(plans)
        await asyncio.sleep(0)

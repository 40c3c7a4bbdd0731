"""Copies of a broadcast on their way: which go out now, what became of them, who is told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.deps import Deps
from bot.domain.broadcast import MOST_TRIES, Copy, CopyState, Tally
from bot.domain.local_time import zone_named
from bot.domain.person import PersonState
from bot.domain.settling import quiet_hours, quiet_until
from bot.services import broadcasting
from db.queries import broadcasts, copies, outgoing, people
from db.queries.copies import Due

log = structlog.get_logger(__name__)

# What lies farther ahead than any quiet hours was put there by a clock that was wrong.
FAR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Went:
    """It went out."""

    copy: Copy


@dataclass(frozen=True, slots=True)
class PutBack:
    """It goes out again in so many seconds.

    `failed` names what it becomes where that was tried often enough; None where it was not tried.
    """

    copy: Copy
    seconds: float
    failed: CopyState | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """Nobody can be reached there."""

    copy: Copy


Note = Went | PutBack | Gone


@dataclass(frozen=True, slots=True)
class Report:
    """What an author is to be told now that all of their broadcast went out."""

    author_id: int
    language: str | None
    tally: Tally


async def earliest(deps: Deps) -> datetime | None:
    """Return when the next copy goes out, or when an author is told that all did."""
    async with deps.read() as session:
        return await copies.earliest(session)


async def to_send(deps: Deps, limit: int, busy: Collection[int] = ()) -> tuple[list[Copy], bool]:
    """Return copies that go out now, and whether there may be more.

    What falls into somebody's quiet hours is put after them; who blocked the bot gets none.
    """
    now = deps.now()
    async with deps.read() as session:
        due = await copies.due(session, now, limit, busy)
    elsewhere = {row: place for row in due if (place := _elsewhere(row, now)) is not None}
    if elsewhere:
        async with deps.write() as session:
            await copies.put(
                session, [copies.placed(_key(row), *place) for row, place in elsewhere.items()]
            )
    return [_copy(row) for row in due if row not in elsewhere], len(due) == limit


async def still(deps: Deps, copy: Copy) -> bool:
    """Return whether a copy should go out, now that its turn has come."""
    async with deps.read() as session:
        row = await copies.find(session, copy.broadcast, copy.person_id)
    now = deps.now()
    return row is not None and row.send_at <= now and _elsewhere(row, now) is None


def _elsewhere(row: Due, now: datetime) -> tuple[CopyState, datetime | None] | None:
    """Return what becomes of a copy that does not go out now; None where it does."""
    if row.state is not PersonState.ACTIVE:
        return CopyState.GONE, None
    quiet = quiet_hours(row.quiet_from, row.quiet_to)
    over = quiet_until(now, quiet, zone_named(row.zone or "UTC"))
    return None if over is None else (CopyState.DUE, over)


def _key(row: Due) -> tuple[int, int]:
    return row.broadcast_id, row.person_id


def _copy(row: Due) -> Copy:
    return Copy(
        broadcast=row.broadcast_id,
        person_id=row.person_id,
        text=row.text,
        language=row.language,
        attempts=row.attempts,
    )


async def note(deps: Deps, notes: Sequence[Note]) -> None:
    """Note what became of many copies, in one transaction of a few statements."""
    now = deps.now()
    went = [one.copy for one in notes if isinstance(one, Went)]
    gone = [one.copy for one in notes if isinstance(one, Gone)]
    places = [copies.placed(one.key, CopyState.GONE) for one in gone]
    places += [_placed(one, now) for one in notes if isinstance(one, PutBack)]
    async with deps.write() as session:
        await copies.sent(session, [one.key for one in went], now)
        await copies.put(session, places)
        await outgoing.block(session, [one.person_id for one in gone])


def _placed(one: PutBack, now: datetime) -> dict[str, object]:
    if one.failed is not None and one.copy.attempts + 1 >= MOST_TRIES:
        return copies.placed(one.copy.key, one.failed, tries=1)
    later = now + timedelta(seconds=one.seconds)
    return copies.placed(one.copy.key, CopyState.DUE, later, tries=0 if one.failed is None else 1)


async def report(deps: Deps) -> Report | None:
    """Return what an author is to be told by now: all copies of their broadcast are done with."""
    async with deps.read() as session:
        row = await broadcasts.going(session)
        if row is None or row.report_at is None or row.report_at > deps.now():
            return None
        tally = await broadcasting.tally_of(session, row)
        if tally.count(CopyState.DUE):
            return None
        author = await people.find(session, row.author_id)
        return Report(row.author_id, author.language if author else None, tally)


async def reported(deps: Deps, told: Report, wait: float | None = None) -> None:
    """Note that an author was told; where seconds are given instead, it is tried after them."""
    async with deps.write() as session:
        row = await broadcasts.find(session, told.tally.broadcast)
        if row is not None:
            row.report_at = None if wait is None else deps.now() + timedelta(seconds=wait)
    if wait is None:
        counts = {state.value: number for state, number in told.tally.copies.items()}
        log.info("broadcast_over", broadcast=told.tally.broadcast, **counts)


async def set_right(deps: Deps, _: datetime) -> None:
    """Let nothing wait that a clock far ahead put off."""
    now = deps.now()
    async with deps.write() as session:
        await copies.send_now(session, now + FAR, now)

"""What is due: reminders whose time has come become occurrences, once each."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.downtime import Missed, expires_at
from bot.domain.local_time import local_day, zone_named
from bot.domain.player import SessionKind, SessionState
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import fires
from bot.domain.settling import Settled, Situation, quiet_hours, settle
from bot.domain.stored_rules import load
from bot.domain.upcoming import claim_at, upcoming
from db.queries import corrections, occurrences, people, reminders, sessions, travel
from db.queries.reminders import Due
from db.queries.sessions import Busy

BATCH = 500  # reminders a transaction
SLICE = 25  # people decided about before other tasks get their turn
MANY = 50  # so many missed firings of one reminder are recorded after a long downtime
LOOK_BACK = timedelta(days=60)  # reminders ignored longer ago are forgotten

PERSON = attrgetter("person_id")


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database told about the people of a batch, by person."""

    busy: dict[int, list[Busy]]
    kept: dict[int, set[date]]  # practice days that they say they kept
    ignored: dict[int, tuple[int, date]]  # how many practice days, and the last of them


@dataclass(frozen=True, slots=True)
class _Batch:
    """What a batch is to write."""

    occurrences: list[dict[str, Any]] = field(default_factory=list)
    moves: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[int, date]] = field(default_factory=list)


async def earliest(deps: Deps) -> datetime | None:
    """Return when the next thing of anybody is due: a reminder, one put off, the end of a trip."""
    async with deps.read() as session:
        moments = [
            await reminders.earliest(session),
            await occurrences.earliest(session),
            await travel.earliest(session),
        ]
    return min((moment for moment in moments if moment), default=None)


async def claim(deps: Deps) -> int:
    """Turn due reminders into occurrences and move them on; return how many were due.

    A constant number of statements for a hundred. What the bot slept through becomes one late
    occurrence a person, the rest is recorded as "bot was down".
    """
    now = deps.now()
    async with deps.write() as session:
        due = await reminders.due(session, now, BATCH)
        if not due:
            return 0
        known, batch = await _known(session, due, now), _Batch()
        for number, (_, theirs) in enumerate(groupby(due, PERSON), start=1):
            _take(list(theirs), known, now, batch)
            if number % SLICE == 0:
                await asyncio.sleep(0)
        await occurrences.add_once(session, batch.occurrences)
        await reminders.move(session, batch.moves)
        await people.ease(session, batch.asked)
    return len(due)


async def _known(session: AsyncSession, due: Sequence[Due], now: datetime) -> _Known:
    ids = {row.person_id for row in due}
    since = min(row.next_at for row in due) - timedelta(days=2)  # the day may be another there
    busy = defaultdict[int, list[Busy]](list)
    for row in await sessions.busy(session, ids, since.date()):
        busy[row.person_id].append(row)
    kept = defaultdict[int, set[date]](set)
    for person, day in await corrections.kept(session, ids, since.date()):
        kept[person].add(day)
    return _Known(busy, kept, await occurrences.ignored(session, ids, (now - LOOK_BACK).date()))


def _take(theirs: Sequence[Due], known: _Known, now: datetime, batch: _Batch) -> None:
    """Decide about all that is due for one person."""
    moments = {one: row for row in theirs for one in _missed(row, now)}
    days = [one.day for one in moments]
    situation = _situation(theirs[0], known, min(days, default=now.date()))
    for one, settled in settle(list(moments), situation, now).items():
        batch.occurrences.append(_occurrence(moments[one], one, settled, now))
        if settled.asks:
            batch.asked.append((theirs[0].person_id, one.day))
    batch.moves.extend(_move(row, now) for row in theirs)


def _missed(row: Due, now: datetime) -> list[Missed]:
    """Return the due moments of a reminder from its `next_at` up to now, newest last."""
    moments = _moments(row.rule, row.kind, _zone(row), row.day_end, row.next_at, now)
    return [
        Missed(row.id, row.kind, due_at, expires, day, row.entry)
        for due_at, expires, day in moments
    ]


# In one minute many people are due by the same rule in the same zone: it is worked out once.
@lru_cache(maxsize=1024)
def _moments(
    stored: str, kind: ReminderKind, zone: ZoneInfo, day_end: time, first: datetime, now: datetime
) -> tuple[tuple[datetime, datetime, date], ...]:
    """Return (due at, expires at, practice day) from the first due moment up to now."""
    rule = load(stored)
    moments = list(fires(rule, first - timedelta(seconds=1), max(now, first), zone))[-MANY:]
    return tuple(
        (due_at, expires_at(rule, due_at, kind, zone, day_end), local_day(due_at, zone, day_end))
        for due_at in moments
    )


@lru_cache(maxsize=1024)
def _next(stored: str, zone: ZoneInfo, settled: datetime) -> datetime | None:
    return upcoming(load(stored), zone, settled)


def _situation(row: Due, known: _Known, day: date) -> Situation:
    busy = known.busy.get(row.person_id, ())
    routines = [one for one in busy if one.kind is SessionKind.ROUTINE]
    ignored, last = known.ignored.get(row.person_id, (0, date.min))
    return Situation(
        zone=_zone(row),
        done=frozenset(one.practice_day for one in routines if one.state is SessionState.DONE)
        | known.kept.get(row.person_id, set()),
        begun=frozenset(one.practice_day for one in routines if one.state is SessionState.ACTIVE),
        practised=tuple(
            (one.entry, one.finished_at)
            for one in busy
            if one.kind is SessionKind.PRACTICE and one.finished_at
        ),
        quiet=quiet_hours(row.quiet_from, row.quiet_to),
        ignored=ignored - (last >= day),  # today may yet be answered
        eased_on=row.eased_on,
    )


def _zone(row: Due) -> ZoneInfo:
    return zone_named(row.zone or "UTC")


def _occurrence(row: Due, one: Missed, settled: Settled, now: datetime) -> dict[str, Any]:
    return {
        "person_id": row.person_id,
        "reminder_id": row.id,
        "kind": row.kind,
        "entry": row.entry,
        "due_at": one.due_at,
        "practice_day": one.day,
        "expires_at": one.expires_at,
        "claimed_at": now,
        "send_at": settled.send_at,
        "state": settled.state,
        "reason": settled.reason,
        "attempts": 0,
        "repeats": 0,
    }


def _move(row: Due, now: datetime) -> dict[str, Any]:
    """Return where the reminder moves on to: what was claimed is settled, early or late."""
    settled = max(now, row.next_at)
    planned = _next(row.rule, _zone(row), settled)
    wake = planned and claim_at(planned, row.person_id, around=row.around)
    return {"key": row.id, "planned": planned, "wake": wake, "settled": settled}


async def expire(deps: Deps) -> int:
    """Call missed what was never answered and has expired; return how many, a batch at most."""
    async with deps.write() as session:
        return await occurrences.expire(session, deps.now(), BATCH)

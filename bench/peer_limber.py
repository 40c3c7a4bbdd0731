"""The measured phases of our own design: rows with their next moment, one alarm, one sweep."""

from __future__ import annotations

import asyncio
import sqlite3
import time as timing
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, time, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, cast

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import insert

from bench.peer_gauges import (
    FIRINGS,
    TICK,
    ZONE,
    Figures,
    Ticker,
    idle,
    is_due,
    minutes_later,
    resident,
)
from bot.clock import SystemClock
from bot.deps import Deps
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Rule
from bot.domain.stored_rules import dump
from bot.jobs.alarm import Alarm
from bot.services import claiming, planning
from bot.shelf import Shelf
from db.models import Person, Reminder
from db.opening import open_database

DUE_AT = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)  # 07:00 where everybody lives
EARLY = timedelta(minutes=10)  # the clock shows so much less while nothing is due
LEAD = timedelta(seconds=0.5)  # or so much, when it is about to be
ROWS = 5000  # a statement
ALONE = 200  # people registered one by one at most, a transaction each


class ShiftedClock(SystemClock):
    """The machine's clock, put to another moment: our rules know whole minutes only."""

    def __init__(self, now: datetime) -> None:
        self._shift = now - datetime.now(UTC)

    def now(self) -> datetime:
        """Return the moment of this clock."""
        return datetime.now(UTC) + self._shift


class Phases:
    """Each phase runs in a process of its own, in this order, on one folder."""

    def __init__(self, size: int, folder: Path, seconds: float) -> None:
        self._size = size
        self._path = folder / "limber.db"
        self._seconds = seconds  # of the idle phase

    async def register(self) -> Figures:
        """Insert all people with a reminder each, in one transaction."""
        async with self._open(EARLY) as deps:
            started = timing.perf_counter()
            async with deps.write() as session:
                connection = await session.connection()
                for some in _batches(range(self._size)):
                    await connection.execute(insert(Person), [_person(each) for each in some])
                    await connection.execute(insert(Reminder), [_reminder(each) for each in some])
            return {"register": timing.perf_counter() - started}

    async def alone(self) -> Figures:
        """Add reminders as the bot does: each in its own transaction; the mean of one, seconds."""
        self._path = self._path.with_name("alone.db")
        people = range(min(self._size, ALONE))
        async with self._open(EARLY) as deps:
            async with deps.write() as session:
                await session.execute(insert(Person), [_person(each) for each in people])
            started = timing.perf_counter()
            for each in people:
                async with deps.write() as session:
                    row = await session.get_one(Person, _person(each)["id"])
                    rule = Rule((_local(each),))
                    await planning.add(session, row, ReminderKind.ROUTINE, None, rule, deps.now())
            return {"alone": (timing.perf_counter() - started) / len(people)}

    async def start(self) -> Figures:
        """Open the database, find what is due first, and wait for it; then idle."""
        before, started = resident(), timing.perf_counter()
        async with self._open(EARLY) as deps:
            await claiming.earliest(deps)
            taken = timing.perf_counter() - started
            async with _waiting(deps):
                percent = await idle(self._seconds)
                return {"stored": taken, "memory": resident() - before, "idle": percent}

    async def due(self) -> Figures:
        """Have one in ten due in the same minute; sweep until nothing is due."""
        before, expected = resident(), sum(map(is_due, range(self._size)))
        async with self._open(LEAD) as deps:
            # Lateness is told by the machine's clock.
            FIRINGS.begin(DUE_AT + (datetime.now(UTC) - deps.now()), expected)
            async with _waiting(deps), Ticker() as ticker:
                await FIRINGS.complete()
        kept = {"peak": ticker.peak - before, "stall": ticker.stall, "fired": self._kept()}
        return FIRINGS.figures() | kept

    def _kept(self) -> int:
        """Return for how many reminders of the minute there is an occurrence to send."""
        with closing(sqlite3.connect(self._path)) as connection:
            (found,) = connection.execute(
                "select count(distinct reminder_id) from occurrence"
                " where state = 'due' and send_at is not null"
            ).fetchone()
        return int(found)

    @asynccontextmanager
    async def _open(self, before: timedelta) -> AsyncIterator[Deps]:
        clock = ShiftedClock(DUE_AT - before)
        database = await open_database(f"sqlite+aiosqlite:///{self._path}", clock.now())
        try:
            # Claiming needs no content.
            yield Deps(database, clock, cast(Shelf, None), _nothing, cast(Any, None))
        finally:
            await database.close()


@asynccontextmanager
async def _waiting(deps: Deps) -> AsyncIterator[None]:
    """Have the alarm of the bot wait and sweep, without anything to send."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.start()
    over = asyncio.Event()
    alarm = Alarm(
        scheduler, deps.clock, partial(claiming.earliest, deps), partial(_sweep, deps, over)
    )
    task = asyncio.create_task(alarm.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        over.set()
        await asyncio.sleep(TICK)  # the sweep ends
        scheduler.shutdown(wait=False)
        await asyncio.sleep(0)  # it stops in a callback of the loop


async def _sweep(deps: Deps, over: asyncio.Event) -> None:
    """Claim what is due; then be busy, as if it were being sent, until all is over."""
    while claimed := await claiming.claim(deps):
        FIRINGS.fired(claimed)
    await over.wait()


def _nothing() -> None:
    """Wake nobody."""


def _batches(people: range) -> Iterator[list[int]]:
    remaining = iter(people)
    while some := list(islice(remaining, ROWS)):
        yield some


def _person(number: int) -> dict[str, Any]:
    return {"id": number + 1, "zone": ZONE.key, "created_at": DUE_AT - timedelta(days=1)}


def _reminder(number: int) -> dict[str, Any]:
    moment = _moment(number)
    return {
        "person_id": number + 1,
        "kind": ReminderKind.ROUTINE,
        "rule": dump(Rule((_local(number),))),
        "next_at": moment,
        "wake_at": moment,
        "created_at": DUE_AT - timedelta(days=1),
    }


def _moment(number: int) -> datetime:
    return DUE_AT if is_due(number) else DUE_AT + timedelta(minutes=minutes_later(number))


def _local(number: int) -> time:
    return _moment(number).astimezone(ZONE).time()

"""How long ten thousand weekly recaps take in one sweep, and hold the event loop at most."""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import tempfile
import time as timing
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from bench.peer_limber import ShiftedClock
from bot.deps import Deps
from bot.domain.recap import USUAL
from bot.domain.schedule import Rule
from bot.domain.stored_rules import dump
from bot.jobs.due import Sweep
from bot.packs import read_content
from bot.reply import Reply
from bot.screen import Screen
from bot.settings import Settings
from bot.shelf import Shelf
from bot.written import Written
from content.loader import packaged
from db.opening import open_database

PEOPLE = 10_000
TICK = 0.001  # seconds
DAYS = 84  # of history, a reminder each
RATE = Settings.model_fields["send_rate"].default  # as many are on their way as in the bot
DUE_AT = datetime(2026, 11, 22, 18, tzinfo=UTC)  # a Sunday
MORNING = Rule((DUE_AT.replace(hour=7, minute=30).time(),))

# Two days of three are kept: by every second person at 08:15, who is offered another time, by the
# others at the time of the reminder and just right, who are offered one notch more.
HISTORY = f"""
insert into person (id, language, zone, day_end, onboarding, screened, created_at, state)
  with n(i) as (select 1 union all select i + 1 from n where i < {PEOPLE})
  select i, 'en', 'UTC', '03:00:00.000000', 'done', 'none', :began, 'active' from n;
insert into reminder (person_id, kind, rule, next_at, wake_at, created_at)
  select id, 'routine', :morning, null, null, :began from person;
insert into reminder (person_id, kind, rule, next_at, wake_at, created_at)
  select id, 'recap', :recap, :due, :due, :began from person;
insert into occurrence (person_id, reminder_id, kind, due_at, practice_day, expires_at, claimed_at,
                        sent_at, state, attempts)
  with d(ago) as (select 1 union all select ago + 1 from d where ago < {DAYS})
  select person.id, person.id, 'routine',
         strftime('%Y-%m-%d 07:30:00.000000', :due, '-' || ago || ' days'),
         date(:due, '-' || ago || ' days'), :due,
         strftime('%Y-%m-%d 07:30:00.000000', :due, '-' || ago || ' days'), :due,
         case when (person.id + ago) % 3 then 'done' else 'missed' end, 0
  from person, d;
insert into session (person_id, occurrence_id, kind, entry, version, steps, position, shown_at,
                     state, practice_day, started_at, finished_at, feedback)
  select person_id, id, 'routine', 'daily-12', '1', '[]', 0, due_at, 'done', practice_day,
         strftime('%Y-%m-%d ' || iif(person_id % 2, '08:15', '07:35') || ':00.000000', due_at),
         due_at, iif(person_id % 2, null, 'right')
  from occurrence where state = 'done';
insert into step_record (session_id, position, outcome, seconds, recorded_at)
  with s(at) as (select 0 union all select at + 1 from s where at < 3)
  select id, at, 'done', 60, started_at from session, s;
insert into side_felt (person_id, entry, side, ease, felt_at)
  select id, 'ex', 'left', 'hard', datetime(:due, '-1 day') from person;
insert into check_in (person_id, practice_day, before, after)
  select person_id, practice_day, 6, 3 from session where practice_day >= date(:due, '-7 days');
"""


class _Ticks:
    """Sees, while entered, how long the loop let a waiting task wait: by the clock, and busy.

    `busy` is what the loop's own thread computed in one go. By the clock there is also what other
    threads and other programs of the machine took meanwhile.
    """

    def __init__(self) -> None:
        self.wall = self.busy = 0.0  # seconds

    async def __aenter__(self) -> _Ticks:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.sleep(2 * TICK)  # so that a hold at the very end is seen
        self._task.cancel()

    async def _run(self) -> None:
        while True:
            wall, busy = timing.perf_counter(), timing.thread_time()
            await asyncio.sleep(TICK)
            self.wall = max(self.wall, timing.perf_counter() - wall - TICK)
            self.busy = max(self.busy, timing.thread_time() - busy)


class _Stub:
    """A screen that has each text written and sends nothing; it counts them and their offers."""

    def __init__(self) -> None:
        self.told = self.times = self.levels = 0

    async def remind(
        self, _chat: int, compose: Callable[[], Awaitable[Reply | Written]], **_: object
    ) -> int:
        """Return the number of the message."""
        found = await compose()
        text = cast("Written", found).text
        self.told += "Your week" in text
        self.times += "reminder to 08:15" in text
        self.levels += "A little more of" in text
        await asyncio.sleep(0)
        return self.told


async def measure() -> list[str]:
    """Return the figures as lines."""
    with tempfile.TemporaryDirectory() as found:
        path = Path(found) / "limber.db"
        clock = ShiftedClock(DUE_AT)
        database = await open_database(f"sqlite+aiosqlite:///{path}", clock.now())
        try:
            _fill(path)
            shelf = Shelf(await asyncio.to_thread(read_content, packaged()))
            deps = Deps(database, clock, shelf, lambda: None, cast(Any, None))
            return await _swept(deps, _Stub())
        finally:
            await database.close()


def _fill(path: Path) -> None:
    given = {
        "due": DUE_AT.strftime("%Y-%m-%d %H:%M:%S.%f"),
        "began": (DUE_AT - timedelta(days=DAYS)).strftime("%Y-%m-%d %H:%M:%S.%f"),
        "morning": dump(MORNING),
        "recap": dump(USUAL),
    }
    with closing(sqlite3.connect(path)) as connection:
        for statement in filter(str.strip, HISTORY.split(";")):
            connection.execute(statement, given)
        connection.commit()
        connection.execute("analyze")
        connection.commit()


async def _swept(deps: Deps, stub: _Stub) -> list[str]:
    sweep = Sweep(deps, cast(Screen, stub), RATE)
    gc.collect()
    gc.freeze()  # as the bot does at its start
    started = timing.perf_counter()
    async with _Ticks() as ticks:
        await sweep.run()
    took = timing.perf_counter() - started
    gc.unfreeze()
    assert stub.told == PEOPLE, stub.told
    return [
        f"weekly recaps: {PEOPLE:,} people of {DAYS} days each in {took:.0f} s, "
        f"{PEOPLE / took:.0f} a second; {stub.times:,} are offered another time, "
        f"{stub.levels:,} one notch more",
        f"longest hold of the event loop meanwhile: {ticks.wall * 1000:.1f} ms by the clock, "
        f"{ticks.busy * 1000:.1f} ms of it at work",
    ]

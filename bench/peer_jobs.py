"""The measured phases of a design that has one job a person, whichever scheduler runs it."""

from __future__ import annotations

import asyncio
import time as timing
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, Protocol

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED

from bench.peer_gauges import FIRINGS, ZONE, Figures, Ticker, idle, is_due, minutes_later, resident

NOT_RUN = EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES | EVENT_JOB_ERROR
LEAD = 0.5  # seconds between the last job added and the due moment, at the least
ADDED = 0.0015  # seconds an added job may take meanwhile, with plenty to spare


class Jobs(Protocol):
    """A scheduler with a job a person; `stored` tells whether jobs outlive the process."""

    stored: bool
    scheduler: Any

    def __init__(self, folder: Path, *, patient: bool = False) -> None: ...

    def add(self, person: int, at: time) -> None:
        """Remind a person daily at a local time."""

    async def begin(self) -> None:
        """Start the scheduler."""

    async def end(self) -> None:
        """Stop it."""


class Phases:
    """Each phase runs in a process of its own, in this order, on one folder."""

    def __init__(self, kind: type[Jobs], size: int, folder: Path, seconds: float) -> None:
        self._kind = kind
        self._size = size
        self._folder = folder
        self._seconds = seconds  # of the idle phase

    async def register(self) -> Figures:
        """Add a job a person to the running scheduler, one after the other as people come."""
        jobs = self._kind(self._folder)
        await jobs.begin()
        started = timing.perf_counter()
        for person, at in _later(self._size):
            jobs.add(person, at)
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        taken = timing.perf_counter() - started
        await jobs.end()
        return {"register": taken}

    async def fill(self) -> Figures:
        """Have everybody stored, however far `register` got."""
        for file in self._folder.glob("jobs.db*"):
            file.unlink()
        self._kind(self._folder).fill(_later(self._size))  # type: ignore[attr-defined]
        return {}

    async def start(self) -> Figures:
        """Start from what is stored, or register everybody before the start; then idle."""
        before, started = resident(), timing.perf_counter()
        jobs = self._kind(self._folder)
        if not jobs.stored:
            self._add_all(jobs)
        taken = await _begin(jobs, started)
        percent = await idle(self._seconds)
        grown = resident() - before
        await jobs.end()
        name = "stored" if jobs.stored else "anew"
        return {name: taken, "memory": grown, "idle": percent}

    async def anew(self) -> Figures:
        """Register everybody at the start although they are stored, as the user guide has it."""
        started = timing.perf_counter()
        jobs = self._kind(self._folder)
        self._add_all(jobs)
        taken = await _begin(jobs, started)
        await jobs.end()
        return {"anew": taken}

    async def due(self, *, patient: bool = False) -> Figures:
        """Have one in ten due in the same second while the scheduler runs with all the others."""
        before = resident()
        jobs = self._kind(self._folder, patient=patient)
        jobs.scheduler.add_listener(FIRINGS.lost, NOT_RUN)
        if not jobs.stored:
            for person, at in _later(self._size):
                if not is_due(person):
                    jobs.add(person, at)
        await jobs.begin()
        await asyncio.sleep(0)
        await self._add_due(jobs)
        async with Ticker() as ticker:
            await FIRINGS.complete()
        await jobs.end()
        peak = {"peak": ticker.peak - before, "stall": ticker.stall}
        return FIRINGS.figures() | peak

    async def patient(self) -> Figures:
        """Measure the same with `misfire_grace_time=None`: however late, it runs."""
        return await self.due(patient=True)

    async def _add_due(self, jobs: Jobs) -> None:
        people = [person for person in range(self._size) if is_due(person)]
        lead = timedelta(seconds=LEAD + ADDED * len(people))
        due_at = (datetime.now(UTC) + lead).replace(microsecond=0) + timedelta(seconds=1)
        FIRINGS.begin(due_at, len(people))
        at = due_at.astimezone(ZONE).time()
        if hasattr(jobs, "fill"):
            jobs.fill((person, at) for person in people)
            jobs.scheduler.wakeup()
        else:
            for person in people:
                jobs.add(person, at)
                await asyncio.sleep(0)
        if datetime.now(UTC) >= due_at:
            raise RuntimeError("the minute came before everybody was registered: a longer LEAD")

    def _add_all(self, jobs: Jobs) -> None:
        for person, at in _later(self._size):
            jobs.add(person, at)


async def _begin(jobs: Jobs, started: float) -> float:
    """Start the scheduler; return the seconds until it has looked at its jobs once."""
    await jobs.begin()
    for _ in range(3):  # it looks in a callback of the loop
        await asyncio.sleep(0)
    return timing.perf_counter() - started


def _later(size: int) -> Iterator[tuple[int, time]]:
    """Yield everybody with a local time that does not come while this runs."""
    now = datetime.now(UTC)
    for person in range(size):
        at = now + timedelta(minutes=minutes_later(person))
        yield person, at.astimezone(ZONE).time().replace(second=0, microsecond=0)

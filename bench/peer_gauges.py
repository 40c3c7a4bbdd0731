"""What every way of reminding is measured with: memory, idle processor time, stalls, lateness."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from array import array
from datetime import datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")  # where everybody lives: a zone with daylight saving
SHARE = 10  # one person in so many is due in the minute that is measured
TICK = 0.002  # seconds between two looks at the loop
LOOKS = 20  # of which one also looks at the memory: that costs as much as the rest

PAGE = os.sysconf("SC_PAGE_SIZE")
MEGABYTE = 2**20

Figures = dict[str, float]


def is_due(person: int) -> bool:
    """Return whether the person is one of those due in the minute that is measured."""
    return person % SHARE == 0


def minutes_later(person: int) -> int:
    """Return how many minutes after the measured one somebody else is due: spread over a day."""
    return 20 + person * 7 % (24 * 60 - 40)


def resident() -> float:
    """Return the megabytes this process has in memory; reads Linux's /proc."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / MEGABYTE


async def idle(seconds: float) -> float:
    """Return the percentage of one processor this process takes while nothing is due."""
    await asyncio.sleep(min(seconds, 0.5))  # what the start left behind
    before, started = time.process_time(), time.perf_counter()
    await asyncio.sleep(seconds)
    return (time.process_time() - before) / (time.perf_counter() - started) * 100


class Ticker:
    """Sees, while entered, how long the loop kept a waiting task from running, and the memory."""

    def __init__(self) -> None:
        self.stall = 0.0  # seconds
        self.peak = 0.0  # megabytes

    async def __aenter__(self) -> Ticker:
        self._task = asyncio.create_task(self._run())
        await asyncio.sleep(TICK)
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.sleep(2 * TICK)  # so that a stall at the very end is seen
        self.peak = max(self.peak, resident())
        self._task.cancel()

    async def _run(self) -> None:
        for look in count():
            if look % LOOKS == 0:
                self.peak = max(self.peak, resident())
            before = time.perf_counter()
            await asyncio.sleep(TICK)
            self.stall = max(self.stall, time.perf_counter() - before - TICK)


class Firings:
    """Notes how late each reminder of one minute came; one stands for the whole process."""

    def begin(self, due_at: datetime, expected: int) -> None:
        """Forget what was, and expect so many at this moment."""
        self._due_at, self._expected = due_at.timestamp(), expected
        self._lost = 0
        self._late = array("d")
        self._complete = asyncio.Event()

    def fired(self, several: int = 1) -> None:
        """Note that so many reminders came now."""
        self._late.extend([time.time() - self._due_at] * several)
        self._look()

    def lost(self, _event: object = None) -> None:
        """Note that one will not come any more."""
        self._lost += 1
        self._look()

    async def complete(self) -> None:
        """Return once every expected reminder came or was given up."""
        if self._expected:
            await self._complete.wait()

    def figures(self) -> Figures:
        """Return how many came, and in seconds how late; no lateness where none came."""
        found: Figures = {"expected": self._expected, "fired": len(self._late)}
        if self._late:
            found |= {"median": statistics.median(self._late), "latest": max(self._late)}
        return found

    def _look(self) -> None:
        if len(self._late) + self._lost >= self._expected:
            self._complete.set()


FIRINGS = Firings()

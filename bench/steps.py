"""How many requests a step of a session takes, by button and hands-free: two at most."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bench.taps import LIMBER, onboard
from bot.clock import FileClock
from sandbox.person import Person
from sandbox.server import TelegramServer
from sandbox.timekeeping import write_offset

QUIET = 1.0  # seconds without a request after which a step is all there
DRAWN = 8.0  # seconds without a new clip after which those of the routine are drawn: at the start
STEPS = 10  # changes from one of the eleven steps of the daily routine to the next
UNASKED = ("getUpdates", "setMyCommands")


class Walk:
    """One person's session beside a bot whose clips move."""

    def __init__(self, folder: Path, telegram: TelegramServer, clock: Path) -> None:
        self._database = folder / "limber.db"
        self._telegram = telegram
        self._clock_file, self._clock, self._offset = clock, FileClock(clock), 0.0
        self.ana = telegram.person(1001, "Ana", language_code="en")

    async def by_button(self) -> list[int]:
        """Tap Done; return the requests of each step."""
        return [await self._counted(self._tap) for _ in range(STEPS)]

    async def hands_free(self) -> list[int]:
        """Wait on a pushed clock; return the requests of each step."""
        return [await self._counted(self._wait) for _ in range(STEPS)]

    async def _tap(self) -> None:
        await self.ana.tap("Done")

    async def _wait(self) -> None:
        query = "select deadline from session order by id desc limit 1"
        with closing(sqlite3.connect(self._database)) as database:
            ((deadline,),) = database.execute(query).fetchall()
        moment = datetime.fromisoformat(deadline).replace(tzinfo=UTC)
        self._offset += (moment - self._clock.now()).total_seconds()
        write_offset(self._clock_file, self._offset)

    async def _counted(self, act: Callable[[], Awaitable[None]]) -> int:
        before = self._requests()
        await act()
        while self._requests() == before:
            await asyncio.sleep(0.05)
        return await self.quiet() - before

    async def quiet(self) -> int:
        """Return how many requests there were once no more come."""
        last, since = self._requests(), time.monotonic()
        while time.monotonic() - since < QUIET:
            await asyncio.sleep(0.1)
            if self._requests() != last:
                last, since = self._requests(), time.monotonic()
        return last

    async def drawn(self) -> None:
        """Return once no more clips are drawn; in real life a step takes longer than its clip."""
        last, since = -1, time.monotonic()
        while time.monotonic() - since < DRAWN:
            await asyncio.sleep(0.2)
            clips = len(list(self._database.parent.glob("pictures/*.mp4")))
            if clips != last:
                last, since = clips, time.monotonic()

    def _requests(self) -> int:
        return sum(not call.method.startswith(UNASKED) for call in self._telegram.calls)


async def measure() -> list[str]:
    """Return the figures as lines."""
    with tempfile.TemporaryDirectory() as found:
        folder = Path(found)
        clock = folder / "clock"
        write_offset(clock, 0.0)
        telegram = TelegramServer(folder / "telegram", FileClock(clock), clock_file=clock)
        async with telegram:
            process = await asyncio.create_subprocess_exec(
                *LIMBER,
                env=os.environ
                | {
                    "TELEGRAM_BOT_TOKEN": telegram.token,
                    "TELEGRAM_API_URL": telegram.url,
                    "DATABASE_URL": str(folder / "limber.db"),
                    "CLOCK_FILE": str(clock),
                },
                stderr=asyncio.subprocess.DEVNULL,
            )
            try:
                return await _both(Walk(folder, telegram, clock))
            finally:
                process.terminate()
                await process.wait()


async def _both(walk: Walk) -> list[str]:
    await onboard(walk.ana)
    await walk.drawn()
    await _begin(walk, "By button")
    drawn = await walk.by_button()
    await walk.ana.tap("Stop")
    await _begin(walk, "Hands-free")
    by_itself = await walk.hands_free()
    return [_line("by button", drawn), _line("hands-free", by_itself)]


async def _begin(walk: Walk, pace: str) -> None:
    ana: Person = walk.ana
    if pace != "By button":
        await ana.send("/pace")
        await ana.sees("By button")
        await ana.tap(pace)
        await ana.sees("by themselves")
    await ana.send("/today")
    await ana.sees("1/11", timeout=20)
    await walk.quiet()


def _line(name: str, requests: list[int]) -> str:
    return f"requests a step, {name}: {max(requests)} at most, {sum(requests)} for {len(requests)}"

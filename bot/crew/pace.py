"""One pace for all processes: slots are reserved on the server, turns are given to them here."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable

import structlog

from bot.outgoing.backoff import growing
from bot.outgoing.lanes import Lanes
from bot.outgoing.pace import share_of
from db.queries.crew import Slots

log = structlog.get_logger(__name__)

AHEAD = 0.1  # seconds' worth of slots that are reserved at once, at most
LATE = 0.02  # seconds after its moment for which a slot can be used
# Seconds over which a second's messages are spread: a slot is used late, and what it lets go leaves
# a little later still, and arrives with jitter.
SPREAD = 1.04

Reserve = Callable[[int, float], Awaitable[Slots]]


class SharedLanes(Lanes):
    """Paces the messages of this process so that all together never exceed `rate` in any second.

    `reserve` gets a number of slots and the seconds between two. `run` serves until cancelled.
    """

    def __init__(
        self, rate: float, reserve: Reserve, clock: Callable[[], float] = time.monotonic
    ) -> None:
        burst = max(1, int(rate))
        # Who goes first is decided as in one process; when, by the slots alone.
        super().__init__(burst * 4, clock, share=share_of(burst))
        self._step = max(1.0, 1.0 / rate) * SPREAD / burst
        self._most = max(1, round(burst * AHEAD))
        self._reserve = reserve
        self._joined = asyncio.Event()

    async def run(self) -> None:
        """Give turns to slots until cancelled; a server that is away is waited for."""
        waits = growing()
        while True:
            await self._somebody_ready()
            asked = self._clock()
            try:
                slots = await self._reserve(self._wanted(), self._step)
            except Exception as error:
                log.error("pace_unknown", error=type(error).__name__)
                await asyncio.sleep(next(waits))
                continue
            waits = growing()
            # When the server looked at its clock is not known better than that.
            await self._use(min(self._clock(), asked + LATE), slots)

    def _serve(self) -> None:
        self._joined.set()

    def _wanted(self) -> int:
        return max(1, min(sum(map(len, self._queue.lines)), self._most))

    async def _somebody_ready(self) -> None:
        """Return when somebody may go: a slot that nobody takes is lost for all processes."""
        while True:
            self._joined.clear()
            now = self._clock()
            moment = self._queue.ready_at(now)
            if moment is not None and moment <= now:
                return
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(None if moment is None else moment - now):
                    await self._joined.wait()

    async def _use(self, now: float, slots: Slots) -> None:
        """Let one go in each slot; one that has passed, or that nobody can use, is let go."""
        for place in range(slots.number):
            moment = now + slots.first + place * slots.step
            await asyncio.sleep(moment - self._clock())
            late = self._clock() - moment > LATE
            if not late and not self._let_go():
                return

    def _let_go(self) -> bool:
        """Let the next one go; return whether there was one."""
        before = self._queue.went
        self._queue.serve(self._clock(), 1)
        return self._queue.went > before

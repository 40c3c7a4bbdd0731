"""Reminders among several processes: the leader hands out who is due, any process sends."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

import structlog

from bot.crew.jobs import BATCH, STALLED, Jobs, people_in
from bot.deps import Deps
from bot.jobs.due import Sweep
from bot.screen import Screen
from bot.services import claiming, homecoming, sending
from bot.services.sending import Nudge
from db.queries import crew

log = structlog.get_logger(__name__)

PEOPLE = 8, 100  # in a batch, at least and at most
WORTH = 0.5  # seconds of the rate in a batch
EACH = 2  # batches for each process: one that it sends, one that waits for it
LOOK = 0.05  # seconds until the leader looks again for batches that are done


class HandingOut:
    """The leader's part: `run` claims what is due and hands it out until all of it is done."""

    def __init__(
        self, deps: Deps, jobs: Jobs, rate: float, done: Callable[[], None] = lambda: None
    ) -> None:
        self._deps = deps
        self._jobs = jobs
        self._people = max(PEOPLE[0], min(PEOPLE[1], round(rate * WORTH)))
        self._done = done
        self.rests = asyncio.Event()  # nothing is being sent: what is less urgent may go
        self.rests.set()

    async def run(self) -> None:
        """Claim and hand out until nothing is due any more, and nobody has a batch."""
        self.rests.clear()
        try:
            while await self._go_round():  # noqa: ASYNC110 - only the server knows
                await asyncio.sleep(LOOK)
            self._done()
        finally:
            self.rests.set()

    async def finish(self, seconds: float) -> None:
        """Do nothing: whoever has a batch ends it, and a stop of this process ends ours."""

    async def _go_round(self) -> bool:
        """Claim and hand out some; return whether anything is left to do."""
        await homecoming.all_come_home(self._deps)  # reminders go by the clock there
        if claimed := await claiming.claim(self._deps):
            log.info("reminders_claimed", reminders=claimed)
        open_batches = await self._jobs.open_jobs(BATCH)
        room = EACH * await self._processes() - len(open_batches)
        people = list[int]()
        if room > 0:
            limit, busy = room * self._people, people_in(open_batches)
            people = await sending.waiting_longest(self._deps, limit, busy)
        for start in range(0, len(people), self._people):
            await self._jobs.say(BATCH, people=people[start : start + self._people])
        return bool(claimed or people or open_batches)

    async def _processes(self) -> int:
        async with self._deps.read() as session:
            return await crew.processes(session, STALLED)


class Batches(Sweep):
    """The part of each process: `send` sends a batch as a sweep sends what it has read."""

    def __init__(self, deps: Deps, screen: Screen, rate: float) -> None:
        super().__init__(deps, screen, rate)
        self._ended_one = asyncio.Event()

    async def send(self, *, again: bool, people: Sequence[int]) -> None:
        """Return when everything that is due for these people went out and was noted."""
        nudges = await sending.to_send_to(self._deps, people)
        mine = [nudge for nudge in nudges if nudge.person_id not in self._in_hand]
        theirs = {nudge.person_id for nudge in mine}
        self._in_hand |= theirs
        self._queue.extend((nudge, time.monotonic()) for nudge in mine)
        try:
            while theirs & self._in_hand:
                self._ended_one.clear()
                self._start()
                await self._ended_one.wait()
        except asyncio.CancelledError:
            self._let_go()
            raise

    async def _settle(self, nudge: Nudge, read_at: float) -> None:
        try:
            await super()._settle(nudge, read_at)
        finally:
            self._ended_one.set()

"""Reminders among several processes: the leader hands out who is due, any process sends."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.crew.jobs import BATCH, STALLED, Jobs
from bot.deps import Deps
from bot.jobs.due import LOOK as SWEEP_LOOK
from bot.jobs.due import Sweep, claim_due
from bot.outgoing.backoff import growing
from bot.screen import Screen
from bot.services import sending
from bot.services.sending import Nudge
from db.queries import crew

PEOPLE = 8, 50  # in a batch, at least and at most
WORTH = 0.5  # seconds of the rate in a batch
EACH = 3  # batches for each process: few are without one while others have many
LOOK = 0.05  # seconds until the leader looks again for batches that are done
LONGEST = 1.0  # seconds that it waits where the same people are due again and again


class HandingOut:
    """The leader's part: `run` claims what is due and hands it out until all of it is done."""

    def __init__(
        self, deps: Deps, jobs: Jobs, rate: float, done: Callable[[], None] = lambda: None
    ) -> None:
        self._deps = deps
        self._jobs = jobs
        self._people = max(PEOPLE[0], min(PEOPLE[1], round(rate * WORTH)))
        self._done = done
        self._handed = set[int]()  # who got the last batches
        self.rests = asyncio.Event()  # nothing is being sent: what is less urgent may go
        self.rests.set()

    async def run(self) -> None:
        """Claim and hand out until nothing is due any more, and nobody has a batch."""
        waits, looked, claimed = growing(LOOK, LONGEST), float("-inf"), 0
        self.rests.clear()
        try:
            while True:
                batches = await self._jobs.open_jobs(BATCH)
                if claimed or not batches or time.monotonic() - looked >= SWEEP_LOOK:
                    looked, claimed = time.monotonic(), await claim_due(self._deps)
                people = await self._hand_out(batches)
                if not (claimed or batches or people):
                    return self._done()
                if not self._again(people):
                    waits = growing(LOOK, LONGEST)
                await asyncio.sleep(next(waits))
        finally:
            self.rests.set()

    async def finish(self, seconds: float) -> None:
        """Do nothing: whoever has a batch ends it, and a stop of this process ends ours."""

    async def _hand_out(self, batches: Sequence[Mapping[str, Any]]) -> list[int]:
        """Make batches where processes have room for them; return the people in these."""
        room = EACH * await self._processes() - len(batches)
        if room <= 0:
            return []
        busy = {int(person) for batch in batches for person in batch["people"]}
        people = await sending.waiting_longest(self._deps, room * self._people, busy)
        for start in range(0, len(people), self._people):
            await self._jobs.say(BATCH, people=people[start : start + self._people])
        return people

    def _again(self, people: Sequence[int]) -> bool:
        """Return whether the last batches did no good: the same people are due as before them."""
        again = bool(people) and self._handed.issuperset(people)
        self._handed = set(people) or self._handed
        return again

    async def _processes(self) -> int:
        async with self._deps.read() as session:
            return await crew.processes(session, STALLED)


class Batches(Sweep):
    """The part of each process: `send` sends a batch as a sweep sends what it has read."""

    def __init__(self, deps: Deps, screen: Screen, rate: float) -> None:
        super().__init__(deps, screen, rate)
        self._unsettled = set[int]()  # of whose messages nothing came yet, not even a failure
        self._ended_one = asyncio.Event()

    async def send(self, *, again: bool, people: Sequence[int]) -> None:
        """Return when everything that is due for these people went out and was noted."""
        nudges = await sending.to_send_to(self._deps, people)
        mine = [nudge for nudge in nudges if nudge.person_id not in self._in_hand]
        theirs = {nudge.person_id for nudge in mine}
        self._in_hand |= theirs
        self._unsettled |= theirs
        self._queue.extend((nudge, time.monotonic()) for nudge in mine)
        try:
            while theirs & self._unsettled:
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
            self._unsettled.discard(nudge.person_id)
            self._ended_one.set()

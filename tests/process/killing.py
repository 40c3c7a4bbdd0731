"""Kills a bot again and again, each time at a point of a seed, and starts it anew."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable

from tests.process.burst import Burst
from tests.process.points import Point

IN_FLIGHT = 5.0  # seconds before a kill in which a delivery may wait for its note
SERVED = 0.03  # seconds in which the sandbox answers what was sent before the kill
SUSPECT = 2  # recorded attempts at an update: with one more it would be taken for what kills


class Killing:
    """Keeps a burst's bot running and killed until `enough` kills; counts them by kind of point."""

    def __init__(
        self, burst: Burst, chance: random.Random, enough: Callable[[int], bool] = lambda _: False
    ) -> None:
        self._burst = burst
        self._bot = burst.bot
        self._chance = chance
        self._enough = enough
        self._started_at = 0.0
        self.points: Counter[str] = Counter()
        self.in_flight = 0  # deliveries whose note a kill took

    @property
    def kills(self) -> int:
        """How many kills there were."""
        return self.points.total()

    async def run(self) -> None:
        """Kill and start until cancelled; raises AssertionError where the bot ended otherwise."""
        await self._bot.kill()
        while True:
            self._started_at = time.monotonic()
            if self._enough(self.kills):
                where = "never"
                await self._bot.start()
            elif self._suspects():
                where = "from outside"
                await self._bot.start()
                await self._let_through()
            else:
                seed = self._chance.randrange(2**32)
                where = Point.chosen(seed).kind_of_place
                await self._bot.start(seed)
            status = await self._bot.ended()
            assert status == -9, f"status {status}\n{self._bot.log.read_text()[-3000:]}"
            self.points[where] += 1
            await asyncio.sleep(SERVED)
            self._look()

    async def _let_through(self) -> None:
        """Kill only when what ended the process before has taken effect.

        An update that ended it once more would be set aside, and rightly.
        """
        while self._bot.pending():
            await asyncio.sleep(0.02)
        await asyncio.sleep(self._chance.random() / 2)
        await self._bot.kill()

    def _suspects(self) -> bool:
        query = "select count(*) from inbox where state = 'pending' and attempts >= ?"
        return self._bot.stored(query, SUSPECT) != [(0,)]

    def _look(self) -> None:
        """Excuse one more copy of what was delivered just before the kill and not noted."""
        burst, deliveries = self._burst, self._burst.deliveries
        since = max(self._bot.ended_at - IN_FLIGHT, self._started_at)
        for occurrence in burst.unnoted():
            copies = deliveries.by_occurrence.get(occurrence, [])
            if len(copies) >= burst.copies_allowed(occurrence) and copies[-1].at >= since:
                burst.excused[occurrence] += 1
                self.in_flight += 1

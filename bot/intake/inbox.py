"""The durable inbox: each chat's updates in their order, chats side by side, one effect each."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot import metrics
from bot.intake.attempt import Attempts, Kept, Process, kept_of
from bot.intake.chat_of import kind_of
from bot.intake.keeping import arrivals, forget_old
from db.queries import inbox as rows

log = structlog.get_logger(__name__)

SIDE_BY_SIDE = 32
ALONE = 1.0  # seconds a suspect runs by itself before the others start
LAST_WORDS = 1.0  # seconds a cancelled update gets to end


class Inbox:
    """Keeps raw updates and has each processed once, by `process`.

    `process` raises where an update failed. An update that fails for good is set aside, then
    `on_poison` is awaited with it. `now` tells the moment of arrival.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        process: Process,
        on_poison: Process,
        *,
        now: Callable[[], datetime],
        side_by_side: int = SIDE_BY_SIDE,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._sessions = sessions
        self._attempts = Attempts(sessions, process, on_poison, sleep)
        self._now = now
        self._slots = asyncio.Semaphore(side_by_side)
        self._queues: dict[int, deque[Kept]] = {}
        self._chats: dict[int, asyncio.Task[None]] = {}
        self._opening: asyncio.Task[None] | None = None
        self._open = False  # chats may start
        self._unprocessed = 0
        self._settled = asyncio.Event()

    async def start(self) -> None:
        """Take up what an earlier process left; call it once, before the first `take`."""
        async with self._sessions.begin() as session:
            left = [kept_of(row) for row in await rows.pending(session)]
        for kept in left:
            self._queue(kept)
        suspects = [kept for kept in left if kept.attempts]
        if left:
            log.info("inbox_taken_up", updates=len(left), suspects=len(suspects))
        self._opening = asyncio.create_task(self._let_in(suspects))

    async def take(self, updates: Sequence[dict[str, Any]]) -> int:
        """Commit the updates, then queue those not seen before; return how many those were."""
        arrived = {one.update_id: one for one in arrivals(updates, self._now())}
        async with self._sessions.begin() as session:
            new = await rows.add_once(session, list(arrived.values()))
        kinds = {raw["update_id"]: kind_of(raw) for raw in updates}
        for update_id in new:
            arrival = arrived[update_id]
            metrics.UPDATES.labels(kinds[update_id]).inc()
            kept = (update_id, arrival.chat_id, arrival.raw, arrival.received_at)
            self._queue(Kept(*kept, kinds[update_id]))
            self._wake(arrival.chat_id)
        return len(new)

    async def stop(self, grace: float) -> None:
        """Start nothing more, give what runs `grace` seconds to end, leave the rest pending."""
        self._open = False
        if self._opening is not None:
            self._opening.cancel()
        running = set(self._chats.values())
        if running:
            _, late = await asyncio.wait(running, timeout=grace)
            await self._break_off(late)
        await self._attempts.give_back()

    async def upkeep(self, now: datetime) -> None:
        """Forget closed updates no longer needed to recognise a repetition, and old poison."""
        await forget_old(self._sessions, now)

    async def room(self, most: int) -> None:
        """Return when at most `most` updates are unprocessed."""
        while self._unprocessed > most:
            self._settled.clear()
            await self._settled.wait()

    @property
    def unprocessed(self) -> int:
        """Return how many updates did not take effect yet."""
        return self._unprocessed

    @property
    def age(self) -> float:
        """Return the seconds that the oldest unprocessed update has waited."""
        oldest = (self._waited(queue[0]) for queue in self._queues.values() if queue)
        return max(oldest, default=0.0)

    def idle(self) -> bool:
        """Return whether nothing is unprocessed."""
        return self._unprocessed == 0

    def _queue(self, kept: Kept) -> None:
        self._queues.setdefault(kept.chat_id, deque()).append(kept)
        self._unprocessed += 1

    def _wake(self, chat_id: int) -> None:
        if self._open and chat_id not in self._chats:
            self._chats[chat_id] = asyncio.create_task(self._run(chat_id))

    async def _let_in(self, suspects: list[Kept]) -> None:
        """Run the suspects one by one, so that none else is blamed for a crash; then everybody."""
        for kept in suspects:
            if kept.chat_id in self._chats:
                continue  # its chat runs already, in its order
            alone = asyncio.create_task(self._run(kept.chat_id, once=True))
            self._chats[kept.chat_id] = alone
            await asyncio.wait([alone], timeout=ALONE)
        self._open = True
        for chat_id in list(self._queues):
            self._wake(chat_id)

    async def _run(self, chat_id: int, *, once: bool = False) -> None:
        """Process a chat's queue, from the oldest on."""
        queue = self._queues[chat_id]
        while queue and (self._open or once):
            async with self._slots:
                if not (self._open or once):
                    break
                kept = queue[0]
                done = await self._attempts.settle(kept)
            metrics.ANSWERED.labels(kept.kind).observe(self._waited(kept))
            if done:
                await self._attempts.close(kept)  # in no slot: others may run meanwhile
            queue.popleft()
            once = False
            self._unprocessed -= 1
            self._settled.set()
        del self._chats[chat_id]
        if not queue:
            del self._queues[chat_id]

    def _waited(self, kept: Kept) -> float:
        return max(0.0, (self._now() - kept.received_at).total_seconds())

    async def _break_off(self, late: set[asyncio.Task[None]]) -> None:
        for task in late:
            task.cancel()
        if late:
            log.warning("updates_broken_off", number=len(late))
            _, stuck = await asyncio.wait(late, timeout=LAST_WORDS)
            if stuck:
                log.error("updates_stuck", number=len(stuck))

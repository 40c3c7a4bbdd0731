"""The inbox of several processes: any may take an update in, and any works a chat off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot import metrics
from bot.crew.jobs import CHAT, Jobs, chat_lock
from bot.intake.attempt import Attempts, Process, kept_of
from bot.intake.chat_of import kind_of
from bot.intake.keeping import arrivals, forget_old
from db.engine import Database
from db.models import Inbox as Row
from db.queries import crew
from db.queries import inbox as rows

log = structlog.get_logger(__name__)

MOST = 10_000  # unprocessed updates that are counted
LOOK = 0.5  # seconds between two looks at how many are unprocessed
JOBLESS = timedelta(seconds=5)  # after its arrival a pending update has a job, or gets one


class SharedInbox:
    """Keeps raw updates as `Inbox` does; a job in their chat's lock has them processed in order."""

    def __init__(
        self,
        database: Database,
        jobs: Jobs,
        process: Process,
        on_poison: Process,
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._attempts = Attempts(database.sessions, process, on_poison)
        self._now = now
        self.unprocessed = 0  # over all processes, when it was last counted
        self.age = 0.0  # seconds that the oldest of them had waited then
        jobs.add(CHAT, self._work_off)

    async def take(self, updates: Sequence[dict[str, Any]]) -> int:
        """Commit the updates, with a job for each chat; return how many were not seen before."""
        arrived = {one.update_id: one for one in arrivals(updates, self._now())}
        async with self._database.sessions.begin() as session:
            new = await rows.add_once(session, list(arrived.values()))
            for chat in dict.fromkeys(arrived[update_id].chat_id for update_id in new):
                await self._jobs.say(CHAT, lock=chat_lock(chat), within=session, chat=chat)
        kinds = {raw["update_id"]: kind_of(raw) for raw in updates}
        for update_id in new:
            metrics.UPDATES.labels(kinds[update_id]).inc()
        return len(new)

    async def look_after(self) -> None:
        """Give a job to chats whose updates have waited and have none."""
        async with self._database.reading() as session:
            chats = await crew.forgotten_chats(session, self._now() - JOBLESS)
        for chat in chats:
            log.warning("chat_without_job", chat=chat)
            await self._jobs.say(CHAT, lock=chat_lock(chat), chat=chat)

    async def stop(self) -> None:
        """Uncount attempts that a stop broke off; the jobs have ended."""
        await self._attempts.give_back()

    async def upkeep(self, now: datetime) -> None:
        """Forget closed updates no longer needed to recognise a repetition, and old poison."""
        await forget_old(self._database.sessions, now)

    async def room(self, most: int) -> None:
        """Return when at most `most` updates are unprocessed."""
        while await self._pending(most + 1) > most:  # noqa: ASYNC110 - only the server knows
            await asyncio.sleep(LOOK)

    async def count(self) -> None:
        """Count what is unprocessed."""
        async with self._database.reading() as session:
            self.unprocessed, oldest = await rows.count_pending(session, MOST)
        self.age = max(0.0, (self._now() - oldest).total_seconds()) if oldest else 0.0

    async def _pending(self, most: int) -> int:
        async with self._database.reading() as session:
            return (await rows.count_pending(session, most))[0]

    async def _work_off(self, *, again: bool, chat: int) -> None:
        """Process a chat's updates, from the oldest on."""
        while True:
            async with self._database.reading() as session:
                row = await rows.first_pending(session, chat)
            if row is None:
                return
            await self._settle(row, fresh=not (again or row.attempts))

    async def _settle(self, row: Row, *, fresh: bool) -> None:
        kept = kept_of(row, fresh=fresh)
        done = await self._attempts.settle(kept)
        waited = (self._now() - row.received_at).total_seconds()
        metrics.ANSWERED.labels(kept.kind).observe(max(0.0, waited))
        if done:
            await self._attempts.close(kept)

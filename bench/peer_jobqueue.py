"""The job queue of python-telegram-bot: one `run_daily` a person; default settings."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Any

from telegram.ext import ApplicationBuilder, ContextTypes, JobQueue

from bench.peer_gauges import FIRINGS, ZONE


async def remind(_context: ContextTypes.DEFAULT_TYPE) -> None:
    """Be what the job of a person calls."""
    FIRINGS.fired()


class QueuedJobs:
    """The queue of an application that never touches the network."""

    stored = False

    def __init__(self, _folder: Path, *, patient: bool = False) -> None:
        queue: JobQueue[Any] = JobQueue()
        # The queue keeps only a weak reference to its application.
        self._application = ApplicationBuilder().token("1:bench").job_queue(queue).build()
        self._queue = queue
        self._settings = {"misfire_grace_time": None} if patient else None
        self.scheduler = queue.scheduler

    def add(self, person: int, at: time) -> None:
        """Remind a person daily at a local time."""
        self._queue.run_daily(
            remind,
            at.replace(tzinfo=ZONE),
            name=str(person),
            chat_id=person,
            user_id=person,
            job_kwargs=self._settings,
        )

    async def begin(self) -> None:
        """Start the queue alone."""
        await self._queue.start()

    async def end(self) -> None:
        """Stop it."""
        await self._queue.stop(wait=False)

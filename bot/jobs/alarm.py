"""Wakes the sweep at the earliest due moment by our clock; APScheduler only runs it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.outgoing.backoff import growing

log = structlog.get_logger(__name__)

JOB = "due"


class Alarm:
    """Has `sweep` run whenever `earliest` has come, and again after `wake`.

    What APScheduler thinks of time decides nothing: the job has no trigger of its own.
    """

    def __init__(
        self,
        scheduler: AsyncIOScheduler,
        clock: Clock,
        earliest: Callable[[], Awaitable[datetime | None]],
        sweep: Callable[[], Awaitable[None]],
    ) -> None:
        self._scheduler = scheduler
        self._clock = clock
        self._earliest = earliest
        self._sweep = sweep
        self._changed = asyncio.Event()
        self._waiting_for: datetime | None = None
        self._waits = False

    @property
    def idle(self) -> bool:
        """Return whether nothing is due now and nothing is being swept."""
        due = self._waiting_for is not None and self._waiting_for <= self._clock.now()
        return self._waits and not due and not self._changed.is_set()

    def wake(self) -> None:
        """Look again: something may be due sooner than was known."""
        self._changed.set()

    async def run(self) -> None:
        """Wait and sweep until cancelled; a failing sweep is tried again with growing waits."""
        waits = growing()
        while True:
            self._changed.clear()
            try:
                moment = await self._earliest()
                if moment is not None and moment <= self._clock.now():
                    await self._run_job()
                else:
                    await self._wait(moment)
            except Exception:
                log.exception("sweep_failed")
                await asyncio.sleep(next(waits))
            else:
                waits = growing()

    async def _wait(self, moment: datetime | None) -> None:
        changed = asyncio.ensure_future(self._changed.wait())
        tasks: set[asyncio.Future[object]] = {changed}  # type: ignore[arg-type]
        if moment is not None:
            tasks.add(asyncio.ensure_future(self._clock.wait_until(moment)))
        self._waiting_for, self._waits = moment, True
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._waits = False
            for task in tasks:
                task.cancel()

    async def _run_job(self) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        async def job() -> None:
            try:
                await self._sweep()
            except Exception as error:
                if not done.done():
                    done.set_exception(error)
            else:
                if not done.done():
                    done.set_result(None)

        # No trigger: run now. No grace: a late run is still run.
        self._scheduler.add_job(job, id=JOB, replace_existing=True, misfire_grace_time=None)
        await done

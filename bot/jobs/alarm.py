"""Wakes the sweep at the earliest due moment by our clock; APScheduler only runs it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import STEP_BACK, Clock
from bot.outgoing.backoff import growing

log = structlog.get_logger(__name__)

# A clock that went back may be the wrong one, as after a start without a battery: it is believed
# once it has run on for so long.
PATIENCE = timedelta(minutes=10)

# What a sweep left is looked at again after so many seconds at most: others are due behind it.
LEFT = 5.0


async def nothing(_: datetime | None = None) -> None:
    """Do nothing."""


class Alarm:
    """Has `sweep` run whenever `earliest` has come, and again after `wake`.

    Before the first sweep `begin` is done; it returns the latest that a clock has shown before.
    `set_back` is called when the clock has gone back far and stays so, with since when. What
    APScheduler thinks of time decides nothing: the job has no trigger of its own.
    """

    def __init__(
        self,
        scheduler: AsyncIOScheduler,
        clock: Clock,
        earliest: Callable[[], Awaitable[datetime | None]],
        sweep: Callable[[], Awaitable[None]],
        begin: Callable[[], Awaitable[datetime | None]] = nothing,
        set_back: Callable[[datetime], Awaitable[None]] = nothing,
        job: str = "due",
    ) -> None:
        self._scheduler = scheduler
        self._clock = clock
        self._earliest = earliest
        self._sweep = sweep
        self._begin = begin
        self._set_back = set_back
        self._job = job
        self._latest: datetime | None = None  # that the clock has shown; None before `begin`
        self._back_since: datetime | None = None  # the clock shows less than it did, by far
        self._changed = asyncio.Event()
        self._waiting_for: datetime | None = None
        self._waits = False
        self._overdue: datetime | None = None  # since when something waits for a sweep to begin

    @property
    def idle(self) -> bool:
        """Return whether nothing is due now and nothing is being swept."""
        due = self._waiting_for is not None and self._waiting_for <= self._clock.now()
        return self._waits and not due and not self._changed.is_set()

    @property
    def lag(self) -> float:
        """Return the seconds for which what is due has waited for a sweep to begin."""
        if self._overdue is None:
            return 0.0
        return max(0.0, (self._clock.now() - self._overdue).total_seconds())

    def wake(self) -> None:
        """Look again: something may be due sooner than was known."""
        self._changed.set()

    async def run(self) -> None:
        """Wait and sweep until cancelled; a failing sweep is tried again with growing waits.

        So is one that leaves what it was for, a few seconds later at most.
        """
        waits, left, swept = growing(), growing(longest=LEFT), None
        while True:
            self._changed.clear()
            try:
                await self._watch()
                moment = await self._earliest()
                due = moment is not None and moment <= self._clock.now()
                self._overdue = (self._overdue or self._clock.now()) if due else None
                if due and moment == swept:
                    log.warning("still_due", moment=moment)
                    await asyncio.sleep(next(left))
                else:
                    left = growing(longest=LEFT)
                swept = moment if due else None
                await (self._run_job() if due else self._wait(self._or_sooner(moment)))
            except Exception:
                log.exception("sweep_failed")
                self._overdue = self._overdue or self._clock.now()
                await asyncio.sleep(next(waits))
            else:
                waits = growing()

    async def _watch(self) -> None:
        """Begin once, and see whether the clock has gone back since; small steps add up."""
        if self._latest is None:
            self._latest = await self._begin() or self._clock.now()
        now = self._clock.now()
        if now >= self._latest - STEP_BACK:
            self._latest, self._back_since = max(now, self._latest), None
            return
        self._back_since = min(now, self._back_since or now)
        if now - self._back_since >= PATIENCE:
            await self._set_back(self._back_since)
            self._latest, self._back_since = now, None

    def _or_sooner(self, moment: datetime | None) -> datetime | None:
        """Return the moment, or when the clock will have stayed back long enough."""
        if self._back_since is None:
            return moment
        return min(self._back_since + PATIENCE, moment or datetime.max.replace(tzinfo=UTC))

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
            since, self._overdue = self._overdue, None
            try:
                await self._sweep()
            except asyncio.CancelledError:
                done.cancel()  # a stop; raised further, the scheduler would log it as a fault
            except Exception as error:
                self._overdue = since
                if not done.done():
                    done.set_exception(error)
            else:
                if not done.done():
                    done.set_result(None)

        # No trigger: run now. No grace: a late run is still run.
        self._scheduler.add_job(job, id=self._job, replace_existing=True, misfire_grace_time=None)
        await done

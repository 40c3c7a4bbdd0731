"""What the running bot does by itself: APScheduler wakes a handful of jobs by our own clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.deps import Deps
from bot.jobs.alarm import Alarm
from bot.jobs.homecoming import Homecoming
from bot.jobs.news import News
from bot.jobs.tidying import Tidying
from bot.jobs.upkeep import KeepsUp, upkeep
from bot.screen import Screen
from bot.services import advancing, claiming, copying, replanning

LAST_WORDS = 2.0  # seconds that reminders on their way get at a stop
LAST_NEWS = 1.0  # the same for news


class Sweeps(Protocol):
    """What sends all that is due."""

    rests: asyncio.Event

    async def run(self) -> None:
        """Return when nothing is due any more."""
        ...

    async def finish(self, seconds: float) -> None:
        """Give what is under way so many seconds."""
        ...


class Plays(Protocol):
    """What lets sessions go on by themselves."""

    @property
    def idle(self) -> bool:
        """Return whether nothing is on its way."""
        ...

    async def earliest(self) -> datetime | None:
        """Return when the next session goes on."""
        ...

    async def run(self) -> None:
        """Let every session go on whose time has come."""
        ...

    async def close(self) -> None:
        """Stop."""
        ...


class Engine:
    """Reminders, sessions that go on by themselves, news, old buttons, and the hourly upkeep.

    `start` returns what is to run until it is cancelled, and puts on a stack what ends it.
    """

    def __init__(
        self,
        deps: Deps,
        screen: Screen,
        inbox: KeepsUp,
        rate: float,
        *,
        sweep: Callable[[Callable[[], None]], Sweeps],
        players: Plays,
    ) -> None:
        self._deps = deps
        self._inbox = inbox
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._tidying = Tidying(deps, screen)
        self._sweep = sweep(self._tidying.wake)
        self._trips = Homecoming(deps, screen)
        self._players = players
        self._news = News(deps, screen, rate, self._sweep.rests)
        due, self._next_step, news = self._due(), self._going_on(), self._telling()
        self._alarms = (due, self._next_step, news)

    @property
    def idle(self) -> bool:
        """Return whether nothing is due, and nothing on its way."""
        return all(job.idle for job in (*self._alarms, self._players, self._tidying))

    @property
    def lag(self) -> float:
        """Return the seconds for which what is due has waited for its job to begin."""
        return max(alarm.lag for alarm in self._alarms)

    def wake(self) -> None:
        """Look again: something became due sooner."""
        for job in (*self._alarms, self._tidying):
            job.wake()

    def wake_steps(self) -> None:
        """Look again: a session may go on sooner."""
        self._next_step.wake()

    def start(self, closing: AsyncExitStack) -> list[Coroutine[Any, Any, None]]:
        """Let the clock run; what is pushed last ends first."""
        closing.push_async_callback(self._sweep.finish, LAST_WORDS)
        closing.push_async_callback(self._players.close)
        closing.push_async_callback(self._news.finish, LAST_NEWS)
        self._scheduler.start()
        closing.callback(self._scheduler.shutdown, wait=False)
        self._upkeep = self._scheduler.add_job(
            upkeep,
            "interval",
            args=(self._deps, self._inbox),
            hours=1,
            misfire_grace_time=None,
            coalesce=True,
        )
        return [job.run() for job in (*self._alarms, self._tidying)]

    def _due(self) -> Alarm:
        return Alarm(
            self._scheduler,
            self._deps.clock,
            partial(claiming.earliest, self._deps),
            self._send_due,
            begin=partial(replanning.catch_up, self._deps),
            set_back=self._set_back,
        )

    def _going_on(self) -> Alarm:
        players = self._players
        return Alarm(
            self._scheduler, self._deps.clock, players.earliest, players.run, job="players"
        )

    def _telling(self) -> Alarm:
        return Alarm(
            self._scheduler,
            self._deps.clock,
            partial(copying.earliest, self._deps),
            self._news.run,
            set_back=partial(copying.set_right, self._deps),
            job="news",
        )

    async def _send_due(self) -> None:
        """Do all that is due; what only tells comes after the reminders."""
        await self._sweep.run()
        await self._trips.tell_all()

    async def _set_back(self, since: datetime) -> None:
        """Go by a clock that was set back: the next upkeep was to run when it shows that again."""
        self._upkeep.reschedule("interval", hours=1)
        await replanning.set_right(self._deps, since)
        await advancing.set_right(self._deps)
        self._next_step.wake()

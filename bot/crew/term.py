"""What the process that leads does for all of them, until it leads no more."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from functools import partial

import structlog

from bot.alone import Receive
from bot.crew.batches import HandingOut
from bot.crew.inbox import SharedInbox
from bot.crew.jobs import Jobs
from bot.crew.racing import first_of
from bot.crew.steps import Steps
from bot.deps import Deps
from bot.engine import Engine
from bot.intake.storage import until_stored
from bot.screen import Screen
from bot.services import arranging
from db.queries import crew

log = structlog.get_logger(__name__)

LOOK = 0.2  # seconds until the leader looks again what became of the jobs it has said
LOOK_AFTER = 1.0  # seconds between two looks after jobs and chats that nobody has


class Term:
    """Lets the clock run, hands out what is due, and lets nothing wait for a process that died."""

    def __init__(
        self, deps: Deps, screen: Screen, inbox: SharedInbox, jobs: Jobs, rate: float
    ) -> None:
        self._deps = deps
        self._inbox = inbox
        self._jobs = jobs
        self._steps = Steps(deps, jobs)
        self._engine = Engine(
            deps,
            screen,
            inbox,
            rate,
            sweep=lambda done: HandingOut(deps, jobs, rate, done),
            players=self._steps,
        )

    async def run(self, receive: Receive | None) -> None:
        """Work, and receive updates where it is for the leader to, until cancelled."""
        await until_stored(partial(arranging.begin_for_all, self._deps))
        async with AsyncExitStack() as closing:
            work = [*self._engine.start(closing), self._look_after(), self._look_again()]
            await first_of(*work, *([receive()] if receive else []))

    @property
    def lag(self) -> float:
        """Return the seconds for which what is due has waited for its job to begin."""
        return self._engine.lag

    @property
    def idle(self) -> bool:
        """Return whether nothing is due, and nothing on its way."""
        return self._engine.idle

    def wake(self) -> None:
        """Look again: something became due sooner."""
        self._engine.wake()

    async def _look_after(self) -> None:
        seen = set[int]()
        while True:
            try:
                seen = await self._take_over(seen)
                await self._inbox.look_after()
            except Exception as error:
                log.error("looking_after_failed", error=type(error).__name__)
            await asyncio.sleep(LOOK_AFTER)

    async def _take_over(self, seen: set[int]) -> set[int]:
        """Have the jobs that nobody alive was seen with twice done again; return those seen now."""
        async with self._deps.read() as session:
            found = await crew.orphans(session)
        if lost := found & seen:
            await self._jobs.take_over(lost)
        return found - lost

    async def _look_again(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            if not self._steps.idle:
                self._engine.wake_steps()

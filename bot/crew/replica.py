"""The bot as one of several processes on a PostgreSQL server; `Alone` is its counterpart."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from typing import Any

import structlog
from sqlalchemy import URL

from bot.alone import Receive
from bot.crew.batches import Batches, HandingOut
from bot.crew.inbox import SharedInbox
from bot.crew.jobs import BATCH, STEP, Jobs
from bot.crew.leading import Leading
from bot.crew.pace import SharedLanes
from bot.crew.steps import Steps
from bot.deps import Deps
from bot.engine import LAST_WORDS, Engine
from bot.intake.storage import until_stored
from bot.jobs.playing import Players
from bot.processing import Processing
from bot.screen import Screen
from bot.services import arranging
from db.queries import crew
from db.queries.crew import Slots

log = structlog.get_logger(__name__)

LOOK = 0.2  # seconds until the leader looks again what became of the jobs it has said
LOOK_AFTER = 1.0  # seconds between two looks after jobs and chats that nobody has


class Replica:
    """Does jobs, paces what goes out with the others, and leads where nobody else does."""

    inbox: SharedInbox

    def __init__(self, url: URL, rate: float, *, polls: bool) -> None:
        self._rate = rate
        self._polls = polls
        self._jobs = Jobs(url)
        self.lanes = SharedLanes(rate, self._reserve)
        self._leading = Leading(url, self._term, self.wake)
        self._engine: Engine | None = None  # while it leads
        self._woken = asyncio.Event()  # the leader is to be told

    def furnish(self, deps: Deps, screen: Screen, processing: Processing) -> None:
        """Make what works with the rest of the bot."""
        self._deps, self._screen = deps, screen
        self.inbox = SharedInbox(
            deps.database, self._jobs, processing.process, processing.apologise, now=deps.clock.now
        )
        self._batches = Batches(deps, screen, self._rate)
        players = Players(deps, screen, self.wake)

        async def go_on(*, again: bool, session: int) -> None:
            await players.go_on(session)

        self._jobs.add(STEP, go_on)
        self._jobs.add(BATCH, self._batches.send)

    async def start(self, closing: AsyncExitStack, grace: float) -> list[Coroutine[Any, Any, None]]:
        """Connect; return what is to run until it is cancelled.

        What ends it is put on a stack; jobs in hand get `grace` seconds.
        """
        await self._jobs.open()
        closing.push_async_callback(self._jobs.close)
        closing.push_async_callback(self.inbox.stop)
        closing.push_async_callback(self._batches.finish, LAST_WORDS)
        return [
            self._jobs.run(grace),
            self._jobs.live(),
            self.lanes.run(),
            self._tell_leader(),
            self._count(),
        ]

    async def run(self, receive: Receive) -> None:
        """Receive updates until cancelled: by polling the leader alone does."""
        self._receive = receive
        if self._polls:
            await self._leading.run()
        else:
            await _first_of(self._leading.run(), receive())

    @property
    def receives(self) -> bool:
        """Return whether this process has updates come to it: where they are polled one has."""
        return not self._polls or self._engine is not None

    @property
    def lag(self) -> float:
        """Return the seconds for which what is due has waited, as far as it is this one's part."""
        return self._engine.lag if self._engine else 0.0

    def wake(self) -> None:
        """Look again: something became due sooner; who leads is told."""
        if self._engine is not None:
            self._engine.wake()
        else:
            self._woken.set()

    async def idle(self) -> bool:
        """Return whether nothing is in hand here, and nothing left to do for anybody."""
        if self._engine is None or not self._engine.idle or not self._jobs.idle:
            return False
        async with self._deps.read() as session:
            busy = await crew.busy(session)
        return not busy and self._engine is not None and self._engine.idle

    async def _term(self) -> None:
        """Do what one process does for all, until this one leads no more."""
        deps, steps = self._deps, Steps(self._deps, self._jobs)
        self._engine = engine = Engine(
            deps,
            self._screen,
            self.inbox,
            self._rate,
            sweep=lambda done: HandingOut(deps, self._jobs, self._rate, done),
            players=steps,
        )
        try:
            async with AsyncExitStack() as closing:
                work = [*engine.start(closing), self._look_after(), self._look_again(engine, steps)]
                if self._polls:
                    work.append(self._receive())
                await arranging.begin_for_all(deps)
                await _first_of(*work)
        finally:
            self._engine = None

    async def _look_after(self) -> None:
        """Let nothing wait for a process that has died."""
        seen = set[int]()
        while True:
            try:
                seen = await self._take_over(seen)
                await self.inbox.look_after()
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

    async def _look_again(self, engine: Engine, steps: Steps) -> None:
        while True:
            await asyncio.sleep(LOOK)
            if not steps.idle:
                engine.wake_steps()

    async def _tell_leader(self) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            await until_stored(self._tell)

    async def _count(self) -> None:
        while True:
            await until_stored(self.inbox.count)
            await asyncio.sleep(LOOK_AFTER)

    async def _tell(self) -> None:
        async with self._deps.database.sessions.begin() as session:
            await crew.wake_leader(session)

    async def _reserve(self, number: int, step: float) -> Slots:
        async with self._deps.database.sessions.begin() as session:
            return await crew.reserve(session, number, step)


async def _first_of(*work: Coroutine[Any, Any, None]) -> None:
    """Return when the first of them ends, or raise what it raised; the others are cancelled."""
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        with suppress(asyncio.CancelledError):
            task.result()

"""The bot as one of several processes on a PostgreSQL server; `Alone` is its counterpart."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, suppress
from typing import Any

import structlog
from sqlalchemy import URL

from bot.alone import Receive
from bot.crew.batches import Batches
from bot.crew.inbox import SharedInbox
from bot.crew.jobs import BATCH, STEP, Jobs
from bot.crew.leading import Leading
from bot.crew.pace import SharedLanes
from bot.crew.racing import end, first_of
from bot.crew.reloading import Reloading
from bot.crew.term import Term
from bot.deps import Deps
from bot.engine import LAST_WORDS
from bot.jobs.playing import Players
from bot.outgoing.backoff import growing
from bot.processing import Processing
from bot.screen import Screen
from db.queries import crew
from db.queries.crew import Slots

log = structlog.get_logger(__name__)

LOOK = 1.0  # seconds between two looks at what is unprocessed, and at our own jobs


class Replica:
    """Does jobs, paces what goes out with the others, and leads where nobody else does."""

    inbox: SharedInbox

    def __init__(
        self, url: URL, rate: float, reload_soon: Callable[[], None], *, polls: bool
    ) -> None:
        self._rate = rate
        self._reload_soon = reload_soon
        self._polls = polls
        self._jobs = Jobs(url)
        self.lanes = SharedLanes(rate, self._reserve)
        self._leading = Leading(url, self._lead, self.wake)
        self._term: Term | None = None  # while it leads
        self._woken = asyncio.Event()  # the leader is to be told

    def furnish(self, deps: Deps, screen: Screen, processing: Processing) -> None:
        """Make what works with the rest of the bot."""
        self._deps, self._screen = deps, screen
        self.inbox = SharedInbox(
            deps.database, self._jobs, processing.process, processing.apologise, now=deps.clock.now
        )
        self._reloading = Reloading(deps.database, self._reload_soon)
        self._batches = Batches(deps, screen, self._rate)
        players = Players(deps, screen)

        async def go_on(*, again: bool, session: int) -> None:
            await players.go_on(session)

        self._jobs.add(STEP, go_on)
        self._jobs.add(BATCH, self._batches.send)

    async def start(self, closing: AsyncExitStack, grace: float) -> list[Coroutine[Any, Any, None]]:
        """Connect; return what is to run until it is cancelled.

        What ends it is put on a stack; jobs in hand get `grace` seconds, and what they need is
        there until they have ended.
        """
        await self._jobs.open()
        closing.push_async_callback(self._jobs.close)
        serving = (self._jobs.live(), self.lanes.run(), self._tell_leader())
        closing.push_async_callback(end, *map(asyncio.create_task, serving))
        closing.push_async_callback(self._tell_at_last)
        closing.push_async_callback(self.inbox.stop)
        closing.push_async_callback(self._batches.finish, LAST_WORDS)
        return [self._jobs.run(grace), self._look()]

    async def run(self, receive: Receive) -> None:
        """Receive updates until cancelled: by polling the leader alone does."""
        self._receive = receive
        if self._polls:
            await self._leading.run()
        else:
            await first_of(self._leading.run(), receive())

    @property
    def receives(self) -> bool:
        """Return whether this process has updates come to it: where they are polled one has."""
        return not self._polls or self._term is not None

    @property
    def lag(self) -> float:
        """Return the seconds for which what is due has waited, as far as it is this one's part."""
        return self._term.lag if self._term else 0.0

    def wake(self) -> None:
        """Look again: something became due sooner; who leads is told."""
        if self._term is not None:
            self._term.wake()
        else:
            self._woken.set()

    async def pass_on_reload(self) -> None:
        """Have the other processes read their content anew within a second or two."""
        await self._reloading.ask()

    async def idle(self) -> bool:
        """Return whether nothing is in hand here, and nothing left to do for anybody."""
        if self._term is None or not self._term.idle or not self._jobs.idle:
            return False
        async with self._deps.read() as session:
            busy = await crew.busy(session)
        return not busy and self._term is not None and self._term.idle

    async def _lead(self) -> None:
        """Do what one process does for all, until this one leads no more."""
        self._term = Term(self._deps, self._screen, self.inbox, self._jobs, self._rate)
        try:
            await self._term.run(self._receive if self._polls else None)
        finally:
            self._term = None

    async def _tell_leader(self) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            await until_done("leader_not_told", self._tell)

    async def _tell_at_last(self) -> None:
        """Tell the leader what the last jobs may have made due sooner."""
        with suppress(Exception):
            async with asyncio.timeout(LAST_WORDS):
                await self._tell()

    async def _look(self) -> None:
        while True:
            await until_done("not_counted", self.inbox.count)
            await until_done("jobs_unknown", self._jobs.look_after)
            await until_done("reloads_unknown", self._reloading.look)
            await asyncio.sleep(LOOK)

    async def _tell(self) -> None:
        async with self._deps.database.sessions.begin() as session:
            await crew.wake_leader(session)

    async def _reserve(self, number: int, step: float) -> Slots:
        async with self._deps.database.sessions.begin() as session:
            return await crew.reserve(session, number, step)


async def until_done(fault: str, work: Callable[[], Awaitable[None]]) -> None:
    """Do what nobody waits for, again and again until it succeeds; a fault is told by its name."""
    waits = growing()
    while True:
        try:
            return await work()
        except Exception as error:
            log.error(fault, error=type(error).__name__)
            await asyncio.sleep(next(waits))

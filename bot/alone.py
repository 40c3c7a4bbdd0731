"""The bot as the only process on its database: all that is to do is done here."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any

from bot.deps import Deps
from bot.engine import Engine
from bot.intake.inbox import Inbox
from bot.jobs.due import Sweep
from bot.jobs.playing import Players
from bot.outgoing.lanes import Lanes
from bot.processing import Processing
from bot.screen import Screen
from bot.services import arranging

Receive = Callable[[], Coroutine[Any, Any, None]]


class Alone:
    """Keeps updates, paces what goes out, and lets the clock run."""

    inbox: Inbox

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self.lanes = Lanes(rate)

    def furnish(self, deps: Deps, screen: Screen, processing: Processing) -> None:
        """Make what works with the rest of the bot."""
        self._deps = deps
        self.inbox = Inbox(
            deps.database.sessions, processing.process, processing.apologise, now=deps.clock.now
        )
        players = Players(deps, screen, lambda: self._engine.wake_steps())
        self._engine = Engine(
            deps,
            screen,
            self.inbox,
            self._rate,
            sweep=lambda done: Sweep(deps, screen, self._rate, done),
            players=players,
        )

    async def start(self, closing: AsyncExitStack, grace: float) -> list[Coroutine[Any, Any, None]]:
        """Take up what was left; return what is to run until it is cancelled.

        What ends it is put on a stack; updates in hand get `grace` seconds.
        """
        await self.inbox.start()
        closing.push_async_callback(self.inbox.stop, grace)
        return [*self._engine.start(closing), arranging.begin_for_all(self._deps)]

    async def run(self, receive: Receive) -> None:
        """Receive updates until cancelled."""
        await receive()

    @property
    def receives(self) -> bool:
        """Return whether this process has updates come to it."""
        return True

    @property
    def lag(self) -> float:
        """Return the seconds for which what is due has waited for its job to begin."""
        return self._engine.lag

    def wake(self) -> None:
        """Look again: something became due sooner."""
        self._engine.wake()

    async def pass_on_reload(self) -> None:
        """Have others read the content anew: there are none."""

    async def idle(self) -> bool:
        """Return whether nothing is in hand: no update, nothing due."""
        return self.inbox.idle() and self._engine.idle

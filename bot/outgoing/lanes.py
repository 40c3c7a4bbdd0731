"""Pace of what goes out: so many messages a second, replies first, then bulk, then tidying."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Protocol

from bot.outgoing.pace import Lane, Queue, Turn

# So many go in one go of the event loop: what was let go is written before more is.
AT_ONCE = 8
# Looking at every message of a thousand a second would cost more than what it saves in evenness.
TICK = 0.003


class Pace(Protocol):
    """Says when a message may go: in this process, or over all that share a server."""

    async def turn(self, chat_id: int, lane: Lane) -> None:
        """Return when a message to this chat may go."""
        ...

    async def hold(self, chat_id: int, seconds: float, lane: Lane) -> None:
        """Let no bulk message go for `seconds`, nor after a reply anything to this chat."""
        ...


class Lanes:
    """Paces the messages of this process: at most `rate` in any second."""

    def __init__(
        self, rate: float, clock: Callable[[], float] = time.monotonic, *, share: int = 0
    ) -> None:
        self._queue = Queue(rate, share)
        self._clock = clock
        self._alarm: asyncio.Handle | None = None

    async def turn(self, chat_id: int, lane: Lane) -> None:
        """Return when a message to this chat may go; those of one lane keep their order."""
        come: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        turn = Turn(chat_id, lane, lambda: None if come.done() else come.set_result(None))
        # Behind others the alarm that rings for them is soon enough.
        follows = bool(self._queue.lines[lane].turns) and self._alarm is not None
        self._queue.join(turn, self._clock())
        if not follows:
            self._serve()
        try:
            await come
        except asyncio.CancelledError:
            turn.left = True
            raise

    def depth(self, lane: Lane) -> int:
        """Return how many messages of a lane wait for their turn."""
        return len(self._queue.lines[lane])

    async def hold(self, chat_id: int, seconds: float, lane: Lane) -> None:
        """Let no bulk message go for `seconds`, nor after a reply anything to this chat."""
        self._queue.hold(chat_id, self._clock() + seconds, lane)

    def _serve(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        now = self._clock()
        again = self._queue.serve(now, AT_ONCE)
        if again is not None:
            loop = asyncio.get_running_loop()
            wait = again - now
            self._alarm = (
                loop.call_later(wait, self._serve) if wait > 0 else loop.call_soon(self._serve)
            )

"""Pace of what goes out: so many messages a second, replies always before bulk."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

# Messages leave evenly but arrive with jitter; counting a second as a little more than one keeps
# the other side from ever seeing one message too many in a second of its own.
SECOND = 1.05


class Pace(Protocol):
    """Says when a message may go; a shared one could stand behind the same two calls."""

    async def turn(self, chat_id: int, *, bulk: bool) -> None:
        """Return when a message to this chat may go."""
        ...

    async def hold(self, chat_id: int, seconds: float, *, bulk: bool) -> None:
        """Let nothing more go to this chat for `seconds`, nor any bulk message."""
        ...


@dataclass(eq=False, slots=True)
class Turn:
    """One message waiting for its turn; `go` is called when it has come."""

    chat_id: int
    bulk: bool
    go: Callable[[], None]
    left: bool = False  # nobody waits for it any more


@dataclass(slots=True)
class Queue:
    """The rule of the pace, without a clock: `now` is seconds of any clock that never goes back."""

    rate: float
    replies: deque[Turn] = field(default_factory=deque)
    bulk: deque[Turn] = field(default_factory=deque)
    gone: deque[float] = field(default_factory=deque)  # when the last messages went, oldest first
    last_bulk: float = float("-inf")
    bulk_from: float = float("-inf")
    chats_from: dict[int, float] = field(default_factory=dict)

    @property
    def burst(self) -> int:
        """Return how many messages may go at once."""
        return max(1, int(self.rate))

    @property
    def second(self) -> float:
        """Return the seconds in which at most `burst` messages go."""
        return max(1.0, 1.0 / self.rate) * SECOND

    def join(self, turn: Turn) -> None:
        """Put a message at the end of its lane."""
        (self.bulk if turn.bulk else self.replies).append(turn)

    def hold(self, chat_id: int, until: float, *, bulk: bool) -> None:
        """Keep the bulk lane shut until a moment, and the chat's replies unless `bulk`."""
        self.bulk_from = max(self.bulk_from, until)
        if not bulk:
            self.chats_from[chat_id] = max(until, self.chats_from.get(chat_id, until))

    def serve(self, now: float) -> float | None:
        """Let go all whose turn has come; return the moment to look again, None if none waits."""
        self._forget(now)
        while True:
            free = self.gone[0] + self.second if len(self.gone) >= self.burst else now
            turn, moment = self._next(now)
            if turn is None:
                return None if moment is None else max(moment, free)
            if free > now:
                return free
            self._leave(turn, now)

    def _next(self, now: float) -> tuple[Turn | None, float | None]:
        """Return who goes now, else when the first of those waiting may."""
        soonest: float | None = None
        for turn in self.replies:
            moment = self.chats_from.get(turn.chat_id, now)
            if moment <= now:
                return turn, None
            soonest = moment if soonest is None else min(soonest, moment)
        while self.bulk and self.bulk[0].left:
            self.bulk.popleft()
        if self.bulk:
            moment = max(self.bulk_from, self.last_bulk + self.second / self.burst)
            if moment <= now:
                return self.bulk[0], None
            soonest = moment if soonest is None else min(soonest, moment)
        return None, soonest

    def _leave(self, turn: Turn, now: float) -> None:
        (self.bulk if turn.bulk else self.replies).remove(turn)
        self.gone.append(now)
        while len(self.gone) > self.burst:
            self.gone.popleft()
        if turn.bulk:
            self.last_bulk = now
        turn.go()

    def _forget(self, now: float) -> None:
        for turn in [turn for turn in self.replies if turn.left]:
            self.replies.remove(turn)
        for chat_id in [chat for chat, until in self.chats_from.items() if until <= now]:
            del self.chats_from[chat_id]


class Lanes:
    """Paces the messages of this process: at most `rate` in any second.

    Replies go at once while there is room; bulk goes evenly, one every 1/rate seconds, so that a
    reply that comes in between waits for one such slot at most.
    """

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._queue = Queue(rate)
        self._clock = clock
        self._alarm: asyncio.TimerHandle | None = None

    async def turn(self, chat_id: int, *, bulk: bool) -> None:
        """Return when a message to this chat may go; bulk messages keep their order."""
        come: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        turn = Turn(chat_id, bulk, lambda: None if come.done() else come.set_result(None))
        self._queue.join(turn)
        self._serve()
        try:
            await come
        except asyncio.CancelledError:
            turn.left = True
            raise

    async def hold(self, chat_id: int, seconds: float, *, bulk: bool) -> None:
        """Let no bulk message go for `seconds`, nor any reply to this chat unless `bulk`."""
        self._queue.hold(chat_id, self._clock() + seconds, bulk=bulk)

    def _serve(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        now = self._clock()
        again = self._queue.serve(now)
        self._alarm = None
        if again is not None:
            loop = asyncio.get_running_loop()
            self._alarm = loop.call_later(max(again - now, 0.001), self._serve)

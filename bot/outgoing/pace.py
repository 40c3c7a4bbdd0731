"""The rule of the pace, without a clock: who may go when, whatever jitter its timers have."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from heapq import heappop, heappush

# Messages leave evenly but arrive with jitter. No more than the rate leaves in so many seconds, so
# that the other side never sees one too many in a second of its own.
WINDOW = 1.02
# Bulk is spread over a little more: the difference is what a late timer may make up for.
SPREAD = 1.021
CATCH_UP = 0.05  # seconds of lateness that are made up for; a longer stall is let go
CHAT_SECOND = 1.0  # seconds between two bulk messages to one chat
OTHERS = 5  # one of so many messages of a second is kept for another chat


class Lane(IntEnum):
    """How urgent a message is; a lower number goes first."""

    REPLY = 0
    BULK = 1
    TIDY = 2  # nobody waits for it: goes only while no bulk waits


@dataclass(eq=False, slots=True)
class Turn:
    """One message waiting for its turn; `go` is called when it has come."""

    chat_id: int
    lane: Lane
    go: Callable[[], None]
    left: bool = False  # nobody waits for it any more
    number: int = 0  # its place among those that were put aside


@dataclass(slots=True)
class Line:
    """Those of one lane in their order, and beside them those whose chat may not have one yet."""

    turns: deque[Turn] = field(default_factory=deque)
    aside: list[tuple[float, int, Turn]] = field(default_factory=list)  # a heap, soonest first

    def __len__(self) -> int:
        return len(self.turns) + len(self.aside)

    def first(self, now: float) -> Turn | None:
        """Take the first who may be looked at: one put aside whose moment has come, or the head."""
        while self.aside and (self.aside[0][2].left or self.aside[0][0] <= now):
            turn = heappop(self.aside)[2]
            if not turn.left:
                return turn
        while self.turns:
            turn = self.turns.popleft()
            if not turn.left:
                return turn
        return None


def share_of(burst: int) -> int:
    """Return how many of a second's messages one chat may get: who asks a lot leaves room."""
    return burst - burst // OTHERS


@dataclass(slots=True)
class Queue:
    """Lets at most `rate` go in any second; `now` is of any clock that never goes back.

    Replies go at once while there is room; bulk goes evenly, in slots that are planned ahead, so
    that a reply which comes in between waits for one such slot at most. A turn costs the same
    however many wait.
    """

    rate: float
    share: int = 0  # how many in a second may be replies to one chat; 0: most of those there are
    lines: tuple[Line, Line, Line] = field(default_factory=lambda: (Line(), Line(), Line()))
    gone: deque[tuple[float, int]] = field(default_factory=deque)  # (when, chat), oldest first
    slot: float = float("-inf")  # when the next bulk message may go
    bulk_from: float = float("-inf")
    chats_from: dict[int, float] = field(default_factory=dict)  # chats that were told to wait
    had_bulk: dict[int, float] = field(default_factory=dict)  # when a chat last got bulk
    shares: dict[int, int] = field(default_factory=dict)  # of a chat, how many are in `gone`
    numbers: int = 0
    went: int = 0  # how many have gone, ever

    def __post_init__(self) -> None:
        self.share = self.share or share_of(self.burst)

    @property
    def burst(self) -> int:
        """Return how many messages may go at once."""
        return max(1, int(self.rate))

    @property
    def second(self) -> float:
        """Return the seconds in which at most `burst` messages go."""
        return max(1.0, 1.0 / self.rate) * WINDOW

    @property
    def step(self) -> float:
        """Return the seconds from one bulk message to the next."""
        return max(1.0, 1.0 / self.rate) * SPREAD / self.burst

    def join(self, turn: Turn, now: float) -> None:
        """Put a message at the end of its lane."""
        if turn.lane is not Lane.REPLY and not (self.lines[1] or self.lines[2]):
            self.slot = max(self.slot, now)  # no credit for the time in which none waited
        self.lines[turn.lane].turns.append(turn)

    def hold(self, chat_id: int, until: float, lane: Lane) -> None:
        """Keep bulk and tidying back until a moment, and after a reply the chat's replies."""
        self.bulk_from = max(self.bulk_from, until)
        if lane is Lane.REPLY:
            self.chats_from[chat_id] = max(until, self.chats_from.get(chat_id, until))

    def serve(self, now: float, most: int = 1_000_000) -> float | None:
        """Let go all whose turn has come; return the moment to look again, None if none waits.

        After `most` that moment is now: more may go, once those are off.
        """
        while most:
            free = self.gone[0][0] + self.second if len(self.gone) >= self.burst else now
            if free > now:
                return free if any(map(len, self.lines)) else None
            turn = self._reply(now) or self._unasked(now)
            if turn is None:
                return self._soonest(now)
            self._leave(turn, now)
            most -= 1
        return now if any(map(len, self.lines)) else None

    def ready_at(self, now: float) -> float | None:
        """Return from when on somebody may go, as far as is known; None if nobody waits."""
        return now if self.lines[Lane.REPLY].turns else self._soonest(now)

    def _reply(self, now: float) -> Turn | None:
        line = self.lines[Lane.REPLY]
        while (turn := line.first(now)) is not None:
            moment = max(self._told(turn.chat_id, now), self._shared(turn.chat_id, now))
            if moment <= now:
                return turn
            self._put_aside(turn, moment)
        return None

    def _told(self, chat_id: int, now: float) -> float:
        """Return until when a chat was told to wait; what is over is forgotten."""
        moment = self.chats_from.get(chat_id, now)
        if moment <= now:
            self.chats_from.pop(chat_id, None)
        return moment

    def _shared(self, chat_id: int, now: float) -> float:
        """Return when a chat has not had its share of a second yet, or not any more."""
        if self.shares.get(chat_id, 0) < self.share:
            return now
        moments = [when for when, chat in self.gone if chat == chat_id]
        return moments[-self.share] + self.second

    def _unasked(self, now: float) -> Turn | None:
        """Return whose slot this is: bulk, else what there is to tidy."""
        if max(self.slot, self.bulk_from) > now:
            return None
        turn = self._spaced(self.lines[Lane.BULK], now)
        if turn is None and not len(self.lines[Lane.BULK]):
            turn = self._spaced(self.lines[Lane.TIDY], now)
        return turn

    def _spaced(self, line: Line, now: float) -> Turn | None:
        """Take the first whose chat got no bulk just now."""
        while (turn := line.first(now)) is not None:
            moment = self.had_bulk.get(turn.chat_id, float("-inf")) + CHAT_SECOND
            if moment <= now:
                return turn
            self._put_aside(turn, moment)
        return None

    def _put_aside(self, turn: Turn, moment: float) -> None:
        if not turn.number:
            self.numbers += 1
            turn.number = self.numbers
        heappush(self.lines[turn.lane].aside, (moment, turn.number, turn))

    def _leave(self, turn: Turn, now: float) -> None:
        if turn.lane is not Lane.REPLY:
            self.slot = max(self.slot + self.step, self.bulk_from, now - CATCH_UP)
            self.had_bulk[turn.chat_id] = now
        self.went += 1
        self.gone.append((now, turn.chat_id))
        self.shares[turn.chat_id] = self.shares.get(turn.chat_id, 0) + 1
        while len(self.gone) > self.burst:
            when, chat_id = self.gone.popleft()
            self.shares[chat_id] -= 1
            if not self.shares[chat_id]:
                del self.shares[chat_id]
            if self.had_bulk.get(chat_id) == when:
                del self.had_bulk[chat_id]  # longer ago than a second
        turn.go()

    def _soonest(self, now: float) -> float | None:
        """Return when the first of those waiting may go, as far as is known."""
        moments = []
        if (replies := self.lines[Lane.REPLY]).aside:
            moments.append(replies.aside[0][0])
        bulk, tidy = self.lines[Lane.BULK], self.lines[Lane.TIDY]
        if line := bulk if len(bulk) else tidy if len(tidy) else None:
            waits = now if line.turns else line.aside[0][0]
            moments.append(max(waits, self.slot, self.bulk_from))
        return min(moments, default=None)

"""Sends what is due: claims occurrences, sends them in the bulk lane, notes what became."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Callable
from functools import partial

import structlog

from bot import metrics
from bot.deps import Deps
from bot.domain.lateness import Lateness
from bot.intake.notes import Notes
from bot.jobs.stopping import last_words
from bot.jobs.wording import written
from bot.outgoing.faults import InDoubt, TryLater, Unreachable
from bot.screen import Screen
from bot.services import claiming, handing, homecoming, noting, sending
from bot.services.noting import Gone, Note, PutBack, Went
from bot.services.sending import Nudge
from bot.written import Written

log = structlog.get_logger(__name__)

CHUNKS = 8, 200  # people whose reminders are read at once, at least and at most
AHEAD = 0.25  # seconds' worth of them, at the speed at which they have been going
FRESH = 1.0  # seconds for which what was read is taken to hold
LOOK = 1.0  # seconds until a sweep that waits for its turns looks for what fell due meanwhile
DOUBT = 15.0, 900.0  # seconds until one that may have arrived goes out again, at least and at most
FAULTY = 60.0  # seconds until an occurrence that failed for no known reason is tried again


def window(rate: float) -> int:
    """Return how many messages may be on their way at a rate a second.

    Enough for a quarter of a second from the turn to the note: while others write, notes wait. And
    few to lose track of in a kill.
    """
    return max(16, round(rate * 0.25))


def _chunk_at(speed: float) -> int:
    """Return how many people are read at once where so many messages go a second."""
    return max(CHUNKS[0], min(CHUNKS[1], round(speed * AHEAD)))


def again_after(attempts: int) -> float:
    """Return the seconds until a reminder of which nothing is known goes out again.

    One lost is worse than one doubled; but where each arrives unheard, few shall.
    """
    return min(DOUBT[0] * 4.0**attempts, DOUBT[1])


async def claim_due(deps: Deps) -> int:
    """Claim what is due, a batch at most; return how much that was."""
    await homecoming.all_come_home(deps)  # reminders go by the clock there
    if claimed := await claiming.claim(deps):
        log.info("reminders_claimed", reminders=claimed)
        metrics.DUE.inc(claimed)
    return claimed


class NotDue(Exception):  # noqa: N818 - says what became of it
    """The person did or said something while their reminder waited for its turn."""


class Sweep:
    """`run` claims and sends what is due; after a cancellation `finish` ends what is under way.

    A window of messages is on its way, from waiting for their turn to being noted; each makes room
    for the next. The same person never has two of them.
    """

    def __init__(
        self,
        deps: Deps,
        screen: Screen,
        rate: float,
        done: Callable[[], None] = lambda: None,
    ) -> None:
        self._deps = deps
        self._screen = screen
        self._at_once = window(rate)
        self._ahead = max(2, round(rate * 0.04))  # of them wait for their turn
        self._done = done
        self._notes = Notes[Note](partial(noting.note, deps))
        self._queue: deque[tuple[Nudge, float]] = deque()  # with when it was read
        self._in_hand: set[int] = set()  # whose reminders are queued or on their way
        self._more = False  # more is due than was read
        self._workers: set[asyncio.Task[None]] = set()
        self._under_way: set[asyncio.Task[None]] = set()  # their turn has come
        self._moved = asyncio.Event()
        self.rests = asyncio.Event()  # nothing is being swept: what is less urgent may go
        self.rests.set()
        self._may_read = asyncio.Lock()  # one at a time
        self._reading: asyncio.Task[None] | None = None  # beside what `run` does
        self._fastest = _chunk_at(rate)
        self._chunk, self._ended, self._read_at = self._fastest, 0, time.monotonic()

    async def run(self) -> None:
        """Claim and send until nothing is due any more."""
        looked = float("-inf")
        self.rests.clear()
        self._chunk, self._ended, self._read_at = self._fastest, 0, time.monotonic()
        try:
            while True:
                self._moved.clear()
                started, claimed = time.monotonic(), 0
                if not self._workers or started - looked >= LOOK:
                    claimed = await claim_due(self._deps)
                    looked = float("-inf") if claimed else started
                took = time.monotonic() - started
                await self._read()
                if claimed:
                    await asyncio.sleep(took if self._workers else 0)  # room for those on their way
                elif self._workers:
                    await self._wait()
                else:
                    await asyncio.sleep(LOOK if self._in_hand else 0)  # notes that failed
                    return self._done()
        finally:
            self._let_go()
            self.rests.set()

    async def finish(self, seconds: float) -> None:
        """Give what went out already so many seconds to be noted: unnoted, it would come again."""
        await last_words(self._under_way, seconds)

    async def _read(self) -> None:
        """Queue what goes out next, where the queue has run low."""
        async with self._may_read:
            while self._low():
                at = self._read_at_speed()
                chunk = await sending.to_send(self._deps, self._chunk, self._in_hand)
                self._in_hand.update(nudge.person_id for nudge in chunk.nudges)
                self._queue.extend((nudge, at) for nudge in chunk.nudges)
                self._more = chunk.more
                self._start()
                if not chunk.more or self._queue:
                    return

    def _low(self) -> bool:
        return len(self._queue) <= self._chunk // 2

    def _read_beside(self) -> None:
        """Read while `run` claims, so that neither waits for the other.

        What fails here `run` tries again: there the failure counts.
        """
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read())
            self._reading.add_done_callback(lambda task: task.cancelled() or task.exception())

    def _read_at_speed(self) -> float:
        """Return this moment, having set how much is read: what is read too early goes stale."""
        now = time.monotonic()
        took = now - self._read_at
        if took >= AHEAD and self._ended:
            self._chunk = min(self._chunk * 2, _chunk_at(self._ended / took))
            self._ended, self._read_at = 0, now
        return now

    async def _wait(self) -> None:
        """Return when there is room in the queue or nobody works, and now and then in between."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK):
                await self._moved.wait()

    def _room(self) -> int:
        """Return how many more may come to wait for their turn: it comes soon for each."""
        waiting = len(self._workers) - len(self._under_way)
        return min(self._at_once - len(self._workers), self._ahead - waiting)

    def _start(self) -> None:
        for _ in range(min(len(self._queue), self._room())):
            worker = asyncio.create_task(self._work())
            self._workers.add(worker)
            worker.add_done_callback(self._stopped)

    def _stopped(self, worker: asyncio.Task[None]) -> None:
        self._workers.discard(worker)
        self._under_way.discard(worker)
        if not self._workers:
            self._moved.set()

    async def _work(self) -> None:
        """Send and note one after the other until the queue is empty."""
        worker = asyncio.current_task()
        assert worker is not None
        while self._queue and self._room() >= 0:
            await self._settle(*self._queue.popleft())
            self._under_way.discard(worker)
            self._ended += 1
            if self._more and self._low():
                self._read_beside()

    def _let_go(self) -> None:
        """Give back what still waits for its turn."""
        if self._reading is not None:
            self._reading.cancel()
        self._in_hand.difference_update(nudge.person_id for nudge, _ in self._queue)
        self._queue.clear()
        for worker in self._workers - self._under_way:
            worker.cancel()

    async def _settle(self, nudge: Nudge, read_at: float) -> None:
        """Send one, and note what became of it whatever it takes."""
        try:
            note = await self._send(nudge, read_at)
        except asyncio.CancelledError:
            self._in_hand.discard(nudge.person_id)
            raise
        if note is None or await self._notes.take(note):
            self._in_hand.discard(nudge.person_id)
        # Whoever may have got it and is not noted gets it no more while this process lives.

    def _leaves(self) -> None:
        """Note that the turn of the worker in hand has come, which makes room for the next."""
        worker = asyncio.current_task()
        assert worker is not None
        self._under_way.add(worker)
        self._start()

    async def _send(self, nudge: Nudge, read_at: float) -> Note | None:
        """Send one and return the note to take."""
        sent = _Sent(self._deps, nudge, read_at, self._leaves)
        try:
            await sent.prepare()
            message_id = await self._screen.remind(nudge.person_id, sent.compose)
        except NotDue:
            return None
        except InDoubt as doubt:
            log.warning("delivery_unknown", occurrence=nudge.head.occurrence)
            return PutBack(sent.nudge, max(doubt.seconds, again_after(sent.nudge.head.attempts)))
        except TryLater as later:
            return PutBack(sent.nudge, later.seconds)
        except Unreachable:
            log.info("person_unreachable", person=nudge.person_id)
            return Gone(sent.nudge)
        except Exception:
            log.exception("reminder_failed", occurrence=nudge.head.occurrence)
            return PutBack(sent.nudge, FAULTY)
        metrics.SENT.inc()
        metrics.LATE.inc(sent.nudge.lateness is not Lateness.NONE)
        log.debug("reminder_sent", occurrence=nudge.head.occurrence, late=nudge.lateness.value)
        return Went(sent.nudge, message_id)


class _Sent:
    """A message whose text is looked at again where it waited long for its turn."""

    def __init__(
        self, deps: Deps, nudge: Nudge, read_at: float, leaves: Callable[[], None]
    ) -> None:
        self._deps = deps
        self._read_at = read_at
        self._leaves = leaves
        self._written: Written | None = None
        self.nudge = nudge

    async def prepare(self) -> None:
        """Write the text, so that it is ready when its turn comes."""
        if self.nudge.waits_for_share:
            await handing.hand_out(self._deps, self.nudge.person_id)
            await self._read_again()
        self._written = written(self._deps, self.nudge)

    async def compose(self) -> Written:
        """Return the text as of now: its turn has come."""
        self._leaves()
        if self._written is None or time.monotonic() - self._read_at > FRESH:
            await self._read_again()
            self._written = written(self._deps, self.nudge)
        return self._written

    async def _read_again(self) -> None:
        """Raises NotDue where there is nothing to send any more."""
        current = await sending.still(self._deps, self.nudge)
        if current is None or current.waits_for_share:
            raise NotDue
        self.nudge = current

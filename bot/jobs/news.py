"""Sends what an operator tells everybody: behind all reminders, slower, and without a sound."""

from __future__ import annotations

import asyncio
import time
from functools import partial

import structlog

from bot.deps import Deps
from bot.domain.broadcast import SHARE, Copy, CopyState
from bot.intake.notes import Notes
from bot.intake.storage import until_stored
from bot.jobs.due import FAULTY, NotDue, again_after, window
from bot.jobs.stopping import last_words
from bot.outgoing.faults import InDoubt, TryLater, Unreachable
from bot.reply import Reply
from bot.screen import Screen
from bot.services import copying, people
from bot.services.copying import Gone, Note, PutBack, Report, Went
from bot.texts import pick
from bot.views import broadcasts as view

log = structlog.get_logger(__name__)

CHUNK = 64  # copies read at once


def at_once(rate: float) -> int:
    """Return how many copies may be on their way at a rate of messages a second."""
    return window(rate * SHARE)


class News:
    """`run` sends the copies that are due; after a cancellation `finish` ends what is under way.

    Whenever reminders are due, which `rests` tells by not being set, no copy joins the lane: a
    reminder waits for those few at most that are in it already.
    """

    def __init__(self, deps: Deps, screen: Screen, rate: float, rests: asyncio.Event) -> None:
        self._deps = deps
        self._screen = screen
        self._rests = rests
        self._apart = 1 / (rate * SHARE)  # seconds from one copy to the next
        self._next = float("-inf")
        self._room = asyncio.Semaphore(at_once(rate))
        self._notes = Notes[Note](partial(copying.note, deps))
        self._in_hand: set[int] = set()  # whose copies are on their way
        self._tasks: set[asyncio.Task[None]] = set()
        self._under_way: set[asyncio.Task[None]] = set()  # their turn has come

    async def run(self) -> None:
        """Send until no copy is due any more, then tell the author of what is over."""
        more = True
        try:
            while more or self._tasks:
                chunk, more = await copying.to_send(self._deps, CHUNK, self._in_hand)
                for copy in chunk:
                    await self._turn()
                    self._begin(copy)
                if not chunk and self._tasks:
                    await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in self._tasks - self._under_way:
                task.cancel()
        if (told := await copying.report(self._deps)) is not None:
            await self._report(told)

    async def finish(self, seconds: float) -> None:
        """Give what went out already so many seconds to be noted: unnoted, it would come again."""
        await last_words(self._under_way, seconds)

    async def _turn(self) -> None:
        """Return when another copy may join the lane."""
        await self._room.acquire()
        try:
            await asyncio.sleep(self._next - time.monotonic())
            await self._rests.wait()
        except asyncio.CancelledError:
            self._room.release()
            raise
        self._next = time.monotonic() + self._apart

    def _begin(self, copy: Copy) -> None:
        self._in_hand.add(copy.person_id)
        task = asyncio.create_task(self._settle(copy))
        self._tasks.add(task)
        task.add_done_callback(partial(self._ended, copy.person_id))

    def _ended(self, person_id: int, task: asyncio.Task[None]) -> None:
        if task not in self._under_way:
            self._in_hand.discard(person_id)  # given up before its turn came
        self._tasks.discard(task)
        self._under_way.discard(task)
        self._room.release()

    async def _settle(self, copy: Copy) -> None:
        """Send one, and note what became of it whatever it takes."""
        note = await self._send(copy)
        if note is None or await self._notes.take(note):
            self._in_hand.discard(copy.person_id)
        # Whoever may have got it and is not noted gets it no more while this process lives.

    async def _send(self, copy: Copy) -> Note | None:
        """Send one and return the note to take."""

        async def compose() -> Reply:
            task = asyncio.current_task()
            assert task is not None
            self._under_way.add(task)
            if not await copying.still(self._deps, copy):
                raise NotDue
            return view.copy(copy.broadcast, copy.text, pick(self._deps.languages, copy.language))

        try:
            await self._screen.remind(copy.person_id, compose, silent=True)
        except NotDue:
            return None
        except InDoubt as doubt:
            # One lost is worse than one doubled; but no more than a few go unheard.
            again = max(doubt.seconds, again_after(copy.attempts))
            return PutBack(copy, again, failed=CopyState.SENT)
        except TryLater as later:
            return PutBack(copy, later.seconds)
        except Unreachable:
            log.info("person_unreachable", person=copy.person_id)
            return Gone(copy)
        except Exception:
            log.exception("copy_failed", broadcast=copy.broadcast, person=copy.person_id)
            return PutBack(copy, FAULTY, failed=CopyState.GONE)
        return Went(copy)

    async def _report(self, told: Report) -> None:
        """Tell the author what became of it; that this was done is stored whatever it takes."""
        wait = await self._tell(told)
        noted = asyncio.create_task(until_stored(partial(copying.reported, self._deps, told, wait)))
        self._under_way.add(noted)
        noted.add_done_callback(self._under_way.discard)
        await asyncio.shield(noted)

    async def _tell(self, told: Report) -> float | None:
        """Tell the author; return the seconds until another try, None where it is done with."""

        async def compose() -> Reply:
            return view.over(told.tally, pick(self._deps.languages, told.language))

        try:
            await self._screen.remind(told.author_id, compose)
        except TryLater as later:
            return later.seconds
        except Unreachable:
            await people.unreachable(self._deps, told.author_id)
        except Exception:
            log.exception("report_failed", broadcast=told.tally.broadcast)
            return FAULTY
        return None

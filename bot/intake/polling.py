"""Long polling of our own: an update is kept before the next poll acknowledges it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from typing import Any, Protocol

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.intake.chat_of import is_update
from bot.intake.contact import Contact
from bot.outgoing.backoff import growing
from bot.outgoing.faults import ServerFault, seconds_to_wait

log = structlog.get_logger(__name__)

LONG_POLL = 50  # seconds the Bot API may hold a poll open
PATIENCE = 10.0  # seconds beyond that until the connection counts as lost
MOST_WAITING = 500  # updates unprocessed before polling pauses
QUIET = (
    24 * 3600.0
)  # after a week of silence update ids may start anywhere: forget ours long before
IDLE = 0.05  # seconds between polls of a server that does not hold them open
STUCK = 0.5  # seconds between polls that bring nothing new


class Wire(Protocol):
    """What polling needs of the request class."""

    async def call(self, url: str, parameters: dict[str, object], *, read_timeout: float) -> Any:
        """Return the raw result of one call."""
        ...


class Keeps(Protocol):
    """What polling needs of the inbox."""

    def take(self, updates: Sequence[dict[str, Any]]) -> Coroutine[Any, Any, int]:
        """Commit the updates; return how many were new."""
        ...

    async def room(self, most: int) -> None:
        """Return when at most `most` updates are unprocessed."""
        ...


class TokenRejected(Exception):  # noqa: N818 - says what became of it
    """The Bot API does not know the token."""


class Polling:
    """Polls `{base}/getUpdates` into the inbox until cancelled.

    `base` ends in the token; `ready` is called once, after the first answered poll.
    """

    def __init__(
        self,
        wire: Wire,
        base: str,
        inbox: Keeps,
        *,
        allowed_updates: Sequence[str],
        ready: Callable[[], None] = lambda: None,
        contact: Contact | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wire = wire
        self._url = f"{base}/getUpdates"
        self._inbox = inbox
        self._allowed = list(allowed_updates)
        self._ready = ready
        self._contact = contact or Contact(clock)
        self._sleep = sleep
        self._clock = clock
        self._offset = 0
        self._heard_at = clock()
        self._waits: Iterator[float] | None = None  # while polls fail
        self._answered = False

    async def run(self) -> None:
        """Poll until cancelled; TokenRejected is the only other way out."""
        while True:
            await self._inbox.room(MOST_WAITING)
            started = self._clock()
            try:
                batch = await self._poll()
            except InvalidToken:
                raise TokenRejected from None
            except TelegramError as fault:
                await self._sleep(self._after(fault))
                continue
            self._note_answer()
            await self._keep(batch, started)

    async def _poll(self) -> list[Any]:
        # The first poll, and the first after a fault, is answered at once.
        hold = LONG_POLL if self._answered and self._waits is None else 0
        parameters: dict[str, object] = {
            "offset": self._offset,
            "timeout": hold,
            "limit": 100,
            "allowed_updates": self._allowed,
        }
        batch = await self._wire.call(self._url, parameters, read_timeout=hold + PATIENCE)
        if not isinstance(batch, list):
            raise ServerFault("the updates are not a list")
        return batch

    async def _keep(self, batch: list[Any], started: float) -> None:
        """Commit the batch and only then move the offset, which acknowledges it."""
        updates = [one for one in batch if is_update(one)]
        if len(updates) < len(batch):
            log.error("update_without_id", number=len(batch) - len(updates))
        try:
            new = await _unbroken(self._inbox.take(updates)) if updates else 0
        except Exception as error:
            log.error("inbox_write_failed", error=type(error).__name__, updates=len(updates))
            self._waits = self._waits or growing()
            await self._sleep(next(self._waits))
            return
        if self._waits is not None:
            self._waits = None
            log.info("polling_again")
        moved = self._move_on(updates)
        if batch and not new and not moved:
            await self._sleep(STUCK)
        elif not batch and self._clock() - started < IDLE:
            await self._sleep(IDLE)

    def _move_on(self, updates: list[dict[str, Any]]) -> bool:
        """Set the offset of the next poll; return whether it changed."""
        before, now = self._offset, self._clock()
        if updates:
            self._offset = max(one["update_id"] for one in updates) + 1
            self._heard_at = now
        elif now - self._heard_at > QUIET:
            self._offset = 0
        return self._offset != before

    def _note_answer(self) -> None:
        self._contact.made()
        if not self._answered:
            self._answered = True
            log.info("polling")
            self._ready()

    def _after(self, fault: TelegramError) -> float:
        """Return the seconds to wait after a failed poll."""
        if isinstance(fault, RetryAfter):
            log.warning("poll_rate_limited", seconds=seconds_to_wait(fault))
            return seconds_to_wait(fault)
        self._waits = self._waits or growing()
        wait = next(self._waits)
        event = "poll_conflict" if isinstance(fault, Conflict) else "poll_failed"
        log.warning(event, fault=type(fault).__name__, seconds=round(wait, 1))
        return wait


async def _unbroken(work: Coroutine[Any, Any, int]) -> int:
    """Await work that a cancellation must not leave half done: it ends first, then we do."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        task.exception()  # looked at: the updates were not acknowledged and will come again
        raise

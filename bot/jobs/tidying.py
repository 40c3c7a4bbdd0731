"""Takes the buttons off old reminders, whenever nothing more urgent goes out."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

import structlog

from bot.deps import Deps
from bot.intake.storage import until_stored
from bot.outgoing.faults import TryLater
from bot.screen import Screen
from bot.services import noting
from bot.services.noting import Stale

log = structlog.get_logger(__name__)

CHUNK = 64  # messages a transaction
AGAIN = 60.0  # seconds until a failure for no known reason is followed by another try


class Tidying:
    """`run` strips what is stale, and again after each `wake`.

    What a kill interrupts is done at the next start: that a message is stale is stored.
    """

    def __init__(self, deps: Deps, screen: Screen) -> None:
        self._deps = deps
        self._screen = screen
        self._woken = asyncio.Event()
        self._waits = False

    @property
    def idle(self) -> bool:
        """Return whether nothing is left to strip."""
        return self._waits and not self._woken.is_set()

    def wake(self) -> None:
        """Look for stale messages again."""
        self._woken.set()

    async def run(self) -> None:
        """Strip stale messages until cancelled."""
        while True:
            self._woken.clear()
            try:
                while chunk := await noting.stale(self._deps, CHUNK):
                    await self._strip_all(chunk)
            except Exception:
                log.exception("tidying_failed")
                await self._rest(AGAIN)
            else:
                await self._rest(None)

    async def _rest(self, seconds: float | None) -> None:
        self._waits = True
        try:
            with suppress(TimeoutError):  # the time is up: that is one way for the rest to end
                # Not `wait_for`: on Python 3.11 it misses a stop in the moment of a wake.
                async with asyncio.timeout(seconds):
                    await self._woken.wait()
        finally:
            self._waits = False

    async def _strip_all(self, chunk: Sequence[Stale]) -> None:
        """Strip some side by side and note which have no buttons any more."""
        waits = await asyncio.gather(*map(self._strip, chunk))
        done = [one for one, seconds in zip(chunk, waits, strict=True) if not seconds]
        await until_stored(partial(noting.stripped, self._deps, done))
        await asyncio.sleep(max(waits))

    async def _strip(self, one: Stale) -> float:
        """Strip one; return the seconds until another try, 0 where it is done with."""
        if one.taken:
            return 0
        try:
            await self._screen.tidy(one.person_id, one.message_id)
        except TryLater as later:
            return later.seconds
        return 0

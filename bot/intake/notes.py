"""Commits in one transaction what became of all that waits for it: messages out, updates in."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Generic, TypeVar

import structlog

from bot.intake.storage import until_stored

N = TypeVar("N")

log = structlog.get_logger(__name__)

APART = 0.05  # seconds from the end of one transaction to the next: others want to write too


class Notes(Generic[N]):
    """`take` returns once a note is stored, together with all others that wait at that moment.

    A database that is away is waited for. `take` returns False for a note that cannot be stored
    for any other reason; those beside it are stored.
    """

    def __init__(
        self,
        write: Callable[[Sequence[N]], Awaitable[None]],
        apart: Callable[[], float] = lambda: APART,
    ) -> None:
        self._write = write
        self._apart = apart
        self._waiting: list[tuple[N, asyncio.Future[bool]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._ended_at = float("-inf")

    async def take(self, note: N) -> bool:
        """Return once the note is stored, or cannot be."""
        stored: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((note, stored))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all())
        return await stored

    async def stop(self) -> None:
        """Break off what is being written: nobody waits for it any more."""
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.wait([self._writing])

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(self._ended_at + self._apart() - time.monotonic())
                batch, self._waiting = self._waiting, []
                await self._write_batch(batch)
                self._ended_at = time.monotonic()
        finally:
            self._writing = None

    async def _write_batch(self, batch: Sequence[tuple[N, asyncio.Future[bool]]]) -> None:
        try:
            await until_stored(partial(self._write, [note for note, _ in batch]))
        except Exception:
            if len(batch) > 1:
                for one in batch:
                    await self._write_batch([one])
                return
            log.exception("note_failed")
            done = False
        else:
            done = True
        for _, stored in batch:
            if not stored.done():
                stored.set_result(done)

"""Commits updates that come one by one together, where they come during the same commit."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any, Protocol

from bot.intake.storage import is_unavailable

MOST = 100  # in one transaction
Waiting = tuple[dict[str, Any], "asyncio.Future[None]"]


class Keeps(Protocol):
    """What gathering needs of the inbox."""

    @property
    def unprocessed(self) -> int:
        """Return how many updates did not take effect yet."""
        ...

    def take(self, updates: Sequence[dict[str, Any]]) -> Coroutine[Any, Any, int]:
        """Commit the updates; return how many were new."""
        ...


class Gathering:
    """Hands updates to the inbox, each commit with those that arrived during the last one."""

    def __init__(self, inbox: Keeps) -> None:
        self._inbox = inbox
        self._waiting: list[Waiting] = []
        self._work: asyncio.Task[None] | None = None

    @property
    def unprocessed(self) -> int:
        """Return how many updates wait, here and in the inbox."""
        return self._inbox.unprocessed + len(self._waiting)

    async def take_one(self, update: dict[str, Any]) -> None:
        """Return once the update is committed; raises what kept it from that."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((update, done))
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._commit_all())
        await done

    async def _commit_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            fault = await self._commit(batch)
            # One of them may be at fault: then the others shall not fail with it.
            alone = fault is not None and len(batch) > 1 and not is_unavailable(fault)
            for one in batch:
                _tell(one, await self._commit([one]) if alone else fault)

    async def _commit(self, batch: list[Waiting]) -> Exception | None:
        try:
            await self._inbox.take([update for update, _ in batch])
        except Exception as error:
            return error
        return None


def _tell(one: Waiting, fault: Exception | None) -> None:
    _, done = one
    if done.done():
        return  # whoever waited has gone
    if fault is None:
        done.set_result(None)
    else:
        done.set_exception(fault)

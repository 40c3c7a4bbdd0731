"""What becomes of one kept update: done, tried again, or set aside with its error."""

from __future__ import annotations

import asyncio
import json
import traceback
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.domain.person import Expecting
from bot.intake.chat_of import kind_of
from bot.intake.notes import Notes
from bot.intake.storage import is_unavailable
from bot.outgoing.backoff import growing
from db.models import Inbox as Row
from db.queries import inbox as rows

T = TypeVar("T")

log = structlog.get_logger(__name__)

TRIES = 3
APART = 0.01  # seconds between two closings where more may come to be closed with the next
SHORT = 0.2  # seconds before the second try; grows from there
OURS = {"bot", "content", "db"}  # an error deep in a library is told by who called it
NEVER_ENDED = "the process ended each time while it was being processed"


@dataclass(frozen=True, slots=True)
class StoredUpdate:
    """A raw update with what an earlier try at it settled."""

    update_id: int
    raw: dict[str, Any]
    expecting: Expecting | None


@dataclass(slots=True)
class Kept:
    """An update in its chat's queue; `attempts` counts those that are recorded.

    The first try at a fresh update is not recorded, which saves it a write; every later one is,
    before it begins, so that an update that kills the process is found out.
    """

    update_id: int
    chat_id: int
    raw: str
    received_at: datetime
    kind: str
    expecting: Expecting | None = None
    attempts: int = 0
    fresh: bool = True


def kept_of(row: Row, *, fresh: bool = False) -> Kept:
    """Return what is stored of an update as one to process."""
    kind = kind_of(json.loads(row.raw))
    known = (row.update_id, row.chat_id or 0, row.raw, row.received_at, kind)
    return Kept(*known, row.expecting, row.attempts, fresh=fresh)


Process = Callable[[StoredUpdate], Awaitable[None]]


class Attempts:
    """Tries one update at a time until it is done or set aside.

    Those that are done are closed many in one transaction. One that is done and not closed yet
    would be processed again after a kill, which changes nothing: it took effect.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        process: Process,
        on_poison: Process,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._sessions = sessions
        self._process = process
        self._on_poison = on_poison
        self._sleep = sleep
        self._closed = Notes[int](self._close, self._apart)
        self._trying = 0
        self._broken_off: list[int] = []  # ids of recorded attempts that a stop ended

    async def settle(self, kept: Kept) -> bool:
        """Return whether the update is done, else it is set aside; what is done is to be closed.

        A cancellation leaves it pending.
        """
        self._trying += 1
        try:
            return await self._settle(kept)
        finally:
            self._trying -= 1

    async def _settle(self, kept: Kept) -> bool:
        error, waits = NEVER_ENDED, growing(first=SHORT)
        failed = 0 if kept.fresh else kept.attempts
        while failed < TRIES:
            if not kept.fresh:
                await self._durably(partial(rows.count_attempt, update_id=kept.update_id))
                kept.attempts += 1
            fault = await self._try(kept)
            if fault is None:
                return True
            failed, error, kept.fresh = failed + 1, _place(fault), False
            if failed == 1:
                log.warning("update_failed", update=kept.update_id, error=error)
            if failed < TRIES:
                await self._sleep(next(waits))
                await self._reload(kept)
        await self._set_aside(kept, error)
        return False

    async def close(self, kept: Kept) -> None:
        """Return when it is stored that the update is done."""
        waits = growing()
        while not await self._closed.take(kept.update_id):
            await self._sleep(next(waits))

    async def give_back(self) -> None:
        """Uncount the attempts that a stop broke off: a stop is no fault of theirs."""
        await self._closed.stop()
        if not self._broken_off:
            return
        try:
            async with self._sessions.begin() as session:
                await rows.give_back_attempts(session, self._broken_off)
        except Exception as error:
            log.error("inbox_write_failed", error=type(error).__name__)

    def _apart(self) -> float:
        return APART if self._trying else 0.0

    async def _close(self, update_ids: Sequence[int]) -> None:
        async with self._sessions.begin() as session:
            await rows.mark_done(session, update_ids)

    async def _try(self, kept: Kept) -> BaseException | None:
        """Process once, waiting out a database that is away; return what went wrong."""
        waits = growing()
        while True:
            try:
                await self._process(_stored(kept))
            except asyncio.CancelledError as cancelled:
                if _is_cancelled():
                    self._note_broken_off(kept)
                    raise
                return cancelled  # the handler's own doing, not a stop
            except Exception as error:
                if not is_unavailable(error):
                    return error
                log.error("database_unavailable", update=kept.update_id, error=type(error).__name__)
                await self._sleep(next(waits))
            else:
                return None

    async def _set_aside(self, kept: Kept, error: str) -> None:
        await self._durably(partial(rows.set_aside, update_id=kept.update_id, error=error))
        log.error("update_set_aside", update=kept.update_id, error=error)
        try:
            await self._on_poison(_stored(kept))
        except Exception as fault:
            log.error("apology_failed", update=kept.update_id, error=_place(fault))

    async def _reload(self, kept: Kept) -> None:
        """Learn what the failed try settled in the database."""

        async def expecting(session: AsyncSession) -> Expecting | None:
            row = await rows.find(session, kept.update_id)
            return row.expecting if row else None

        kept.expecting = await self._durably(expecting)

    async def _durably(self, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """Repeat a transaction until it is through: going on without it would break promises."""
        waits = growing()
        while True:
            try:
                async with self._sessions.begin() as session:
                    return await work(session)
            except Exception as error:
                log.error("inbox_write_failed", error=type(error).__name__)
                await self._sleep(next(waits))

    def _note_broken_off(self, kept: Kept) -> None:
        if not kept.fresh:
            self._broken_off.append(kept.update_id)


def _stored(kept: Kept) -> StoredUpdate:
    return StoredUpdate(kept.update_id, json.loads(kept.raw), kept.expecting)


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _place(error: BaseException) -> str:
    """Return the type of an error and where it arose, without its words: they may be a person's."""
    places = [
        (str(frame.f_globals.get("__name__", "?")), line)
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    ours = [one for one in places if one[0].split(".")[0] in OURS and one[0] != __name__]
    name, line = (ours or places or [("?", 0)])[-1]
    return f"{type(error).__name__} in {name}:{line}"

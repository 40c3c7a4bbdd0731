"""The only place that tries a call to the Bot API again."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import structlog
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError, TimedOut

from bot import metrics
from bot.outgoing.backoff import growing
from bot.outgoing.faults import (
    CutOff,
    InDoubt,
    NotSent,
    ServerFault,
    TryLater,
    Unreachable,
    seconds_to_wait,
)
from bot.outgoing.lanes import Pace
from bot.outgoing.pace import Lane

T = TypeVar("T")
Send = Callable[[], Awaitable[T]]

log = structlog.get_logger(__name__)

# The Bot API has one class of error for all refusals; only their words tell them apart.
UNCHANGED = "message is not modified"
EXPIRED = ("query is too old", "query id is invalid", "query_id_invalid")
NOBODY = (
    "chat not found",
    "user is deactivated",
    "bot was blocked",
    "peer_id_invalid",
    "not enough rights to send",
    "have no rights to send",
    "chat_write_forbidden",
)


class Delivery:
    """Sends at the pace of `lanes` and decides what a failure means; all times are seconds."""

    def __init__(
        self,
        lanes: Pace,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lanes = lanes
        self._sleep = sleep
        self._chance = chance
        self._clock = clock
        self._outage: Iterator[float] | None = None
        self._outage_until = 0.0

    async def call(self, send: Send[T], *, chat_id: int, lane: Lane = Lane.REPLY) -> T | None:
        """Return what `send` returns; None where the message was as wanted already.

        A reply is tried until it is through. Anything else is tried once: TryLater says when its
        row should come again, InDoubt that it may have arrived. Raises Unreachable where nobody
        can be reached and any other refusal as it is.
        """
        try:
            if lane is Lane.REPLY:
                return await self._send_reply(send, chat_id)
            return await self._send_unasked(send, chat_id, lane)
        except (BadRequest, Forbidden) as refusal:
            if UNCHANGED in refusal.message.lower():
                return None
            if isinstance(refusal, Forbidden) or _speaks_of(refusal, NOBODY):
                raise Unreachable(chat_id) from refusal
            raise

    async def answer(self, send: Send[T]) -> T | None:
        """Answer a callback query, unpaced; None where the query is too old to be answered."""
        waits = growing(chance=self._chance)
        while True:
            try:
                return await send()
            except BadRequest as refusal:
                if not _speaks_of(refusal, EXPIRED):
                    raise
                log.debug("callback_query_expired")
                return None
            except RetryAfter as flood:
                await self._sleep(seconds_to_wait(flood))
            except (NotSent, ServerFault, TimedOut) as fault:
                await self._pause(fault, next(waits))

    async def _send_reply(self, send: Send[T], chat_id: int) -> T:
        waits = growing(chance=self._chance)
        while True:
            await self._lanes.turn(chat_id, Lane.REPLY)
            try:
                return await send()
            except RetryAfter as flood:
                await self._hold(chat_id, seconds_to_wait(flood), Lane.REPLY)
            except (NotSent, ServerFault, TimedOut) as fault:
                # What may have arrived is sent again too: two screens are better than none.
                await self._pause(fault, next(waits))

    async def _send_unasked(self, send: Send[T], chat_id: int, lane: Lane) -> T:
        await self._lanes.turn(chat_id, lane)
        try:
            sent = await send()
        except RetryAfter as flood:
            seconds = seconds_to_wait(flood)
            await self._hold(chat_id, seconds, lane)
            raise TryLater(seconds) from flood
        except (NotSent, CutOff, ServerFault) as fault:
            raise TryLater(await self._wait_out(fault, chat_id)) from fault
        except TimedOut as fault:
            raise InDoubt(await self._wait_out(fault, chat_id)) from fault
        self._outage = None
        return sent

    async def _wait_out(self, fault: TelegramError, chat_id: int) -> float:
        """Hold the bulk lane while the Bot API is out of reach; one outage grows one wait."""
        metrics.RETRIES.inc()
        now = self._clock()
        if self._outage is None:
            self._outage, self._outage_until = growing(chance=self._chance), now
        if self._outage_until <= now:
            wait = next(self._outage)
            self._outage_until = now + wait
            log.warning("bulk_held", fault=type(fault).__name__, seconds=round(wait, 1))
            await self._lanes.hold(chat_id, wait, Lane.BULK)
        return self._outage_until - now

    async def _hold(self, chat_id: int, seconds: float, lane: Lane) -> None:
        log.warning("rate_limited", chat=chat_id, lane=lane.name.lower(), seconds=seconds)
        await self._lanes.hold(chat_id, seconds, lane)

    async def _pause(self, fault: TelegramError, seconds: float) -> None:
        metrics.RETRIES.inc()
        log.warning("send_again", fault=type(fault).__name__, seconds=round(seconds, 1))
        await self._sleep(seconds)


def _speaks_of(refusal: TelegramError, words: tuple[str, ...]) -> bool:
    said = refusal.message.lower()
    return any(word in said for word in words)

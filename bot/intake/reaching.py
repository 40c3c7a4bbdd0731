"""Asks Telegram until it answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.outgoing.backoff import growing
from bot.outgoing.faults import seconds_to_wait

log = structlog.get_logger(__name__)

NONSENSE = (AttributeError, KeyError, TypeError, ValueError)  # raised where an answer is read


async def until_reached(
    call: Callable[[], Awaitable[None]],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Call until Telegram was reached; a rejected token is raised, everything else waited out.

    So is an answer that is not of the form it should have, as of something in between.
    """
    waits = growing()
    while True:
        try:
            return await call()
        except InvalidToken:
            raise
        except NONSENSE as fault:
            seconds = next(waits)
            log.error("telegram_answers_nonsense", error=type(fault).__name__)
            await sleep(seconds)
        except TelegramError as fault:
            seconds = seconds_to_wait(fault) if isinstance(fault, RetryAfter) else next(waits)
            event = "telegram_refuses" if isinstance(fault, BadRequest) else "telegram_unreachable"
            log.warning(event, error=fault.message, wait=round(seconds, 1))
            await sleep(seconds)

"""Whether the bot is well: alive where it answers at all, ready where nothing is wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

PATIENCE = 3.0  # seconds that one look may take

Look = Callable[[], Awaitable[str]]  # says what is wrong, or nothing


async def alive(_: Request) -> Response:
    """Answer that the event loop runs, and look at nothing."""
    return PlainTextResponse("alive\n")


class Health:
    """`looks` is filled by whoever opens things; until `started` the bot is not ready."""

    def __init__(self) -> None:
        self.looks: dict[str, Look] = {}
        self.started = False

    async def ready(self, _: Request) -> Response:
        """Answer 200, or 503 with a line for each thing that is wrong."""
        wrong = (
            []
            if self.started
            else ["start: not everything is open yet, or Telegram was not reached"]
        )
        found = await asyncio.gather(*map(_told, self.looks.values()))
        wrong += [f"{name}: {told}" for name, told in zip(self.looks, found, strict=True) if told]
        if wrong:
            return PlainTextResponse("\n".join(wrong) + "\n", 503)
        return PlainTextResponse("ready\n")


async def _told(look: Look) -> str:
    """Return what a look says; a failing one says that."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await look()
    except TimeoutError:
        return f"no answer within {PATIENCE:.0f} s"
    except Exception as error:
        return f"fails with {type(error).__name__}"  # its words may tell what is stored

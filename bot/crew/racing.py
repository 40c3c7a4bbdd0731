"""Work side by side that ends together."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any


async def first_of(*work: Coroutine[Any, Any, None]) -> None:
    """Return when the first of them ends, or raise what it raised; the others are cancelled."""
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await end(*tasks)
    for task in done:
        with suppress(asyncio.CancelledError):
            task.result()


async def end(*tasks: asyncio.Task[None]) -> None:
    """Cancel tasks and return once they have ended."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

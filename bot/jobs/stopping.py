"""What a stop leaves to messages that are on their way."""

from __future__ import annotations

import asyncio
from collections.abc import Collection


async def last_words(tasks: Collection[asyncio.Task[None]], seconds: float) -> None:
    """Give what went out already so many seconds to be noted: unnoted, it would come again."""
    if tasks:
        _, late = await asyncio.wait(set(tasks), timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

"""Waits for a connection of the pool that end when they are cancelled, on Python 3.11, too.

There `asyncio.wait_for`, by which psycopg_pool waits, returns instead where what it waits for
comes in the same moment (github.com/python/cpython/issues/86296): a stop was lost, and the
process stayed.
"""

from __future__ import annotations

import asyncio
import sys

from psycopg_pool._acompat import ACondition, AEvent


def mend() -> None:
    """Have the pool's waits heed a cancellation where they would not."""
    if sys.version_info < (3, 12):
        for kind in (AEvent, ACondition):
            kind.wait_timeout = _wait_timeout  # type: ignore[method-assign]


async def _wait_timeout(self: AEvent | ACondition, timeout: float) -> bool:  # noqa: ASYNC109
    """Return whether it came within `timeout` seconds."""
    try:
        async with asyncio.timeout(timeout):
            await self.wait()
    except TimeoutError:
        return False
    return True

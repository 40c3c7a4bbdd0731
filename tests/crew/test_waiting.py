"""A stop that comes in the same moment as what is waited for is heeded all the same."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, cast

import pytest
from psycopg_pool._acompat import ACondition, AEvent

from bot.crew import waiting
from bot.deps import Deps
from bot.jobs.tidying import Tidying
from bot.screen import Screen
from bot.services import noting

MOMENTS = range(6)  # turns of the loop between what comes and the stop
Waited = tuple[Coroutine[Any, Any, object], Callable[[], None]]
tells = list[asyncio.Task[None]]()  # a task that nobody holds may vanish


def event() -> Waited:
    """Wait for an event of the pool."""
    waiting.mend()
    found = AEvent()
    return found.wait_timeout(60), found.set


def condition() -> Waited:
    """Wait for a condition of the pool."""
    waiting.mend()
    found, told = ACondition(), asyncio.Event()

    async def wait() -> None:
        async with found:
            await found.wait_timeout(60)

    async def tell() -> None:
        await told.wait()
        async with found:
            found.notify_all()

    tells.append(asyncio.create_task(tell()))
    return wait(), told.set


def tidying() -> Waited:
    """Wait until it is time to look for old buttons again, after a failure."""
    found = Tidying(cast("Deps", None), cast("Screen", None))
    return found.run(), found.wake


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("begin", [event, condition, tidying])
async def test_a_stop_is_heeded(
    begin: Callable[[], Waited], moment: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever waits is either through already, or cancelled: it does not go on."""

    async def away(*_: object) -> None:
        raise RuntimeError("no database")

    monkeypatch.setattr(noting, "stale", away)
    wait, come = begin()
    task = asyncio.create_task(wait)
    for _ in range(10):
        await asyncio.sleep(0)
    come()
    for _ in range(moment):
        await asyncio.sleep(0)
    through = task.done()
    task.cancel()
    await asyncio.wait([task], timeout=1)
    assert task.done()
    assert through or task.cancelled()
    await asyncio.gather(*tells)
    tells.clear()

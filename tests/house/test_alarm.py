"""The alarm sweeps what is due, and does not spin on what a sweep leaves."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from structlog.testing import capture_logs

from bot.clock import SystemClock
from bot.jobs.alarm import Alarm


async def sweeps_of(due: datetime, seconds: float) -> int:
    """Return how often an alarm sweeps what stays due all the time."""
    swept = 0

    async def earliest() -> datetime:
        return due

    async def sweep() -> None:
        nonlocal swept
        swept += 1

    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.start()
    running = asyncio.create_task(Alarm(scheduler, SystemClock(), earliest, sweep).run())
    await asyncio.sleep(seconds)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    scheduler.shutdown(wait=False)
    return swept


async def test_what_a_sweep_leaves_is_looked_at_ever_more_rarely() -> None:
    """A row that no sweep takes, for whatever reason, does not keep the processor busy."""
    with capture_logs() as logs:
        assert await sweeps_of(datetime.now(UTC) - timedelta(hours=1), 1.0) in (2, 3)
    assert {line["event"] for line in logs} == {"still_due"}

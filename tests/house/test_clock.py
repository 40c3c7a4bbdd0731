"""The clocks: waiting by the hour of the wall, however its hands are moved."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import FileClock
from sandbox.timekeeping import write_offset


@pytest.mark.parametrize("step", [3600, -3600, -0.2])
async def test_a_step_ends_the_wait(tmp_path: Path, step: float) -> None:
    """Who waits looks again when the clock has passed the instant or gone back; a slew is none."""
    file = tmp_path / "clock"
    write_offset(file, 0)
    clock = FileClock(file)
    waits = asyncio.ensure_future(clock.wait_until(clock.now() + timedelta(minutes=30)))
    await asyncio.sleep(0.3)
    assert not waits.done()
    write_offset(file, step)
    done, _ = await asyncio.wait([waits], timeout=0.5)
    waits.cancel()
    assert bool(done) is (abs(step) > 1)

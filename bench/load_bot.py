"""The bot as it is, with a watch on the exit of its lanes and on its event loop."""

from __future__ import annotations

import asyncio
import cProfile
import json
import os
import time
from array import array
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot import app
from bot.clock import LOOK_FILE, FileClock
from bot.outgoing import pace
from bot.running import run_bot

EXITS = array("d")
STALLS: list[float] = []
TICK = 0.005


class Watched(pace.Queue):
    """A queue that writes down when each left."""

    __slots__ = ()

    def _leave(self, turn: pace.Turn, now: float) -> None:
        EXITS.append(time.monotonic())
        super()._leave(turn, now)


class SeldomRead(FileClock):
    """The clock that the bench pushes; in real life no file is read for each message."""

    _read_at = float("-inf")

    def now(self) -> datetime:
        """Return this moment with the offset that the file had a moment ago."""
        if time.monotonic() - self._read_at > LOOK_FILE:
            self._read_at = time.monotonic()
            return super().now()
        return datetime.now(UTC) + self._offset


async def _tick() -> None:
    while True:
        before = time.monotonic()
        await asyncio.sleep(TICK)
        late = time.monotonic() - before - TICK
        if late > 0.01:
            STALLS.append(late)


def main() -> None:
    """Run the bot, then write what was seen."""
    start = app.Limber.run

    async def run(self: Any) -> None:
        ticking = asyncio.create_task(_tick())
        try:
            await start(self)
        finally:
            ticking.cancel()

    app.Limber.run = run  # type: ignore[method-assign]
    vars(app)["FileClock"] = SeldomRead
    from bot.outgoing import lanes

    vars(lanes)["Queue"] = Watched
    profile = cProfile.Profile(time.thread_time) if os.environ.get("BENCH_PROFILE") else None
    if profile:
        profile.enable()
    try:
        run_bot()
    finally:
        if profile:
            profile.disable()
            profile.dump_stats(os.environ["BENCH_PROFILE"])
        seen = {"exits": list(EXITS), "stalls": STALLS}
        Path(os.environ["BENCH_SEEN"]).write_text(json.dumps(seen))


if __name__ == "__main__":
    main()

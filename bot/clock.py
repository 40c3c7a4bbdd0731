"""The one source of time: everything that needs the hour is handed one of these clocks."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

# How long a clock may sleep before it looks again, in seconds: a jump (a laptop that woke,
# an operator who set the time, the sandbox's button) is noticed within this.
LOOK = 1.0
LOOK_FILE = 0.1

# Clocks that are kept right go back by less than this now and then; that is no step.
SLEW = timedelta(seconds=1)

# A clock that was set back by less needs nothing done: what was settled until then stays settled,
# and nobody waits for longer than that.
STEP_BACK = timedelta(hours=12)


class Clock(Protocol):
    """Tells the time and waits for it."""

    def now(self) -> datetime:
        """Return this moment, aware, in UTC."""
        ...

    async def wait_until(self, instant: datetime) -> None:
        """Return as soon as `now()` has reached `instant`, or has gone back: look again then."""
        ...


class SystemClock:
    """The machine's own clock."""

    look = LOOK

    def now(self) -> datetime:
        """Return this moment, aware, in UTC."""
        return datetime.now(UTC)

    async def wait_until(self, instant: datetime) -> None:
        """Return as soon as `now()` has reached `instant`, or has gone back: look again then."""
        # Looked at again and again on purpose: a clock may jump, an event would not tell.
        last = now = self.now()
        while last - SLEW <= now < instant:
            await asyncio.sleep(min((instant - now).total_seconds(), self.look))
            last, now = now, self.now()


class FileClock(SystemClock):
    """The machine's clock plus an offset in seconds read from a file; for the sandbox and tests."""

    look = LOOK_FILE

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = timedelta()

    def now(self) -> datetime:
        """Return this moment with the file's offset; an unreadable file keeps the last."""
        with suppress(OSError, ValueError, OverflowError):
            self._offset = timedelta(seconds=float(self._path.read_text()))
        return datetime.now(UTC) + self._offset

"""The bot as a process of its own: started, killed and started again beside one sandbox."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.clock import FileClock
from sandbox.person import Person
from sandbox.server import TelegramServer
from sandbox.timekeeping import write_offset
from tests import databases
from tests.conftest import LEARNING
from tests.stored import UNREADABLE, Row, look

if TYPE_CHECKING:
    from tests.process.runner import Nursery

ROOT = Path(__file__).parents[2]


class Process:
    """`limber run` against a sandbox, with a clock file; survives being killed."""

    def __init__(self, folder: Path, telegram: TelegramServer, url: str | None = None) -> None:
        self.folder = folder
        self.telegram = telegram
        self.url = url or databases.new_url(folder)
        self.clock_file = folder / "clock"
        self.log = folder / "bot.log"
        self._process: asyncio.subprocess.Process | None = None

    def environment(self) -> dict[str, str]:
        """Return the settings of the process."""
        return os.environ | {
            "TELEGRAM_BOT_TOKEN": self.telegram.token,
            "PICTURES": "still",  # drawing clips is tested on its own
            "TELEGRAM_API_URL": self.telegram.url,
            "DATABASE_URL": self.url,
            "CLOCK_FILE": str(self.clock_file),
            "LOG_LEVEL": "DEBUG",
            "PYTHONPATH": str(ROOT),
        }

    async def start(self) -> None:
        """Start the process; it may not poll yet."""
        with self.log.open("a") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                cwd=self.folder,
                env=self.environment(),
                stdout=log,
                stderr=log,
            )

    async def kill(self) -> None:
        """Kill the process as a power cut would."""
        await self._end(signal.SIGKILL)

    async def terminate(self) -> int:
        """Ask the process to stop; return its exit status."""
        return await self._end(signal.SIGTERM)

    def hang_up(self) -> None:
        """Ask the process to read its content anew."""
        assert self._process is not None
        self._process.send_signal(signal.SIGHUP)

    async def _end(self, sign: signal.Signals) -> int:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(sign)
        return await asyncio.wait_for(self._process.wait(), 15)

    def jump(self, seconds: float) -> None:
        """Set the clock's offset."""
        write_offset(self.clock_file, seconds)

    def stored(self, query: str, *values: object) -> list[Row]:
        """Return what the database holds."""
        with look(self.url) as database:
            return database.rows(query, *values)

    def pending(self) -> int:
        """Return how many updates did not take effect yet."""
        try:
            ((count,),) = self.stored("select count(*) from inbox where state = 'pending'")
        except UNREADABLE:
            return 1
        return int(count)

    async def settled(self, seconds: float = 20) -> None:
        """Return when every update was taken and took effect."""
        for _ in range(round(seconds / 0.02)):
            await asyncio.sleep(0.02)
            if self.telegram.waiting and not self.pending():
                return
        raise AssertionError(f"the bot did not come to rest\n{self.log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Forks bots that start in a tenth of the time."""
    from tests.process.runner import Nursery

    found = Nursery()
    yield found
    found.close()


@pytest.fixture
async def process(tmp_path: Path) -> AsyncIterator[Process]:
    """A bot process beside a sandbox, both on one clock file."""
    clock_file = tmp_path / "clock"
    write_offset(clock_file, 0.0)
    clock = FileClock(clock_file)
    async with TelegramServer(tmp_path / "telegram", clock, clock_file=clock_file) as telegram:
        found = Process(tmp_path, telegram)
        await found.start()
        yield found
        await found.kill()
        databases.drop(found.url)
        assert telegram.unknown_methods == []


@pytest.fixture
async def ana(process: Process) -> Person:
    """Somebody through with onboarding, in UTC, reminded at 07:30."""
    person = process.telegram.person(1001, "Ana", language_code="en")
    await person.send("/start")
    await person.sees("Welcome to Limber", timeout=LEARNING)
    await person.tap("I understand")
    await person.sees("apply")
    await person.tap("None of these")
    await person.sees("Where is your clock")
    await person.send("UTC")
    await person.sees("right?")
    await person.tap("Yes")
    await person.sees("When shall I remind you")
    await person.send("7:30")
    await person.sees("What do you have")
    await person.tap("That is all")
    await person.sees("All set")
    return person


def seconds_until(hour: int, minute: int, offset: float = 0.0) -> float:
    """Return how many seconds from the offset clock's now to the next such time in UTC."""
    now = datetime.now(UTC).timestamp() + offset
    day = now - now % 86400
    wanted = day + hour * 3600 + minute * 60
    return wanted - now if wanted > now else wanted + 86400 - now

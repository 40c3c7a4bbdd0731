"""A full disk under the running process: nothing is lost, nothing happens twice, nobody is told on.

The process is told by SIGUSR1 to let no file grow beyond the size that a file beside its database
names: SQLite then meets the same failed writes as on a disk without room.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import FileClock
from sandbox.person import Person
from sandbox.server import TelegramServer
from sandbox.timekeeping import write_offset
from tests.process.conftest import Process, seconds_until
from tests.process.deliveries import nudges, reminded

pytestmark = pytest.mark.file

HOOK = """
import os, resource, signal

def limit(*_):
    size = int(open(os.environ["SIZE_FILE"]).read())
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
signal.signal(signal.SIGUSR1, limit)
"""
NO_LIMIT = -1
SECRET = "marzipan zeppelin " * 200  # more than a page of the database


class Cramped(Process):
    """A process whose disk can be filled and emptied."""

    def environment(self) -> dict[str, str]:
        """Return the settings, with the hook that sets the limit."""
        plain = super().environment()
        hooks = self.folder / "hooks"
        hooks.mkdir(exist_ok=True)
        (hooks / "sitecustomize.py").write_text(HOOK)
        path = os.pathsep.join((str(hooks), plain["PYTHONPATH"]))
        return plain | {"PYTHONPATH": path, "SIZE_FILE": str(self.folder / "size")}

    def fill(self) -> None:
        """Let the write-ahead log grow no further; the log file, being smaller, still can."""
        size = (self.folder / "limber.db-wal").stat().st_size
        assert self.log.stat().st_size < size / 2
        self._limit(size)

    def make_room(self) -> None:
        """Let every file grow again."""
        self._limit(NO_LIMIT)

    def _limit(self, size: int) -> None:
        assert self._process is not None
        (self.folder / "size").write_text(str(size))
        self._process.send_signal(signal.SIGUSR1)

    async def logged(self, event: str) -> None:
        """Return when the log has a line of this event."""
        for _ in range(500):
            if event in self.log.read_text():
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"no {event}\n{self.log.read_text()[-3000:]}")


@pytest.fixture
async def process(tmp_path: Path) -> AsyncIterator[Cramped]:
    """A bot process beside a sandbox, whose disk can be filled."""
    clock_file = tmp_path / "clock"
    write_offset(clock_file, 0.0)
    async with TelegramServer(
        tmp_path / "telegram", FileClock(clock_file), clock_file=clock_file
    ) as telegram:
        found = Cramped(tmp_path, telegram)
        await found.start()
        yield found
        await found.kill()


async def test_full_disk(process: Cramped, ana: Person) -> None:
    """What a full disk cannot keep is not acknowledged; with room, each takes effect once."""
    await ana.send("/today")
    await ana.sees("1/")
    await process.settled()
    process.fill()
    await ana.tap("Done")
    await ana.send(SECRET)
    await process.logged("inbox_write_failed")
    assert ana.screen.text.startswith("1/")
    assert process.stored("select * from step_record") == []
    process.make_room()
    await ana.sees("2/")
    await ana.sees("I don't know that one")
    await process.settled()
    assert len(process.stored("select * from step_record")) == 1
    assert process.stored("select state from inbox where state != 'done'") == []
    assert "marzipan" not in process.log.read_text()
    assert await process.terminate() == 0


async def test_reminder_on_a_full_disk(process: Cramped, ana: Person) -> None:
    """A reminder that falls due on a full disk comes once there is room, once."""
    await process.settled()
    process.fill()
    process.jump(seconds_until(7, 30))
    await process.logged("sweep_failed")
    assert nudges(ana) == []
    process.make_room()
    await reminded(ana, 10)
    await asyncio.sleep(0.5)
    assert len(nudges(ana)) == 1


async def test_full_disk_and_a_kill(process: Cramped, ana: Person) -> None:
    """Killed on a full disk and started again with room: what was pending takes effect once."""
    await ana.send("/today")
    await ana.sees("1/")
    await process.settled()
    process.fill()
    await ana.tap("Done")
    await process.logged("inbox_write_failed")
    await process.kill()
    await process.start()
    await ana.sees("2/", timeout=20)
    await process.settled()
    assert len(process.stored("select * from step_record")) == 1

"""A bot whose process is forked from one that has imported everything, and may kill itself."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from bot.clock import FileClock
from sandbox.server import TelegramServer
from sandbox.timekeeping import write_offset
from tests import databases
from tests.process.conftest import ROOT, Process

UNLIMITED = -1
RATE = 100  # messages a second: a burst is over in a moment, and yet no single moment


class Nursery:
    """The process that bots are forked from, one at a time."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.process.killed", "--serve"],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    async def fork(self, environ: dict[str, str]) -> int:
        """Start a bot and return its process id."""
        assert self._server.stdin is not None
        self._server.stdin.write(json.dumps(environ) + "\n")
        self._server.stdin.flush()
        return await self.answer()

    async def answer(self) -> int:
        """Return the next number that the nursery says."""
        assert self._server.stdout is not None
        return int(await asyncio.to_thread(self._server.stdout.readline))

    def close(self) -> None:
        """End it."""
        self._server.communicate(timeout=10)


class Runner(Process):
    """A bot from a nursery, in place of `limber run` from the command line."""

    def __init__(
        self, folder: Path, telegram: TelegramServer, nursery: Nursery, url: str | None = None
    ) -> None:
        super().__init__(folder, telegram, url)
        self.telegram_clock = folder / "telegram-clock"
        self._nursery = nursery
        self.more: dict[str, str] = {}  # settings from the next start on
        self._kill_log = folder / "kills"
        self._bot: int | None = None
        self._ending: asyncio.Future[int] | None = None
        self.ended_at = 0.0  # by the monotonic clock, when the last one had ended

    def environment(self) -> dict[str, str]:
        """Return the settings of the process."""
        return super().environment() | {
            "LOG": str(self.log),
            "LOG_LEVEL": "INFO",
            "SEND_RATE": str(RATE),
            "KILL_LOG": str(self._kill_log),
            "SIZE_FILE": str(self.folder / "size"),
            **self.more,
        }

    async def start(self, kill_seed: int | None = None) -> None:
        """Start the process, which kills itself at the point of the seed, if there is one."""
        seed = {} if kill_seed is None else {"KILL_SEED": str(kill_seed)}
        self._bot = await self._nursery.fork(self.environment() | seed)
        self._ending = asyncio.ensure_future(self._nursery.answer())
        self._ending.add_done_callback(self._note_end)

    async def ended(self) -> int:
        """Return the exit status once the process has ended, by itself or not."""
        assert self._ending is not None
        return await asyncio.shield(self._ending)

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._ending is not None and not self._ending.done()

    def killed_at(self) -> dict[str, Any]:
        """Return where the process killed itself last: `point`, and the requests on their way."""
        line: dict[str, Any] = json.loads(self._kill_log.read_text().splitlines()[-1])
        return line

    async def _end(self, sign: signal.Signals) -> int:
        if self.alive:
            self._signal(sign)
        return await asyncio.wait_for(self.ended(), 15)

    def hang_up(self) -> None:
        """Ask the process to read its content anew."""
        self._signal(signal.SIGHUP)

    def jump(self, seconds: float) -> None:
        """Set the offset of the bot's clock and of the sandbox's."""
        write_offset(self.telegram_clock, seconds)
        self.step(seconds)

    def step(self, seconds: float) -> None:
        """Set the offset of the bot's clock alone."""
        super().jump(seconds)

    def fill_disk(self) -> None:
        """Let the write-ahead log grow no further, nor any larger file."""
        self._limit((self.folder / "limber.db-wal").stat().st_size)

    def make_room(self) -> None:
        """Let every file grow again."""
        self._limit(UNLIMITED)

    def _limit(self, size: int) -> None:
        (self.folder / "size").write_text(str(size))
        self._signal(signal.SIGUSR1)

    def _signal(self, sign: signal.Signals) -> None:
        assert self._bot is not None
        with suppress(ProcessLookupError):
            os.kill(self._bot, sign)

    def _note_end(self, _: object) -> None:
        self.ended_at = time.monotonic()


class Beside(Runner):
    """One more process on the database and the clock of another one."""

    def __init__(self, first: Runner, folder: Path, nursery: Nursery) -> None:
        folder.mkdir()
        super().__init__(folder, first.telegram, nursery, first.url)
        self.clock_file, self.telegram_clock = first.clock_file, first.telegram_clock


@asynccontextmanager
async def beside_a_sandbox(
    folder: Path, nursery: Nursery, url: str | None = None, offset: float = 0.0
) -> AsyncIterator[Runner]:
    """A running bot beside a sandbox, both on one clock file; a database that is given stays."""
    folder.mkdir(exist_ok=True)
    own, telegrams = folder / "clock", folder / "telegram-clock"
    for clock_file in (own, telegrams):
        write_offset(clock_file, offset)
    clock = FileClock(telegrams)
    async with TelegramServer(folder / "telegram", clock, clock_file=telegrams) as telegram:
        found = Runner(folder, telegram, nursery, url)
        await found.start()
        try:
            yield found
        finally:
            await found.kill()
            if url is None:
                databases.drop(found.url)
        assert telegram.unknown_methods == []


@asynccontextmanager
async def several(folder: Path, number: int) -> AsyncIterator[list[Runner]]:
    """So many processes on one database, each from a nursery of its own."""
    async with AsyncExitStack() as stack:
        nurseries = [Nursery() for _ in range(number)]
        for nursery in nurseries:
            stack.callback(nursery.close)
        first = await stack.enter_async_context(beside_a_sandbox(folder / "0", nurseries[0]))
        found = [first]
        for place, nursery in enumerate(nurseries[1:], start=1):
            one = Beside(first, folder / str(place), nursery)
            await one.start()
            stack.push_async_callback(one.kill)
            found.append(one)
        yield found

"""One process that makes files for the bot, a file at a time, and is replaced where it dies."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from pathlib import Path

from bot.domain.drawing import Clip
from bot.domain.recording import Recording
from bot.maker import request


class Workbench:
    """Starts `bot.maker` when there is work."""

    def __init__(self) -> None:
        self.process: Process | None = None
        self._turn = asyncio.Lock()

    async def make(self, made: Clip | Recording, path: Path, longest: float) -> str:
        """Have a file made, after those asked for before; return what the process says of it.

        Raises TimeoutError after `longest` seconds and ConnectionError; the process is gone then,
        as it is where whoever waits is cancelled.
        """
        async with self._turn:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                async with asyncio.timeout(longest):
                    # It may have gone home for want of work just as it was asked.
                    said = await self._ask(made, path) or await self._ask(made, path)
            except (TimeoutError, ConnectionError, asyncio.CancelledError):
                await self.dismiss()
                raise
            return said.decode(errors="replace").strip()

    async def dismiss(self) -> None:
        """End the process, whatever it is at."""
        process, self.process = self.process, None
        if process is not None and process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _ask(self, made: Clip | Recording, path: Path) -> bytes:
        if self.process is None or self.process.returncode is not None:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot.maker", stdin=PIPE, stdout=PIPE
            )
        process = self.process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(request(path, made))
        with suppress(ConnectionError):
            await process.stdin.drain()
        said = await process.stdout.readline()
        if not said:
            await self.dismiss()
        return said

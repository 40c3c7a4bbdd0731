"""Keeps the bot's process alive beside the sandbox, and stops it."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence

STOP_SECONDS = 7.0  # then it is killed
FIRST_WAIT = 0.5  # seconds before a bot that died is started again; doubled each time
LONGEST_WAIT = 30.0
HEALTHY = 30.0  # a bot that lived so long starts over with the first wait
# Exit statuses that starting again will not mend: a bad setting, a rejected token.
FINAL = (2, 3)
PARENT_DEATH = 1  # PR_SET_PDEATHSIG of prctl(2)


def follow_parent() -> Callable[[], None] | None:
    """Return what makes a child on Linux end when the sandbox is killed outright, else None."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(PARENT_DEATH, signal.SIGTERM)


class Keeper:
    """One process that is started again whenever it dies.

    `gave_up` is done with the exit status once the process ended in a way that will not mend.
    Whoever stops it to start it again holds `turn` meanwhile.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._command = command
        self._environment = dict(environment)
        self._process: asyncio.subprocess.Process | None = None
        self._task: asyncio.Task[None] | None = None
        self.turn = asyncio.Lock()
        self.gave_up: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def start(self) -> None:
        """Start the process and watch it from now on."""
        self._task = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """End the process: asked first, killed when it takes too long."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), STOP_SECONDS)
            except TimeoutError:
                process.kill()
                await process.wait()

    async def _keep(self) -> None:
        pause = FIRST_WAIT
        while True:
            began = time.monotonic()
            status = await self._live()
            if status in FINAL:
                self.gave_up.set_result(status)
                return
            pause = FIRST_WAIT if time.monotonic() - began > HEALTHY else pause
            say(f"the bot ended with status {status}, next start in {pause:g} s")
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_WAIT)

    async def _live(self) -> int:
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            env=self._environment,
            stdin=asyncio.subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C in a terminal reaches the sandbox alone
            preexec_fn=follow_parent(),
        )
        return await self._process.wait()


def say(line: str) -> None:
    """Write one line for whoever started the sandbox."""
    sys.stderr.write(f"sandbox: {line}\n")
    sys.stderr.flush()

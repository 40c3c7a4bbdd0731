"""How long from starting the process to the first poll, beside the bare imports."""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bot.clock import SystemClock
from sandbox.server import TelegramServer

RUNS = 7
IMPORTS = "import bot.app, bot.running, db.opening, bot.cli"


async def measure() -> list[str]:
    """Return the figures as lines."""
    bare, fresh, again = [], [], []
    for _ in range(RUNS):
        bare.append(await asyncio.to_thread(_imports))
        with tempfile.TemporaryDirectory() as folder:
            fresh.append(await _first_poll(Path(folder)))
            again.append(await _first_poll(Path(folder)))
    imports = statistics.median(bare)
    lines = [f"bare imports: median {imports:.2f} s, n={RUNS}"]
    for name, runs in (("no database yet", fresh), ("with a database", again)):
        median = statistics.median(runs)
        lines.append(
            f"start to first poll, {name}: median {median:.2f} s,"
            f" {median - imports:.2f} s above the imports, ratio {median / imports:.2f}"
        )
    return lines


def _imports() -> float:
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", IMPORTS], check=True)
    return time.monotonic() - started


async def _first_poll(folder: Path) -> float:
    async with TelegramServer(folder / "telegram", SystemClock()) as telegram:
        started = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            env=os.environ
            | {
                "TELEGRAM_BOT_TOKEN": telegram.token,
                "TELEGRAM_API_URL": telegram.url,
                "DATABASE_URL": str(folder / "limber.db"),
            },
            stderr=asyncio.subprocess.DEVNULL,
        )
        while not telegram.waiting:
            await asyncio.sleep(0.002)
        taken = time.monotonic() - started
        process.terminate()
        await process.wait()
        return taken

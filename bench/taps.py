"""How long after a tap its edit reaches the Bot API server: Limber beside a stock bot."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bot.clock import SystemClock
from sandbox.person import Person
from sandbox.server import TelegramServer

TAPS = 60
WARM = 12  # first taps, in which pictures are uploaded and caches fill
LIMBER = (sys.executable, "-m", "bot", "run")
STOCK = (sys.executable, "-m", "bench.stock_peer")


async def measure() -> list[str]:
    """Return the figures as lines."""
    ours = await _taps(LIMBER, asks_first=True)
    stock = await _taps(STOCK, asks_first=False)
    return [
        f"tap to edit, Limber: {_figures(ours)}",
        f"tap to edit, stock library without a database: {_figures(stock)}",
        f"ratio of medians: {statistics.median(ours) / statistics.median(stock):.2f}",
    ]


async def _taps(command: Sequence[str], *, asks_first: bool) -> list[float]:
    """Return the milliseconds of each tap after the warm-up."""
    with tempfile.TemporaryDirectory() as folder:
        async with TelegramServer(Path(folder) / "telegram", SystemClock()) as telegram:
            process = await asyncio.create_subprocess_exec(
                *command,
                env=os.environ
                | {
                    "TELEGRAM_BOT_TOKEN": telegram.token,
                    "TELEGRAM_API_URL": telegram.url,
                    "DATABASE_URL": str(Path(folder) / "limber.db"),
                    "PICTURES": "still",  # by file id both are the same; no clip is drawn meanwhile
                },
                stderr=asyncio.subprocess.DEVNULL,
            )
            try:
                ana = telegram.person(1001, "Ana", language_code="en")
                if asks_first:
                    await onboard(ana)
                await ana.send("/today")
                await ana.sees("0 taps" if not asks_first else "1/", timeout=20)
                return [await _tap(telegram, ana, number) for number in range(TAPS)][WARM:]
            finally:
                process.terminate()
                await process.wait()


async def _tap(telegram: TelegramServer, ana: Person, number: int) -> float:
    """Tap forth and back so that no session ends; return the milliseconds until the edit."""
    await asyncio.sleep(0.05)  # an idle machine, as a person's pace leaves it
    labels = [label for row in ana.screen.buttons for label, _ in row]
    back = number % 2 and any("Back" in label for label in labels)
    seen = len(telegram.calls)
    started = time.monotonic()
    await ana.tap("Back" if back else "Done")
    while True:
        for call in telegram.calls[seen:]:
            if call.method.lower().startswith("editmessage"):
                return (call.at_monotonic - started) * 1000
        await asyncio.sleep(0.001)


async def onboard(ana: Person) -> None:
    """Walk through onboarding with as few words as possible."""
    await ana.send("/start")
    await ana.sees("Welcome to Limber", timeout=20)
    await ana.tap("I understand")
    await ana.sees("apply")
    await ana.tap("None of these")
    await ana.sees("Where is your clock")
    await ana.tap("Later")
    await ana.sees("When shall I remind you")
    await ana.tap("Later")
    await ana.sees("What do you have")
    await ana.tap("Later")
    await ana.sees("All set")


def _figures(milliseconds: Sequence[float]) -> str:
    ordered = sorted(milliseconds)
    ninth = ordered[int(len(ordered) * 0.9)]
    return f"median {statistics.median(ordered):.1f} ms, 90 % {ninth:.1f} ms, n={len(ordered)}"

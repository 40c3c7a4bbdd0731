"""Runs the whole sandbox: the local Bot API server with its page, and the bot as a process."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.clock import FileClock
from sandbox.keeper import Keeper, say
from sandbox.server import TelegramServer
from sandbox.timekeeping import write_offset

BOT = (sys.executable, "-m", "bot", "run")
PORT_TAKEN = 2
DATABASE_PARTS = ("", "-wal", "-shm", "-journal")


async def run(
    *,
    port: int,
    folder: Path,
    database: Path,
    next_due: Callable[[], datetime | None] | None = None,
    command: Sequence[str] = BOT,
) -> int:
    """Serve until SIGTERM or SIGINT and return the exit status.

    `folder` keeps the sandbox's messages, files and clock; `database` is the bot's SQLite file.
    `next_due` names the bot's next planned moment. Returns 0 after a signal, 2 where the port is
    taken, and the bot's own status where it ended with one that starting again will not mend.
    """
    stopping = catch_signals()
    clock_file = folder / "clock"
    telegram = TelegramServer(
        folder,
        FileClock(clock_file),
        port=port,
        clock_file=clock_file,
        next_due=next_due,
        start_afresh=lambda: afresh(telegram, keeper, database, clock_file),
    )
    try:
        await telegram.start()
    except OSError:
        say(f"port {port} is taken; name another one with SANDBOX_PORT")
        return PORT_TAKEN
    keeper = Keeper(command, environment(telegram, database, clock_file))
    keeper.start()
    announce(telegram)
    await first_of(asyncio.create_task(stopping.wait()), keeper.gave_up)
    await keeper.stop()  # first, as it may still be sending
    await telegram.stop()
    return keeper.gave_up.result() if keeper.gave_up.done() else 0


async def afresh(
    telegram: TelegramServer, keeper: Keeper, database: Path, clock_file: Path
) -> None:
    """Forget everything, with the bot stopped meanwhile."""
    async with keeper.turn:
        await keeper.stop()
        for part in DATABASE_PARTS:
            database.with_name(database.name + part).unlink(missing_ok=True)
        write_offset(clock_file, 0.0)
        telegram.world.wipe()
        keeper.start()


async def first_of(*ends: asyncio.Future[Any]) -> None:
    """Return when any of these is done."""
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)


def announce(telegram: TelegramServer) -> None:
    """Print where the page is; it answers already."""
    sys.stdout.write(f"Limber's sandbox: {telegram.url}/\n")
    sys.stdout.flush()


def catch_signals() -> asyncio.Event:
    """Return what is set when the process is asked to stop."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    return stopping


def environment(telegram: TelegramServer, database: Path, clock_file: Path) -> dict[str, str]:
    """Return the bot's environment: ours, pointed at the sandbox, which it asks for updates."""
    return os.environ | {
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "TELEGRAM_API_URL": telegram.url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{database}",
        "CLOCK_FILE": str(clock_file),
        "WEBHOOK_URL": "",  # is the real bot's, and may be in its file of settings
    }

"""The sandbox as a process: it keeps the bot alive, stops cleanly, and starts afresh."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

# A stand-in for the bot: notes how it was started, and ends as its orders say.
BOT = """
import json, os, pathlib, signal, sys, time
folder = pathlib.Path(sys.argv[1])
starts = len(list(folder.glob("start-*")))
names = ("TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL", "DATABASE_URL", "CLOCK_FILE", "WEBHOOK_URL")
note = {name: os.environ[name] for name in names} | {"pid": os.getpid()}
(folder / "part").write_text(json.dumps(note))
(folder / "part").rename(folder / f"start-{starts}")
orders = (folder / "orders").read_text().split()
if starts < len(orders):
    sys.exit(int(orders[starts]))
def stop(*_):
    (folder / "stopped").touch()
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
time.sleep(60)
"""
SANDBOX = """
import asyncio, pathlib, sys
from sandbox.run import run
folder = pathlib.Path(sys.argv[1])
sys.exit(asyncio.run(run(
    port=int(sys.argv[2]), folder=folder / "sandbox", database=folder / "bot.db",
    command=[sys.executable, str(folder / "bot.py"), str(folder)],
)))
"""


class Running:
    """A sandbox process with its stand-in for a bot."""

    def __init__(self, folder: Path, process: asyncio.subprocess.Process) -> None:
        self.folder = folder
        self.process = process

    async def line(self) -> str:
        """Return the next line it prints."""
        assert self.process.stdout is not None
        return (await asyncio.wait_for(self.process.stdout.readline(), 20)).decode().strip()

    async def start(self, number: int) -> dict[str, Any]:
        """Return how the bot was started for the n-th time, from 0; waits for it."""
        note = self.folder / f"start-{number}"
        await until(note.exists)
        started: dict[str, Any] = json.loads(note.read_text())
        return started

    async def ended(self) -> int:
        """Return the exit status; it must come within ten seconds."""
        return await asyncio.wait_for(self.process.wait(), 10)


async def until(true: Callable[[], bool]) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        await asyncio.sleep(0.02)


def alive(pid: int) -> bool:
    """Tell whether a process runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@asynccontextmanager
async def running(folder: Path, orders: str = "", port: int = 0) -> AsyncIterator[Running]:
    """Run a sandbox; `orders` are the exit statuses of the bot's first lives."""
    (folder / "bot.py").write_text(BOT)
    (folder / "orders").write_text(orders)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", SANDBOX, str(folder), str(port)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Running(folder, process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_stops_bot_and_sandbox(tmp_path: Path, number: signal.Signals) -> None:
    """The address is printed once the page answers; a signal stops the bot, then exits 0."""
    async with running(tmp_path) as sandbox:
        url = (await sandbox.line()).removeprefix("Limber's sandbox: ")
        async with httpx.AsyncClient(base_url=url) as client:
            assert (await client.get("/sandbox/people")).status_code == 200
        bot = await sandbox.start(0)
        assert bot["TELEGRAM_API_URL"] + "/" == url
        assert bot["DATABASE_URL"] == f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
        assert bot["CLOCK_FILE"] == str(tmp_path / "sandbox" / "clock")
        assert bot["WEBHOOK_URL"] == ""
        await asyncio.sleep(0.2)  # the stand-in needs a moment to listen for signals
        sandbox.process.send_signal(number)
        assert await sandbox.ended() == 0
        assert (tmp_path / "stopped").exists()
        assert not alive(bot["pid"])


async def test_a_bot_that_dies_is_started_again(tmp_path: Path) -> None:
    """Whatever the bot dies of, it comes back, after waits that grow."""
    async with running(tmp_path, "1 1") as sandbox:
        await sandbox.start(1)
        again = time.monotonic()
        await sandbox.start(2)
        assert time.monotonic() - again > 0.8


async def test_a_bad_setting_ends_the_sandbox(tmp_path: Path) -> None:
    """Where starting again would not help, the sandbox ends with the bot's own status."""
    async with running(tmp_path, "2") as sandbox:
        assert await sandbox.ended() == 2


async def test_a_taken_port_is_said(tmp_path: Path) -> None:
    """A port in use is one line and status 2, and no bot is started."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        async with running(tmp_path, port=port) as sandbox:
            out, err = await asyncio.wait_for(sandbox.process.communicate(), 20)
        assert sandbox.process.returncode == 2
        assert out == b""
        words = f"sandbox: port {port} is taken; name another one with SANDBOX_PORT\n"
        assert err.decode() == words
        assert not (tmp_path / "start-0").exists()


async def test_a_fresh_start_forgets_the_bots_database(tmp_path: Path) -> None:
    """Start afresh stops the bot, deletes its database, resets the clock and starts it again."""
    async with running(tmp_path) as sandbox:
        url = (await sandbox.line()).removeprefix("Limber's sandbox: ")
        first = await sandbox.start(0)
        for name in ("bot.db", "bot.db-wal"):
            (tmp_path / name).touch()
        async with httpx.AsyncClient(base_url=url, timeout=20) as client:
            await client.post("/sandbox/clock", json={"offset": 500})
            await client.post("/sandbox/chat/1001/send", json={"text": "/start"})
            assert (await client.post("/sandbox/fresh")).status_code == 200
            assert (await client.get("/sandbox/chat/1001")).json()["messages"] == []
            assert (await client.get("/sandbox/clock")).json()["offset"] == pytest.approx(0, abs=1)
        assert (await sandbox.start(1))["pid"] != first["pid"]
        assert not alive(first["pid"])
        assert list(tmp_path.glob("bot.db*")) == []


@pytest.mark.kill
async def test_a_killed_sandbox_takes_its_bot_along(tmp_path: Path) -> None:
    """No bot is left behind that would hold the database against the next start."""
    if sys.platform != "linux":
        return
    async with running(tmp_path) as sandbox:
        bot = await sandbox.start(0)
        await asyncio.sleep(0.2)
        sandbox.process.kill()
        await until(lambda: not alive(bot["pid"]))

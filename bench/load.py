"""Many people due in the same minute: the rate reached, taps meanwhile, memory, stalls."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import tzdata

from bot.domain.recap import USUAL
from bot.domain.schedule import Rule
from bot.domain.stored_rules import dump
from bot.services import replanning
from db.opening import open_database

RUNS = ((3_000, 30), (100_000, 1000))
TOKEN = "1:bench"
TAPS = 15  # taps a second, or a tenth of the messages where that is less
LOOK = 0.25  # seconds between looks at memory and progress


async def measure() -> list[str]:
    """Return the figures as lines."""
    return [line for people, rate in RUNS for line in await drain(people, rate)]


async def drain(people: int, rate: int) -> list[str]:
    """Let so many people be due in one minute and return what came of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        due = (datetime.now(UTC) + timedelta(hours=1)).replace(second=0, microsecond=0)
        await _prepare(folder / "limber.db", people, due)
        tap_every = max(10, rate // TAPS)
        server = await _start("bench.load_server", str(folder / "server.json"), str(tap_every))
        assert server.stdout is not None
        port = int(await server.stdout.readline())
        clock = folder / "clock"
        clock.write_text("0")
        bot = await _start("bench.load_bot", env=_environ(folder, port, rate), error=folder / "log")
        try:
            seen = await _watch(server, bot, clock, due, people, rate)
        finally:
            bot.terminate()
            await bot.wait()
            assert server.stdin is not None
            server.stdin.close()
            await server.wait()
        told = json.loads((folder / "server.json").read_text())
        watched = json.loads((folder / "seen.json").read_text())
        left = _left(folder / "limber.db")
    return _lines(people, rate, seen, told, watched, left)


def _environ(folder: Path, port: int, rate: int) -> dict[str, str]:
    return os.environ | {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": str(folder / "limber.db"),
        "CLOCK_FILE": str(folder / "clock"),
        "SEND_RATE": str(rate),
        "BENCH_SEEN": str(folder / "seen.json"),
    }


async def _start(
    module: str, *arguments: str, env: dict[str, str] | None = None, error: Path | None = None
) -> asyncio.subprocess.Process:
    log = error.open("w") if error else None
    with contextlib.closing(log) if log else contextlib.nullcontext():
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            module,
            *arguments,
            env=env,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE if error is None else log,
            stderr=log,
        )


async def _prepare(path: Path, people: int, due: datetime) -> None:
    """Make people who all have a reminder at one local time, through with onboarding."""
    await (await open_database(str(f"sqlite+aiosqlite:///{path}"), datetime.now(UTC))).close()
    rule = dump(Rule((due.time().replace(second=0, microsecond=0),)))
    made, moment = _stored(datetime.now(UTC) - timedelta(days=1)), _stored(due)
    with contextlib.closing(sqlite3.connect(path)) as database:
        ids = range(1000, 1000 + people)
        database.executemany(
            "insert into person"
            " (id, state, language, zone, day_end, onboarding, screened, created_at)"
            " values (?, 'active', 'en', 'UTC', '03:00:00.000000', 'done', 'none', ?)",
            ((one, made) for one in ids),
        )
        database.executemany(
            "insert into reminder (person_id, kind, rule, next_at, wake_at, created_at)"
            " values (?, 'routine', ?, ?, ?, ?)",
            ((one, rule, moment, moment, made) for one in ids),
        )
        # Who has no recap is given one at a start, which is not what is measured here.
        database.executemany(
            "insert into reminder (person_id, kind, rule, paused_at, created_at)"
            " values (?, 'recap', ?, ?, ?)",
            ((one, dump(USUAL), made, made) for one in ids),
        )
        # As the bot leaves it: planned by the zones as they are now.
        database.execute(
            "insert or replace into mark (key, value) values (?, ?)",
            (replanning.TZDATA, tzdata.IANA_VERSION),
        )
        database.commit()


def _stored(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


def _left(path: Path) -> dict[str, int]:
    """Return how many occurrences there are by state."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        return dict(database.execute("select state, count(*) from occurrence group by state"))


async def _watch(
    server: asyncio.subprocess.Process,
    bot: asyncio.subprocess.Process,
    clock: Path,
    due: datetime,
    people: int,
    rate: int,
) -> dict[str, Any]:
    """Push the clock to the minute and follow the drain to its end."""
    while (await _count(server))[2] < 2:  # it polls
        assert bot.returncode is None, "the bot did not start"
        await asyncio.sleep(LOOK)
    await asyncio.sleep(2)  # introduced
    before = _resident(bot.pid)
    clock.write_text(str((due - datetime.now(UTC)).total_seconds()))
    peak, started, cpu = before, time.monotonic(), _spent(bot.pid)
    reached = 0
    while reached < people and time.monotonic() - started < people / rate * 1.5 + 20:
        await asyncio.sleep(LOOK)
        assert bot.returncode is None, "the bot ended"
        peak = max(peak, _resident(bot.pid))
        reached = (await _count(server))[1]
    took = time.monotonic() - started
    cpu = _spent(bot.pid) - cpu
    await asyncio.sleep(3)  # the last taps
    return {"started": started, "growth": peak - before, "cpu": cpu / took, "took": took}


async def _count(server: asyncio.subprocess.Process) -> list[int]:
    """Return how many messages, people and polls the server has seen."""
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(b"count\n")
    return [int(one) for one in (await server.stdout.readline()).split()]


def _resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


def _spent(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _lines(
    people: int,
    rate: int,
    seen: dict[str, Any],
    told: dict[str, Any],
    watched: dict[str, Any],
    left: dict[str, int],
) -> list[str]:
    exits = [one for one in watched["exits"] if one >= seen["started"]]
    paced = [one for one in sorted(told["paced"]) if one >= seen["started"]]
    last = seen["started"] + seen["took"] - LOOK
    busy = [one for one in exits if one <= last]
    steady = (len(busy) - 1) / (busy[-1] - busy[0])
    answers = sorted(told["answers"]) or [0.0]
    ninety_fifth = answers[min(len(answers) - 1, int(len(answers) * 0.95))]
    stalls = watched["stalls"] or [0.0]
    return [
        f"{people:,} due in one minute at SEND_RATE={rate}:"
        f" {steady:.1f} a second, {steady / rate:.1%} of what is allowed, in {seen['took']:.1f} s",
        f"  most in any second: {most(exits)} at the lanes' exit, {most(paced)} at the server",
        f"  taps: {len(answers)} answered, median {statistics.median(answers) * 1000:.0f} ms,"
        f" 95 % {ninety_fifth * 1000:.0f} ms, unanswered {told['unanswered']}",
        f"  dropped {people - told['people']}, sent twice {told['twice']}, occurrences {left}",
        f"  memory grew {seen['growth'] / 1e6:.1f} MB, processor {seen['cpu']:.0%} of one core"
        f" ({seen['cpu'] * seen['took'] / people * 1000:.2f} ms a message),"
        f" loop stalls over 20 ms: {sum(one > 0.02 for one in stalls)},"
        f" longest {max(stalls) * 1000:.0f} ms",
    ]


def most(moments: Sequence[float], second: float = 1.0) -> int:
    """Return how many of the moments lie in the second that has the most."""
    first, found = 0, 0
    for number, moment in enumerate(moments):
        while moment - moments[first] > second:
            first += 1
        found = max(found, number - first + 1)
    return found


async def main() -> None:
    """Print the figures of one run, or of all."""
    given = [int(one) for one in sys.argv[1:3]]
    for people, rate in [(given[0], given[1])] if given else RUNS:
        for line in await drain(people, rate):
            print(line, flush=True)


if __name__ == "__main__":
    asyncio.run(main())

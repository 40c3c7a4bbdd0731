"""Has peers take turns at the same work against one server, and says how they did."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.peers import installing, outbox
from bench.peers.people import FIRST

WARM = 1  # rounds in which caches fill and connections open
PATIENCE = 120.0  # seconds for a round


@dataclass(frozen=True, slots=True)
class Case:
    """A peer and how it works; `taps` says that its work comes in."""

    name: str
    command: Sequence[str]
    way: str
    taps: bool


@dataclass(slots=True)
class Entrant:
    """A peer's process, and what its rounds took: seconds, and those of the processor."""

    number: int
    case: Case
    process: asyncio.subprocess.Process
    took: list[float] = field(default_factory=list)
    spent: list[float] = field(default_factory=list)

    async def hear(self) -> None:
        """Wait for its word."""
        assert self.process.stdout is not None
        try:
            line = await asyncio.wait_for(self.process.stdout.readline(), PATIENCE)
        except TimeoutError:
            line = b""
        assert line, f"{self.case.name} ended, or took too long"

    def rate(self, each: int) -> float:
        """Return how many a second it does."""
        return each / statistics.median(self.took)

    def cost(self, each: int) -> float:
        """Return the milliseconds of processor each takes it."""
        return statistics.median(self.spent) / each * 1000


async def installed() -> tuple[dict[str, installing.Command], list[str]]:
    """Return the commands of the peers there are by name, and a line for each that is missing."""
    found, lines = dict[str, installing.Command](), list[str]()
    for name, install in (("aiogram", installing.aiogram), ("grammY", installing.grammy)):
        try:
            found[name] = await install()
        except installing.Missing as missing:
            lines.append(f"{name} is not measured: {missing}")
    return found, lines


def line(one: Entrant, each: int) -> str:
    """Say how one did."""
    return f"{one.case.name}: {one.rate(each):.0f} a second, {one.cost(each):.2f} ms of processor"


async def contest(
    cases: Sequence[Case], each: int, rounds: int, folder: Path
) -> dict[str, Entrant]:
    """Let all do `each` a round, one after the other in every round; return them by name."""
    server = await _process((sys.executable, "-m", "bench.peers.server"), {})
    entrants = list[Entrant]()
    try:
        port = int(await server.stdout.readline())  # type: ignore[union-attr]
        for number, case in enumerate(cases, start=1):
            environ = _environ(number, port, each, rounds, folder)
            process = await _process((*case.command, case.way), environ)
            entrants.append(Entrant(number, case, process))
            if not case.taps:
                await entrants[-1].hear()
        for round_ in range(rounds + WARM):
            for one in entrants:
                await _turn(one, server, each, round_)
    finally:
        for process in (server, *(one.process for one in entrants)):
            if process.returncode is None:
                process.kill()
            await process.wait()
    return {one.case.name: one for one in entrants}


async def _turn(one: Entrant, server: asyncio.subprocess.Process, each: int, round_: int) -> None:
    """Give one its work and wait until it is done."""
    started, spent = time.monotonic(), _spent(one.process.pid)
    if one.case.taps:
        chat = FIRST + round_ * each
        server.stdin.write(f"{one.number} {chat} {each}\n".encode())  # type: ignore[union-attr]
    else:
        one.process.stdin.write(f"{each}\n".encode())  # type: ignore[union-attr]
    await one.hear()
    if round_ >= WARM:
        one.took.append(time.monotonic() - started)
        one.spent.append(_spent(one.process.pid) - spent)


def _environ(number: int, port: int, each: int, rounds: int, folder: Path) -> dict[str, str]:
    api, token = f"http://127.0.0.1:{port}", f"{number}:bench"
    database = str(folder / f"{number}.db")
    return {
        "BENCH_API": api,
        "BENCH_TOKEN": token,
        "BENCH_DATABASE": database,
        "BENCH_EACH": str(each),
        "BENCH_PEOPLE": str(each * (rounds + WARM)),
        "BENCH_PRAGMAS": ",".join(outbox.PRAGMAS),
        "BENCH_TABLES": outbox.TABLES,
        "BENCH_TEXT": outbox.TEXT,
        "BENCH_BARE": str(outbox.BARE),
        "BENCH_NOTED": str(outbox.NOTED),
        "TELEGRAM_API_URL": api,
        "TELEGRAM_BOT_TOKEN": token,
        "DATABASE_URL": database,
        "SEND_RATE": "1000",
        "PICTURES": "still",
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "ERROR"),
    }


async def _process(command: Sequence[str], environ: dict[str, str]) -> asyncio.subprocess.Process:
    # The peer of aiogram finds the outbox beside the others.
    path = os.pathsep.join((str(Path(__file__).parents[2]), str(Path(__file__).parent)))
    return await asyncio.create_subprocess_exec(
        *command,
        env=os.environ | {"PYTHONPATH": path} | environ,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=None if os.environ.get("BENCH_ERRORS") else asyncio.subprocess.DEVNULL,
    )


def _spent(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

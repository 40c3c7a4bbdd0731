"""A daily reminder a person, as a job each or as our rows; `python -m bench.schedulers`.

Prints one table. Every phase of every row is a process of its own; one that takes longer than the
limit is cut off and printed as such.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench import peer_report
from bench.peer_gauges import Figures
from bench.peer_report import Found, Row

SIZES = (1_000, 10_000, 100_000, 1_000_000)
MOST = 100_000  # people of the peers; ours go on
LIMIT = 120.0  # seconds a phase of a peer may take
IMPORTS = 3.0  # seconds a process gets on top, to start
SLOW = 600.0  # seconds a phase of ours may take; it is printed, not cut
IDLE = 3.0  # seconds over which idle processor time is measured
OURS = "limber"

# What each phase finds out, should it be cut off.
FINDS = {
    "register": ("register",),
    "fill": (),
    "start": ("start", "memory", "idle"),
    "anew": ("anew",),
    "due": ("fired", "median", "latest", "stall", "peak"),
    "patient": ("fired", "median", "latest", "stall", "peak"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One phase of one design for so many people, its files in a folder."""

    design: str
    phase: str
    size: int
    folder: Path
    idle: float


Run = Callable[[Cell, float], Awaitable[Figures | None]]


@dataclass(frozen=True, slots=True)
class Design:
    """One way to remind people, and its phases in their order."""

    key: str
    name: str
    phases: tuple[str, ...]


DESIGNS = (
    Design("memory", "APScheduler, memory", ("register", "start", "due")),
    Design(
        "stored",
        "APScheduler, SQLAlchemy",
        ("register", "fill", "start", "due", "anew"),
    ),
    Design("queue", "PTB JobQueue.run_daily", ("register", "start", "due")),
    Design(OURS, "Limber", ("register", "start", "due")),
)


async def apart(cell: Cell, limit: float) -> Figures | None:
    """Run a phase in a process of its own; None where it took longer than the limit."""
    if sys.stderr.isatty():
        print(f"{cell.design} {cell.phase} {cell.size:,} ...", file=sys.stderr)
    log = cell.folder / "log"  # where every dropped job of a peer says so
    with log.open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bench.peer_cell", cell.design, cell.phase),
            *(str(cell.size), str(cell.folder), str(cell.idle)),
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
        )
        try:
            told, _ = await asyncio.wait_for(process.communicate(), limit + IMPORTS)
        except TimeoutError:
            return None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    if process.returncode:
        raise RuntimeError(f"{cell}: {log.read_text(errors='replace')[-2000:]}")
    found: Figures = json.loads(told)
    return found


async def measure(
    sizes: Sequence[int] = SIZES,
    *,
    limit: float = LIMIT,
    idle: float = IDLE,
    run: Run = apart,
    extras: bool = True,
) -> list[str]:
    """Return the table as lines; `extras` are the notes that need runs of their own."""
    rows = []
    for size in sizes:
        for design in DESIGNS:
            if design.key == OURS or size <= MOST:
                found = await _phases(design.key, size, design.phases, limit, idle, run)
                rows.append(Row(design.key, design.name, size, found))
    bare = await _phases(OURS, 0, ("register", "start"), limit, idle, run)
    lines = [*_header(limit, idle), "", *peer_report.table(rows, limit), ""]
    lines += peer_report.reached(rows, bare, limit)
    if extras:
        lines += await _extras(sizes, limit, run)
    return lines


async def _phases(
    key: str, size: int, phases: Sequence[str], limit: float, idle: float, run: Run
) -> Found:
    found: dict[str, float | None] = {}
    with tempfile.TemporaryDirectory() as folder:
        for phase in phases:
            cell = Cell(key, phase, size, Path(folder), idle)
            figures = await run(cell, SLOW if key == OURS or phase == "fill" else limit)
            found |= dict.fromkeys(FINDS[phase]) if figures is None else figures
    return found


async def _extras(sizes: Sequence[int], limit: float, run: Run) -> list[str]:
    """Return what a fair reader asks next: no grace, and our registering one by one."""
    size = max((size for size in sizes if size <= MOST), default=min(sizes))
    lines = []
    for design in DESIGNS:
        if design.key != OURS:
            before = ("fill",) if "fill" in design.phases else ()
            found = await _phases(design.key, size, (*before, "patient"), limit, 0, run)
            lines.append(peer_report.patient(Row(design.key, design.name, size, found), limit))
    alone = await _phases(OURS, size, ("alone",), limit, 0, run)
    lines.append(peer_report.alone(alone))
    return lines


def _header(limit: float, idle: float) -> list[str]:
    packages: Mapping[str, str] = {
        name: version(name) for name in ("APScheduler", "python-telegram-bot", "SQLAlchemy")
    }
    python = ".".join(map(str, sys.version_info[:3]))
    return [
        "A reminder a person a day, a job each beside Limber's rows: "
        + ", ".join(f"{name} {number}" for name, number in packages.items())
        + f", Python {python}, {os.cpu_count()} processors,"
        f" load {os.getloadavg()[0]:.1f} at the end.",
        "Registering: the peers one person after the other, as they offer no other way; Limber in"
        " bulk, one transaction (one by one: see below).",
        "Starting: 'stored' opens what the last process left, 'anew' registers everybody again,"
        " which is all a store in memory can do.",
        "Memory is the growth of the process after the start; its peak is that of the due minute."
        f" Idle over {idle:g} s, of one processor.",
        "Due: one person in ten at one moment. Peers have their default misfire grace of 1 s:"
        " what starts later than that is dropped until the next day.",
        "Sending is not in it: a peer's job only notes the time, Limber claims: occurrences are"
        " committed to the disk.",
        f"Every row's register, start and due ran in processes of their own; over {limit:.0f} s"
        " a peer was cut off.",
    ]


async def main() -> None:
    """Print the table for the sizes named."""
    parser = argparse.ArgumentParser(prog="python -m bench.schedulers")
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds for a peer's phase")
    parser.add_argument("--idle", type=float, default=IDLE, help="seconds of doing nothing")
    options = parser.parse_args()
    for line in await measure(options.sizes, limit=options.limit, idle=options.idle):
        print(line)


if __name__ == "__main__":
    asyncio.run(main())

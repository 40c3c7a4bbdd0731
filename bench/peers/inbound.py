"""Taps a second: the bare library, Limber's inbox, and whole taps beside aiogram and grammY."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from bench.peers.contest import Case, contest, installed, line

EACH, ROUNDS = 300, 5
LIBRARY = (sys.executable, "-m", "bench.peers.library_bot")
LIMBER = (sys.executable, "-m", "bench.peers.limber_bot")
WAYS = (
    ("empty handler", "empty"),
    ("one transaction", "write"),
    ("transaction, answer and edit", "tap"),
)
INBOX, DONE = "Limber's inbox, empty handler", "Limber, a tap on Done as it is"


async def measure(each: int = EACH, rounds: int = ROUNDS) -> list[str]:
    """Return the figures as lines."""
    peers, lines = await installed()
    cases = [Case(INBOX, LIMBER, "empty", taps=True), Case(DONE, LIMBER, "tap", taps=True)]
    for name, command in {"bare library": LIBRARY, **peers}.items():
        cases += [Case(f"{name}, {said}", command, way, taps=True) for said, way in WAYS]
    with tempfile.TemporaryDirectory() as folder:
        found = await contest(cases, each, rounds, Path(folder))
    lines += [line(one, each) for one in found.values()]
    asked = found["bare library, one transaction"].rate(each)
    return [
        *lines,
        "of the bare library's taps, less the cost of one transaction:"
        f" {found[INBOX].rate(each) / asked:.2f} times in the inbox,"
        f" {found[DONE].rate(each) / asked:.2f} times whole",
    ]


async def main() -> None:
    """Print the figures."""
    for one in await measure():
        print(one)


if __name__ == "__main__":
    asyncio.run(main())

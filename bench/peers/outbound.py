"""Messages a second: bare, and with an outbox noted alone or together, beside the peers."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from bench.peers.contest import Case, contest, installed, line

EACH, ROUNDS = 500, 5
LIBRARY = (sys.executable, "-m", "bench.peers.library_bot")
LIMBER = (sys.executable, "-m", "bench.peers.limber_bot")
WAYS = (("bare", "bare"), ("each noted by itself", "alone"), ("noted together", "together"))


async def measure(each: int = EACH, rounds: int = ROUNDS) -> list[str]:
    """Return the figures as lines."""
    peers, lines = await installed()
    cases = [
        Case("library as installed, bare", LIBRARY, "bare", taps=False),
        Case("Limber's request class, bare", LIMBER, "bare", taps=False),
        Case("Limber's reminders: claimed, read, sent, noted", LIMBER, "together", taps=False),
    ]
    for name, command in peers.items():
        cases += [Case(f"{name}, {said}", command, way, taps=False) for said, way in WAYS]
    with tempfile.TemporaryDirectory() as folder:
        found = await contest(cases, each, rounds, Path(folder))
    lines += [line(one, each) for one in found.values()]
    ours = found[cases[2].name]
    for name in peers:
        theirs = found[f"{name}, noted together"]
        lines.append(
            f"Limber's reminders beside {name}, both noted together:"
            f" {ours.rate(each) / theirs.rate(each):.2f} times as many a second,"
            f" {ours.cost(each) / theirs.cost(each):.2f} times the processor time"
        )
    return lines


async def main() -> None:
    """Print the figures."""
    for one in await measure():
        print(one)


if __name__ == "__main__":
    asyncio.run(main())

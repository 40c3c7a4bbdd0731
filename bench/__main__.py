"""Prints every figure: `make bench`."""

from __future__ import annotations

import asyncio

from bench import (
    answers,
    load,
    millions,
    personal,
    pictures,
    recaps,
    replicas,
    schedulers,
    sounds,
    startup,
    steps,
    taps,
)
from bench.peers import inbound, outbound
from bot import logs


async def main() -> None:
    """Run the benchmarks one after the other; only what goes wrong is told beside their figures."""
    logs.configure("ERROR", "text")
    measured = (
        *(startup, answers, taps, steps, personal, pictures, sounds, recaps),
        *(outbound, inbound, replicas, millions, load, schedulers),  # the longest come last
    )
    for part in measured:
        for line in await part.measure():
            print(line, flush=True)


if __name__ == "__main__":
    asyncio.run(main())

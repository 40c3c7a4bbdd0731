"""How long pictures take, and what memory: beside the same clip with every figure drawn anew."""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

from bot.domain.drawing import Clip
from bot.domain.script import Timing
from bot.pictures import clip as clips
from bot.pictures.draw import draw
from bot.views import pictures
from content.loader import load, packaged

TIMES = 5
HOLD = Timing(seconds=30, phases=(("in", 4.0), ("out", 6.0)), side="R")
SHOWN = ("kneeling-hip-flexor-stretch", "psoas-box-stretch", "side-lying-quad-stretch")


async def measure() -> list[str]:
    """Return the figures as lines; each part in a process of its own, for its memory."""
    ours, anew = [await _apart(kept) for kept in (clips.KEPT, 1)]
    return [
        f"card: median {ours['card']:.0f} ms, slowest {ours['slowest']:.0f} ms ({ours['name']})",
        f"clip of a 30 s hold: {ours['clip']:.2f} s, {ours['kilobytes']:.0f} kB at most",
        f"the same, no drawn figure kept: {anew['clip']:.2f} s",
        f"ratio: {ours['clip'] / anew['clip']:.2f}",
        f"memory at the peak: {ours['memory']:.0f} MB; none kept: {anew['memory']:.0f} MB",
    ]


async def _apart(kept: int) -> dict[str, float]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.pictures", str(kept)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    said, _ = await process.communicate()
    found: dict[str, float] = json.loads(said)
    return found


def _figures() -> dict[str, object]:
    import resource

    entries = load(packaged()).exercises
    cards = {}
    for key, entry in entries.items():
        picture = pictures.card(entry, {})
        if picture is not None:
            cards[key] = min(_took(partial(draw, picture.drawing)) for _ in range(TIMES))
    holds = [Clip(pictures.figure(entries[key]), HOLD) for key in SHOWN]
    name = max(cards, key=lambda key: cards[key])
    return {
        "card": 1000 * statistics.median(cards.values()),
        "slowest": 1000 * cards[name],
        "name": name,
        "clip": statistics.median(_took(partial(draw, hold)) for hold in holds),
        "kilobytes": max(len(draw(hold)) for hold in holds) / 1000,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _took(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    clips.KEPT = int(sys.argv[1])
    print(json.dumps(_figures()))

"""One phase of one design in a process of its own: `python -m bench.peer_cell DESIGN PHASE ...`."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from bench.peer_gauges import Figures


def phases(design: str, size: int, folder: Path, seconds: float) -> Any:
    """Return the phases of a design; only what it needs is imported, so that memory is its own."""
    if design == "limber":
        from bench import peer_limber

        return peer_limber.Phases(size, folder, seconds)
    from bench import peer_jobs

    return peer_jobs.Phases(_jobs(design), size, folder, seconds)


def _jobs(design: str) -> Any:
    if design == "queue":
        from bench.peer_jobqueue import QueuedJobs

        return QueuedJobs
    from bench import peer_apscheduler

    return {"memory": peer_apscheduler.MemoryJobs, "stored": peer_apscheduler.StoredJobs}[design]


async def run(design: str, phase: str, size: int, folder: Path, seconds: float) -> Figures:
    """Run one phase here; return its figures: seconds, megabytes, percent, counts."""
    found: Figures = await getattr(phases(design, size, folder, seconds), phase)()
    return found


def main() -> None:
    """Print the figures as JSON."""
    design, phase, size, folder, seconds = sys.argv[1:]
    figures = asyncio.run(run(design, phase, int(size), Path(folder), float(seconds)))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()

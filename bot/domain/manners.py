"""How reminders behave: what may be chosen of it, and what may be wished for after quiet days."""

from __future__ import annotations

from datetime import time
from enum import StrEnum


class Wish(StrEnum):
    """What a person may want to change when reminders went by for days."""

    OTHER_TIME = "time"
    SHORTER = "shorter"
    PAUSE = "pause"
    STOP = "stop"


QUIET_HOURS = ((time(22), time(7)), (time(21), time(8)))
REPEATS = (30, 60)  # minutes
DAY_ENDS = (time(0), time(3), time(4))
PAUSES = (3, 7, 14)  # days


def pack_hours(quiet: tuple[time, time] | None) -> str:
    """Return quiet hours in few signs: 2200-0700, or "off"."""
    return "-".join(f"{at:%H%M}" for at in quiet) if quiet else "off"


def read_hours(packed: str) -> tuple[time, time] | None:
    """Read quiet hours back; raises ValueError where it is none that are offered."""
    offered = {pack_hours(quiet): quiet for quiet in (None, *QUIET_HOURS)}
    if packed not in offered:
        raise ValueError(packed)
    return offered[packed]

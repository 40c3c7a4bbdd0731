"""How the steps of a routine reach a person."""

from __future__ import annotations

from enum import StrEnum


class Pace(StrEnum):
    """How steps arrive."""

    BUTTON = "button"  # the next one comes when the person taps
    HANDS_FREE = "hands_free"  # the next one comes by itself when its time has come
    SPREAD = "spread"  # through the day: some of them at each of several set times

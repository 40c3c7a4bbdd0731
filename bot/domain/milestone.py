"""What is worth a word of joy: reached once, never paid for, never taken away."""

from __future__ import annotations

from enum import StrEnum


class Milestone(StrEnum):
    """What a person reached."""

    FIRST = "first"  # the first whole routine
    BACK = "back"  # a whole routine after a long time away
    STREAK_7 = "streak_7"
    STREAK_30 = "streak_30"
    STREAK_100 = "streak_100"
    STREAK_365 = "streak_365"
    SESSIONS_10 = "sessions_10"
    SESSIONS_50 = "sessions_50"
    SESSIONS_100 = "sessions_100"
    SESSIONS_500 = "sessions_500"

"""What is worth a word of joy: reached once, never paid for, never taken away."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

# Away so long, a return is an achievement (wger rewards a comeback after as many days).
LONG_AWAY = timedelta(days=30)


class Milestone(StrEnum):
    """What a person reached, the greater the later."""

    SESSIONS_10 = "sessions_10"
    STREAK_7 = "streak_7"
    SESSIONS_50 = "sessions_50"
    STREAK_30 = "streak_30"
    SESSIONS_100 = "sessions_100"
    STREAK_100 = "streak_100"
    STREAK_365 = "streak_365"
    SESSIONS_500 = "sessions_500"
    BACK = "back"  # a whole routine after a long time away
    FIRST = "first"  # the first whole routine


_STREAKS = {
    7: Milestone.STREAK_7,
    30: Milestone.STREAK_30,
    100: Milestone.STREAK_100,
    365: Milestone.STREAK_365,
}
_SESSIONS = {
    10: Milestone.SESSIONS_10,
    50: Milestone.SESSIONS_50,
    100: Milestone.SESSIONS_100,
    500: Milestone.SESSIONS_500,
}


def reached(done: int, streak: int, away: timedelta | None) -> frozenset[Milestone]:
    """Return what somebody reached who finished so many routines and keeps such a streak of days.

    `away` is how long they had finished none, None before the first.
    """
    found = {one for days, one in _STREAKS.items() if streak >= days}
    found |= {one for count, one in _SESSIONS.items() if done >= count}
    if away is None:
        found.add(Milestone.FIRST)
    elif away >= LONG_AWAY:
        found.add(Milestone.BACK)
    return frozenset(found)

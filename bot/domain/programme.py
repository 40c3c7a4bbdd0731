"""Which day of a programme comes next: one a day, and after a break the last one again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta


def day_number(finished: Iterable[tuple[int, date]], today: date, days: int) -> int:
    """Return the number, from 1, of the day of a programme that `today` brings.

    `finished` are numbers and dates of the days that were done, in the order they were done. The
    day after a day brings the next; a missed day brings the last one again (facts, section 7:
    restart at the previous step); after the last day that one stays.
    """
    done_days = list(finished)
    if not done_days:
        return 1
    number, done = done_days[-1]
    following = number + 1 if today - done == timedelta(days=1) else number
    return min(max(following, 1), days)

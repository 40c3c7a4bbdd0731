"""Which day of a programme comes next: one a day, and after a break the last one again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta


def day_number(
    finished: Iterable[tuple[int, date]], today: date, days: int, planned: Collection[int]
) -> int:
    """Return the number, from 1, of the day of a programme that `today` brings.

    `finished` are numbers and dates of the days that were done, in the order they were done;
    `planned` the weekdays somebody practises on, Monday being 0. Another day brings the next;
    after a planned day that was missed the last one comes again (facts, section 7: restart at the
    previous step); after the last day that one stays.
    """
    done_days = list(finished)
    if not done_days:
        return 1
    number, done = done_days[-1]
    between = ((done + timedelta(days=gap)).weekday() for gap in range(1, (today - done).days))
    missed = any(weekday in planned for weekday in between)
    following = number + 1 if today > done and not missed else number
    return min(max(following, 1), days)

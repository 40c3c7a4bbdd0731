"""Stretches of the local day in which a reminder fires: every so often, or at random moments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from random import Random

from bot.domain.local_time import DAY

MINUTE = timedelta(minutes=1)

SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(hours=12)

MOST_MOMENTS = 24


@dataclass(frozen=True, slots=True)
class Window:
    """Every so often from `start` to `end`, on the local clock, `end` included where it is hit.

    An `end` before `start` lies on the next date, and the whole window belongs to the day on
    which it starts; an `end` equal to `start` means around the clock. `every` is whole minutes
    from 15 minutes to 12 hours; anything else is a ValueError.
    """

    start: time
    end: time
    every: timedelta

    def __post_init__(self) -> None:
        if not SHORTEST <= self.every <= LONGEST or self.every % MINUTE:
            raise ValueError(f"a window cannot fire every {self.every}")
        check_minutes(self.start, self.end)

    def offsets(self) -> Iterator[timedelta]:
        """Yield how long after midnight the clock shows each time, less than two days."""
        offset = since_midnight(self.start)
        last = offset + length(self.start, self.end)
        if self.end == self.start:
            last -= MINUTE
        while offset <= last:
            yield offset
            offset += self.every


@dataclass(frozen=True, slots=True)
class Scatter:
    """`count` random moments a day from `start` to `end`, spread out and drawn once a day.

    The window is cut into `count` equal parts and each moment drawn from the middle half of its
    part, so two never lie closer than half a part. The same `seed` and day give the same moments:
    what was drawn stays, whatever is restarted. Less than 15 minutes a part, or more than 24
    moments, is a ValueError. `start` and `end` are as in a `Window`.
    """

    start: time
    end: time
    count: int
    seed: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MOST_MOMENTS or self._part < SHORTEST:
            raise ValueError(f"no room for {self.count} moments from {self.start} to {self.end}")
        check_minutes(self.start, self.end)

    @property
    def _part(self) -> timedelta:
        return length(self.start, self.end) / self.count

    def offsets(self, day: date) -> tuple[timedelta, ...]:
        """Return how long after midnight of `day` each moment is, whole minutes, in order."""
        return _drawn(self, day)


@lru_cache(maxsize=4096)
def _drawn(scatter: Scatter, day: date) -> tuple[timedelta, ...]:
    # Told apart by nothing but its seed and the day: no state to lose.
    chance = Random(f"{scatter.seed}:{day.isoformat()}")  # noqa: S311 - not for secrets
    part = length(scatter.start, scatter.end) / scatter.count
    first = since_midnight(scatter.start)
    places = (number + 0.25 + chance.random() / 2 for number in range(scatter.count))
    return tuple(first + part * place // MINUTE * MINUTE for place in places)


def length(start: time, end: time) -> timedelta:
    """Return how long it is on the clock from `start` to `end`; a day where they are the same."""
    return (since_midnight(end) - since_midnight(start)) % DAY or DAY


def holds(start: time, end: time, at: time) -> bool:
    """Return whether `at` lies in [start, end) on the clock, past midnight too."""
    return (since_midnight(at) - since_midnight(start)) % DAY < length(start, end)


def since_midnight(at: time) -> timedelta:
    """Return how long after midnight the clock shows `at`, to the minute."""
    return timedelta(hours=at.hour, minutes=at.minute)


def time_of(offset: timedelta) -> time:
    """Return what the clock shows so long after midnight, on whichever date."""
    hour, minute = divmod(offset % DAY // MINUTE, 60)
    return time(hour, minute)


def check_minutes(*times: time) -> None:
    """Raise ValueError for a time that is no whole minute of a local clock."""
    for at in times:
        if at.tzinfo or at.second or at.microsecond:
            raise ValueError(f"not a whole minute of the local clock: {at!r}")

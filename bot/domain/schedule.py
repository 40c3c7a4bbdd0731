"""When a reminder fires: a rule in wall-clock times, and the UTC moments it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import takewhile
from zoneinfo import ZoneInfo

from bot.domain.local_time import DAY, instant
from bot.domain.windows import Scatter, Window, check_minutes, since_midnight, time_of

EVERY_DAY = frozenset(range(7))  # Monday is 0

RAREST = 366  # days between two days of a rule at most


@dataclass(frozen=True, slots=True)
class Rule:
    """Wall-clock times, a window's times or random moments, on the days that count.

    A day counts when its weekday (0 is Monday) is among `weekdays`, it lies within `starts` and
    `ends` (local dates, both included), and it is a multiple of `every_days` after `starts`.
    What fires past midnight belongs to the day before. Times are whole minutes, kept sorted and
    without doubles. A rule without times, window and scatter never fires. ValueError: no weekday,
    a time with seconds, an end before the start, `every_days` without `starts` or outside 1 to
    366, or days that never come.
    """

    times: tuple[time, ...] = ()
    weekdays: frozenset[int] = EVERY_DAY
    window: Window | None = None
    scatter: Scatter | None = None
    every_days: int = 1
    starts: date | None = None
    ends: date | None = None

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= EVERY_DAY:
            raise ValueError(f"no such weekdays: {set(self.weekdays)}")
        check_minutes(*self.times)
        object.__setattr__(self, "times", tuple(sorted(set(self.times))))
        if self.starts and self.ends and self.ends < self.starts:
            raise ValueError(f"the end {self.ends} is before the start {self.starts}")
        if not 1 <= self.every_days <= RAREST or (self.every_days > 1 and not self.starts):
            raise ValueError(f"not a distance between days: {self.every_days}")
        if self.starts and not any(
            (self.starts + turn * self.every_days * DAY).weekday() in self.weekdays
            for turn in range(7)
        ):
            raise ValueError("such a day never comes")

    def counts(self, day: date) -> bool:
        """Return whether the rule fires on this local date."""
        if day.weekday() not in self.weekdays or (self.ends and day > self.ends):
            return False
        if self.starts is None:
            return True
        return day >= self.starts and (day - self.starts).days % self.every_days == 0

    def times_of_day(self) -> tuple[time, ...]:
        """Return every fixed wall-clock time at which the rule fires, sorted from midnight on."""
        return tuple(sorted({time_of(offset) for offset in _fixed(self)}))

    def offsets(self, day: date) -> tuple[timedelta, ...]:
        """Return how long after midnight of `day` the rule fires, sorted; () where it does not."""
        if not self.counts(day):
            return ()
        if self.scatter is None:
            return _fixed(self)
        return tuple(sorted({*_fixed(self), *self.scatter.offsets(day)}))


@lru_cache(maxsize=4096)
def _fixed(rule: Rule) -> tuple[timedelta, ...]:
    inside = rule.window.offsets() if rule.window else ()
    return tuple(sorted({*map(since_midnight, rule.times), *inside}))


def next_fire(rule: Rule, after: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the first UTC moment strictly after `after` when `rule` fires in `zone`.

    None where it never fires again. Several times inside one daylight-saving gap fire once.
    """
    return next(fires_after(rule, after, zone), None)


def fires(rule: Rule, after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield, in order and without doubles, the UTC moments in (after, until] when `rule` fires."""
    return takewhile(lambda moment: moment <= until, fires_after(rule, after, zone))


def fires_after(rule: Rule, after: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield, in order and without doubles, the UTC moments after `after` when `rule` fires."""
    latest = after
    for day, at in _wall_times(rule, after.astimezone(zone).date()):
        moment = instant(day, at, zone)
        if moment > latest:
            latest = moment
            yield moment


def _wall_times(rule: Rule, day: date) -> Iterator[tuple[date, time]]:
    """Yield local dates and times in the order of the clock, from `day` on."""
    if not (rule.times or rule.window or rule.scatter):
        return
    day = max(day, rule.starts or day)
    left = rule.offsets(day - DAY)  # of these, what lies past midnight falls on `day`
    while not rule.ends or day <= rule.ends + DAY:
        own = rule.offsets(day)
        if left and left[-1] >= DAY:
            past = {offset - DAY for offset in left if offset >= DAY}
            today = sorted(past.union(offset for offset in own if offset < DAY))
        else:
            today = [offset for offset in own if offset < DAY]
        yield from ((day, time_of(offset)) for offset in today)
        left = own
        day += DAY

"""When a reminder fires: a rule in wall-clock times, and the UTC moments it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import Any, Self
from zoneinfo import ZoneInfo

from bot.domain.local_time import DAY, instant

EVERY_DAY = frozenset(range(7))  # Monday is 0

SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(hours=12)

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Window:
    """Every so often from `start` to `end`, on the local clock, `end` included where it is hit.

    An `end` before `start` lies on the next date, and the whole window belongs to the weekday on
    which it starts; an `end` equal to `start` means around the clock. `every` is whole minutes
    from 15 minutes to 12 hours; anything else is a ValueError.
    """

    start: time
    end: time
    every: timedelta

    def __post_init__(self) -> None:
        if not SHORTEST <= self.every <= LONGEST or self.every % MINUTE:
            raise ValueError(f"a window cannot fire every {self.every}")
        _check_minutes(self.start, self.end)

    def offsets(self) -> Iterator[timedelta]:
        """Yield how long after midnight the clock shows each time, less than two days."""
        offset, last = _since_midnight(self.start), _since_midnight(self.end)
        if self.end < self.start:
            last += DAY
        elif self.end == self.start:
            last += DAY - MINUTE
        while offset <= last:
            yield offset
            offset += self.every


@dataclass(frozen=True, slots=True)
class Rule:
    """Wall-clock `times` and the times of a `window`, on `weekdays` (0 is Monday).

    Times are whole minutes, kept sorted and without doubles. No weekday at all, a weekday outside
    0 to 6 or a time with seconds is a ValueError; a rule without times and window never fires.
    """

    times: tuple[time, ...] = ()
    weekdays: frozenset[int] = EVERY_DAY
    window: Window | None = None

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= EVERY_DAY:
            raise ValueError(f"no such weekdays: {set(self.weekdays)}")
        _check_minutes(*self.times)
        object.__setattr__(self, "times", tuple(sorted(set(self.times))))

    def times_of_day(self) -> tuple[time, ...]:
        """Return every wall-clock time at which the rule fires, sorted from midnight on."""
        return tuple(sorted({_time_of(offset % DAY) for offset in self.offsets()}))

    def offsets(self) -> tuple[timedelta, ...]:
        """Return how long after midnight of a chosen weekday the rule fires, sorted."""
        inside = self.window.offsets() if self.window else ()
        return tuple(sorted({*map(_since_midnight, self.times), *inside}))

    def to_dict(self) -> dict[str, Any]:
        """Return the rule in JSON's own types; `from_dict` reads it back."""
        window = self.window
        return {
            "times": [f"{at:%H:%M}" for at in self.times],
            "weekdays": sorted(self.weekdays),
            "window": window
            and {
                "start": f"{window.start:%H:%M}",
                "end": f"{window.end:%H:%M}",
                "every_minutes": window.every // MINUTE,
            },
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Return the rule that `to_dict` wrote; a mapping of another shape is a ValueError."""
        try:
            window = stored["window"]
            return cls(
                tuple(time.fromisoformat(at) for at in stored["times"]),
                frozenset(stored["weekdays"]),
                None if window is None else _stored_window(window),
            )
        except (KeyError, TypeError, OverflowError) as error:
            raise ValueError(f"not a stored rule: {stored!r}") from error


def _stored_window(stored: Mapping[str, Any]) -> Window:
    return Window(
        time.fromisoformat(stored["start"]),
        time.fromisoformat(stored["end"]),
        timedelta(minutes=stored["every_minutes"]),
    )


def next_fire(rule: Rule, after: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the first UTC moment strictly after `after` when `rule` fires in `zone`.

    None where the rule has no times. Several times inside one daylight-saving gap fire once.
    """
    return next(_fires_after(rule, after, zone), None)


def fires(rule: Rule, after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield, in order and without doubles, the UTC moments in (after, until] when `rule` fires."""
    return takewhile(lambda moment: moment <= until, _fires_after(rule, after, zone))


def _fires_after(rule: Rule, after: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    latest = after
    for day, at in _wall_times(rule, after.astimezone(zone).date()):
        moment = instant(day, at, zone)
        if moment > latest:
            latest = moment
            yield moment


def _wall_times(rule: Rule, day: date) -> Iterator[tuple[date, time]]:
    """Yield local dates and times in the order of the clock, from `day` on, without end."""
    offsets = rule.offsets()
    while offsets:
        yield from ((day, at) for at in _times_on(day, offsets, rule.weekdays))
        day += DAY


def _times_on(day: date, offsets: Iterable[timedelta], weekdays: frozenset[int]) -> list[time]:
    """Return what falls on `day`: its own times, and what the day before left past midnight."""
    own = {offset for offset in offsets if offset < DAY and day.weekday() in weekdays}
    before = (day.weekday() - 1) % 7
    left = {offset - DAY for offset in offsets if offset >= DAY and before in weekdays}
    return [_time_of(offset) for offset in sorted(own | left)]


def _check_minutes(*times: time) -> None:
    for at in times:
        if at.tzinfo or at.second or at.microsecond:
            raise ValueError(f"not a whole minute of the local clock: {at!r}")


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)


def _time_of(offset: timedelta) -> time:
    hour, minute = divmod(offset // MINUTE, 60)
    return time(hour, minute)

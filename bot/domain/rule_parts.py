"""The parts of one typed rule, and the rules they make together or why they make none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from bot.domain.local_time import DAY
from bot.domain.range_words import WEEK, Bound, Distance
from bot.domain.scatter_words import Count
from bot.domain.schedule import EVERY_DAY, Rule
from bot.domain.typed_text import NotUnderstood, Reason
from bot.domain.weekday_words import Weekdays
from bot.domain.windows import Scatter, Window

# The window of an interval for which none was typed.
DAYTIME = (time(9), time(18))

MOST_TIMES = 24


@dataclass(slots=True)
class Parts:
    """What was typed of one rule."""

    times: list[time] = field(default_factory=list)
    weekdays: Weekdays = field(default_factory=Weekdays)
    every: timedelta | None = None
    count: Count | None = None
    ends: tuple[time, time] | None = None
    distance: Distance | None = None
    starts: date | None = None
    until: date | None = None
    lasts: int | None = None
    days_first: bool | None = None  # whether days or times were named first

    @property
    def complete(self) -> bool:
        """Return whether both days and something about times were named."""
        return bool(self.weekdays.named and (self.times or self.every or self.count or self.ends))

    def bind(self, bound: Bound) -> bool:
        """Take one end of the range; False where that end was named already."""
        if bound.starts and not self.starts:
            self.starts = bound.starts
        elif bound.ends and not (self.until or self.lasts):
            self.until = bound.ends
        elif bound.lasts and not (self.until or self.lasts):
            self.lasts = bound.lasts
        else:
            return False
        return True

    def take_in(self, other: Parts, text: str) -> None:
        """Take what a group without days says about times and dates; NotUnderstood if both do."""
        for name in ("every", "count", "ends", "distance", "starts", "until", "lasts"):
            if getattr(other, name) is None:
                continue
            if getattr(self, name) is not None:
                raise NotUnderstood(Reason.SEVERAL_RULES, text)
            setattr(self, name, getattr(other, name))
        self.times += other.times


def check_several(groups: Sequence[Parts], text: str) -> None:
    """Refuse several rules in one line where it is not plain which days each of them has."""
    seen = set[int]()
    for group in groups:
        dated = group.distance or group.starts or group.until or group.lasts
        if not group.complete or dated or group.weekdays.excepted - group.weekdays.named:
            raise NotUnderstood(Reason.UNCLEAR, text)
        if seen & group.weekdays.meant():
            raise NotUnderstood(Reason.SAME_DAY, text)
        seen |= group.weekdays.meant()


def whole(parts: Parts, today: date, text: str) -> tuple[Rule, ...]:
    """Return the rules; NotUnderstood for a text that says only half of one, or too much."""
    _check(parts, text)
    window = Window(*(parts.ends or DAYTIME), parts.every) if parts.every else None
    rule = Rule(tuple(parts.times), parts.weekdays.meant(), window, _scatter(parts, text))
    rules = _dated(rule, parts, today, text)
    if not all(_comes(each, today) for each in rules):
        raise NotUnderstood(Reason.NEVER, text)
    return rules


def _comes(rule: Rule, today: date) -> bool:
    """Return whether a day of the rule is left, today among them."""
    if rule.ends is None:
        return True
    first = max(rule.starts or today, today)
    return any(rule.counts(first + ahead * DAY) for ahead in range((rule.ends - first).days + 1))


def _check(parts: Parts, text: str) -> None:
    if parts.ends and not (parts.every or parts.count):
        raise NotUnderstood(Reason.NO_INTERVAL, text)
    if (parts.every or parts.count) and parts.times and not parts.ends:
        raise NotUnderstood(Reason.HALF_WINDOW, text)
    if parts.count and not (parts.ends or parts.count.random):
        raise NotUnderstood(Reason.NO_WINDOW, text)
    if not (parts.times or parts.every or parts.count):
        raise NotUnderstood(Reason.NO_TIME, text)
    if len(set(parts.times)) > MOST_TIMES:
        raise NotUnderstood(Reason.TOO_MANY, text)
    if not parts.weekdays.meant():
        raise NotUnderstood(Reason.NO_WEEKDAY, text)


def _scatter(parts: Parts, text: str) -> Scatter | None:
    if parts.count is None:
        return None
    try:
        return Scatter(*(parts.ends or DAYTIME), parts.count.moments)
    except ValueError as refused:
        raise NotUnderstood(Reason.NO_ROOM, text) from refused


def _dated(rule: Rule, parts: Parts, today: date, text: str) -> tuple[Rule, ...]:
    """Return the rule on its days: every so many, and between its dates."""
    starts = parts.starts or (today if parts.lasts else None)
    ends = parts.until
    if parts.lasts and starts:
        ends = starts + (parts.lasts - 1) * DAY
    if ends and ends < (starts or today):
        raise NotUnderstood(Reason.RANGE if starts else Reason.PAST, text)
    distance = parts.distance
    every = distance.days if distance else 1
    if distance and distance.weeks and every == WEEK and parts.weekdays.named:
        every = 1  # "every week on Monday" is every Monday
    if every == 1:
        return (_bounded(rule, 1, starts, ends),)
    starts = starts or today
    if not parts.weekdays.named and not parts.weekdays.excepted:
        return (_bounded(rule, every, starts, ends),)
    if distance is None or not distance.weeks or parts.weekdays.excepted:
        raise NotUnderstood(Reason.DISTANCE, text)
    return tuple(
        _bounded(rule, every, first, ends, frozenset({first.weekday()}))
        for first in _same_week(starts, rule.weekdays)
        if not ends or first <= ends
    )


def _same_week(starts: date, weekdays: frozenset[int]) -> list[date]:
    """Return the dates of these weekdays in the first calendar week that has all of them left."""
    monday = starts - starts.weekday() * DAY
    if min(weekdays) < starts.weekday():
        monday += WEEK * DAY
    return [monday + day * DAY for day in sorted(weekdays)]


def _bounded(
    rule: Rule,
    every: int,
    starts: date | None,
    ends: date | None,
    weekdays: frozenset[int] | None = None,
) -> Rule:
    days = EVERY_DAY if weekdays is None and every > 1 else weekdays or rule.weekdays
    return Rule(rule.times, days, rule.window, rule.scatter, every, starts, ends)

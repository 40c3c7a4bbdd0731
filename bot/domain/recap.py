"""How a week went, as the weekly recap tells it; when the recap comes, and when it is of use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.calendar import Mark
from bot.domain.person import Someone
from bot.domain.progress import KEPT, Tightness, mean
from bot.domain.proposal import Offered
from bot.domain.schedule import Rule
from bot.domain.sides import Ease, Stiffer, said
from bot.domain.step import Side

WEEK = 7  # days
SUNDAY = 6
USUAL = Rule((time(18),), frozenset({SUNDAY}))

# Times that are offered by button; any other is typed.
HOURS = (time(9), time(18), time(20))

PLANNED = KEPT | {Mark.SKIPPED, Mark.MISSED}

LATELY = timedelta(weeks=4)  # sessions of so long ago say which time of day is best
FEW = 3  # sessions in one part of the day that make it worth a word
ROUND = 10  # minutes: how exactly the best time is told


class DayPart(StrEnum):
    """A part of the day."""

    NIGHT = "night"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


# From which hour on each part lasts; the night past midnight is that of the evening before.
_BEGINS = (
    (22, DayPart.NIGHT),
    (17, DayPart.EVENING),
    (12, DayPart.AFTERNOON),
    (5, DayPart.MORNING),
)


@dataclass(frozen=True, slots=True)
class Best:
    """When somebody practised most often lately: the part of the day, and about which time."""

    part: DayPart
    around: time


@dataclass(frozen=True, slots=True)
class Tight:
    """How tight they felt, 0 to 10: the means over the days on which they told both."""

    before: float
    after: float
    days: int


@dataclass(frozen=True, slots=True)
class Uneven:
    """In how many exercises each side felt stiffer."""

    left: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week of a person, up to and with the `last` of its practice days.

    The score is in percent at its end and before it; None where nothing counted so far.
    """

    first: date
    last: date
    kept: int = 0  # days
    planned: int = 0  # days, those that were kept among them
    score: tuple[int, int] | None = None  # before the week, and at its end
    best: Best | None = None
    sided: Uneven | None = None
    tight: Tight | None = None
    sessions: int = 0  # in which something was done
    minutes: int = 0

    @property
    def empty(self) -> bool:
        """Return whether nothing was planned and nothing done."""
        return not (self.planned or self.sessions)

    @property
    def idle(self) -> bool:
        """Return whether nothing was done, planned or not."""
        return not (self.kept or self.sessions)


@dataclass(frozen=True, slots=True)
class Told:
    """What a recap tells: the week, and one change that it offers, if any."""

    week: Week
    offered: Offered | None = None


@dataclass(frozen=True, slots=True)
class Arranged:
    """When a person's recap comes, and whether it does; `next_at` is None while all rests."""

    rule: Rule
    on: bool
    next_at: datetime | None
    person: Someone
    now: datetime


def span(today: date, ends_on: int) -> tuple[date, date]:
    """Return the first day of the running week and today; weeks end on a weekday, 0 is Monday.

    On that weekday itself it is the whole week.
    """
    return today - timedelta(days=(today.weekday() - ends_on - 1) % WEEK), today


def counted(marks: Iterable[Mark]) -> tuple[int, int]:
    """Return on how many days the routine was kept, and on how many it was planned.

    A day that is not over yet, rest, and what was our fault are no planned days.
    """
    found = list(marks)
    return sum(mark in KEPT for mark in found), sum(mark in PLANNED for mark in found)


def best_time(began: Iterable[time]) -> Best | None:
    """Return when somebody practises most often, from the local times at which they began.

    Only where one part of the day has several; of equals the one that came first.
    """
    parts: dict[DayPart, list[int]] = defaultdict(list)
    for at in began:
        parts[_part(at)].append(_minutes_since_noon(at))
    most = max(parts, key=lambda part: len(parts[part]), default=None)
    if most is None or len(parts[most]) < FEW:
        return None
    ordered = sorted(parts[most])
    middle = round(ordered[len(ordered) // 2] / ROUND) * ROUND + 12 * 60
    return Best(most, time(middle // 60 % 24, middle % 60))


def _part(at: time) -> DayPart:
    return next((part for hour, part in _BEGINS if at.hour >= hour), DayPart.NIGHT)


def _minutes_since_noon(at: time) -> int:
    """Return the minutes since noon, so that the night is in one piece."""
    return (at.hour * 60 + at.minute - 12 * 60) % (24 * 60)


def tightness(days: Iterable[Tightness]) -> Tight | None:
    """Return the means over the days on which they told both, before and after; None without."""
    both = [one for one in days if one.before is not None and one.after is not None]
    found = mean(both)
    if found.before is None or found.after is None:
        return None
    return Tight(found.before, found.after, len(both))


def sides(felt: Mapping[str, Mapping[Side, Ease]]) -> Uneven | None:
    """Return in how many exercises each side felt stiffer; None where none did."""
    found = [said(each) for each in felt.values()]
    told = Uneven(found.count(Stiffer.LEFT), found.count(Stiffer.RIGHT))
    return told if told.left or told.right else None


def with_day(rule: Rule, day: int) -> Rule:
    """Return a recap's rule on another weekday, 0 is Monday."""
    return Rule(rule.times, frozenset({day}))


def with_time(rule: Rule, at: time) -> Rule:
    """Return a recap's rule at another local time."""
    return Rule((at,), rule.weekdays)


def weekday(rule: Rule) -> int:
    """Return the weekday on which a recap comes, 0 is Monday."""
    return min(rule.weekdays)


def typed(rules: Sequence[Rule], now: Rule) -> Rule | None:
    """Return the recap's rule that a typed schedule means; None where it means something else.

    A time alone keeps the weekday of the rule as it is `now`.
    """
    if len(rules) != 1:
        return None
    (rule,) = rules
    plain = Rule(rule.times, rule.weekdays)
    if rule != plain or len(rule.times) != 1:
        return None
    if len(rule.weekdays) == WEEK:
        return with_time(now, rule.times[0])
    return rule if len(rule.weekdays) == 1 else None

"""A reminder that is being put together by buttons: a value that fits into a button."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zlib import crc32
from zoneinfo import ZoneInfo

from bot.domain.local_time import DAY
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import EVERY_DAY, Rule, next_fire
from bot.domain.windows import MINUTE, Scatter, Window, since_midnight, time_of

MOST_TIMES = 12  # more would not fit into a button; they can be typed
MOST_DAYS = 9

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_CODE = re.compile(r"([rpm])([ter])([\w-]{4})?\.([0-7][0-9a-f])([1-9])\.((?:[\w-]{2})*)", re.ASCII)


class Form(StrEnum):
    """When on its days a reminder comes."""

    TIMES = "t"  # at set times
    EVERY = "e"  # every so often within a window
    RANDOM = "r"  # at random moments within a window


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was chosen so far; it may still lack a time or a day.

    `practice` is the `mark` of a practice, "" for a routine and
    its movements. `every` is whole minutes. What
    belongs to another form than `form` is at its default.
    """

    kind: ReminderKind = ReminderKind.ROUTINE
    practice: str = ""
    form: Form = Form.TIMES
    times: frozenset[time] = frozenset()
    start: time = time(9)
    end: time = time(18)
    every: int = 120
    count: int = 3
    weekdays: frozenset[int] = EVERY_DAY
    every_days: int = 1

    @property
    def code(self) -> str:
        """Return it in few letters, for a button: "rt.7f1.72" is the routine, daily at 07:30."""
        days = sum(1 << day for day in self.weekdays)
        values = "".join(_DIGITS[value // 64] + _DIGITS[value % 64] for value in self._values())
        return f"{self.kind[0]}{self.form}{self.practice}.{days:02x}{self.every_days}.{values}"

    @classmethod
    def from_code(cls, code: str) -> Draft | None:
        """Read a code back; None where it is none."""
        match = _CODE.fullmatch(code)
        if match is None:
            return None
        kind, form, practice, days, every_days, pairs = match.groups()
        values = [
            _DIGITS.index(pairs[at]) * 64 + _DIGITS.index(pairs[at + 1])
            for at in range(0, len(pairs), 2)
        ]
        draft = cls(
            kind=next(one for one in ReminderKind if one[0] == kind),
            practice=practice or "",
            form=Form(form),
            weekdays=frozenset(day for day in range(7) if int(days, 16) >> day & 1),
            every_days=int(every_days),
        )
        return draft._with(values)

    @classmethod
    def of(cls, rule: Rule, kind: ReminderKind, entry: str | None) -> Draft | None:
        """Return an existing reminder as a draft; None where it can only be typed."""
        draft = cls(
            kind=kind,
            practice=mark(entry) if entry else "",
            weekdays=rule.weekdays,
            every_days=rule.every_days,
        )
        if len(rule.times) > MOST_TIMES or rule.every_days > MOST_DAYS:
            return None
        match rule.times, rule.window, rule.scatter:
            case (), Window(start, end, every), None:
                return replace(draft, form=Form.EVERY, start=start, end=end, every=every // MINUTE)
            case (), None, Scatter(start, end, count):
                return replace(draft, form=Form.RANDOM, start=start, end=end, count=count)
            case times, None, None:
                return replace(draft, times=frozenset(times))
        return None

    def in_form(self, form: Form) -> Draft:
        """Return it in another form, which begins with its defaults."""
        if form is self.form:
            return self
        fresh = Draft(form=form, weekdays=self.weekdays, every_days=self.every_days)
        return replace(fresh, kind=self.kind, practice=self.practice)

    def toggled(self, at: time) -> Draft:
        """Return it with this time as well, or without it."""
        return replace(self, times=self.times ^ {at})

    def on(self, weekdays: Iterable[int], every_days: int = 1) -> Draft:
        """Return it on other days."""
        return replace(self, weekdays=frozenset(weekdays), every_days=every_days)

    @property
    def possible(self) -> bool:
        """Return whether it is a rule as it stands."""
        try:
            self.rule(date(2000, 1, 3))
        except ValueError:
            return False
        return True

    def rule(self, first: date) -> Rule:
        """Return the rule, which counts distances between days from `first` on.

        ValueError where it cannot be: no time, no day, no room for so many moments.
        """
        starts = first if self.every_days > 1 else None
        window = scatter = None
        if self.form is Form.EVERY:
            window = Window(self.start, self.end, timedelta(minutes=self.every))
        elif self.form is Form.RANDOM:
            scatter = Scatter(self.start, self.end, self.count)
        elif not self.times:
            raise ValueError("no time")
        return Rule(tuple(self.times), self.weekdays, window, scatter, self.every_days, starts)

    def _values(self) -> tuple[int, ...]:
        if self.form is Form.TIMES:
            return tuple(map(_minute, sorted(self.times)))
        amount = self.every if self.form is Form.EVERY else self.count
        return _minute(self.start), _minute(self.end), amount

    def _with(self, values: list[int]) -> Draft | None:
        """Return it with what `_values` returned; None where that cannot have been."""
        if self.form is Form.TIMES:
            if (
                values != sorted(set(values))
                or len(values) > MOST_TIMES
                or max(values or [0]) >= 1440
            ):
                return None
            return replace(self, times=frozenset(map(_time, values)))
        if len(values) != 3 or max(values[:2]) >= 1440:
            return None
        start, end, amount = _time(values[0]), _time(values[1]), values[2]
        if self.form is Form.EVERY:
            return replace(self, start=start, end=end, every=amount)
        return replace(self, start=start, end=end, count=amount)


def starting(draft: Draft, zone: ZoneInfo, now: datetime) -> Rule:
    """Return the rule of a draft that is set now; ValueError as in `Draft.rule`.

    Distances between days count from the first day on which a moment is still ahead.
    """
    day = now.astimezone(zone).date()
    rule = draft.rule(day)
    moment = next_fire(rule, now, zone)
    ahead = moment is not None and moment.astimezone(zone).date() == day
    return rule if ahead else draft.rule(day + DAY)


def mark(entry: str) -> str:
    """Return four letters by which a button tells a practice from the others."""
    number = crc32(entry.encode())
    return "".join(_DIGITS[number >> shift & 63] for shift in (18, 12, 6, 0))


def _minute(at: time) -> int:
    return since_midnight(at) // MINUTE


def _time(minute: int) -> time:
    return time_of(minute * MINUTE)

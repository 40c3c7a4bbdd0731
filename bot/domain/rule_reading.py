"""Rules as people type them: what was said about times and days, put together part by part."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from typing import NamedTuple

from bot.domain.clock_words import Clock, scan_plain_time, scan_time
from bot.domain.date_words import is_date_ahead
from bot.domain.interval_words import scan_interval
from bot.domain.range_words import scan_bound, scan_distance
from bot.domain.rule_parts import Parts, check_several, whole
from bot.domain.scatter_words import scan_count
from bot.domain.schedule import Rule
from bot.domain.typed_text import NotUnderstood, Reader, Reason, one_of, pattern
from bot.domain.vocabulary import Vocabulary
from bot.domain.weekday_words import scan_weekdays

MOST_RULES = 10


class _Patterns(NamedTuple):
    joins: re.Pattern[str]
    opening: re.Pattern[str]
    through: re.Pattern[str]
    between: re.Pattern[str]


@dataclass(slots=True)
class _Line:
    """What was read so far: whole groups of times with their days, and the one being read."""

    reader: Reader
    today: date
    words: Vocabulary
    groups: list[Parts] = field(default_factory=lambda: [Parts()])

    @property
    def last(self) -> Parts:
        return self.groups[-1]

    def turn(self, *, days: bool) -> Parts:
        """Return the group that what comes next belongs to: days or times, as they alternate.

        "mon 7:30 sat 9" and "7:30 mon, 9 sat" begin anew where the first kind comes again.
        """
        last = self.last
        if last.days_first is None:
            last.days_first = days
        elif days == last.days_first and last.complete:
            self.groups.append(Parts(days_first=days))
        return self.last


def read_rules(reader: Reader, today: date, words: Vocabulary) -> tuple[Rule, ...]:
    """Read everything that is left as rules; anything else raises NotUnderstood."""
    line = _Line(reader, today, words)
    while not reader.done:
        known = (
            _read_distance(line)
            or _read_how_often(line)
            or _read_window(line)
            or _read_bound(line)
            or _read_time(line)
            or _read_weekdays(line)
            or reader.take(_patterns(words).joins)
        )
        if not known:
            raise reader.refusal()
    return _rules(line)


def _rules(line: _Line) -> tuple[Rule, ...]:
    groups, text = line.groups, line.reader.text
    if len(groups) == 2 and not groups[1].weekdays.named and groups[1].days_first is False:
        groups[0].take_in(groups.pop(), text)  # "7:30 mon 21:00": all of it on Mondays
    if len(groups) > 1:
        check_several(groups, text)
    if len(groups) > MOST_RULES:
        raise NotUnderstood(Reason.TOO_MANY, text)
    return tuple(rule for group in groups for rule in whole(group, line.today, text))


def _read_distance(line: _Line) -> bool:
    start = line.reader.position
    distance = scan_distance(line.reader, line.words)
    if distance is None:
        return False
    if any(group.distance for group in line.groups):
        line.reader.position = start
        raise line.reader.refusal(Reason.SEVERAL_RULES)
    line.last.distance = distance
    return True


def _read_how_often(line: _Line) -> bool:
    start = line.reader.position
    every = scan_interval(line.reader, line.words)
    count = None if every else scan_count(line.reader, line.words)
    if every is None and count is None:
        return False
    group = line.turn(days=False)
    if group.every or group.count:
        line.reader.position = start
        raise line.reader.refusal(Reason.SEVERAL_RULES)
    group.every, group.count = every, count
    return True


def _read_window(line: _Line) -> bool:
    reader, words = line.reader, line.words
    start, patterns = reader.position, _patterns(words)
    opening = reader.take(patterns.opening)
    if opening and is_date_ahead(reader, line.today, words):
        reader.position = start
        return False
    through = patterns.between if opening else patterns.through
    first = scan_plain_time(reader, words) or scan_time(reader, words)
    leads_on = first and reader.take(through) and not is_date_ahead(reader, line.today, words)
    last = scan_time(reader, words) if leads_on else None
    if first is None or last is None:
        reader.position = start
        return False
    group = line.turn(days=False)
    if group.ends:
        reader.position = start
        raise reader.refusal(Reason.SEVERAL_RULES)
    group.ends = _ends(first, last)
    return True


def _ends(first: Clock, last: Clock) -> tuple[time, time]:
    """Return both ends of a window; a bare hour is in the afternoon where 9-5 or 2-6pm says so.

    Beside an hour past twelve it is not: nine is in the morning in "9-22", ten in "20-10".
    """
    start, end = first.at, last.at
    whole_day = start.hour > 12 and not first.halved and end.hour >= 10
    if last.bare and end <= start < _afternoon(end) and not whole_day:
        return start, _afternoon(end)
    if first.bare and last.halved and end.hour >= 12 and _afternoon(start) < end:
        return _afternoon(start), end
    return start, end


def _afternoon(at: time) -> time:
    return at.replace(hour=at.hour % 12 + 12)


def _read_bound(line: _Line) -> bool:
    start = line.reader.position
    bound = scan_bound(line.reader, line.today, line.words)
    if bound is None:
        return False
    if not line.last.bind(bound):
        line.reader.position = start
        raise line.reader.refusal(Reason.SEVERAL_RULES)
    return True


def _read_time(line: _Line) -> bool:
    clock = scan_time(line.reader, line.words)
    if clock is None:
        return False
    line.turn(days=False).times.append(clock.at)
    return True


def _read_weekdays(line: _Line) -> bool:
    days = scan_weekdays(line.reader, line.words)
    if days is None:
        return False
    group = line.turn(days=True) if days.named else line.last
    group.weekdays |= days
    return True


@cache
def _patterns(words: Vocabulary) -> _Patterns:
    end = r"(?! \w )"
    return _Patterns(
        joins=pattern(rf"[,;&/+@·] | {one_of((*words.joins, *words.at))} {end}"),
        opening=pattern(rf"{one_of(words.opening)} {end}"),
        through=pattern(rf"- | {one_of(words.through)} {end}"),
        between=pattern(rf"- | {one_of((*words.through, *words.joins))} {end}"),
    )

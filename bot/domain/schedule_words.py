"""The lines people type after /schedule and /breathe, read into rules."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import time, timedelta
from functools import cache
from typing import NamedTuple

from bot.domain.clock_words import Clock, scan_plain_time, scan_time
from bot.domain.english import ENGLISH
from bot.domain.interval_words import scan_interval
from bot.domain.schedule import Rule
from bot.domain.typed_text import NotUnderstood, Reader, Reason, one_of, pattern
from bot.domain.vocabulary import Vocabulary
from bot.domain.weekday_words import Weekdays, scan_weekdays
from bot.domain.windows import Window

# The window of an interval for which none was typed.
DAYTIME = (time(9), time(18))

MOST_TIMES = 24


@dataclass(frozen=True, slots=True)
class Set:
    """Reminders shall be exactly these."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class Add:
    """These reminders shall come on top."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class Off:
    """There shall be no reminders."""


class _Patterns(NamedTuple):
    off: re.Pattern[str]
    add: re.Pattern[str]
    joins: re.Pattern[str]
    opening: re.Pattern[str]
    through: re.Pattern[str]
    between: re.Pattern[str]
    reminding: re.Pattern[str]


@dataclass(slots=True)
class _Parts:
    """What was read so far."""

    times: list[time] = field(default_factory=list)
    weekdays: Weekdays = field(default_factory=Weekdays)
    every: timedelta | None = None
    ends: tuple[time, time] | None = None
    settled: bool = False  # weekdays were named, and then a time


def parse_schedule(text: str, words: Vocabulary = ENGLISH) -> Set | Add | Off:
    """Return what `text` says about the routine's reminders: times and weekdays in any order.

    Anything else raises NotUnderstood.
    """
    reader = Reader(text)
    reader.demand_some()
    if reader.take(_patterns(words).off):
        reader.demand_end()
        return Off()
    wanted = Add if reader.take(_patterns(words).add) else Set
    reader.demand_some()
    return wanted(_rule(reader, words, intervals=False))


def parse_breathing(text: str, words: Vocabulary = ENGLISH) -> Set | Off:
    """Return what `text` says about breathing reminders: an interval with its window, or times.

    An interval without a window is from 9:00 to 18:00. Anything else raises NotUnderstood.
    """
    reader = Reader(text)
    reader.demand_some()
    if reader.take(_patterns(words).off):
        reader.demand_end()
        return Off()
    return Set(_rule(reader, words, intervals=True))


def is_about_reminders(text: str, words: Vocabulary = ENGLISH) -> bool:
    """Return whether `text` begins like reminders ("every", "at", "mon") and not like a name."""
    reader = Reader(text)
    reminding = reader.take(_patterns(words).reminding)
    return reminding is not None or scan_weekdays(reader, words) is not None


def _rule(reader: Reader, words: Vocabulary, *, intervals: bool) -> Rule:
    parts = _Parts()
    while not reader.done:
        known = (
            (intervals and _read_interval(reader, parts, words))
            or (intervals and _read_window(reader, parts, words))
            or _read_time(reader, parts, words)
            or _read_weekdays(reader, parts, words)
            or reader.take(_patterns(words).joins)
        )
        if not known:
            raise reader.refusal()
    return _whole(parts, reader.text)


def _whole(parts: _Parts, text: str) -> Rule:
    """Return the rule, or refuse a text that says only half of one."""
    if parts.ends and not parts.every:
        raise NotUnderstood(Reason.NO_INTERVAL, text)
    if parts.every and parts.times and not parts.ends:
        raise NotUnderstood(Reason.HALF_WINDOW, text)
    if not parts.times and not parts.every:
        raise NotUnderstood(Reason.NO_TIME, text)
    if len(set(parts.times)) > MOST_TIMES:
        raise NotUnderstood(Reason.TOO_MANY, text)
    if not parts.weekdays.meant():
        raise NotUnderstood(Reason.NO_WEEKDAY, text)
    window = Window(*(parts.ends or DAYTIME), parts.every) if parts.every else None
    return Rule(tuple(parts.times), parts.weekdays.meant(), window)


def _read_interval(reader: Reader, parts: _Parts, words: Vocabulary) -> bool:
    start = reader.position
    every = scan_interval(reader, words)
    if every and parts.every:
        reader.position = start
        raise reader.refusal(Reason.SEVERAL_RULES)
    parts.every = every or parts.every
    return every is not None


def _read_window(reader: Reader, parts: _Parts, words: Vocabulary) -> bool:
    start = reader.position
    patterns = _patterns(words)
    opening = reader.take(patterns.opening)
    through = patterns.between if opening else patterns.through
    first = scan_plain_time(reader, words) or scan_time(reader, words)
    last = first and reader.take(through) and scan_time(reader, words)
    if first is None or not last:
        reader.position = start
        return False
    if parts.ends:
        reader.position = start
        raise reader.refusal(Reason.SEVERAL_RULES)
    parts.ends = _ends(first, last)
    return True


def _ends(first: Clock, last: Clock) -> tuple[time, time]:
    """Return both ends of a window; a bare hour is in the afternoon where 9-5 or 2-6pm says so."""
    start, end = first.at, last.at
    if last.bare and end <= start < _afternoon(end):
        return start, _afternoon(end)
    if first.bare and not last.bare and end.hour >= 12 and _afternoon(start) < end:
        return _afternoon(start), end
    return start, end


def _afternoon(at: time) -> time:
    return at.replace(hour=at.hour % 12 + 12)


def _read_time(reader: Reader, parts: _Parts, words: Vocabulary) -> bool:
    clock = scan_time(reader, words)
    if clock is None:
        return False
    parts.times.append(clock.at)
    parts.settled = bool(parts.weekdays.named)
    return True


def _read_weekdays(reader: Reader, parts: _Parts, words: Vocabulary) -> bool:
    start = reader.position
    days = scan_weekdays(reader, words)
    if days is None:
        return False
    if days.named and parts.settled:
        reader.position = start
        raise reader.refusal(Reason.SEVERAL_RULES)
    parts.weekdays |= days
    return True


@cache
def _patterns(words: Vocabulary) -> _Patterns:
    end = r"(?! \w )"
    asking = (*words.every, *words.at, *words.frequencies, *words.off)
    return _Patterns(
        off=pattern(rf"{one_of(words.off)} {end}"),
        add=pattern(rf"{one_of(words.add)} {end} :?"),
        joins=pattern(rf"[,;&/+@] | {one_of((*words.joins, *words.at))} {end}"),
        opening=pattern(rf"{one_of(words.opening)} {end}"),
        through=pattern(rf"- | {one_of(words.through)} {end}"),
        between=pattern(rf"- | {one_of((*words.through, *words.joins))} {end}"),
        reminding=pattern(rf"{one_of(asking)} {end}"),
    )

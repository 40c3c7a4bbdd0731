"""Times of day as people type them: 7, 07.30, 7pm, 19h30, noon, quarter to eight."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from functools import cache
from typing import NamedTuple

from bot.domain.english import ENGLISH
from bot.domain.typed_text import NotUnderstood, Reader, Reason, one_of, pattern
from bot.domain.vocabulary import Half, Vocabulary

DAY_MINUTES = 24 * 60

# The hours that each half may mean; no two of one half are twelve hours apart.
_HOURS = {
    Half.AM: range(12),
    Half.PM: range(12, 24),
    Half.MORNING: range(12),
    Half.AFTERNOON: range(12, 20),
    Half.EVENING: (*range(15, 24), 0),
    Half.NIGHT: (*range(18, 24), *range(6)),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time that was read; `bare` when it may as well be meant twelve hours later.

    `halved` when the half of the day was said, as in "6pm", or is in its name.
    """

    at: time
    bare: bool = False
    halved: bool = False


class _Patterns(NamedTuple):
    opening: re.Pattern[str]
    named: re.Pattern[str]
    plain: re.Pattern[str]
    relative: re.Pattern[str]


def parse_time(text: str, words: Vocabulary = ENGLISH) -> time:
    """Return the time of day that `text` says; a bare `7` is 07:00.

    Anything else, or more than that, raises NotUnderstood.
    """
    reader = Reader(text)
    reader.demand_some()
    reader.take(_patterns(words).opening)
    clock = scan_time(reader, words)
    if clock is None:
        raise NotUnderstood(Reason.TIME, reader.text)
    reader.demand_end()
    return clock.at


def scan_time(reader: Reader, words: Vocabulary) -> Clock | None:
    """Read a time at the reader's position, or stay there and return None.

    What is built like a time but is none (25:00, 13pm) raises NotUnderstood.
    """
    named = reader.take(_patterns(words).named)
    if named:
        return Clock(words.named_times[named["name"]], halved=True)
    return _scan_relative(reader, words) or scan_plain_time(reader, words)


def scan_plain_time(reader: Reader, words: Vocabulary) -> Clock | None:
    """Read a time that is no phrase such as "ten to six", or stay and return None."""
    match = reader.take(_patterns(words).plain)
    if match is None:
        return None
    hour, minute = _digits(match, words)
    said = match["half"]
    half = words.halves[said] if said else None
    at = _time(hour, minute, half)
    if at is None:
        raise NotUnderstood(Reason.TIME, reader.said(match))
    leading_zero = match[0].startswith("0") or match["packed"]
    return Clock(at, 1 <= hour <= 12 and not half and not leading_zero, half is not None)


def _scan_relative(reader: Reader, words: Vocabulary) -> Clock | None:
    start = reader.position
    match = reader.take(_patterns(words).relative)
    hour = match and scan_plain_time(reader, words)
    if match is None or hour is None or hour.at.minute:
        reader.position = start
        return None
    said = match["quarter"] or match["count"]
    minutes = words.quarters.get(said) or words.numbers.get(said) or int(said)
    total = hour.at.hour * 60 + (minutes if match["past"] else -minutes)
    return Clock(time(*divmod(total % DAY_MINUTES, 60)), hour.bare, hour.halved)


def _digits(match: re.Match[str], words: Vocabulary) -> tuple[int, int]:
    """Return hour and minute as they were said, not yet checked."""
    if packed := match["packed"]:
        return int(packed[:-2]), int(packed[-2:])
    if spoken := match["spoken"]:
        minute = match["spoken_minute"]
        return words.numbers[spoken], words.numbers[minute] if minute else 0
    return int(match["hour"]), int(match["minute"] or 0)


def _time(hour: int, minute: int, half: Half | None) -> time | None:
    """Return the time of day, or None where there is no such time."""
    if half:
        meant = [
            possible
            for possible in _HOURS[half]
            if possible == hour or (1 <= hour <= 12 and possible % 12 == hour % 12)
        ]
        if not meant or (half in (Half.AM, Half.PM) and hour > 12):
            return None
        hour = meant[0]
    elif (hour, minute) == (24, 0):
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


@cache
def _patterns(words: Vocabulary) -> _Patterns:
    spoken = one_of(word for word, number in words.numbers.items() if number <= 12)
    spoken_minute = one_of(word for word, number in words.numbers.items() if 10 <= number < 60)
    minutes = one_of(unit for unit, length in words.units.items() if length == 1)
    end = r"(?! \w | : | \.\d | '\w)"
    return _Patterns(
        opening=pattern(rf"@ | {one_of(words.at)} {end}"),
        named=pattern(rf"(?P<name> {one_of(words.named_times)} ) {end}"),
        plain=pattern(
            rf"""(?: (?P<packed> \d{{3,4}} )
                   | (?P<hour> \d{{1,2}} )
                     (?: (?: [ ]?:[ ]? | [.h] ) (?P<minute> \d\d ) (?: :00 )? )?
                   | (?P<spoken> {spoken} ) (?: [ -] (?P<spoken_minute> {spoken_minute} ) )?
                 )
                 (?: [ ]? {one_of(words.oclock)} {end} )?
                 (?: [ ]? (?P<half> {one_of(words.halves)} ) )? {end}"""
        ),
        relative=pattern(
            rf"""(?: (?P<quarter> {one_of(words.quarters)} )
                   | (?P<count> {one_of(words.numbers)}
                       | \d{{1,2}} (?= [ ]? (?: {minutes} [ ] | {one_of(words.past)} {end} ) ) )
                     (?: [ ]? {minutes} )?
                 )
                 [ ] (?: (?P<past> {one_of(words.past)} ) | {one_of(words.before)} ) {end}"""
        ),
    )

"""Quiet hours as people type them: 22:00-7:00, from 10pm to 7, off."""

from __future__ import annotations

import re
from datetime import time
from functools import cache
from itertools import product
from typing import NamedTuple

from bot.domain.clock_words import Clock, scan_plain_time, scan_time
from bot.domain.english import ENGLISH
from bot.domain.typed_text import NotUnderstood, Reader, Reason, one_of, pattern
from bot.domain.vocabulary import Vocabulary
from bot.domain.windows import holds, length

DEEP_NIGHT = time(3)  # nearly everybody's quiet hours hold it


class _Patterns(NamedTuple):
    off: re.Pattern[str]
    opening: re.Pattern[str]
    through: re.Pattern[str]


def parse_quiet(text: str, words: Vocabulary = ENGLISH) -> tuple[time, time] | None:
    """Return when the quiet hours begin and end on the local clock; None for none of them.

    "10 to 7" is the night. Anything else raises NotUnderstood.
    """
    reader = Reader(text)
    reader.demand_some()
    if reader.take(_patterns(words).off):
        reader.demand_end()
        return None
    reader.take(_patterns(words).opening)
    start = _clock(reader, words)
    reader.take(_patterns(words).through)
    if reader.done:
        raise NotUnderstood(Reason.HALF_WINDOW, reader.text)
    end = _clock(reader, words)
    reader.demand_end()
    return _meant(start, end, reader.text)


def _clock(reader: Reader, words: Vocabulary) -> Clock:
    """Read a time; "10 to 7" is two of them, not ten minutes before seven."""
    clock = scan_plain_time(reader, words) or scan_time(reader, words)
    if clock is None:
        raise reader.refusal(Reason.TIME)
    return clock


def _meant(start: Clock, end: Clock, text: str) -> tuple[time, time]:
    """Return what two times mean: beside one past noon, "7" is in the morning."""
    if start.at == end.at:
        raise NotUnderstood(Reason.TIME, text)
    if {start.at.hour, end.at.hour} - set(range(1, 13)):
        return start.at, end.at
    possible = [ends for ends in product(_either(start), _either(end)) if ends[0] != ends[1]]
    return min(possible, key=lambda ends: (not _at_night(*ends), length(*ends)))


def _at_night(start: time, end: time) -> bool:
    return holds(start, end, DEEP_NIGHT)


def _either(clock: Clock) -> tuple[time, ...]:
    if not clock.bare:
        return (clock.at,)
    return clock.at, clock.at.replace(hour=(clock.at.hour + 12) % 24)


@cache
def _patterns(words: Vocabulary) -> _Patterns:
    end = r"(?! \w )"
    return _Patterns(
        off=pattern(rf"{one_of(words.off)} {end}"),
        opening=pattern(rf"{one_of(words.opening)} {end}"),
        through=pattern(rf"- | (?: {one_of((*words.through, 'and'))} {end} )"),
    )

"""What people type to do with reminders they have: remove 2, tomorrow at 9 instead, undo."""

from __future__ import annotations

import re
from datetime import date, time
from functools import cache
from typing import NamedTuple

from bot.domain.clock_words import scan_time
from bot.domain.date_words import is_date_ahead, scan_day
from bot.domain.english import ENGLISH
from bot.domain.typed_text import NotUnderstood, Reader, Reason, one_of, pattern
from bot.domain.vocabulary import Vocabulary
from bot.domain.wishes import Move, Pause, Remove, Resume, Undo

Act = Move | Pause | Remove | Resume | Undo


class _Patterns(NamedTuple):
    numbered: tuple[tuple[re.Pattern[str], type[Pause | Remove | Resume]], ...]
    undo: re.Pattern[str]
    move: re.Pattern[str]
    instead: re.Pattern[str]
    joins: re.Pattern[str]


def scan_act(reader: Reader, today: date, words: Vocabulary) -> Act | None:
    """Read an act at the reader's position, or stay there and return None.

    A move that names no time, or a date that does not exist, raises NotUnderstood.
    """
    patterns = _patterns(words)
    for form, act in patterns.numbered:
        if match := reader.take(form):
            return act(int(match["number"]))
    if reader.take(patterns.undo):
        return Undo()
    if reader.take(patterns.move) or patterns.instead.search(reader.text.lower()):
        return _move(reader, today, words)
    return None


def is_numbered(reader: Reader, words: Vocabulary) -> bool:
    """Read "remove 2" and the like at the reader's position; return whether it stands there."""
    return any(reader.take(form) for form, _ in _patterns(words).numbered)


def parse_move(text: str, today: date, words: Vocabulary = ENGLISH) -> Move:
    """Return to when the next moment, or a day's, shall be moved: "9", "tomorrow at 9".

    Anything else raises NotUnderstood.
    """
    reader = Reader(text)
    reader.demand_some()
    reader.take(_patterns(words).move)
    return _move(reader, today, words)


def _move(reader: Reader, today: date, words: Vocabulary) -> Move:
    """Read a time and a day in either order, to the end."""
    at: time | None = None
    day: date | None = None
    while not reader.done:
        if reader.take(_patterns(words).joins) or reader.take(_patterns(words).instead):
            continue
        start = reader.position
        found = _day_or_time(reader, today, words)
        if found is None or (at if isinstance(found, time) else day) is not None:
            reader.position = start
            raise reader.refusal()
        at, day = (found, day) if isinstance(found, time) else (at, found)
    if at is None:
        raise NotUnderstood(Reason.NO_TIME if day else Reason.EMPTY, reader.text)
    return Move(at, day)


def _day_or_time(reader: Reader, today: date, words: Vocabulary) -> date | time | None:
    day = scan_day(reader, today, words) if is_date_ahead(reader, today, words) else None
    if day is not None:
        return day
    clock = scan_time(reader, words)
    return clock.at if clock else None


@cache
def _patterns(words: Vocabulary) -> _Patterns:
    end = r"(?! \w )"
    number = rf"[#]? (?P<number> \d{{1,2}} ) {end}"
    return _Patterns(
        numbered=(
            (pattern(rf"{one_of((*words.remove, *words.off))} [ ] {number}"), Remove),
            (pattern(rf"{number} [ ] {one_of((*words.remove, *words.off))} {end}"), Remove),
            (pattern(rf"{one_of(words.pause)} [ ] {number}"), Pause),
            (pattern(rf"{one_of(words.resume)} [ ] {number}"), Resume),
        ),
        undo=pattern(rf"{one_of(words.undo)} {end}"),
        move=pattern(rf"{one_of(words.move)} {end}"),
        instead=pattern(rf"(?<! \w ) {one_of(words.instead)} {end}"),
        joins=pattern(rf"[,;] | {one_of((*words.joins, *words.at, *words.until))} {end}"),
    )

"""The lines people type after /schedule and /breathe, read into what they want."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from bot.domain.act_words import is_numbered, scan_act
from bot.domain.english import ENGLISH
from bot.domain.rule_reading import read_rules
from bot.domain.scatter_words import scan_count
from bot.domain.typed_text import NotUnderstood, Reader, Reason, one_of, pattern
from bot.domain.vocabulary import Vocabulary
from bot.domain.weekday_words import scan_weekdays
from bot.domain.wishes import Add, Change, Move, Off, Set, Wish


class _Patterns(NamedTuple):
    off: re.Pattern[str]
    add: re.Pattern[str]
    change: re.Pattern[str]
    reminding: re.Pattern[str]


def parse_schedule(text: str, today: date, words: Vocabulary = ENGLISH) -> Wish:
    """Return what `text` says about the routine's reminders; `today` is the person's local date.

    Rules are times and weekdays in any order, an interval or random moments with a window,
    distances between days, and dates; the acts are change, remove, pause, resume, move and undo.
    Anything else raises NotUnderstood.
    """
    return _wish(Reader(text), today, words)


def parse_breathing(text: str, today: date, words: Vocabulary = ENGLISH) -> Wish:
    """Return what `text` says about breathing reminders, as about those of the routine.

    An interval without a window is from 9:00 to 18:00. A move is for the routine alone: it raises
    NotUnderstood, as does anything else.
    """
    reader = Reader(text)
    wish = _wish(reader, today, words)
    if isinstance(wish, Move):
        raise NotUnderstood(Reason.WORDS, reader.text)
    return wish


def _wish(reader: Reader, today: date, words: Vocabulary) -> Wish:
    reader.demand_some()
    patterns = _patterns(words)
    if reader.take(patterns.off):
        reader.demand_end()
        return Off()
    act = scan_act(reader, today, words)
    if act is not None:
        reader.demand_end()
        return act
    if match := reader.take(patterns.change):
        reader.demand_some()
        return Change(int(match["number"]), read_rules(reader, today, words))
    wanted = Add if reader.take(patterns.add) else Set
    reader.demand_some()
    return wanted(read_rules(reader, today, words))


def is_about_reminders(text: str, words: Vocabulary = ENGLISH) -> bool:
    """Return whether `text` begins like reminders ("every", "add", "mon") and not like a name."""
    reader = Reader(text)
    return (
        reader.take(_patterns(words).change) is not None
        or is_numbered(reader, words)
        or reader.take(_patterns(words).reminding) is not None
        or scan_count(reader, words) is not None
        or scan_weekdays(reader, words) is not None
    )


@cache
def _patterns(words: Vocabulary) -> _Patterns:
    end = r"(?! \w )"
    asking = (*words.every, *words.at, *words.frequencies, *words.off, *words.add, *words.undo)
    return _Patterns(
        off=pattern(rf"{one_of(words.off)} {end} (?! [ ] [#]? \d )"),
        add=pattern(rf"{one_of(words.add)} {end} :?"),
        change=pattern(
            rf"{one_of(words.change)} [ ] [#]? (?P<number> \d{{1,2}} ) {end} [:.]?"
            rf" (?: [ ] (?: {one_of(words.until)} {end} ) )?"
        ),
        reminding=pattern(rf"{one_of(asking)} {end}"),
    )

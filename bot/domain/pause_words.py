"""How long reminders shall pause, as people type it: 5, two weeks, until friday."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from bot.domain.date_words import scan_date
from bot.domain.english import ENGLISH
from bot.domain.typed_text import NotUnderstood, Reader, Reason, one_of, pattern
from bot.domain.vocabulary import Vocabulary

LONGEST_DAYS = 366


class _Patterns(NamedTuple):
    lasting: re.Pattern[str]
    counted: re.Pattern[str]
    until: re.Pattern[str]


def parse_pause(text: str, today: date, words: Vocabulary = ENGLISH) -> date:
    """Return the first local date with reminders again, after `today` and at most 366 days on.

    A number counts days, today being the first; "until" names the date itself. Anything else
    raises NotUnderstood.
    """
    reader = Reader(text)
    reader.demand_some()
    until = _counted(reader, today, words) or _dated(reader, today, words)
    if until is None:
        raise reader.refusal()
    reader.demand_end()
    if until <= today:
        raise NotUnderstood(Reason.PAST, reader.text)
    if (until - today).days > LONGEST_DAYS:
        raise NotUnderstood(Reason.TOO_LONG, reader.text)
    return until


def _counted(reader: Reader, today: date, words: Vocabulary) -> date | None:
    start = reader.position
    reader.take(_patterns(words).lasting)
    match = reader.take(_patterns(words).counted)
    if match is None or not reader.done:
        reader.position = start
        return None
    days = _days(match, words)
    if days > LONGEST_DAYS:
        raise NotUnderstood(Reason.TOO_LONG, reader.text)
    return today + timedelta(days=days)


def _days(match: re.Match[str], words: Vocabulary) -> int:
    if match["phrase"]:
        return words.spans[match["phrase"]]
    amount, period = match["amount"], match["period"]
    count = words.numbers.get(amount) or int(amount)
    return count * (words.periods[period] if period else 1)


def _dated(reader: Reader, today: date, words: Vocabulary) -> date | None:
    reader.take(_patterns(words).until)
    return scan_date(reader, today, words)


@cache
def _patterns(words: Vocabulary) -> _Patterns:
    end = r"(?! \w )"
    return _Patterns(
        lasting=pattern(rf"{one_of(words.lasting)} {end}"),
        counted=pattern(
            rf"""(?: (?P<phrase> {one_of(words.spans)} )
                   | (?P<amount> \d{{1,18}} | {one_of(words.numbers)} )
                     (?: [ ]? (?P<period> {one_of(words.periods)} ) )?
                 ) {end}"""
        ),
        until=pattern(rf"{one_of(words.until)} {end}"),
    )

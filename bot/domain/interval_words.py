"""How often, as people type it: every 2h, every 90 min, every half hour, hourly."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from bot.domain.typed_text import NotUnderstood, Reader, Reason, one_of, pattern
from bot.domain.vocabulary import Vocabulary
from bot.domain.windows import LONGEST, SHORTEST


class _Patterns(NamedTuple):
    named: re.Pattern[str]
    counted: re.Pattern[str]


def scan_interval(reader: Reader, words: Vocabulary) -> timedelta | None:
    """Read "every so often" at the reader's position, or stay there and return None.

    Less than 15 minutes, more than 12 hours, or no whole minutes raise NotUnderstood.
    """
    patterns = _patterns(words)
    if match := reader.take(patterns.counted):
        minutes = _counted(match, words)
    elif match := reader.take(patterns.named):
        minutes = _named(match, words)
    else:
        return None
    if minutes % 1 or not SHORTEST <= (every := timedelta(minutes=int(minutes))) <= LONGEST:
        raise NotUnderstood(Reason.INTERVAL, reader.said(match))
    return every


def _counted(match: re.Match[str], words: Vocabulary) -> Decimal:
    amount, unit = match["amount"], match["unit"]
    count = words.numbers.get(amount) or Decimal(amount.replace(",", "."))
    more = match["more"] or match["short"] or 0
    return count * Decimal(words.units[unit]) + Decimal(more)


def _named(match: re.Match[str], words: Vocabulary) -> Decimal:
    frequency = match["frequency"]
    return Decimal(
        words.frequencies[frequency] if frequency else words.intervals[match["interval"]]
    )


@cache
def _patterns(words: Vocabulary) -> _Patterns:
    every = one_of(words.every)
    minutes = one_of(unit for unit, length in words.units.items() if length == 1)
    return _Patterns(
        named=pattern(
            rf"""(?: (?P<frequency> {one_of(words.frequencies)} )
                   | {every} [ ] (?P<interval> {one_of(words.intervals)} ) ) (?! \w )"""
        ),
        counted=pattern(
            rf"""{every} [ ]?
                 (?P<amount> \d{{1,4}} (?: [.,]\d{{1,2}} )? | {one_of(words.numbers)} )
                 [ ]? -? (?P<unit> {one_of(words.units)} )
                 (?: (?P<short> \d\d ) | [ ]? (?P<more> \d{{1,3}} ) [ ]? {minutes} )?
                 (?! \w )"""
        ),
    )

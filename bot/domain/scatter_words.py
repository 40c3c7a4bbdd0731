"""How often at random, as people type it: 3 times, 3x, random 3 times a day, twice."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from bot.domain.typed_text import Reader, one_of, pattern
from bot.domain.vocabulary import Vocabulary


class Count(NamedTuple):
    """So many moments a day; `random` where that was said in so many words."""

    moments: int
    random: bool


def scan_count(reader: Reader, words: Vocabulary) -> Count | None:
    """Read how many times a day at the reader's position, or stay there and return None."""
    match = reader.take(_pattern(words))
    if match is None:
        return None
    said = match["amount"] or match["multiple"]
    moments = words.numbers.get(said) or words.multiples.get(said) or int(said)
    return Count(moments, random=any(match[name] for name in ("before", "between", "after")))


@cache
def _pattern(words: Vocabulary) -> re.Pattern[str]:
    random, times = one_of(words.random), one_of(words.times)
    return pattern(
        rf"""(?: (?P<before> {random} ) [ ] )?
             (?: (?P<multiple> {one_of(words.multiples)} )
               | (?P<amount> \d{{1,3}} | {one_of(words.numbers)} ) [ ]?
                 (?: (?P<between> {random} ) (?: [ ] {times} )? | {times} ) )
             (?! \w )
             (?: [ ] (?P<after> {random} ) (?! \w ) )?
             (?: [ ] {one_of(words.a_day)} (?! \w ) )?"""
    )

"""Weekdays as people type them: mon wed fri, mon-fri, weekdays, every day except sunday."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from bot.domain.english import ENGLISH
from bot.domain.schedule import EVERY_DAY
from bot.domain.typed_text import NotUnderstood, Reader, Reason, one_of, pattern
from bot.domain.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Weekdays that were named and weekdays that were excepted; 0 is Monday."""

    named: frozenset[int] = frozenset()
    excepted: frozenset[int] = frozenset()

    def __or__(self, other: Weekdays) -> Weekdays:
        return Weekdays(self.named | other.named, self.excepted | other.excepted)

    def meant(self) -> frozenset[int]:
        """Return what is left; all days but the excepted ones where none was named."""
        return (self.named or EVERY_DAY) - self.excepted


class _Patterns(NamedTuple):
    days: re.Pattern[str]
    excepting: re.Pattern[str]
    between: re.Pattern[str]


def parse_weekdays(text: str, words: Vocabulary = ENGLISH) -> frozenset[int]:
    """Return the weekdays that `text` names, 0 is Monday; never none.

    Anything else, or more than that, raises NotUnderstood.
    """
    reader = Reader(text)
    reader.demand_some()
    reader.take(_patterns(words).between)
    days = scan_weekdays(reader, words)
    if days is None:
        raise reader.refusal()
    reader.demand_end()
    if not days.meant():
        raise NotUnderstood(Reason.NO_WEEKDAY, reader.text)
    return days.meant()


def scan_weekdays(reader: Reader, words: Vocabulary) -> Weekdays | None:
    """Read a run of weekdays at the reader's position, or stay there and return None."""
    patterns = _patterns(words)
    start = reader.position
    found = Weekdays()
    excepting = False
    while True:
        if reader.take(patterns.excepting):
            excepting = True
            reader.take(patterns.between)
        match = reader.take(patterns.days)
        if match is None:
            break
        days = _days(match, words)
        found |= Weekdays(excepted=days) if excepting else Weekdays(named=days)
        start = reader.position
        reader.take(patterns.between)
    reader.position = start
    return found if found != Weekdays() else None


def _days(match: re.Match[str], words: Vocabulary) -> frozenset[int]:
    if match["group"]:
        return words.weekday_groups[match["group"]]
    first = words.weekdays[match["first"]]
    last = words.weekdays[(match["last"] or match["first"])]
    return frozenset((first + ahead) % 7 for ahead in range((last - first) % 7 + 1))


@cache
def _patterns(words: Vocabulary) -> _Patterns:
    day = one_of(words.weekdays)
    # "mon until fri, 18 dec" is no range of weekdays, nor is "mon from fri, 18 dec" a list of them.
    date = rf",? [ ] (?: \d{{1,2}} [ ] {one_of(words.months)} | \d{{4}}- )"
    joins = one_of(word for word in words.joins if word not in words.starting)
    return _Patterns(
        days=pattern(
            rf"""(?: {one_of(words.every)} [ ] )?
                 (?: (?P<group> {one_of(words.weekday_groups)} )
                   | (?P<first> {day} ) \.?
                     (?: (?: [ ]?-[ ]? | [ ]{one_of(words.through)}[ ] ) (?P<last> {day} ) \b \.?
                         (?! {date} ) )?
                 ) (?! \w | ' )"""
        ),
        excepting=pattern(rf"{one_of(words.excepting)} (?! \w )"),
        between=pattern(rf"(?: [,;&/+·] [ ]? )? (?: {joins} (?! \w) )? | [,;&/+·]"),
    )

"""On which days besides weekdays, as people type it: every 2 days, from 1 dec until 24 dec."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from bot.domain.date_words import FARTHEST, scan_day
from bot.domain.schedule import RAREST
from bot.domain.typed_text import NotUnderstood, Reader, Reason, one_of, pattern
from bot.domain.vocabulary import Vocabulary
from bot.domain.weekday_words import scan_weekdays

WEEK = 7


@dataclass(frozen=True, slots=True)
class Distance:
    """Every so many days; `weeks` where it was said in weeks."""

    days: int
    weeks: bool


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a range of dates, or how many days it lasts."""

    starts: date | None = None
    ends: date | None = None
    lasts: int | None = None


class _Patterns(NamedTuple):
    distance: re.Pattern[str]
    starting: re.Pattern[str]
    until: re.Pattern[str]
    lasting: re.Pattern[str]


def scan_distance(reader: Reader, words: Vocabulary) -> Distance | None:
    """Read "every so many days" at the reader's position, or stay there and return None.

    More than 366 days, or none, raise NotUnderstood.
    """
    match = reader.take(_patterns(words).distance)
    if match is None:
        return None
    said, period = match["amount"], words.periods[match["period"]]
    count = words.steps.get(said) or words.numbers.get(said) or int(said) if said else 1
    if not 1 <= count * period <= RAREST:
        raise NotUnderstood(Reason.DISTANCE, reader.said(match))
    return Distance(count * period, weeks=period != 1)


def scan_bound(reader: Reader, today: date, words: Vocabulary) -> Bound | None:
    """Read where a range of dates begins or ends, or stay there and return None.

    A date that does not exist, may be two, or is too far away raises NotUnderstood.
    """
    start, patterns = reader.position, _patterns(words)
    if match := reader.take(patterns.lasting):
        days = _days(match, words)
        if not 1 <= days <= FARTHEST.days:
            raise NotUnderstood(Reason.FAR if days else Reason.RANGE, reader.said(match))
        return Bound(lasts=days)
    opening = reader.take(patterns.starting)
    if opening is None and reader.take(patterns.until) is None:
        return None
    weekdays = opening and _is_weekday_range(reader, words)
    day = None if weekdays else scan_day(reader, today, words)
    if day is None:
        reader.position = start
        return None
    return Bound(starts=day) if opening else Bound(ends=day)


def _is_weekday_range(reader: Reader, words: Vocabulary) -> bool:
    """Return whether "from monday to friday" stands here, which is no date."""
    position = reader.position
    days = scan_weekdays(reader, words)
    reader.position = position
    return days is not None and len(days.named) > 1


def _days(match: re.Match[str], words: Vocabulary) -> int:
    if match["span"]:
        return words.spans[match["span"]]
    amount = match["amount"]
    return (words.numbers.get(amount) or int(amount)) * words.periods[match["period"]]


@cache
def _patterns(words: Vocabulary) -> _Patterns:
    end = r"(?! \w )"
    near = one_of(word for word, days in words.periods.items() if days in (1, WEEK, 2 * WEEK))
    amount = rf"(?P<amount> \d{{1,4}} | {one_of(words.numbers)} )"
    every = one_of(words.every)
    return _Patterns(
        distance=pattern(
            rf"""{every} [ ] (?: (?P<amount> \d{{1,4}} | {one_of((*words.steps, *words.numbers))} )
                 [ ]? )? (?P<period> {near} ) {end}"""
        ),
        starting=pattern(rf"{one_of(words.starting)} {end}"),
        until=pattern(rf"{one_of(words.until)} {end}"),
        lasting=pattern(
            rf"""{one_of(words.lasting)} [ ]
                 (?: (?P<span> {one_of(words.spans)} )
                   | {amount} [ ]? (?P<period> {one_of(words.periods)} ) ) {end}"""
        ),
    )

"""Dates to come as people type them: 2026-12-01, 01.12., 1 december, the 5th, friday."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from bot.domain.local_time import DAY
from bot.domain.typed_text import NotUnderstood, Reader, Reason, one_of, pattern
from bot.domain.vocabulary import Vocabulary

# A date without a year is looked for this far ahead: 29 February may be eight years away.
YEARS_AHEAD = 9

# With its weekday a date may have passed: a rule says since when it is. Longer ago it is a slip.
LONG_PAST = 183 * DAY

# No reminder is planned farther off.
FARTHEST = 3660 * DAY

# What may be a date or the clock's: 9.30, 9-18.
_CLOCKED = re.compile(r"\d\d?[.-]\d\d?(?![.\-\d])")

_Match = re.Match[str]


class _Asked(NamedTuple):
    """What a date depends on besides its words; `first` is the first that may be meant."""

    today: date
    first: date
    words: Vocabulary


_Meaning = Callable[[_Match, _Asked], date | None]


def scan_date(reader: Reader, today: date, words: Vocabulary) -> date | None:
    """Read a date at the reader's position, or stay there and return None.

    Where year, month or week are left out, the first such date after `today` is meant. A date
    that does not exist, or whose day and month may be swapped, raises NotUnderstood.
    """
    return _scan(reader, _Asked(today, today + DAY, words))


def scan_day(reader: Reader, today: date, words: Vocabulary) -> date | None:
    """Read a date as `scan_date` does, but "24 dec" on that day means today.

    More than ten years away raises NotUnderstood too.
    """
    start = reader.position
    day = _scan(reader, _Asked(today, today, words))
    if day is not None and abs(day - today) > FARTHEST:
        raise NotUnderstood(Reason.FAR, reader.text[start : reader.position].strip())
    return day


def is_date_ahead(reader: Reader, today: date, words: Vocabulary) -> bool:
    """Return whether a date stands here; 9.30 and 9-18 are the clock's where both may be."""
    if _CLOCKED.match(reader.text, reader.position):
        return False
    position = reader.position
    try:
        return scan_date(reader, today, words) is not None
    except NotUnderstood:
        return True  # built like a date, though there is no such day
    finally:
        reader.position = position


def _scan(reader: Reader, asked: _Asked) -> date | None:
    for form, meaning in _forms(asked.words):
        match = reader.take(form)
        if match:
            day = meaning(match, asked)
            if day is None:
                raise NotUnderstood(Reason.DATE, reader.said(match))
            return day
    return None


def _iso(match: _Match, asked: _Asked) -> date | None:
    day = _date(int(match["year"]), int(match["month"]), int(match["day"]))
    return day if _on_its_weekday(day, match, asked) else None


def _numbered(match: _Match, asked: _Asked) -> date | None:
    """Read day and month as numbers; with dots the day comes first, with slashes nobody knows."""
    day, month = int(match["day"]), int(match["month"])
    if match["sign"] != ".":
        if day != month and max(day, month) <= 12:
            raise NotUnderstood(Reason.EITHER_DATE, match[0])
        day, month = (day, month) if month <= 12 else (month, day)
    return _first(day, month, match["year"], asked)


def _named(match: _Match, asked: _Asked) -> date | None:
    day, month = int(match["day"] or 1), asked.words.months[match["month"]]
    if not match["on"]:
        return _first(day, month, match["year"], asked)
    near = asked.today.year
    years = [int(match["year"])] if match["year"] else [near, near + 1, near - 1]
    days = (_date(year, month, day) for year in years)
    theirs = (found for found in days if found and _on_its_weekday(found, match, asked))
    return next((found for found in theirs if match["year"] or _is_near(found, asked)), None)


def _is_near(day: date, asked: _Asked) -> bool:
    """Return whether a date without a year is plain: to come, or over since a short time."""
    return day >= asked.today - LONG_PAST


def _on_its_weekday(day: date | None, match: _Match, asked: _Asked) -> bool:
    """Return whether the date is on the weekday that was named with it, if one was."""
    on = match["on"]
    return day is not None and (not on or day.weekday() == asked.words.weekdays[on])


def _day_of_month(match: _Match, asked: _Asked) -> date | None:
    first = asked.first
    months = (divmod(first.month - 1 + ahead, 12) for ahead in range(4))
    days = (_date(first.year + years, month + 1, int(match["day"])) for years, month in months)
    return next((day for day in days if day and day >= first), None)


def _ahead(match: _Match, asked: _Asked) -> date | None:
    return asked.today + asked.words.days_ahead[match["ahead"]] * DAY


def _next_week(match: _Match, asked: _Asked) -> date | None:
    return _next_monday(asked.today)


def _weekday(match: _Match, asked: _Asked) -> date | None:
    """Read a weekday; with "next" it is the one of the calendar week after this."""
    number, today = asked.words.weekdays[match["weekday"]], asked.today
    if match["next"]:
        return _next_monday(today) + number * DAY
    return today + ((number - today.weekday() - 1) % 7 + 1) * DAY


def _next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


def _first(day: int, month: int, year: str | None, asked: _Asked) -> date | None:
    """Return the date in that year (of two or four digits), or else the first that may be meant."""
    if year:
        return _date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    first = asked.first
    days = (_date(first.year + ahead, month, day) for ahead in range(YEARS_AHEAD))
    return next((found for found in days if found and found >= first), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _forms(words: Vocabulary) -> tuple[tuple[re.Pattern[str], _Meaning], ...]:
    return (*_calendar_forms(words), *_spoken_forms(words))


def _calendar_forms(words: Vocabulary) -> Iterator[tuple[re.Pattern[str], _Meaning]]:
    """Yield the forms that name day and month; a weekday may stand before a month's name."""
    end, months, ordinal = r"(?! \w )", one_of(words.months), one_of(words.ordinals)
    year, the = r"(?: ,? [ ] (?P<year> \d{4} ) )?", r"(?: the [ ] )?"
    on = rf"(?: (?P<on> {one_of(words.weekdays)} ) \.? ,? [ ] )?"
    iso = rf"{on} (?P<year> \d{{4}} ) - (?P<month> \d\d? ) - (?P<day> \d\d? ) {end}"
    numbered = rf"""(?P<day> \d\d? ) (?P<sign> [./-] ) (?P<month> \d\d? )
                    (?: (?P=sign) (?P<year> \d{{4}} | \d\d )? )? {end}"""
    day_first = rf"""{on} {the} (?P<day> \d\d? ) (?: {ordinal} | \. )? [ ]?
                     (?: {one_of(words.of)} [ ] )? (?P<month> {months} ) \.? {year} {end}"""
    month_first = rf"""{on} (?P<month> {months} ) \.?
                       (?: [ ] {the} (?P<day> \d\d? ) (?! [:.]?\d ) {ordinal}? )? {year} {end}"""
    yield pattern(iso), _iso
    yield pattern(numbered), _numbered
    yield pattern(day_first), _named
    yield pattern(month_first), _named


def _spoken_forms(words: Vocabulary) -> Iterator[tuple[re.Pattern[str], _Meaning]]:
    """Yield the forms that leave the month to be found: the 5th, tomorrow, next week, friday."""
    end = r"(?! \w )"
    next_one = rf"(?: (?P<next> {one_of(words.next)} ) [ ] )?"
    nth = rf"(?: the [ ] )? (?P<day> \d\d? ) {one_of(words.ordinals)} {end}"
    yield pattern(nth), _day_of_month
    yield pattern(rf"(?P<ahead> {one_of(words.days_ahead)} ) {end}"), _ahead
    yield pattern(rf"{one_of(words.next_week)} {end}"), _next_week
    yield pattern(rf"{next_one} (?P<weekday> {one_of(words.weekdays)} ) {end}"), _weekday

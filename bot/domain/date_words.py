"""Dates to come as people type them: 2026-12-01, 01.12., 1 december, the 5th, friday."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from bot.domain.local_time import DAY
from bot.domain.typed_text import NotUnderstood, Reader, Reason, one_of, pattern
from bot.domain.vocabulary import Vocabulary

# A date without a year is looked for this far ahead: 29 February may be eight years away.
YEARS_AHEAD = 9

_DOTTED = re.compile(r"\d\d?\.\d\d(?![.\d])")

_Match = re.Match[str]
_Meaning = Callable[[_Match, date, Vocabulary], date | None]


def scan_date(reader: Reader, today: date, words: Vocabulary) -> date | None:
    """Read a date at the reader's position, or stay there and return None.

    Where year, month or week are left out, the first such date after `today` is meant. A date
    that does not exist, or whose day and month may be swapped, raises NotUnderstood.
    """
    for form, meaning in _forms(words):
        match = reader.take(form)
        if match:
            day = meaning(match, today, words)
            if day is None:
                raise NotUnderstood(Reason.DATE, reader.said(match))
            return day
    return None


def is_date_ahead(reader: Reader, today: date, words: Vocabulary) -> bool:
    """Return whether a date stands at the reader's position; 9.30 is a time where both may be."""
    if _DOTTED.match(reader.text, reader.position):
        return False
    position = reader.position
    try:
        return scan_date(reader, today, words) is not None
    except NotUnderstood:
        return True  # built like a date, though there is no such day
    finally:
        reader.position = position


def _iso(match: _Match, today: date, words: Vocabulary) -> date | None:
    return _date(int(match["year"]), int(match["month"]), int(match["day"]))


def _numbered(match: _Match, today: date, words: Vocabulary) -> date | None:
    """Read day and month as numbers; with dots the day comes first, with slashes nobody knows."""
    day, month = int(match["day"]), int(match["month"])
    if match["sign"] != ".":
        if day != month and max(day, month) <= 12:
            raise NotUnderstood(Reason.EITHER_DATE, match[0])
        day, month = (day, month) if month <= 12 else (month, day)
    return _first(day, month, match["year"], today)


def _named(match: _Match, today: date, words: Vocabulary) -> date | None:
    month = words.months[match["month"]]
    return _first(int(match["day"] or 1), month, match["year"], today)


def _day_of_month(match: _Match, today: date, words: Vocabulary) -> date | None:
    months = (divmod(today.month - 1 + ahead, 12) for ahead in range(4))
    days = (_date(today.year + years, month + 1, int(match["day"])) for years, month in months)
    return next((day for day in days if day and day > today), None)


def _ahead(match: _Match, today: date, words: Vocabulary) -> date | None:
    return today + words.days_ahead[match["ahead"]] * DAY


def _next_week(match: _Match, today: date, words: Vocabulary) -> date | None:
    return _next_monday(today)


def _weekday(match: _Match, today: date, words: Vocabulary) -> date | None:
    """Read a weekday; with "next" it is the one of the calendar week after this."""
    number = words.weekdays[match["weekday"]]
    if match["next"]:
        return _next_monday(today) + number * DAY
    return today + ((number - today.weekday() - 1) % 7 + 1) * DAY


def _next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


def _first(day: int, month: int, year: str | None, today: date) -> date | None:
    """Return the date in that year (of two or four digits), or else the first after `today`."""
    if year:
        return _date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    years = range(today.year, today.year + YEARS_AHEAD)
    return next((found for y in years if (found := _date(y, month, day)) and found > today), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _forms(words: Vocabulary) -> tuple[tuple[re.Pattern[str], _Meaning], ...]:
    end = r"(?! \w )"
    months = one_of(words.months)
    ordinal = one_of(words.ordinals)
    year = r"(?: ,? [ ] (?P<year> \d{4} ) )?"
    the = r"(?: the [ ] )?"
    return (
        (pattern(rf"(?P<year> \d{{4}} ) - (?P<month> \d\d? ) - (?P<day> \d\d? ) {end}"), _iso),
        (
            pattern(
                rf"""(?P<day> \d\d? ) (?P<sign> [./-] ) (?P<month> \d\d? )
                     (?: (?P=sign) (?P<year> \d{{4}} | \d\d )? )? {end}"""
            ),
            _numbered,
        ),
        (
            pattern(
                rf"""{the}(?P<day> \d\d? ) (?: {ordinal} | \. )? [ ]? (?: {one_of(words.of)} [ ] )?
                     (?P<month> {months} ) \.? {year} {end}"""
            ),
            _named,
        ),
        (
            pattern(
                rf"""(?P<month> {months} ) \.? (?: [ ] {the} (?P<day> \d\d? ) {ordinal}? )?
                     {year} {end}"""
            ),
            _named,
        ),
        (pattern(rf"{the} (?P<day> \d\d? ) {ordinal} {end}"), _day_of_month),
        (pattern(rf"(?P<ahead> {one_of(words.days_ahead)} ) {end}"), _ahead),
        (pattern(rf"{one_of(words.next_week)} {end}"), _next_week),
        (
            pattern(
                rf"""(?: (?P<next> {one_of(words.next)} ) [ ] )?
                     (?P<weekday> {one_of(words.weekdays)} ) {end}"""
            ),
            _weekday,
        ),
    )

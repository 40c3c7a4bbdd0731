"""A pause is typed as a number of days or as the date on which reminders come again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.english import ENGLISH
from bot.domain.pause_words import parse_pause
from bot.domain.typed_text import NotUnderstood, Reason

TODAY = date(2026, 11, 22)  # a Sunday
DATES = st.dates(date(1000, 1, 1), date(9990, 1, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", date(2026, 11, 27)),
        ("5 days", date(2026, 11, 27)),
        ("5d", date(2026, 11, 27)),
        ("for 10 days", date(2026, 12, 2)),
        ("a week", date(2026, 11, 29)),
        ("2 weeks", date(2026, 12, 6)),
        ("Two Weeks", date(2026, 12, 6)),
        ("the next 3 days", date(2026, 11, 25)),
        ("366", date(2027, 11, 23)),
        ("until 2026-12-01", date(2026, 12, 1)),
        ("2026-12-1", date(2026, 12, 1)),
        ("until 01.12.", date(2026, 12, 1)),
        ("until 1.12", date(2026, 12, 1)),
        ("until 01.12.26", date(2026, 12, 1)),
        ("till 25/12", date(2026, 12, 25)),
        ("until 12/25/2026", date(2026, 12, 25)),
        ("until 12/12", date(2026, 12, 12)),
        ("until 1 december", date(2026, 12, 1)),
        ("until December 1st, 2026", date(2026, 12, 1)),
        ("until the 1st of dec", date(2026, 12, 1)),
        ("until december", date(2026, 12, 1)),
        ("until 22 november", date(2027, 11, 22)),
        ("until the 5th", date(2026, 12, 5)),
        ("until the 31st", date(2026, 12, 31)),
        ("until tomorrow", date(2026, 11, 23)),
        ("until friday", date(2026, 11, 27)),
        ("until sunday", date(2026, 11, 29)),
        ("until next sunday", date(2026, 11, 29)),
        ("until next week", date(2026, 11, 23)),
        ("Fri", date(2026, 11, 27)),
    ],
)
def test_pauses_as_people_type_them(text: str, expected: date) -> None:
    """The answer is the first date with reminders again, always after today."""
    assert parse_pause(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        ("0", Reason.PAST),
        ("today", Reason.PAST),
        ("until 2026-11-22", Reason.PAST),
        ("until 2025-01-01", Reason.PAST),
        ("367", Reason.TOO_LONG),
        ("53 weeks", Reason.TOO_LONG),
        ("999999999999999999", Reason.TOO_LONG),
        ("until 2027-11-24", Reason.TOO_LONG),
        ("until 29 february", Reason.TOO_LONG),
        ("until 2026-13-01", Reason.DATE),
        ("until 31.11.", Reason.DATE),
        ("until 0000-01-01", Reason.DATE),
        ("until 3/4", Reason.EITHER_DATE),
        ("forever", Reason.WORDS),
        ("-5", Reason.WORDS),
        ("5.5 days", Reason.WORDS),
        ("until further notice", Reason.WORDS),
        ("a week or two", Reason.WORDS),
        ("until 5", Reason.WORDS),
    ],
)
def test_pauses_that_are_refused(text: str, reason: Reason) -> None:
    """Nothing, the past, more than 366 days and what is no date are refused, each as what it is."""
    with pytest.raises(NotUnderstood) as refused:
        parse_pause(text, TODAY)
    assert refused.value.reason is reason


@given(
    DATES,
    st.integers(1, 366),
    st.sampled_from(["%Y-%m-%d", "until %d.%m.%Y", "until %d %B %Y", "until %b %d, %Y"]),
)
def test_a_written_date_is_read_back(today: date, days: int, form: str) -> None:
    """Any date in the coming year, in any form, is understood as itself; so is a number of days."""
    until = today + timedelta(days=days)
    assert parse_pause(until.strftime(form), today) == until
    assert parse_pause(str(days), today) == until


WORDS = st.sampled_from(
    [
        *ENGLISH.months,
        *ENGLISH.weekdays,
        *ENGLISH.periods,
        *ENGLISH.spans,
        *ENGLISH.days_ahead,
        *("until", "for", "next", "the", "of", "1", "5", "31", "1st", "2026", "2027"),
        *("31.12.", "1/2", "2026-12-01", ".", ",", "-", "/"),
    ]
)


@given(st.text() | st.lists(WORDS).map(" ".join) | st.lists(WORDS).map("".join), DATES)
def test_any_text_is_a_date_to_come_or_not_understood(text: str, today: date) -> None:
    """Whatever is typed on whatever day, the answer lies in the coming 366 days or is a refusal."""
    try:
        days = (parse_pause(text, today) - today).days
    except NotUnderstood:
        days = 1
    assert 0 < days <= 366

"""Weekdays are read as names, ranges, groups and exceptions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.typed_text import NotUnderstood, Reason
from bot.domain.weekday_words import parse_weekdays

NAMES = ("mon", "Tuesday", "weds", "thurs", "FRI", "sat", "Sundays")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mon wed fri", {0, 2, 4}),
        ("Mon,Wed & Fri", {0, 2, 4}),
        ("mon, wed, and fri", {0, 2, 4}),
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("mon – fri", {0, 1, 2, 3, 4}),
        ("monday to friday", {0, 1, 2, 3, 4}),
        ("mon through thu and sat", {0, 1, 2, 3, 5}),
        ("fri-mon", {4, 5, 6, 0}),
        ("weekdays", {0, 1, 2, 3, 4}),
        ("every weekday", {0, 1, 2, 3, 4}),
        ("weekends", {5, 6}),
        ("every day", set(range(7))),
        ("daily", set(range(7))),
        ("tue/thu", {1, 3}),
        ("on Mondays", {0}),
        ("except sunday", {0, 1, 2, 3, 4, 5}),
        ("every day except sunday", {0, 1, 2, 3, 4, 5}),
        ("weekdays but not wed and fri", {0, 1, 3}),
        ("Mo Mi", None),
        ("mon foo", None),
        ("mon and", None),
        ("", None),
        ("monkey", None),
        ("frı", None),
    ],
)
def test_weekdays_as_people_type_them(text: str, expected: set[int] | None) -> None:
    """What names weekdays gives them; what does not, or not only, is refused."""
    try:
        found: frozenset[int] | None = parse_weekdays(text)
    except NotUnderstood:
        found = None
    assert found == expected


@given(
    st.lists(st.integers(0, 6), min_size=1), st.sampled_from([" ", ",", ", ", "/", " and ", " & "])
)
def test_any_list_of_names_is_read_back(days: list[int], between: str) -> None:
    """Names in any order, however they are joined, are the weekdays they name."""
    assert parse_weekdays(between.join(NAMES[day] for day in days)) == set(days)


def test_no_weekday_is_left() -> None:
    """Excepting every day is refused as such."""
    with pytest.raises(NotUnderstood) as refused:
        parse_weekdays("weekends except sat and sun")
    assert refused.value.reason is Reason.NO_WEEKDAY

"""Which day of a programme comes next, for whatever weekdays somebody practises on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.programme import day_number

MONDAY = date(2026, 3, 2)
EVERY_DAY = frozenset(range(7))


@pytest.mark.parametrize(
    ("finished", "after", "planned", "expected"),
    [
        pytest.param([], 0, EVERY_DAY, 1, id="never begun"),
        pytest.param([(1, 0)], 0, EVERY_DAY, 1, id="the same day again"),
        pytest.param([(1, 0)], 1, EVERY_DAY, 2, id="the next day"),
        pytest.param([(1, 0), (2, 1)], 3, EVERY_DAY, 2, id="a missed day brings the last again"),
        pytest.param([(1, 0)], 2, {0, 2, 4}, 2, id="Monday, Wednesday, Friday: nothing missed"),
        pytest.param([(3, 4)], 7, {0, 2, 4}, 4, id="over the weekend"),
        pytest.param([(1, 0)], 4, {0, 2, 4}, 1, id="Wednesday was missed"),
        pytest.param([(1, 0)], 9, set(), 2, id="nothing planned, nothing missed"),
        pytest.param([(7, 0)], 1, EVERY_DAY, 7, id="after the last day it stays"),
    ],
)
def test_day_number(
    finished: list[tuple[int, int]], after: int, planned: set[int], expected: int
) -> None:
    """Another day brings the next; only a planned day that was missed brings the last again."""
    done = [(number, MONDAY + timedelta(days=days)) for number, days in finished]
    assert day_number(done, MONDAY + timedelta(days=after), 7, planned) == expected


@given(st.sets(st.integers(0, 6), min_size=1), st.integers(1, 30))
def test_who_never_misses_gets_through(planned: set[int], length: int) -> None:
    """Whoever practises on every planned weekday is through in as many of them as it has days."""
    finished: list[tuple[int, date]] = []
    day = MONDAY
    while len(finished) < length:
        if day.weekday() in planned:
            finished.append((day_number(finished, day, length, planned), day))
        day += timedelta(days=1)
    assert [number for number, _ in finished] == list(range(1, length + 1))

"""Which day of a programme comes next, for whatever weekdays somebody practises on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.programme import Again, DayDone, Today, between, today_of

MONDAY = date(2026, 3, 2)
EVERY_DAY = frozenset(range(7))


MISSED, FLARE, LAST = Again


@pytest.mark.parametrize(
    ("finished", "after", "planned", "expected"),
    [
        pytest.param([], 0, EVERY_DAY, Today(1), id="never begun"),
        pytest.param([(1, 0)], 0, EVERY_DAY, Today(1), id="the same day again"),
        pytest.param([(1, 0)], 1, EVERY_DAY, Today(2), id="the next day"),
        pytest.param(
            [(1, 0), (2, 1)], 3, EVERY_DAY, Today(2, MISSED), id="a missed day: the last again"
        ),
        pytest.param([(1, 0)], 2, {0, 2, 4}, Today(2), id="Monday, Wednesday: nothing missed"),
        pytest.param([(3, 4)], 7, {0, 2, 4}, Today(4), id="over the weekend"),
        pytest.param([(1, 0)], 4, {0, 2, 4}, Today(1, MISSED), id="Wednesday was missed"),
        pytest.param([(1, 0)], 9, set(), Today(2), id="nothing planned, nothing missed"),
        pytest.param([(7, 0)], 1, EVERY_DAY, Today(7, LAST), id="after the last day it stays"),
        pytest.param([(7, 0)], 3, EVERY_DAY, Today(7, MISSED), id="the last one missed"),
    ],
)
def test_today(
    finished: list[tuple[int, int]], after: int, planned: set[int], expected: Today
) -> None:
    """Another day brings the next; only a planned day that was missed brings the last again."""
    done = [DayDone(number, MONDAY + timedelta(days=days)) for number, days in finished]
    today = MONDAY + timedelta(days=after)
    missed = {one for one in between(done, today) if one.weekday() in planned}
    assert today_of(done, today, 7, missed) == expected


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        pytest.param([1, 2, -3], 2, id="the day before it"),
        pytest.param([-1], 1, id="the first one was too much: itself"),
        pytest.param([1, 2, -3, 2], 3, id="passed comfortably: on it goes"),
        pytest.param([1, 2, -3, -2], 1, id="that one too: one more back"),
        pytest.param([1, -2, -1], 1, id="down to the first"),
        pytest.param([1, 2, -3, 2, -3], 2, id="too much again"),
    ],
)
def test_a_flare(numbers: list[int], expected: int) -> None:
    """A day that was too much is not passed: the last comfortable one before it comes again."""
    done = [
        DayDone(abs(number), MONDAY + timedelta(days=at), flare=number < 0)
        for at, number in enumerate(numbers)
    ]
    for later in (len(numbers), len(numbers) + 3):
        found = today_of(done, MONDAY + timedelta(days=later), 7, frozenset())
        assert found == Today(expected, FLARE if numbers[-1] < 0 else None)


@given(st.sets(st.integers(0, 6), min_size=1), st.integers(1, 30))
def test_who_never_misses_gets_through(planned: set[int], length: int) -> None:
    """Whoever practises on every planned weekday is through in as many of them as it has days."""
    finished: list[DayDone] = []
    day = MONDAY
    while len(finished) < length:
        if day.weekday() in planned:
            missed = {one for one in between(finished, day) if one.weekday() in planned}
            finished.append(DayDone(today_of(finished, day, length, missed).number, day))
        day += timedelta(days=1)
    assert [one.number for one in finished] == list(range(1, length + 1))

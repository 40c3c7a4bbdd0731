"""The streak counts planned days that were kept, and only a missed one breaks it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Day, Days, Mark, history
from bot.domain.progress import PLANNED_WITHIN, streak
from bot.domain.reminder import OccurrenceState as State
from bot.domain.reminder import SkipReason as Why
from bot.domain.step import Length

DONE, SHORT, MISSED = Mark.DONE, Mark.SHORT, Mark.MISSED
GENTLE = (Mark.SKIPPED, Mark.REST, Mark.DOWN, Mark.UNPLANNED)

TODAY = date(2026, 3, 4)


def planned(*marks: Mark) -> list[Day]:
    """Return days that were planned, the last of them today."""
    return [Day(mark, planned=True) for mark in marks]


@pytest.mark.parametrize(
    ("marks", "length"),
    [
        ((), 0),
        ((DONE,), 1),
        ((DONE, SHORT, DONE), 3),
        ((DONE, MISSED, DONE), 1),
        ((DONE, DONE, MISSED), 2),  # today is not over
        ((DONE, DONE, Mark.OPEN), 2),
        ((DONE, MISSED, Mark.OPEN), 0),
        *[((DONE, mark, DONE), 2) for mark in GENTLE],
    ],
)
def test_streak(marks: tuple[Mark, ...], length: int) -> None:
    """Kept days add, a missed one breaks, and everything else does neither."""
    assert streak(planned(*marks)) == length


def test_unplanned_days_add_nothing_beside_a_plan() -> None:
    """Who practises on a day off keeps the streak as it is; without a plan each day counts."""
    extra = Day(DONE, planned=False)
    assert streak([*planned(DONE), extra, *planned(DONE)]) == 2
    assert streak([*planned(DONE), *[extra] * PLANNED_WITHIN]) == 1
    assert streak([*planned(DONE), *[extra] * PLANNED_WITHIN, extra]) == 2  # the plan is gone
    assert streak([extra, extra, extra]) == 3
    assert streak([extra, *planned(DONE)]) == 2
    assert streak([*planned(DONE), Day(MISSED, planned=False), *planned(DONE)]) == 2


def test_planned() -> None:
    """A reminder that was moved to another day leaves its old one unplanned."""
    told = {TODAY: [(State.SKIPPED, Why.RESCHEDULED)]}
    assert [day.planned for day in history(Days({}, told), TODAY)] == [False]
    told = {TODAY: [(State.SKIPPED, Why.RESCHEDULED), (State.SENT, None)]}
    assert [day.planned for day in history(Days({}, told), TODAY)] == [True]
    early = Days({TODAY: [Length.FULL]}, {}, planned=(TODAY,))
    assert [day.planned for day in history(early, TODAY)] == [True]


days = st.lists(st.builds(Day, st.sampled_from(list(Mark)), planned=st.booleans()), max_size=40)


@given(days, st.integers(1, PLANNED_WITHIN))
def test_never_longer_than_what_was_planned(found: list[Day], every: int) -> None:
    """With a plan of one day a week or more, the streak is no longer than the days planned."""
    found = [replace(day, planned=day.planned or at % every == 0) for at, day in enumerate(found)]
    assert streak(found) <= sum(day.planned for day in found)


@given(days, st.sampled_from(GENTLE), st.integers(0, 40))
def test_the_clock_alone_breaks_nothing(found: list[Day], mark: Mark, at: int) -> None:
    """However many days go by that are rest, ours to answer for, or unplanned: it stays."""
    quiet = [Day(mark, planned=mark is not Mark.UNPLANNED)] * at
    over = [*found[:-1], Day(Mark.UNPLANNED, planned=False)] if _is_open(found) else found
    assert streak([*over, *quiet]) == streak(over)


def _is_open(found: list[Day]) -> bool:
    """Return whether today could still become a missed day."""
    return bool(found) and found[-1].mark is MISSED


@given(days, st.integers(0, 39))
def test_filling_in_never_takes_away(found: list[Day], at: int) -> None:
    """A day that is corrected to done makes a streak no shorter."""
    if at < len(found):
        better = [*found]
        better[at] = Day(DONE, planned=found[at].planned)
        assert streak(better) >= streak(found)


def test_days_before_the_first_are_nothing() -> None:
    """History begins with the first day of which anything is known."""
    kept = {TODAY - timedelta(days=2): [Length.FULL]}
    assert len(history(Days(kept, {}), TODAY)) == 3

"""What became of each day, and the score that fades."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import SAYABLE, Day, Days, Mark, Told, calendar, correctable, mark
from bot.domain.progress import Score
from bot.domain.progress import score as score_of
from bot.domain.reminder import OccurrenceState as State
from bot.domain.reminder import SkipReason as Why
from bot.domain.step import Length

TODAY = date(2026, 3, 4)  # a Wednesday
DAY = TODAY - timedelta(days=3)


def score(marks: Sequence[Mark]) -> Score:
    """Return the score of days that were all planned."""
    return score_of([Day(mark, planned=True) for mark in marks])


@pytest.mark.parametrize(
    ("kept", "told", "expected"),
    [
        ([], [], Mark.UNPLANNED),
        ([Length.FULL], [], Mark.DONE),
        ([Length.SHORT], [(State.DONE, None)], Mark.SHORT),
        ([Length.ONE, Length.FULL], [(State.MISSED, None)], Mark.DONE),
        ([], [(State.MISSED, None)], Mark.MISSED),
        ([], [(State.STARTED, None)], Mark.MISSED),
        ([], [(State.BOT_WAS_DOWN, None)], Mark.DOWN),
        ([], [(State.BOT_WAS_DOWN, None), (State.MISSED, None)], Mark.MISSED),
        ([], [(State.SKIPPED, Why.NOT_TODAY)], Mark.SKIPPED),
        ([], [(State.SKIPPED, Why.ILL), (State.MISSED, None)], Mark.REST),
        ([], [(State.SKIPPED, Why.PAUSED)], Mark.REST),
        ([], [(State.SKIPPED, Why.RESCHEDULED)], Mark.UNPLANNED),
    ],
)
def test_mark(kept: list[Length], told: list[Told], expected: Mark) -> None:
    """A day is what was done of it, else what became of its reminders."""
    assert mark(DAY, Days({DAY: kept}, {DAY: told}), TODAY) is expected


def test_today_is_open() -> None:
    """Today is missed only when it is over."""
    days = Days({}, {TODAY: [(State.SENT, None)]})
    assert mark(TODAY, days, TODAY) is Mark.OPEN
    assert mark(TODAY, days, TODAY + timedelta(days=1)) is Mark.MISSED


def test_declared_rest() -> None:
    """Paused days are rest, though nothing was planned on them."""
    days = Days({}, {}, rests=[(DAY, TODAY)])
    assert mark(DAY, days, TODAY) is Mark.REST
    assert mark(DAY - timedelta(days=1), days, TODAY) is Mark.UNPLANNED


@pytest.mark.parametrize("said", SAYABLE)
def test_their_word_counts(said: Mark) -> None:
    """What a person says of a day counts more than what was recorded."""
    days = Days({DAY: [Length.FULL]}, {DAY: [(State.MISSED, None)]}, said={DAY: said})
    assert mark(DAY, days, TODAY) is said


def test_correctable_days() -> None:
    """The last seven days, today first, and none before the first one."""
    days = correctable(TODAY)
    assert [TODAY - day for day in days] == [timedelta(days=ago) for ago in range(7)]
    assert correctable(TODAY, DAY) == [TODAY - timedelta(days=ago) for ago in range(4)]
    assert correctable(TODAY, TODAY + timedelta(days=1)) == [TODAY]  # a clock that was set back


def test_weeks_begin_on_monday() -> None:
    """The last of twelve weeks ends today."""
    weeks = calendar(Days({}, {}), TODAY)
    assert [len(week) for week in weeks] == [7] * 11 + [3]
    assert weeks[0][0][0].weekday() == 0
    assert weeks[-1][-1][0] == TODAY


@pytest.mark.parametrize(
    ("days", "expected"), [(7, 0.31), (13, 0.50), (30, 0.80), (43, 0.90), (60, 0.96)]
)
def test_score_of_perfect_practice(days: int, expected: float) -> None:
    """Kept day after day it grows as in the source."""
    assert score([Mark.DONE] * days).value == pytest.approx(expected, abs=0.005)


def test_one_miss() -> None:
    """A miss costs what was said, and what is not the person's doing costs nothing."""
    kept = [Mark.DONE] * 60
    before = score(kept)
    assert before.added > 0
    after = score([*kept, Mark.MISSED])
    assert after.value == pytest.approx(before.value - before.at_stake, abs=0.002)
    assert after.added == 0
    assert score([*kept, Mark.DOWN, Mark.REST]).value == pytest.approx(before.value, abs=0.01)


@given(st.lists(st.sampled_from(Mark), max_size=100))
def test_score_is_a_share(marks: list[Mark]) -> None:
    """Whatever became of the days, the score is between 0 and 1."""
    found = score(marks)
    assert 0 <= found.at_stake <= found.value <= 1
    assert 0 <= found.added <= 1

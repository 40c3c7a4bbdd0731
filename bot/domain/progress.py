"""How a person is doing: the streak of planned days, and a score that fades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from bot.domain.calendar import Day, Mark

LOOK_BACK = timedelta(days=400)  # a streak longer than this is shown as this long

KEPT = frozenset({Mark.DONE, Mark.SHORT})


PLANNED_WITHIN = 7  # days: who had no planned day for so long has no plan that could be kept


def streak(days: Sequence[Day]) -> int:
    """Return how many planned days in a row were kept, of days in their order up to today.

    A planned day that was missed breaks it. Rest, illness, travel, what was skipped with a word,
    our own downtime and unplanned days neither add nor break; today breaks nothing before it is
    over. For somebody without a plan a day that was done counts as planned.
    """
    length = 0
    for at in range(len(days) - 1, -1, -1):
        day = days[at]
        if day.mark in KEPT and (day.planned or _without_plan(days, at)):
            length += 1
        elif day.mark is Mark.MISSED and day.planned and at < len(days) - 1:
            break
    return length


def _without_plan(days: Sequence[Day], at: int) -> bool:
    return not any(day.planned for day in days[max(at - PLANNED_WITHIN, 0) : at])


_COUNTED = KEPT | {Mark.MISSED}
HALF_LIFE = 13  # planned days after which half of what a day added is left


@dataclass(frozen=True, slots=True)
class Score:
    """How established the habit is, from 0 to 1; what today added, and one miss would cost."""

    value: float
    added: float
    at_stake: float


def score(days: Sequence[Day], ago: int = 0) -> Score:
    """Return the fading score of days in their order up to today, or as it was so many days `ago`.

    Exponential smoothing after Loop Habit Tracker's Score.kt: new = old * m + kept * (1 - m) with
    m = 0.5 ** (sqrt(f) / 13), f the share of days that were planned. Only kept and missed days
    count: rest, illness, what was skipped, and our own downtime leave it as it is.
    """
    marks = [day.mark for day in days]
    share = sum(mark in _COUNTED for mark in marks) / len(marks) if marks else 1.0
    fading = 0.5 ** (sqrt(share) / HALF_LIFE)
    del marks[max(len(marks) - ago, 0) :]
    value = before = 0.0
    for mark in marks:
        if mark not in _COUNTED:
            continue
        before, value = value, value * fading + (mark in KEPT) * (1 - fading)
    added = value - before if marks and marks[-1] in KEPT else 0.0
    return Score(value, added, value * (1 - fading))


@dataclass(frozen=True, slots=True)
class Tightness:
    """How tight a person felt on one day, from 0 to 10, where they said so."""

    before: float | None = None
    after: float | None = None


def mean(found: Sequence[Tightness]) -> Tightness:
    """Return the mean of several days."""
    before = [one.before for one in found if one.before is not None]
    after = [one.after for one in found if one.after is not None]
    return Tightness(
        sum(before) / len(before) if before else None,
        sum(after) / len(after) if after else None,
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """Twelve weeks of days, a row for each week; streak and score of all the days before, too.

    `tight` is how tight they felt in each of these weeks. The streak is None where it is hidden.
    """

    weeks: Sequence[Sequence[tuple[date, Mark]]]
    streak: int | None
    score: Score
    sessions: int  # in which something was done in these weeks
    seconds: int
    tight: Sequence[Tightness] = ()
    checks_in: bool = True  # they are asked how tight they feel

    def count(self, *marks: Mark) -> int:
        """Return how many days of these weeks have one of the marks."""
        return sum(found in marks for week in self.weeks for _, found in week)

"""How a person is doing: the streak of planned days, and a score that fades."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from bot.domain.calendar import Mark
from bot.domain.reminder import OccurrenceState

LOOK_BACK = timedelta(days=400)  # a streak longer than this is shown as this long

# A planned day that ended like this breaks the streak; "bot was down" is our fault and never does.
_BROKEN = frozenset({OccurrenceState.SENT, OccurrenceState.MISSED, OccurrenceState.STARTED})


def streak(
    done: Collection[date], planned: Mapping[date, Collection[OccurrenceState]], today: date
) -> int:
    """Return how many planned days in a row were kept, up to today.

    Unplanned days and days the person declared off neither add nor break; a day that is done
    always adds; today breaks nothing before it is over.
    """
    finished = frozenset(done)
    length = 0
    for ago in range(LOOK_BACK.days):
        day = today - timedelta(days=ago)
        if day in finished:
            length += 1
        elif ago and _BROKEN.intersection(planned.get(day, ())):
            break
    return length


HALF_LIFE = 13  # planned days after which half of what a day added is left

_KEPT = frozenset({Mark.DONE, Mark.SHORT})


@dataclass(frozen=True, slots=True)
class Score:
    """How established the habit is, from 0 to 1; what today added, and one miss would cost."""

    value: float
    added: float
    at_stake: float


def score(marks: Sequence[Mark]) -> Score:
    """Return the fading score of days in their order, the last of them today.

    Exponential smoothing after Loop Habit Tracker's Score.kt: new = old * m + kept * (1 - m) with
    m = 0.5 ** (sqrt(f) / 13), f the share of days that were planned. Only kept and missed days
    count: rest, illness, what was skipped, and our own downtime leave it as it is.
    """
    counted = [mark for mark in marks if mark in _KEPT or mark is Mark.MISSED]
    share = len(counted) / len(marks) if marks else 1.0
    fading = 0.5 ** (sqrt(share) / HALF_LIFE)
    value = before = 0.0
    for mark in counted:
        before, value = value, value * fading + (mark in _KEPT) * (1 - fading)
    added = value - before if marks and marks[-1] in _KEPT else 0.0
    return Score(value, added, value * (1 - fading))


@dataclass(frozen=True, slots=True)
class Progress:
    """Twelve weeks of days, a row for each week; streak and score of all the days before, too."""

    weeks: Sequence[Sequence[tuple[date, Mark]]]
    streak: int
    score: Score
    sessions: int  # in which something was done in these weeks
    seconds: int

    def count(self, *marks: Mark) -> int:
        """Return how many days of these weeks have one of the marks."""
        return sum(found in marks for week in self.weeks for _, found in week)

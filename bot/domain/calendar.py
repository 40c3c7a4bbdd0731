"""What became of each day, as a person's calendar shows it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.reminder import OccurrenceState, SkipReason
from bot.domain.step import Length

WEEKS = 12


class Mark(StrEnum):
    """What became of a day."""

    DONE = "done"
    SHORT = "short"  # kept with less than the whole routine
    SKIPPED = "skipped"  # the person said not today
    MISSED = "missed"
    DOWN = "down"  # the bot was not running: our fault
    REST = "rest"  # paused, ill, on a trip
    OPEN = "open"  # planned, and not over yet
    UNPLANNED = "unplanned"


Told = tuple[OccurrenceState, SkipReason | None]

_REST = frozenset(
    {SkipReason.PAUSED, SkipReason.SAFETY, SkipReason.ILL, SkipReason.TRAVELLING, SkipReason.PAIN}
)
_SAID = frozenset({SkipReason.NOT_TODAY, SkipReason.NO_TIME, SkipReason.ANSWERED})
_WAITED = frozenset({OccurrenceState.SENT, OccurrenceState.MISSED, OccurrenceState.STARTED})


# What a person may say became of a day.
SAYABLE = (Mark.DONE, Mark.SHORT, Mark.REST, Mark.MISSED)

CORRECTABLE = 7  # days, today among them


def as_ours(state: OccurrenceState) -> OccurrenceState:
    """Return what became of a past reminder that went out late: unanswered, it is our fault."""
    return OccurrenceState.BOT_WAS_DOWN if state in _WAITED else state


@dataclass(frozen=True, slots=True)
class Days:
    """What is stored of a person's days, by practice day; `first` is the one they came on."""

    kept: Mapping[date, Collection[Length]]  # how much of the routine was done, each time
    told: Mapping[date, Collection[Told]]  # what became of the reminders of the routine
    rests: Collection[tuple[date, date]] = ()  # from and up to these days all was paused
    said: Mapping[date, Mark] = field(default_factory=dict)  # what they corrected it to
    first: date = date.min
    planned: Collection[date] = ()  # days that were, though no reminder of them came


def correctable(today: date, first: date = date.min) -> list[date]:
    """Return the days that may be corrected or filled in, today first; none before the `first`."""
    days = (today - timedelta(days=ago) for ago in range(CORRECTABLE))
    return [day for day in days if day >= min(first, today)]


def mark(day: date, days: Days, today: date) -> Mark:
    """Return what became of a day: what the person says, else what was recorded.

    A kept day is kept, whatever became of its reminders.
    """
    if said := days.said.get(day):
        return said
    if kept := days.kept.get(day):
        return Mark.DONE if Length.FULL in kept else Mark.SHORT
    told = days.told.get(day, ())
    states = {state for state, _ in told}
    reasons = {reason for state, reason in told if state is OccurrenceState.SKIPPED}
    if day >= today and states & {*_WAITED, OccurrenceState.DUE}:
        return Mark.OPEN
    if reasons & _REST or any(first <= day <= last for first, last in days.rests):
        return Mark.REST
    if states & _WAITED:
        return Mark.MISSED
    if OccurrenceState.BOT_WAS_DOWN in states:
        return Mark.DOWN
    return Mark.SKIPPED if reasons & _SAID else Mark.UNPLANNED


def calendar(days: Days, today: date, weeks: int = WEEKS) -> Sequence[Sequence[tuple[date, Mark]]]:
    """Return the marks of the last weeks up to today, a row for each week from Monday on."""
    first = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    every = [first + timedelta(days=ahead) for ahead in range((today - first).days + 1)]
    marked = [(day, mark(day, days, today)) for day in every]
    return [marked[start : start + 7] for start in range(0, len(marked), 7)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """One day as it stands, to be corrected; `said` is what the person says became of it.

    `streak` and `score` are those that follow from it as of today; no streak where it is hidden.
    """

    day: date
    mark: Mark
    said: Mark | None
    today: date
    undoable: bool
    streak: int | None
    score: float


@dataclass(frozen=True, slots=True)
class Day:
    """One day: what became of it, and whether the routine was planned on it."""

    mark: Mark
    planned: bool


def history(days: Days, today: date) -> Sequence[Day]:
    """Return all days up to today in their order, from the first of which anything is known."""
    known = min((*days.kept, *days.told, *days.said), default=today)
    every = map(date.fromordinal, range(known.toordinal(), today.toordinal() + 1))
    return [
        Day(mark(day, days, today), day in days.planned or is_planned(days.told.get(day, ())))
        for day in every
    ]


def is_planned(told: Collection[Told]) -> bool:
    """Return whether a reminder of the routine fell on a day, and was not moved off it."""
    moved = (OccurrenceState.SKIPPED, SkipReason.RESCHEDULED)
    return any(one != moved for one in told)

"""What became of each day, as a person's calendar shows it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Days:
    """What is stored of a person's days, by practice day."""

    kept: Mapping[date, Collection[Length]]  # how much of the routine was done, each time
    told: Mapping[date, Collection[Told]]  # what became of the reminders of the routine
    rests: tuple[date, date] | None = None  # from and up to these days all reminders are paused


def mark(day: date, days: Days, today: date) -> Mark:
    """Return what became of a day; a kept day is kept, whatever became of its reminders."""
    if kept := days.kept.get(day):
        return Mark.DONE if Length.FULL in kept else Mark.SHORT
    told = days.told.get(day, ())
    states = {state for state, _ in told}
    reasons = {reason for state, reason in told if state is OccurrenceState.SKIPPED}
    if day >= today and states & {*_WAITED, OccurrenceState.DUE}:
        return Mark.OPEN
    if reasons & _REST or (days.rests and days.rests[0] <= day <= days.rests[1]):
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

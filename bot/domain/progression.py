"""Which exercise moves by a notch: the written rule, from what was said and done.

Up, one item at a time, once what is done now was too easy in two sessions in a row. That is the
rule of the American College of Sports Medicine for strength: more load once somebody does more than
the current workload asks for in two consecutive sessions (Ratamess and others, Progression Models
in Resistance Training for Healthy Adults, Med Sci Sports Exerc 2009, 41(3): 687-708, table 2).
That it holds for stretches and mobility too is a judgement. Down at once, and after a week off.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from bot.domain.adaptation import Move, Rung, goes_up
from bot.domain.catalogue import Entry, Purpose
from bot.domain.dose import Dose
from bot.domain.hurting import EASE_FROM
from bot.domain.player import Outcome
from bot.domain.step import Step

WATCHED = timedelta(days=14)  # what hurt is not raised: not settling in two weeks asks for a physio
RECENT = timedelta(days=14)  # a raise that old is not what was too hard today
WEEK_OFF = timedelta(days=7)
NEVER = datetime.min.replace(tzinfo=UTC)


class Outlook(StrEnum):
    """What follows from how a session felt, where no exercise moved."""

    ONCE = "once"  # once more too easy, and one goes up
    TOP = "top"  # twice too easy, but nothing of it goes up
    LEAST = "least"  # too hard, but nothing of it goes down


def rises(entry: Entry) -> bool:
    """Return whether an entry is raised without being asked: more rest is not harder."""
    return goes_up(entry) and entry.purpose is not Purpose.REST


def wholly_done(
    steps: Sequence[Step], outcomes: Mapping[int, Outcome | None], pains: Mapping[int, int]
) -> dict[str, Dose]:
    """Return how much was done of each exercise of which no step was skipped, eased or hurt."""
    found: dict[str, Dose] = {}
    less = set[str]()
    for at, step in enumerate(steps):
        if step.cut:
            continue
        hurt = pains.get(at, 0) >= EASE_FROM
        if outcomes.get(at) is not Outcome.DONE or step.eased or hurt:
            less.add(step.entry)
        elif not step.extra:
            dose = Dose(sets=step.sets, reps=step.reps, hold=step.seconds)
            found.setdefault(step.entry, dose)
    return {key: dose for key, dose in found.items() if key not in less}


def met(
    steps: Sequence[Step], outcomes: Mapping[int, Outcome], position: int | None = None
) -> frozenset[str]:
    """Return the exercises that somebody came to: answered, or of the step they stopped at.

    Not what a shorter session leaves out, and not what was left out because it hurt.
    """
    return frozenset(
        step.entry
        for at, step in enumerate(steps)
        if not step.cut and (at in outcomes or at == position)
        if outcomes.get(at) is not Outcome.HURT
    )


def as_now(rung: Rung, done: Mapping[str, Dose]) -> bool:
    """Return whether what was done of an exercise is what it asks for now."""
    dose, was = rung.dose, done.get(rung.exercise.key)
    return was is not None and (was.sets, was.reps, was.hold) == (dose.sets, dose.reps, dose.hold)


def to_raise(rungs: Iterable[Rung], changed: Mapping[str, datetime]) -> Move | None:
    """Return the one exercise that goes up a notch; None where none can.

    The lowest notch first, then what was changed the longest ago, then the order of the routine.
    """
    ordered = sorted(rungs, key=lambda one: (one.reached, changed.get(one.exercise.key, NEVER)))
    moves = (rung.up() for rung in ordered if rises(rung.exercise))
    # From below what another routine allows, one notch there would be several here.
    return next((move for move in moves if move and move.notches == 1), None)


def to_lower(rungs: Sequence[Rung], raised: str | None, skipped: Collection[str]) -> Move | None:
    """Return the one exercise that goes down a notch because a session was too hard.

    What was `raised` last, else what was `skipped`, else what takes the longest; rest comes last.
    """

    def order(rung: Rung) -> tuple[bool, bool, bool, int]:
        exercise = rung.exercise
        resting = exercise.purpose in (Purpose.REST, Purpose.BREATHING)
        lasts = rung.dose.seconds(exercise.sides)
        return exercise.key != raised, exercise.key not in skipped, resting, -lasts

    moves = (rung.down() for rung in sorted(rungs, key=order))
    return next((move for move in moves if move), None)


def was_off(last: date, today: date) -> bool:
    """Return whether somebody who last practised on a day was off for a week."""
    return today - last >= WEEK_OFF


def last_before_week_off(days: Sequence[date]) -> date | None:
    """Return the day before the newest week off among days in order, None where there is none."""
    pairs = zip(days[-2::-1], days[:0:-1], strict=True)
    return next((day for day, after in pairs if was_off(day, after)), None)

"""A routine spread through the day: its movements, shared in order among set times."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from itertools import chain, groupby, pairwise
from typing import Any, TypeVar

from bot.domain.adaptation import Named
from bot.domain.milestone import Milestone
from bot.domain.person import Someone
from bot.domain.player import Outcome
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Rule
from bot.domain.step import Step

# When movements come unless the person says otherwise.
TIMES = (time(10), time(13), time(16), time(18))

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Share:
    """What one reminder asks for: positions in the steps of the day's `session`.

    It is the `number`-th reminder of that day of probably `total`.
    """

    session: int
    positions: tuple[int, ...]
    number: int
    total: int

    def to_dict(self) -> dict[str, Any]:
        """Return it in JSON's own types; `read` reads it back."""
        return {**asdict(self), "positions": list(self.positions)}

    @classmethod
    def read(cls, stored: Mapping[str, Any] | None) -> Share | None:
        """Return the share that is stored; None where none was handed out."""
        return stored and cls(**{**stored, "positions": tuple(stored["positions"])})  # type: ignore[return-value]

    def of(self, steps: Sequence[Step]) -> Handed:
        """Return it as what is told of it, by the steps of the day."""
        theirs = [steps[at] for at in self.positions if at < len(steps) and steps[at].is_open]
        each = tuple(tuple(theirs[at] for at in one) for one in movements(theirs))
        return Handed(self.number, self.total, each)


@dataclass(frozen=True, slots=True)
class Handed:
    """A share as it is told: the steps of each of its movements."""

    number: int
    total: int
    movements: tuple[tuple[Step, ...], ...]


@dataclass(frozen=True, slots=True)
class Through:
    """How much of a day's routine is done: so many of its movements."""

    done: int
    total: int
    over: bool  # all of it was answered: the day is kept


@dataclass(frozen=True, slots=True)
class Answered:
    """A movement was done or skipped, that of this occurrence and what came with it.

    `finished` names the day's session once the whole routine is done, and `beside` is what else
    came as the same message and can still be started: occurrence, kind, key.
    """

    occurrence: int
    outcome: Outcome
    routine: str  # what it was called when the day began
    through: Through
    finished: int | None
    streak: int
    next_at: datetime | None
    person: Someone
    now: datetime
    beside: tuple[tuple[int, ReminderKind, str], ...] = ()
    milestone: Milestone | None = None  # reached by the day's session
    changes: tuple[Named, ...] = ()  # what there is less of after a week off, told with the first


def movements(steps: Sequence[Step]) -> tuple[tuple[int, ...], ...]:
    """Return the positions of each movement's steps, its sides and sets together, in order."""
    places = groupby(range(len(steps)), lambda at: steps[at].entry)
    return tuple(tuple(group) for _, group in places)


def shares(items: Sequence[T], times: int) -> tuple[tuple[T, ...], ...]:
    """Return the items in so many parts, in order and as evenly as possible.

    The earlier ones get one more where it does not come out even; the later ones get none where
    there are more times than items.
    """
    each, more = divmod(len(items), times)
    ends = [each * number + min(number, more) for number in range(times + 1)]
    return tuple(tuple(items[start:end]) for start, end in pairwise(ends))


def following(
    steps: Sequence[Step], taken: Collection[int], times: int
) -> tuple[tuple[int, ...], int]:
    """Return the positions that the next of so many `times` gets, and how many get any.

    `taken` are positions that were answered or that another reminder holds; what is not open any
    more goes to none. What is left is shared anew each time, so that nothing is lost with a time
    that is no more.
    """
    gone = {*taken, *(at for at, step in enumerate(steps) if not step.is_open)}
    free = [left for one in movements(steps) if (left := tuple(at for at in one if at not in gone))]
    parts = [part for part in shares(free, times) if part]
    return tuple(chain.from_iterable(parts[0])) if parts else (), len(parts)


def through(steps: Sequence[Step], outcomes: Mapping[int, Outcome]) -> Through:
    """Return how much is done: a movement is when all of its steps were answered, and one done.

    What is not open any more needs no answer.
    """
    asked = _asked(steps, outcomes)
    each = [[outcomes.get(at) for at in one if at in asked] for one in movements(steps)]
    each = [one for one in each if one]
    done = sum(None not in one and Outcome.DONE in one for one in each)
    return Through(done, len(each), is_through(steps, outcomes))


def is_through(steps: Sequence[Step], outcomes: Mapping[int, Outcome]) -> bool:
    """Return whether the day's routine is kept: all of it was answered, and some of it done."""
    return _asked(steps, outcomes) <= outcomes.keys() and Outcome.DONE in outcomes.values()


def _asked(steps: Sequence[Step], outcomes: Mapping[int, Outcome]) -> frozenset[int]:
    """Return the positions of what was answered, or still waits to be."""
    places = (at for at, step in enumerate(steps) if step.is_open or at in outcomes)
    return frozenset(places)


def rule(routine: Sequence[Rule], today: date) -> Rule:
    """Return when movements come: at the usual times, on the days of the routine's reminders."""
    lasting = [one for one in routine if one.ends is None or one.ends >= today]
    weekly = [one for one in lasting if one.every_days == 1]
    if not lasting:
        return Rule(TIMES)
    if not weekly:
        return replace(lasting[0], times=TIMES, window=None, scatter=None)
    return Rule(TIMES, frozenset(chain.from_iterable(one.weekdays for one in weekly)))

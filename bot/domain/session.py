"""What a person can be shown about a session: the values that services hand to views."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.person import Question
from bot.domain.player import Feedback, Outcome, SessionKind, Step


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to start: a routine, an exercise or a practice."""

    kind: SessionKind
    key: str


@dataclass(frozen=True, slots=True)
class Playing:
    """A session in the middle: the step at `position` of `total` is current."""

    session: int
    wanted: Wanted
    step: Step
    position: int
    total: int
    message_id: int | None = None
    following: Step | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """A finished or stopped session: what was done of it."""

    session: int
    wanted: Wanted
    outcomes: tuple[tuple[Step, Outcome | None], ...]
    minutes: int
    stopped: bool
    feedback: Feedback | None
    streak: int

    @property
    def done(self) -> int:
        """Return how many steps were done."""
        return sum(outcome is Outcome.DONE for _, outcome in self.outcomes)

    @property
    def skipped(self) -> int:
        """Return how many steps were skipped."""
        return sum(outcome is Outcome.SKIPPED for _, outcome in self.outcomes)


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Another session is still open: continue it, or start over with what was wanted?"""

    playing: Playing
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class GateAsked:
    """A safety gate wants an answer to `question` before `wanted` can start."""

    gate: str
    question: int
    total: int
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class GateClosed:
    """The gate was not passed: what was wanted is not shown, its alternatives are."""

    gate: str
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class OnboardingOpen:
    """Nothing starts before the safety note and the screening question."""

    question: Question


class Why(StrEnum):
    """Why a tap or a command changes nothing."""

    STALE = "stale"  # an old button, a second tap, somebody else's row
    NOT_GENTLE = "not_gentle"  # something applies in the screening
    NOT_CLEARED = "not_cleared"  # an emergency was described, and nobody said it is cleared
    NOT_SCHEDULED = "not_scheduled"  # explained, but never done with the bot
    UNKNOWN = "unknown"  # no such entry in this pack


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was changed, and why."""

    why: Why


Started = Playing | Interrupted | GateAsked | GateClosed | OnboardingOpen | Refused

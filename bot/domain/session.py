"""What a person can be shown about a session: the values that services hand to views."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.catalogue import Entry, Practice
from bot.domain.dose import Level
from bot.domain.person import Question
from bot.domain.player import Feedback, Outcome, SessionKind
from bot.domain.step import Step


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to start: a routine, an exercise or a practice.

    `level` changes a routine's doses from what is written to those of a level.
    """

    kind: SessionKind
    key: str
    level: Level | None = None

    @property
    def code(self) -> str:
        """Return it in few letters, for a button: "r.daily-psoas-12.b"."""
        return f"{self.kind[0]}.{self.key}.{self.level[0] if self.level else ''}"

    @classmethod
    def from_code(cls, code: str) -> Wanted | None:
        """Read a code back; None where it is none."""
        kind, _, rest = code.partition(".")
        key, _, level = rest.rpartition(".")
        kinds = {kind[0]: kind for kind in SessionKind}
        levels: dict[str, Level | None] = {level[0]: level for level in Level} | {"": None}
        if kind not in kinds or level not in levels or not key:
            return None
        return cls(kinds[kind], key, levels[level])


@dataclass(frozen=True, slots=True)
class Titled:
    """What a session is called: its routine or entry, and the day of a programme."""

    name: str
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Playing:
    """A session in the middle: the step at `position` of `total` is current.

    `entry` and `breathing` are what the step is about as the session began with it; None where
    no version can be had any more.
    """

    session: int
    wanted: Wanted
    title: Titled
    step: Step
    position: int
    total: int
    entry: Entry | None = None
    breathing: Practice | None = None
    can_go_back: bool = False
    message_id: int | None = None
    following: Step | None = None
    following_name: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """A finished or stopped session: what was done of it."""

    session: int
    wanted: Wanted
    title: Titled
    outcomes: tuple[tuple[Step, Outcome | None], ...]
    entries: tuple[Entry, ...]  # what was in it, each once, in order
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
    """The gate was not passed: what was wanted is not shown, its alternatives are.

    `pulse` where a beat was felt today: the questions are not asked again before tomorrow.
    """

    gate: str
    wanted: Wanted
    pulse: bool = False


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
    NOTHING_LEFT = "nothing_left"  # they have none of the things that it needs
    UNKNOWN = "unknown"  # no such entry in this pack


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was changed, and why."""

    why: Why


Started = Playing | Interrupted | GateAsked | GateClosed | OnboardingOpen | Refused

"""What a person can be shown about a session: the values that services hand to views."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.adaptation import Named
from bot.domain.catalogue import Entry, Practice
from bot.domain.dose import Level
from bot.domain.hurting import Relief
from bot.domain.milestone import Milestone
from bot.domain.pace import Pace
from bot.domain.person import Question
from bot.domain.player import Feedback, Going, Outcome, SessionKind
from bot.domain.programme import Again
from bot.domain.progress import Tightness
from bot.domain.progression import Outlook
from bot.domain.sides import Stiffer
from bot.domain.spreading import Through
from bot.domain.step import Length, Step


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to start: a routine, an exercise or a practice.

    `level` changes a routine's doses from what is written to those of a level. The `length` is how
    much of a routine it is; a short one is the same thing.
    """

    kind: SessionKind
    key: str
    level: Level | None = None
    length: Length = field(default=Length.FULL, compare=False)

    @property
    def code(self) -> str:
        """Return it in few letters, for a button: "r.daily-psoas-12.b", "r.daily-psoas-12.S"."""
        length = "" if self.length is Length.FULL else self.length[0].upper()
        return f"{self.kind[0]}.{self.key}.{self.level[0] if self.level else ''}{length}"

    @classmethod
    def from_code(cls, code: str) -> Wanted | None:
        """Read a code back; None where it is none."""
        kind, _, rest = code.partition(".")
        key, _, level = rest.rpartition(".")
        kinds = {kind[0]: kind for kind in SessionKind}
        levels: dict[str, Level | None] = {level[0]: level for level in Level} | {"": None}
        lengths = {length[0].upper(): length for length in (Length.SHORT, Length.ONE)}
        length = lengths.get(level[-1:], Length.FULL)
        level = level if length is Length.FULL else level[:-1]
        if kind not in kinds or level not in levels or not key:
            return None
        return cls(kinds[kind], key, levels[level], length)


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
    number: int  # of the step, where some of a short session are left out
    total: int
    entry: Entry | None = None
    breathing: Practice | None = None
    can_go_back: bool = False
    message_id: int | None = None
    following: Step | None = None
    following_name: str = ""
    goes_on: bool = False  # with what was done just before: another set, or the other side
    switches: bool = False  # it is that other side
    pace: Pace = Pace.BUTTON
    going: Going = Going.WAITS
    next_at: datetime | None = None  # when the next step comes by itself
    lengths: tuple[tuple[Length, float], ...] = ()  # that it may still have, with their seconds
    rounds: tuple[int, ...] = ()  # that a breathing practice may have
    can_finish: bool = False  # after this movement others come, which can be left out
    undoable: bool = False  # the last answer can be taken back
    warns: bool = False  # it has just begun, for the first time in a while: cautions come first
    asks_tight: bool = False  # how tight it feels before has not been asked today
    again: Again | None = None  # why the day of a programme comes again, at its first step
    changes: tuple[Named, ...] = ()  # what is less of it after a week off, at its first step


@dataclass(frozen=True, slots=True)
class Sided:
    """An entry of a session whose sides may be compared, and what was said of them since."""

    entry: str
    name: str
    said: Stiffer | None


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
    length: Length = Length.FULL
    undoable: bool = False  # the last answer can be taken back
    sides: Sided | None = None
    changes: tuple[Named, ...] = ()  # what moves by a notch because of it
    outlook: Outlook | None = None  # or what it means that nothing does
    through: Through | None = None  # of a movement: how much of the day's routine is done
    milestone: Milestone | None = None  # reached by it
    tight: Tightness | None = None  # what was said of that day
    asks_tight: bool = False  # how tight it feels after

    @property
    def done(self) -> int:
        """Return how many steps were done."""
        return sum(outcome is Outcome.DONE for _, outcome in self.outcomes)

    @property
    def skipped(self) -> int:
        """Return how many steps were skipped."""
        return sum(outcome is Outcome.SKIPPED for _, outcome in self.outcomes)

    @property
    def hurt(self) -> int:
        """Return how many steps were left out because they hurt."""
        return sum(outcome is Outcome.HURT for _, outcome in self.outcomes)


@dataclass(frozen=True, slots=True)
class Hurting:
    """What follows from a step that hurt, and where the session stands now.

    `name` is what the step was about; `severe` where the pain asks for the warning signs too;
    `shown_in` is the message that showed the step.
    """

    session: int
    position: int
    name: str
    relief: Relief
    result: Playing | Ended
    severe: bool = False
    shown_in: int | None = None
    changes: tuple[Named, ...] = ()  # what there is less of from now on


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

    TOO_LATE = "too_late"  # what could be taken back for ten minutes
    OUTSIDE = "outside"  # a day that is too long ago to be corrected, or still to come
    STALE = "stale"  # an old button, a second tap, somebody else's row
    NOT_GENTLE = "not_gentle"  # something applies in the screening
    NOT_CLEARED = "not_cleared"  # an emergency was described, and nobody said it is cleared
    NOT_SCHEDULED = "not_scheduled"  # explained, but never done with the bot
    NOTHING_LEFT = "nothing_left"  # they have none of the things that it needs
    LEFT_OUT = "left_out"  # all of it is left out for good
    HURT = "hurt"  # it hurt today: back tomorrow
    UNKNOWN = "unknown"  # no such entry in this pack


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was changed, and why."""

    why: Why


Started = Playing | Interrupted | GateAsked | GateClosed | OnboardingOpen | Refused

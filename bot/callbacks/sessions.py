"""The buttons of sessions, and of what comes before them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.button import Button
from bot.domain.player import Feedback
from bot.domain.step import Length


@dataclass(frozen=True, slots=True)
class StartNow(Button, prefix="go"):
    """Start today's routine."""


@dataclass(frozen=True, slots=True)
class DoNow(Button, prefix="do"):
    """Start one exercise or practice on its own."""

    key: str


@dataclass(frozen=True, slots=True)
class Start(Button, prefix="st"):
    """Start this routine, exercise or practice, at a level where one was chosen."""

    wanted: str  # the code of a Wanted


@dataclass(frozen=True, slots=True)
class AudioDone(Button, prefix="aud"):
    """What was listened to is done."""

    wanted: str  # the code of a Wanted


@dataclass(frozen=True, slots=True)
class AudioSession(Button, prefix="au"):
    """Send this routine, exercise or practice to be listened to."""

    wanted: str  # the code of a Wanted


@dataclass(frozen=True, slots=True)
class StepDone(Button, prefix="d"):
    """This step is done."""

    session: int
    position: int


@dataclass(frozen=True, slots=True)
class StepSkip(Button, prefix="s"):
    """This step is skipped."""

    session: int
    position: int


@dataclass(frozen=True, slots=True)
class StepBack(Button, prefix="b"):
    """Back to the step before this one."""

    session: int
    position: int


@dataclass(frozen=True, slots=True)
class StepHow(Button, prefix="h"):
    """How is this step's exercise done?"""

    session: int
    position: int


@dataclass(frozen=True, slots=True)
class StepStop(Button, prefix="x"):
    """Stop this session here."""

    session: int
    position: int


@dataclass(frozen=True, slots=True)
class StepLength(Button, prefix="len"):
    """Make this session, which has just begun, a full or a short one."""

    session: int
    position: int
    length: Length


@dataclass(frozen=True, slots=True)
class StepLast(Button, prefix="last"):
    """Let the movement of this step be the last one."""

    session: int
    position: int


@dataclass(frozen=True, slots=True)
class StepRounds(Button, prefix="rnd"):
    """Let this breathing practice last so many rounds."""

    session: int
    position: int
    rounds: int


@dataclass(frozen=True, slots=True)
class UndoAnswer(Button, prefix="una"):
    """Take the last answer in this session back."""

    session: int


@dataclass(frozen=True, slots=True)
class StepPulse(Button, prefix="pu"):
    """A beat is felt under the ball: end this step, and press no more today."""

    session: int
    position: int


@dataclass(frozen=True, slots=True)
class Continue(Button, prefix="cont"):
    """Go on with an interrupted session."""

    session: int


@dataclass(frozen=True, slots=True)
class StartOver(Button, prefix="over"):
    """Drop an interrupted session and start what was wanted."""

    session: int
    wanted: str  # the code of a Wanted


@dataclass(frozen=True, slots=True)
class Felt(Button, prefix="felt"):
    """How the finished session felt."""

    session: int
    feedback: Feedback


@dataclass(frozen=True, slots=True)
class GateAnswered(Button, prefix="gate"):
    """One question of a safety gate was answered, on the way to what is `wanted`."""

    gate: str
    question: int
    yes: bool
    wanted: str  # the code of a Wanted


@dataclass(frozen=True, slots=True)
class GateAgain(Button, prefix="again"):
    """An answer to a safety gate was wrong: ask from the start, on the way to what is `wanted`."""

    gate: str
    wanted: str  # the code of a Wanted

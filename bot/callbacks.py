"""One frozen class per button: what it says it acts on."""

from __future__ import annotations

from dataclasses import dataclass

from bot.button import Button
from bot.domain.person import Question, Screened
from bot.domain.player import Feedback, SessionKind

# --- onboarding -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Understood(Button, prefix="ok"):
    """The safety note was read."""


@dataclass(frozen=True, slots=True)
class Screen(Button, prefix="scr"):
    """The screening question was answered."""

    answer: Screened


@dataclass(frozen=True, slots=True)
class ChooseZone(Button, prefix="zone"):
    """A time zone was picked; `first` where it is onboarding's answer, so it holds only then."""

    zone: str
    first: bool


@dataclass(frozen=True, slots=True)
class ConfirmZone(Button, prefix="zok"):
    """ "It is 07:12 for you now" was confirmed or denied."""

    right: bool


@dataclass(frozen=True, slots=True)
class ChooseTime(Button, prefix="at"):
    """A time of day was picked in onboarding: four digits, hours and minutes."""

    clock: str


@dataclass(frozen=True, slots=True)
class Later(Button, prefix="later"):
    """An onboarding question was put off."""

    question: Question


# --- sessions ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StartNow(Button, prefix="go"):
    """Start today's routine."""


@dataclass(frozen=True, slots=True)
class DoNow(Button, prefix="do"):
    """Start one exercise or practice on its own."""

    key: str


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
class Continue(Button, prefix="cont"):
    """Go on with an interrupted session."""

    session: int


@dataclass(frozen=True, slots=True)
class StartOver(Button, prefix="over"):
    """Drop an interrupted session and start what was wanted."""

    session: int
    kind: SessionKind
    key: str


@dataclass(frozen=True, slots=True)
class Felt(Button, prefix="felt"):
    """How the finished session felt."""

    session: int
    feedback: Feedback


@dataclass(frozen=True, slots=True)
class GateAnswered(Button, prefix="gate"):
    """One question of a safety gate was answered, on the way to starting `key`."""

    gate: str
    question: int
    yes: bool
    kind: SessionKind
    key: str


@dataclass(frozen=True, slots=True)
class GateAgain(Button, prefix="again"):
    """An answer to a safety gate was wrong: ask from the start, on the way to starting `key`."""

    gate: str
    kind: SessionKind
    key: str


# --- reminders --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StartOccurrence(Button, prefix="os"):
    """Start what this occurrence reminds of."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class Snooze(Button, prefix="oz"):
    """Remind again in some minutes."""

    occurrence: int
    minutes: int


@dataclass(frozen=True, slots=True)
class NotToday(Button, prefix="on"):
    """Not today."""

    occurrence: int


# --- schedule and settings ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddReminder(Button, prefix="ra"):
    """Ask for the time of another daily reminder."""


@dataclass(frozen=True, slots=True)
class ChangeReminder(Button, prefix="rc"):
    """Ask for a new time of this reminder."""

    reminder: int


@dataclass(frozen=True, slots=True)
class RemoveReminder(Button, prefix="rr"):
    """Remove this reminder."""

    reminder: int


@dataclass(frozen=True, slots=True)
class ChooseRoutine(Button, prefix="rt"):
    """Make this routine the daily one."""

    key: str


@dataclass(frozen=True, slots=True)
class ChooseLanguage(Button, prefix="lang"):
    """Speak this language from now on."""

    language: str


@dataclass(frozen=True, slots=True)
class Resume(Button, prefix="res"):
    """End the pause."""


@dataclass(frozen=True, slots=True)
class OpenPage(Button, prefix="page"):
    """Open a page of the settings or of the help."""

    page: str


@dataclass(frozen=True, slots=True)
class DeleteEverything(Button, prefix="del"):
    """Delete all that is stored about the person, or keep it."""

    sure: bool


# --- cards --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenCard(Button, prefix="c"):
    """Show the card of an entry, opened at a facet."""

    key: str
    facet: str

"""The buttons of the schedule: its reminders, the wizard, moving one moment, and undo."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.button import Button


@dataclass(frozen=True, slots=True)
class ShowSchedule(Button, prefix="rs"):
    """Leave what was begun and show the reminders as they are."""


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
class OpenReminder(Button, prefix="ro"):
    """Show this reminder alone, with what else can be done with it."""

    reminder: int


@dataclass(frozen=True, slots=True)
class RestReminder(Button, prefix="rx"):
    """Let this reminder alone rest, or come again."""

    reminder: int
    rests: bool


@dataclass(frozen=True, slots=True)
class OpenMove(Button, prefix="rm"):
    """Ask when the next moment of this reminder shall come instead."""

    reminder: int


@dataclass(frozen=True, slots=True)
class MoveMoment(Button, prefix="rmt"):
    """Let the moment that the rule plans at `due` come at `to`; both are minutes of UTC."""

    reminder: int
    due: int
    to: int


@dataclass(frozen=True, slots=True)
class UndoChange(Button, prefix="ru"):
    """Take the change back that was made at `moment`, in milliseconds of UTC."""

    moment: int


class WizardPage(StrEnum):
    """A screen of the wizard."""

    KIND = "k"
    PRACTICE = "p"
    FORM = "f"
    TIMES = "t"
    HOUR = "h"  # of another time
    WINDOW = "w"  # every so often, or at random moments
    DAYS = "d"


@dataclass(frozen=True, slots=True)
class Compose(Button, prefix="w"):
    """Go on with this draft on a page; `reminder` is what it changes, None adds one."""

    page: WizardPage
    reminder: int | None
    draft: str


@dataclass(frozen=True, slots=True)
class PickMinute(Button, prefix="wm"):
    """Ask for the minute of another time at this hour."""

    hour: int
    reminder: int | None
    draft: str


@dataclass(frozen=True, slots=True)
class SetDraft(Button, prefix="ws"):
    """Make the draft a reminder, or change one to it."""

    reminder: int | None
    draft: str

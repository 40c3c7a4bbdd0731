"""The buttons of why not today, of the gentle question, of pauses, and of how reminders come."""

from __future__ import annotations

from dataclasses import dataclass

from bot.button import Button
from bot.domain.manners import Wish
from bot.domain.reminder import SkipReason


@dataclass(frozen=True, slots=True)
class Because(Button, prefix="oy"):
    """Why it was not today."""

    occurrence: int
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class AnswerGently(Button, prefix="og"):
    """What shall change, now that reminders went by for days."""

    occurrence: int
    wish: Wish


@dataclass(frozen=True, slots=True)
class OfferPause(Button, prefix="po"):
    """Offer how long everything may rest."""


@dataclass(frozen=True, slots=True)
class PauseUntil(Button, prefix="pd"):
    """Let everything rest until this date: eight digits."""

    until: str


@dataclass(frozen=True, slots=True)
class TypePause(Button, prefix="pt"):
    """Ask until when everything shall rest."""


@dataclass(frozen=True, slots=True)
class NoPause(Button, prefix="pn"):
    """Let all be as it is."""


@dataclass(frozen=True, slots=True)
class SetQuiet(Button, prefix="mq"):
    """Let nothing come in these hours, as 2200-0700; "off" for none."""

    hours: str


@dataclass(frozen=True, slots=True)
class SetRepeat(Button, prefix="mr"):
    """Remind again after so many minutes without an answer; 0 for never."""

    minutes: int


@dataclass(frozen=True, slots=True)
class SetAround(Button, prefix="ma"):
    """Reminders may come a little early or late, or not."""

    on: bool


@dataclass(frozen=True, slots=True)
class SetDayEnd(Button, prefix="md"):
    """The day of practice ends at this time: four digits."""

    clock: str

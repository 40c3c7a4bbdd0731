"""The buttons of a reminder."""

from __future__ import annotations

from dataclasses import dataclass

from bot.button import Button
from bot.domain.step import Length


@dataclass(frozen=True, slots=True)
class StartOccurrence(Button, prefix="os"):
    """Start what this occurrence reminds of."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class MovementDone(Button, prefix="od"):
    """What this movement's reminder asks for is done."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class MovementSkip(Button, prefix="ow"):
    """What this movement's reminder asks for is skipped; the others of the day come."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class UndoMovement(Button, prefix="ou"):
    """Take back what was said about this movement's reminder: it comes again."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class StartLength(Button, prefix="ol"):
    """Start so much of the routine that this occurrence reminds of."""

    occurrence: int
    length: Length


@dataclass(frozen=True, slots=True)
class Snooze(Button, prefix="oz"):
    """Remind again in some minutes."""

    occurrence: int
    minutes: int


@dataclass(frozen=True, slots=True)
class NotToday(Button, prefix="on"):
    """Not today."""

    occurrence: int

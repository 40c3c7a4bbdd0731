"""The buttons of a reminder."""

from __future__ import annotations

from dataclasses import dataclass

from bot.button import Button


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

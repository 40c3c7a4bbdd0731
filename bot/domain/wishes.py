"""What somebody may want of their reminders, as a typed line says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from bot.domain.schedule import Rule


@dataclass(frozen=True, slots=True)
class Set:
    """Reminders shall be exactly these."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Add:
    """These reminders shall come on top."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Off:
    """There shall be no reminders."""


@dataclass(frozen=True, slots=True)
class Change:
    """The reminder of this number in the list shall be these."""

    number: int
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Remove:
    """There shall be no reminder of this number."""

    number: int


@dataclass(frozen=True, slots=True)
class Pause:
    """The reminder of this number shall rest."""

    number: int


@dataclass(frozen=True, slots=True)
class Resume:
    """The reminder of this number shall come again."""

    number: int


@dataclass(frozen=True, slots=True)
class Move:
    """The routine's next moment, or the one of a day, shall come at this local time instead."""

    at: time
    day: date | None


@dataclass(frozen=True, slots=True)
class Undo:
    """The last change shall be taken back."""


Wish = Set | Add | Off | Change | Remove | Pause | Resume | Move | Undo

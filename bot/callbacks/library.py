"""The buttons of cards, notes and routines."""

from __future__ import annotations

from dataclasses import dataclass

from bot.button import Button
from bot.domain.catalogue import Purpose
from bot.domain.dose import Level


@dataclass(frozen=True, slots=True)
class OpenCard(Button, prefix="c"):
    """Show the card of an entry, opened at a facet."""

    key: str
    facet: str


@dataclass(frozen=True, slots=True)
class OpenLibrary(Button, prefix="lib"):
    """Show the library, or all for one purpose; `mine` leaves out what cannot be done."""

    purpose: Purpose | None
    mine: bool


@dataclass(frozen=True, slots=True)
class OpenNotes(Button, prefix="kns"):
    """List the knowledge notes from one of them on, counted from 0."""

    first: int


@dataclass(frozen=True, slots=True)
class OpenNote(Button, prefix="kn"):
    """Show a knowledge note."""

    key: str


@dataclass(frozen=True, slots=True)
class OpenRoutine(Button, prefix="rp"):
    """Show a routine: its items, what it needs, its length at every level."""

    key: str
    level: Level | None

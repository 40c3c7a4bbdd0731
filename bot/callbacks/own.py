"""The buttons of own routines: each names the routine, and the revision that it was shown in."""

from __future__ import annotations

from dataclasses import dataclass

from bot.button import Button
from bot.domain.catalogue import Purpose


@dataclass(frozen=True, slots=True)
class NewRoutine(Button, prefix="yn"):
    """Begin a routine; `known` is how many there were when this was shown."""

    known: int


@dataclass(frozen=True, slots=True)
class OpenOwn(Button, prefix="yo"):
    """Show a routine as it is built."""

    own: int


@dataclass(frozen=True, slots=True)
class OpenShelf(Button, prefix="ys"):
    """Show what can be added: the purposes, or all for one."""

    own: int
    purpose: Purpose | None


@dataclass(frozen=True, slots=True)
class AddEntry(Button, prefix="ya"):
    """Put this entry at the end."""

    own: int
    revision: int
    key: str


@dataclass(frozen=True, slots=True)
class OpenLine(Button, prefix="yl"):
    """Show one line, counted from 1, with what can be done with it."""

    own: int
    revision: int
    line: int


@dataclass(frozen=True, slots=True)
class MoveLine(Button, prefix="ym"):
    """Move a line up or down."""

    own: int
    revision: int
    line: int
    up: bool


@dataclass(frozen=True, slots=True)
class StepLine(Button, prefix="yd"):
    """Give a line the next larger or smaller dose."""

    own: int
    revision: int
    line: int
    more: bool


@dataclass(frozen=True, slots=True)
class RemoveLine(Button, prefix="yr"):
    """Take a line out."""

    own: int
    revision: int
    line: int


@dataclass(frozen=True, slots=True)
class PutLineBack(Button, prefix="yu"):
    """Put the line back that was just taken out."""

    own: int
    revision: int


@dataclass(frozen=True, slots=True)
class RenameOwn(Button, prefix="yy"):
    """Ask for a name."""

    own: int


@dataclass(frozen=True, slots=True)
class KeepName(Button, prefix="yk"):
    """Leave the name as it is."""

    own: int


@dataclass(frozen=True, slots=True)
class ShareOwn(Button, prefix="yx"):
    """Show a link that others can open, or let it lead nowhere any more."""

    own: int
    on: bool


@dataclass(frozen=True, slots=True)
class SendOwn(Button, prefix="yf"):
    """Send a routine as a file."""

    own: int


@dataclass(frozen=True, slots=True)
class DeleteOwn(Button, prefix="yz"):
    """Delete a routine; ask first where not `sure`."""

    own: int
    revision: int
    sure: bool


@dataclass(frozen=True, slots=True)
class AddShared(Button, prefix="yc"):
    """Copy what a link leads to, as it was shown."""

    token: str
    revision: int


@dataclass(frozen=True, slots=True)
class AnswerOffer(Button, prefix="ye"):
    """Keep what was offered, or not; None is what nothing is stored of."""

    own: int | None
    yes: bool

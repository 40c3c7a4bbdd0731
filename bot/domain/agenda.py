"""What a person can be shown about their reminders: the values that services hand to views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.draft import Draft
from bot.domain.firings import Firing
from bot.domain.person import Someone
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Rule


class Notice(StrEnum):
    """What became of a change."""

    SAVED = "saved"
    REMOVED = "removed"
    RESTS = "rests"
    WAKES = "wakes"
    SAME = "same"  # it was so before
    FULL = "full"  # nothing was changed: there would be more than one can have
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A reminder as it is typed: by its number in the list."""

    number: int


# A reminder as a button names it, by its id, or by its number.
Which = int | Numbered


@dataclass(frozen=True, slots=True)
class Line:
    """One reminder as it is shown."""

    id: int
    kind: ReminderKind
    entry: str | None
    rule: Rule
    rests: bool = False
    aside: bool = False  # rests because of the pace

    @property
    def means(self) -> tuple[ReminderKind, str | None, Rule]:
        """Return what it reminds of and when, whichever row it is."""
        return self.kind, self.entry, self.rule


@dataclass(frozen=True, slots=True)
class Plan:
    """All of a person's reminders, and what comes next of them."""

    person: Someone
    lines: tuple[Line, ...]
    next_at: datetime | None  # when the next reminder comes
    now: datetime
    firings: tuple[Firing, ...] = ()
    notice: Notice | None = None
    gone: tuple[Line, ...] = ()  # what was before the change and is no more
    undo: int | None = None  # names the last change, while it can be taken back

    @property
    def changed(self) -> bool:
        """Return whether something was changed that can be taken back."""
        return self.notice in (Notice.SAVED, Notice.REMOVED, Notice.RESTS, Notice.WAKES)


@dataclass(frozen=True, slots=True)
class One:
    """One reminder alone, with its number in the list and what comes next of it."""

    number: int
    line: Line
    firings: tuple[Firing, ...]
    person: Someone
    now: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A reminder that is to be changed, and the draft with which buttons begin."""

    rule: Rule
    draft: Draft


class NotUndone(StrEnum):
    """Why nothing was taken back."""

    NOTHING = "nothing"  # nothing was changed, or it was taken back already
    OLDER = "older"  # the button is of an earlier change
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of a reminder that is still to come: the rule plans it at `due`, it comes `at`."""

    reminder: int
    kind: ReminderKind
    entry: str | None
    due: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Coming:
    """The next moment of a reminder, for the person to say when it shall come instead."""

    moment: Moment | None  # None: there is none
    person: Someone
    now: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """A moment that comes `at` another time than it was going to."""

    moment: Moment
    at: datetime
    person: Someone
    now: datetime
    undo: int | None


class NotMoved(StrEnum):
    """Why nothing was moved."""

    NOTHING = "nothing"  # nothing is planned at all
    DAY = "day"  # nothing is planned on that day
    PAST = "past"  # that time is over
    SAME = "same"  # it comes then anyway

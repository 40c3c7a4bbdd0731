"""What an operator tells everybody: how long it may be, whom it reaches, where each copy stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# Characters as Telegram counts them; its own limit is 4,096.
LONGEST = 3500

# A preview that is older goes out no more: by then it may be wrong.
FRESH = timedelta(days=1)

# Of the rate at which messages leave, so much is for copies; the rest stays for what cannot wait.
SHARE = 0.5

# So often a copy of which nothing is known, or that was refused, goes out at most.
MOST_TRIES = 5


class CopyState(StrEnum):
    """What became of one person's copy."""

    DUE = "due"
    SENT = "sent"
    GONE = "gone"  # nobody can be reached there
    UNWANTED = "unwanted"  # they opted out before it went out
    STOPPED = "stopped"  # an operator stopped it before it went out


class Why(StrEnum):
    """Why nothing was done about a broadcast."""

    UNKNOWN = "unknown"  # it is somebody else's, or was forgotten
    OLD = "old"
    CANCELLED = "cancelled"
    CONFIRMED = "confirmed"
    OTHER = "other"  # another one is going out
    OVER = "over"  # it went out, or was stopped
    PREVIEW = "preview"  # what was tapped is only how others will see it
    SAME = "same"  # it is like that already


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a broadcast would reach now, and whom not."""

    people: int
    opted_out: int
    unreachable: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A broadcast that its author has not confirmed yet."""

    broadcast: int
    text: str
    audience: Audience


@dataclass(frozen=True, slots=True)
class Tally:
    """How many copies of a broadcast stand where; `stopped` where the rest stays unsent."""

    broadcast: int
    copies: Mapping[CopyState, int]
    stopped: bool

    def count(self, state: CopyState) -> int:
        """Return how many copies are in a state."""
        return self.copies.get(state, 0)

    @property
    def people(self) -> int:
        """Return for how many people there is a copy."""
        return sum(self.copies.values())


@dataclass(frozen=True, slots=True)
class Copy:
    """One person's copy that goes out now."""

    broadcast: int
    person_id: int
    text: str
    language: str | None
    attempts: int  # that failed

    @property
    def key(self) -> tuple[int, int]:
        """Return what names it: (broadcast, person)."""
        return self.broadcast, self.person_id


def length(text: str) -> int:
    """Return how many characters a text has as Telegram counts them: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def confirmable(
    made_at: datetime,
    confirmed_at: datetime | None,
    cancelled_at: datetime | None,
    now: datetime,
) -> Why | None:
    """Return why a broadcast cannot be confirmed any more at `now`; None where it can."""
    if confirmed_at is not None:
        return Why.CONFIRMED
    if cancelled_at is not None:
        return Why.CANCELLED
    return Why.OLD if now - made_at > FRESH else None

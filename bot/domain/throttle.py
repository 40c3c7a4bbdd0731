"""How much one person may ask for in a short time: far more than anybody taps or types by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto


class Verdict(Enum):
    """What becomes of one thing that somebody asks for."""

    HEARD = auto()
    TOLD = auto()  # not heard, and to be told so
    UNHEARD = auto()  # not heard, and told before


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many at once, then one more every so often; after too many, calm ends the silence."""

    burst: int
    every: timedelta
    calm: timedelta


# A person who types as fast as they can sends one message in two seconds.
MESSAGES = Allowance(burst=120, every=timedelta(seconds=1), calm=timedelta(seconds=30))
# Inline mode asks again at each letter.
LOOKUPS = Allowance(burst=120, every=timedelta(seconds=0.5), calm=timedelta(seconds=5))
# What is drawn, recorded or gathered for one person alone takes up to seconds of a processor.
MADE = Allowance(burst=20, every=timedelta(seconds=15), calm=timedelta(seconds=30))


@dataclass(frozen=True, slots=True)
class Spent:
    """What somebody has used of an allowance, which time gives back."""

    used: float
    at: datetime
    silenced: bool = False

    def left(self, allowance: Allowance, now: datetime) -> float:
        """Return how much is still used at a moment."""
        return max(0.0, self.used - _since(self.at, now) / allowance.every)


def take(allowance: Allowance, spent: Spent | None, now: datetime) -> tuple[Spent, Verdict]:
    """Return what is used after one thing more, and what becomes of that one.

    Who was silenced is heard again once they asked for nothing for as long as calm takes. A clock
    that was put back gives nothing and takes nothing.
    """
    if spent is None:
        return Spent(1, now), Verdict.HEARD
    used = spent.left(allowance, now)
    if spent.silenced and _since(spent.at, now) < allowance.calm:
        return Spent(used, now, silenced=True), Verdict.UNHEARD
    if used + 1 > allowance.burst:
        return Spent(used, now, silenced=True), Verdict.TOLD
    return Spent(used + 1, now), Verdict.HEARD


def _since(before: datetime, now: datetime) -> timedelta:
    return max(now - before, timedelta())

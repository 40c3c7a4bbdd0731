"""What a weekly recap may offer to change, when it is worth offering, and until when it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.adaptation import Change
from bot.domain.player import Feedback
from bot.domain.schedule import Rule
from bot.domain.windows import holds


class ProposalKind(StrEnum):
    """What would change."""

    TIME = "time"  # the reminder comes at another time
    LEVEL = "level"  # one notch more of one exercise


STANDS = timedelta(days=7)  # then the next recap comes, and an old offer is over
REST = timedelta(weeks=4)  # what was not taken is not offered again for so long
SETTLES = timedelta(days=7)  # after a change of their own nobody is offered another time so soon

LAST = 10  # sessions that are looked at
ENOUGH = 5  # of them began at about the same time
TOGETHER = 60  # minutes that lie between them at most
APART = 45  # minutes from the reminder's time at least
ROUND = 5  # minutes: how exactly a time is offered
_DAY = 24 * 60  # minutes

WATCHED, TOLD = 3, 2  # routines that say whether more is right, and of how many it was told


@dataclass(frozen=True, slots=True)
class Planned:
    """A reminder of the routine: its rule, and which row it is."""

    id: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class NewTime:
    """A reminder would come at another time, because so many of the last sessions began then."""

    reminder: int
    at: time
    to: time
    times: int
    of: int

    @property
    def kind(self) -> ProposalKind:
        """Return what would change."""
        return ProposalKind.TIME

    def to_dict(self) -> dict[str, Any]:
        """Return the offer as it is stored."""
        return {
            "reminder": self.reminder,
            "at": f"{self.at:%H:%M}",
            "to": f"{self.to:%H:%M}",
            "times": self.times,
            "of": self.of,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> NewTime:
        """Read a stored offer back."""
        at, to = time.fromisoformat(stored["at"]), time.fromisoformat(stored["to"])
        return cls(stored["reminder"], at, to, stored["times"], stored["of"])


@dataclass(frozen=True, slots=True)
class More:
    """One exercise would be one notch more."""

    entry: str
    change: Change

    @property
    def kind(self) -> ProposalKind:
        """Return what would change."""
        return ProposalKind.LEVEL

    def to_dict(self) -> dict[str, Any]:
        """Return the offer as it is stored."""
        return {"entry": self.entry, "change": self.change.to_dict()}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> More:
        """Read a stored offer back."""
        return cls(stored["entry"], Change.from_dict(stored["change"]))


Offer = NewTime | More


def read_offer(kind: ProposalKind, stored: Mapping[str, Any]) -> Offer:
    """Read a stored offer back."""
    return (NewTime if kind is ProposalKind.TIME else More).from_dict(stored)


def is_ready(felt: Sequence[Feedback | None]) -> bool:
    """Return whether more is worth offering, from how finished routines felt, the last one last.

    Of the last three at least two were told, and all that were told were too easy or just right.
    """
    told = [one for one in felt[-WATCHED:] if one is not None]
    return len(told) >= TOLD and Feedback.HARD not in told


@dataclass(frozen=True, slots=True)
class Offered:
    """What a recap offers, and which row it is."""

    id: int
    offer: Offer


def new_time(
    reminders: Sequence[Planned],
    began: Sequence[datetime],
    quiet: tuple[time, time] | None = None,
) -> NewTime | None:
    """Return which reminder of the routine should come at another time, if any should.

    `began` are the local moments at which finished sessions began, oldest first. At least five of
    the last ten lie within an hour, 45 minutes or more from the only time at which the routine is
    planned on their days, and are more than those that lie near it. Never into the quiet hours.
    """
    last = began[-LAST:]
    for each in reminders:
        others = [one.rule for one in reminders if one.id != each.id]
        if not _is_plain(each.rule) or any(one.weekdays & each.rule.weekdays for one in others):
            continue
        (at,) = each.rule.times
        theirs = [_minute(one.time()) for one in last if each.rule.counts(one.date())]
        far = [one for one in theirs if distance(one, _minute(at)) >= APART]
        same = cluster(far)
        if len(same) < ENOUGH or len(same) <= len(theirs) - len(far):
            continue
        to = _middle(same)
        close = distance(_minute(to), _minute(at)) < APART
        if not close and not (quiet and holds(*quiet, to)):
            return NewTime(each.id, at, to, len(same), len(last))
    return None


def moved(rule: Rule, offer: NewTime) -> Rule | None:
    """Return the rule with the offered time; None where it has another time than at the offer."""
    if not _is_plain(rule) or rule.times != (offer.at,):
        return None
    return Rule((offer.to,), rule.weekdays, None, None, rule.every_days, rule.starts, rule.ends)


def cluster(minutes: Iterable[int]) -> list[int]:
    """Return the most minutes of the day that lie within an hour of each other, in their order.

    Those past midnight count on from the day before, so that the middle is the middle.
    """
    found = sorted(minutes)
    around = (
        sorted(first + (one - first) % _DAY for one in found if (one - first) % _DAY <= TOGETHER)
        for first in found
    )
    return max(around, key=len, default=[])


def distance(one: int, other: int) -> int:
    """Return how many minutes lie between two minutes of the day, the shorter way round."""
    return min((one - other) % _DAY, (other - one) % _DAY)


def _is_plain(rule: Rule) -> bool:
    """Return whether a rule is one time of day and nothing else."""
    return len(rule.times) == 1 and rule.window is None and rule.scatter is None


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _middle(minutes: Sequence[int]) -> time:
    """Return the median, rounded as times are offered."""
    middle = round(minutes[len(minutes) // 2] / ROUND) * ROUND % _DAY
    return time(middle // 60, middle % 60)

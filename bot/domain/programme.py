"""Which day of a programme comes: one a day; after a break or a flare an earlier one again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Again(StrEnum):
    """Why a day of a programme comes again."""

    MISSED = "missed"  # a planned day was missed
    FLARE = "flare"  # the last one was too hard, or it hurt
    LAST = "last"  # there is none after it


@dataclass(frozen=True, slots=True)
class DayDone:
    """A day of a programme that was done on a date, or that was too much on it."""

    number: int  # from 1
    day: date
    flare: bool = False  # it was too hard, or hurt 4 of 10 or more


@dataclass(frozen=True, slots=True)
class Today:
    """The day of a programme that comes today, counted from 1, and why it is no new one."""

    number: int
    again: Again | None = None


def between(done: Sequence[DayDone], today: date) -> list[date]:
    """Return the dates since the last day that was done, up to yesterday."""
    if not done:
        return []
    return [done[-1].day + timedelta(days=gap) for gap in range(1, (today - done[-1].day).days)]


def today_of(done: Sequence[DayDone], today: date, days: int, missed: Collection[date]) -> Today:
    """Return which of the `days` of a programme `today` brings, after those `done`, oldest first.

    `missed` are the dates on which it was planned, and not done. Another day brings the next;
    after a planned day that was missed the last one comes again (facts, section 7: restart at the
    previous step); a day that was too much is not passed, and the last comfortable day before it
    comes again (the same section: any flare); after the last day that one stays.
    """
    if not done:
        return Today(1)
    last = done[-1]
    if last.flare:
        before = (one.number for one in reversed(done) if not one.flare)
        comfortable = next((number for number in before if number < last.number), 1)
        return Today(min(comfortable, days), Again.FLARE)
    number = min(max(last.number, 1), days)
    if last.day >= today:
        return Today(number)
    if any(one in missed for one in between(done, today)):
        return Today(number, Again.MISSED)
    return Today(number + 1) if number < days else Today(number, Again.LAST)

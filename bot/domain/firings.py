"""What a person can expect next: the firings of all their reminders, as they would be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from heapq import merge
from itertools import groupby, islice
from operator import attrgetter
from zoneinfo import ZoneInfo

from bot.domain.downtime import expires_at
from bot.domain.local_time import DAY_END, local_day
from bot.domain.reminder import OF_ROUTINE, ReminderKind
from bot.domain.schedule import Rule, fires_after
from bot.domain.settling import Situation, quiet_until, stays_away
from bot.domain.upcoming import latest

# So many moments of one reminder are looked at; quiet hours may swallow most of them.
LOOKED_AT = 100

AT = attrgetter("at")


@dataclass(frozen=True, slots=True)
class Firing:
    """One moment at which the person is told of something."""

    at: datetime
    moved: bool = False
    breathing: bool = False  # of nothing else


@dataclass(frozen=True, slots=True)
class Repeating:
    """One reminder as far as its firings go.

    `settled` are moments that have an occurrence already, with when that one is told; None where
    it will not be.
    """

    kind: ReminderKind
    rule: Rule
    settled_at: datetime | None = None
    rests: bool = False
    settled: Mapping[datetime, Firing | None] = field(default_factory=dict)


def firings(
    reminders: Sequence[Repeating],
    person: Situation,
    count: int,
    now: datetime,
    rests_until: datetime | None = None,
    day_end: time = DAY_END,
) -> list[Firing]:
    """Return the next `count` firings of all reminders in order; those of one minute are one.

    Nothing new comes before `rests_until`.
    """
    planned = [
        islice(_planned(each, person, latest(now, rests_until), day_end), count)
        for each in reminders
        if not each.rests
    ]
    waiting = (one for each in reminders for one in each.settled.values() if one and one.at > now)
    ordered = merge(*planned, sorted(waiting, key=AT), key=AT)
    together = (list(same) for _, same in groupby(ordered, AT))
    return list(islice(map(_merged, together), count))


def _merged(same: Sequence[Firing]) -> Firing:
    """Return what is told at one moment as the one message it will be."""
    return Firing(same[0].at, all(one.moved for one in same), all(one.breathing for one in same))


def _planned(one: Repeating, person: Situation, after: datetime, day_end: time) -> Iterator[Firing]:
    moments = fires_after(one.rule, latest(after, one.settled_at), person.zone)
    for moment in islice(moments, LOOKED_AT):
        told = None if moment in one.settled else _told(one, moment, person, day_end)
        if told is not None:
            yield Firing(told, breathing=one.kind is ReminderKind.PRACTICE)


def _told(one: Repeating, moment: datetime, person: Situation, day_end: time) -> datetime | None:
    """Return when the person is told of a planned moment; None where they are not."""
    day = local_day(moment, person.zone, day_end)
    routine = one.kind in OF_ROUTINE
    if routine and day in person.done:
        return None
    if person.eased_on is not None and stays_away(day, person.eased_on):
        return None
    over = quiet_until(moment, person.quiet, person.zone)
    if over is None:
        return moment
    expires = expires_at(one.rule, moment, one.kind, person.zone, day_end)
    return over if routine and over < expires else None


def by_day(found: Sequence[Firing], zone: ZoneInfo) -> list[tuple[date, list[Firing]]]:
    """Return the firings by the local date they fall on."""
    days = groupby(found, lambda each: each.at.astimezone(zone).date())
    return [(day, list(group)) for day, group in days]

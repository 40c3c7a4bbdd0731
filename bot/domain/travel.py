"""Travelling between time zones: whether clocks differ, and when home's counts again."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zlib import crc32

from bot.domain.local_time import SECOND, instant, zone_named

HALF_YEAR = timedelta(days=182)  # far enough for summer time to be the other way round


def same_clock(one: str, other: str, now: datetime) -> bool:
    """Return whether two zones show the same time, now and in half a year."""
    zones = zone_named(one), zone_named(other)
    return all(
        len({moment.astimezone(zone).utcoffset() for zone in zones}) == 1
        for moment in (now, now + HALF_YEAR)
    )


def digest(zone: str) -> int:
    """Return a number that stands for a zone's name where two names would not fit."""
    return crc32(zone.encode())


def return_at(day: date, trip: str, home: str) -> datetime:
    """Return the UTC moment when home's clock counts again for somebody who is back on `day`.

    Each local date belongs to one clock: those before `day` to the trip's, `day` and what follows
    to home's. So it is the earlier of the two midnights: nothing comes on `day` by the trip's
    clock any more, which would be the night before at home.
    """
    return min(instant(day, time(), zone_named(zone)) for zone in (trip, home))


def return_day(home_at: datetime, trip: str, home: str) -> date:
    """Return the local date for which `return_at` gave this moment."""
    return max(home_at.astimezone(zone_named(zone)).date() for zone in (trip, home))


def counts_from(waits: datetime | None, home_at: datetime, trip: str, home: str) -> datetime:
    """Return the UTC moment after which home's clock decides about a reminder.

    Mostly that is home's midnight: the evening before came by the trip's clock already. `waits`
    is a moment of the trip that was due but not seen to, because the bot was down: it keeps its
    local time, so that it is not lost.
    """
    if waits is not None and waits < home_at:
        return kept(waits, trip, home) - SECOND
    midnight = instant(return_day(home_at, trip, home), time(), zone_named(home))
    return max(home_at, midnight) - SECOND


def kept(moment: datetime, trip: str, home: str) -> datetime:
    """Return when home's clock shows what the trip's clock shows at a moment."""
    local = moment.astimezone(zone_named(trip))
    return instant(local.date(), local.time(), zone_named(home))

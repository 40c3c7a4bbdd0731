"""Where a person's wall clock meets UTC: instants of local times, and days that end at night."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)

# A practice day lasts until this local time of the next date, unless the person says otherwise.
DAY_END = time(3)


@cache
def zone_named(name: str) -> ZoneInfo:
    """Return a zone and keep it: ZoneInfo itself reads it anew where many are in use by turns."""
    return ZoneInfo(name)


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the UTC moment when clocks in `zone` show `at` on `day`.

    A local time that does not exist means the first valid instant after the gap; a local time
    that comes twice means the first of the two.
    """
    wall = datetime.combine(day, at.replace(tzinfo=None, fold=0))
    first = wall.replace(tzinfo=zone).astimezone(UTC)
    if _wall_clock(first, zone) == wall:
        return first
    # In a gap fold=0 lands after it and fold=1 before it: the gap lies between them.
    return _end_of_gap(wall.replace(tzinfo=zone, fold=1).astimezone(UTC), first, wall, zone)


def local_day(now: datetime, zone: ZoneInfo, day_end: time = DAY_END) -> date:
    """Return the practice day of `now`: before `day_end` on the local clock, the day before."""
    day = now.astimezone(zone).date() - DAY
    while day_end_at(day, zone, day_end) <= now:
        day += DAY
    return day


def day_end_at(day: date, zone: ZoneInfo, day_end: time = DAY_END) -> datetime:
    """Return the UTC moment when practice day `day` ends: `day_end` of the following date."""
    return instant(day + DAY, day_end, zone)


def day_span(day: date, zone: ZoneInfo, day_end: time = DAY_END) -> tuple[datetime, datetime]:
    """Return the UTC moments when practice day `day` begins and ends; the end is the next day's."""
    return day_end_at(day - DAY, zone, day_end), day_end_at(day, zone, day_end)


def _wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def _end_of_gap(before: datetime, after: datetime, wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the first whole second in (before, after] whose wall clock is past `wall`."""
    while after - before > SECOND:
        middle = before + (after - before) // (2 * SECOND) * SECOND
        if _wall_clock(middle, zone) > wall:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)

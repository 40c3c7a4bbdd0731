"""Where a planned moment lies once the rules of its time zone have changed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.local_time import DAY, SECOND, instant
from bot.domain.schedule import Rule, fires, next_fire
from bot.domain.upcoming import upcoming

# No zone was ever moved by more than a day: Samoa went over the date line.
REACH = timedelta(hours=26)


def retimed(
    rule: Rule,
    zone: ZoneInfo,
    planned: datetime,
    now: datetime,
    settled: datetime | None,
    until: datetime | None = None,
) -> datetime | None:
    """Return the moment of the rule that `planned` was by the old data of the zone.

    The old data is gone, so it is the moment nearest to it. What is settled does not come again,
    also where today's time is still to come by the new data; what would be passed over on a day
    without anything settled comes before it. Nothing comes before `until`.
    """
    nearest = _nearest(rule, zone, planned, settled, until)
    fresh = upcoming(rule, zone, now, settled, until, _end_of_date(settled, zone))
    return min((moment for moment in (nearest, fresh) if moment), default=None)


def _nearest(
    rule: Rule, zone: ZoneInfo, planned: datetime, settled: datetime | None, until: datetime | None
) -> datetime | None:
    if next_fire(rule, planned - SECOND, zone) == planned:
        return planned
    floor = max(moment for moment in (planned - REACH, settled, until) if moment)
    near = fires(rule, floor, planned + REACH, zone)
    return min(near, key=lambda moment: abs(moment - planned), default=None)


def _end_of_date(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    """Return the last second of the local date of a moment."""
    if moment is None:
        return None
    local = moment.astimezone(zone).date()
    return (instant(local + DAY, time(), zone) - SECOND).astimezone(UTC)

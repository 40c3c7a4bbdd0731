"""What clocks on walls show, walked minute by minute: what schedules are held against."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.schedule import Rule

ZONES = sorted(available_timezones() - {"localtime"})
MINUTE = timedelta(minutes=1)
WEEK = timedelta(days=7)
MIDNIGHT = time(0)


def wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return what a clock in `zone` shows at `moment`."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


@cache
def changes(name: str) -> tuple[datetime, ...]:
    """Return the UTC moments from 2000 to 2037 when the offset of a zone changes."""
    zone = ZoneInfo(name)
    found, moment = [], datetime(2000, 1, 1, tzinfo=UTC)
    while moment.year < 2038:
        if moment.astimezone(zone).utcoffset() != (moment + WEEK).astimezone(zone).utcoffset():
            found.append(_first_minute_after_change(moment, zone))
        moment += WEEK
    return tuple(found)


def _first_minute_after_change(moment: datetime, zone: ZoneInfo) -> datetime:
    low, high = 0, WEEK // MINUTE
    offset = moment.astimezone(zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if (moment + middle * MINUTE).astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return moment + high * MINUTE


def walk(rule: Rule, start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield when a person fires who watches the clock from `start` to `end`.

    They act when the hands pass a wanted time that they have not passed before: hands put
    forward pass a whole gap at once, hands put back pass nothing again.
    """
    moment, passed = start, wall(start, zone)
    while moment < end:
        moment += MINUTE
        shown = wall(moment, zone)
        fired = False
        while passed < shown:
            passed += MINUTE
            fired = fired or wanted(rule, passed)
        if fired:
            yield moment


def wanted(rule: Rule, shown: datetime) -> bool:
    """Return whether the rule asks for this time on this date."""
    today = shown.date()
    if on_day(rule, today) and shown.time() in rule.times:
        return True
    return any(
        on_day(rule, day) and (_in_window(rule, day, shown) or _drawn(rule, day, shown))
        for day in (today, today - timedelta(days=1))
    )


def on_day(rule: Rule, day: date) -> bool:
    """Return whether the rule is about this date: counted from its start, day by day."""
    if day.weekday() not in rule.weekdays or (rule.ends is not None and day > rule.ends):
        return False
    if rule.starts is None:
        return True
    counted = rule.starts
    while counted < day:
        counted += timedelta(days=rule.every_days)
    return counted == day


def _drawn(rule: Rule, day: date, shown: datetime) -> bool:
    if rule.scatter is None:
        return False
    midnight = datetime.combine(day, MIDNIGHT)
    return any(midnight + offset == shown for offset in rule.scatter.offsets(day))


def _in_window(rule: Rule, day: date, shown: datetime) -> bool:
    window = rule.window
    if window is None:
        return False
    start = datetime.combine(day, window.start)
    end = datetime.combine(day, window.end)
    if window.end == window.start:
        end += timedelta(days=1) - MINUTE
    elif window.end < window.start:
        end += timedelta(days=1)
    return start <= shown <= end and not (shown - start) % window.every

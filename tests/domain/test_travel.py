"""Trips between zones: each local date belongs to one clock, and none is lost between two."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.local_time import instant
from bot.domain.travel import counts_from, digest, return_at, return_day, same_clock
from tests.domain.wall_clocks import ZONES

NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
NAMES = st.sampled_from(ZONES)


def utc(text: str) -> datetime:
    """Return the UTC moment written in `text`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Europe/Berlin", "Europe/Paris", True),
        ("Europe/Berlin", "Africa/Lagos", False),  # not in summer
        ("Europe/Berlin", "Africa/Johannesburg", False),  # not in winter
        ("Asia/Tokyo", "Asia/Seoul", True),
        ("America/Phoenix", "America/Denver", False),
        ("Etc/UTC", "Africa/Abidjan", True),
    ],
)
def test_the_same_clock(one: str, other: str, same: bool) -> None:
    """Clocks are the same where they agree now and in half a year."""
    assert same_clock(one, other, NOW) is same
    assert same_clock(other, one, NOW) is same


def test_no_two_zones_are_taken_for_each_other() -> None:
    """Every zone of tzdata has a digest of its own."""
    zones = available_timezones()
    assert len({digest(zone) for zone in zones}) == len(zones)


@pytest.mark.parametrize(
    ("trip", "expected"),
    [
        ("Asia/Tokyo", "2026-03-04T15:00"),  # midnight there, afternoon at home
        ("America/New_York", "2026-03-04T23:00"),  # midnight at home, evening there
        ("Europe/London", "2026-03-04T23:00"),
    ],
)
def test_home_counts_from_the_earlier_midnight(trip: str, expected: str) -> None:
    """On the day of the return nothing comes by the trip's clock any more."""
    assert return_at(date(2026, 3, 5), trip, "Europe/Berlin") == utc(expected)


@given(DAYS, NAMES, NAMES)
def test_the_day_of_return_is_known_from_its_moment(day: date, trip: str, home: str) -> None:
    """Whatever the zones, the moment of the return tells its date."""
    assert return_day(return_at(day, trip, home), trip, home) == day


@given(DAYS, NAMES, NAMES)
def test_home_decides_from_its_own_midnight(day: date, trip: str, home: str) -> None:
    """What is left at home of the date before is left out: it came by the trip's clock."""
    at = return_at(day, trip, home)
    midnight = instant(day, time(), ZoneInfo(home))
    assert counts_from(None, at, trip, home) == midnight - timedelta(seconds=1)
    assert at <= midnight


def test_what_was_due_on_the_trip_keeps_its_local_time() -> None:
    """A moment of the trip that the bot slept through comes at that time of the clock at home."""
    waits = utc("2026-03-03T22:30")  # 07:30 of 4 March in Tokyo
    home_at = return_at(date(2026, 3, 5), "Asia/Tokyo", "Europe/Berlin")
    since = counts_from(waits, home_at, "Asia/Tokyo", "Europe/Berlin")
    assert since == utc("2026-03-04T06:30") - timedelta(seconds=1)

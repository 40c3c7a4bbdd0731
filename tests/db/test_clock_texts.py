"""A moment written by hours is what it is when each is reckoned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.clock_texts import ClockTexts

ZONES = (
    *("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "UTC"),
    *("Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia", "Africa/Monrovia"),
)
YEAR_1960 = datetime(1960, 1, 1, tzinfo=UTC)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=130 * 365)).map(lambda past: YEAR_1960 + past)


def is_right(clock: ClockTexts, at: datetime, zone: str) -> bool:
    """Return whether a moment is written as the plain way has it; a file's have no zone."""
    right = (at.isoformat(), at.astimezone(ZoneInfo(zone)).isoformat())
    return clock.write(at.replace(tzinfo=None)) == clock.write(at) == right


@given(st.sampled_from(ZONES), st.lists(MOMENTS, min_size=1, max_size=30))
def test_any_moments(zone: str, moments: list[datetime]) -> None:
    """One writer for many moments, in zones of every kind, old clocks of odd seconds too."""
    clock = ClockTexts(ZoneInfo(zone))
    assert all(is_right(clock, at, zone) for at in moments)


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("Europe/Berlin", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 10, 25, 1, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC)),  # by half an hour
        ("Africa/Monrovia", datetime(1972, 1, 7, 0, tzinfo=UTC)),  # 44 minutes 30, within an hour
        ("Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)),  # a day was left out
    ],
)
def test_around_a_change(zone: str, hour: datetime) -> None:
    """Each minute of the hours before and after a clock is changed is right."""
    clock = ClockTexts(ZoneInfo(zone))
    minutes = (hour + timedelta(minutes=number) for number in range(-60, 120))
    assert [at for at in minutes if not is_right(clock, at, zone)] == []

"""Local times and practice days mean the UTC moments that the written rule says."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.local_time import DAY, day_end_at, instant, local_day
from tests.domain.wall_clocks import MINUTE, ZONES, changes, wall

MOMENTS = st.integers(0, 34_000_000).map(lambda n: datetime(1995, 1, 1, tzinfo=UTC) + n * MINUTE)


def utc(text: str) -> datetime:
    """Return the UTC moment written in `text`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "local", "expected"),
    [
        pytest.param("Europe/Berlin", "2026-01-10T07:30", "2026-01-10T06:30", id="winter"),
        pytest.param("Europe/Berlin", "2026-07-10T07:30", "2026-07-10T05:30", id="summer"),
        pytest.param("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:00", id="gap"),
        pytest.param("Europe/Berlin", "2026-03-29T02:00", "2026-03-29T01:00", id="gap begins"),
        pytest.param("Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00", id="gap is over"),
        pytest.param("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30", id="comes twice"),
        pytest.param("Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00", id="comes once"),
        pytest.param("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30", id="twice, west"),
        pytest.param("Africa/Cairo", "2026-04-24T00:30", "2026-04-23T22:00", id="midnight gap"),
        pytest.param("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30", id="half hour"),
        pytest.param(
            "Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45", id="half twice"
        ),
        pytest.param("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T10:00", id="the lost day"),
        pytest.param("Asia/Kathmandu", "2026-01-10T07:30", "2026-01-10T01:45", id="45 minutes"),
        pytest.param("Africa/Casablanca", "2026-02-15T02:30", "2026-02-15T01:30", id="Ramadan"),
        pytest.param(
            "America/St_Johns", "2006-10-29T00:00", "2006-10-29T02:30", id="past midnight"
        ),
    ],
)
def test_a_local_time_is_one_moment(zone: str, local: str, expected: str) -> None:
    """A missing time is the first valid instant after the gap, a doubled time its first."""
    wanted = datetime.fromisoformat(local)
    assert instant(wanted.date(), wanted.time(), ZoneInfo(zone)) == utc(expected)


@pytest.mark.parametrize("name", ZONES)
def test_every_change_of_every_zone_follows_the_rule(name: str) -> None:
    """Around each change of offset, a doubled time is its first, a missing one the change."""
    zone = ZoneInfo(name)
    for change in changes(name):
        before, after = wall(change - MINUTE, zone) + MINUTE, wall(change, zone)
        for missing in (before, before + (after - before) / 2, after - MINUTE):
            if before <= missing < after:
                assert instant(missing.date(), missing.time(), zone) == change
        for again in (after, after + (before - after) / 2, before - MINUTE):
            if after <= again < before:
                assert instant(again.date(), again.time(), zone) == change - (before - again)


@given(MOMENTS, st.sampled_from(ZONES))
@settings(deadline=None)
def test_a_shown_time_is_never_later_than_its_showing(moment: datetime, name: str) -> None:
    """What a clock shows now was shown first now or, at the end of summer time, shortly before."""
    zone = ZoneInfo(name)
    shown = wall(moment, zone)
    first = instant(shown.date(), shown.time(), zone)
    assert wall(first, zone) == shown
    assert moment - timedelta(days=1) < first <= moment


@pytest.mark.parametrize(
    ("zone", "now", "expected"),
    [
        pytest.param("UTC", "2026-11-23T02:59", date(2026, 11, 22), id="late evening counts"),
        pytest.param("UTC", "2026-11-23T03:00", date(2026, 11, 23), id="the new day"),
        pytest.param("Asia/Tokyo", "2026-11-22T18:00", date(2026, 11, 23), id="east"),
        pytest.param("America/Los_Angeles", "2026-11-22T10:00", date(2026, 11, 21), id="west"),
        pytest.param("Europe/Berlin", "2026-10-25T01:59", date(2026, 10, 24), id="doubled hour"),
    ],
)
def test_before_three_the_day_before_counts(zone: str, now: str, expected: date) -> None:
    """The practice day changes at three in the night, on the local clock."""
    assert local_day(utc(now), ZoneInfo(zone)) == expected


def test_the_end_of_the_day_is_the_persons_choice() -> None:
    """A day may end at another time than three."""
    now, berlin = utc("2026-11-23T04:30"), ZoneInfo("Europe/Berlin")
    assert local_day(now, berlin, time(6)) == date(2026, 11, 22)
    assert day_end_at(date(2026, 11, 22), berlin, time(6)) == utc("2026-11-23T05:00")


@given(MOMENTS, st.sampled_from(ZONES), st.times().map(lambda at: at.replace(microsecond=0)))
@settings(deadline=None)
def test_now_lies_in_its_practice_day(moment: datetime, name: str, day_end: time) -> None:
    """Every moment lies between the end of the day before and the end of its own practice day."""
    zone = ZoneInfo(name)
    day = local_day(moment, zone, day_end)
    before = day_end_at(day - timedelta(days=1), zone, day_end)
    assert before <= moment < day_end_at(day, zone, day_end)


@pytest.mark.parametrize("name", ZONES)
def test_days_tile_the_time_line(name: str) -> None:
    """Around each change of each zone every moment lies in one day: no gap, and no overlap."""
    zone, day_ends = ZoneInfo(name), (time(0), time(3))
    for number, change in enumerate(changes(name)):
        day_end = day_ends[number // 2 % 2]  # of both, for clocks going forward and back
        middle = local_day(change, zone, day_end)
        for day in (middle - DAY, middle, middle + DAY):
            begins, ends = day_end_at(day - DAY, zone, day_end), day_end_at(day, zone, day_end)
            assert begins <= ends
            if begins < ends:
                assert local_day(begins, zone, day_end) == day
                assert local_day(ends - timedelta(seconds=1), zone, day_end) == day

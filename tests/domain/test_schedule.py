"""Reminders keep to the clock on the person's wall, whatever that clock is put to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.local_time import DAY
from bot.domain.schedule import EVERY_DAY, Rule, fires, fires_after, next_fire
from bot.domain.stored_rules import dump, from_dict, load
from bot.domain.windows import Scatter, Window, length
from tests.domain.wall_clocks import MINUTE, ZONES, changes, walk

BERLIN = ZoneInfo("Europe/Berlin")
CHANGING = [name for name in ZONES if changes(name)]

TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
# Times near midnight and in the small hours are where clocks are changed.
NIGHT = st.builds(time, st.sampled_from([0, 1, 2, 3, 23]), st.sampled_from([0, 1, 15, 30, 59]))
WEEKDAYS = st.frozensets(st.integers(0, 6), min_size=1)
WINDOWS = st.builds(
    Window, NIGHT | TIMES, NIGHT | TIMES, st.integers(15, 720).map(lambda n: timedelta(minutes=n))
)
SCATTERS = st.builds(
    Scatter, st.just(time(21)), st.just(time(4)), st.integers(1, 24), st.integers(0, 2**32)
)
RULES = st.builds(
    Rule,
    st.lists(NIGHT | TIMES, max_size=4).map(tuple),
    st.just(EVERY_DAY) | WEEKDAYS,
    st.none() | WINDOWS,
    st.none() | SCATTERS,
)

MOMENTS = st.integers(0, 34_000_000).map(lambda n: datetime(1995, 1, 1, tzinfo=UTC) + n * MINUTE)


def utc(text: str) -> datetime:
    """Return the UTC moment written in `text`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def at(*clock: str, weekdays: frozenset[int] = EVERY_DAY) -> Rule:
    """Return the rule of these times."""
    return Rule(tuple(map(time.fromisoformat, clock)), weekdays)


@pytest.mark.parametrize(
    ("rule", "zone", "after", "expected"),
    [
        pytest.param(
            at("07:30"), "Europe/Berlin", "2026-11-22T06:29", "2026-11-22T06:30", id="today"
        ),
        pytest.param(
            at("07:30"), "Europe/Berlin", "2026-11-22T06:30", "2026-11-23T06:30", id="after"
        ),
        pytest.param(
            at("07:30"), "Europe/Berlin", "2026-03-28T12:00", "2026-03-29T05:30", id="spring"
        ),
        pytest.param(
            at("07:30"), "Europe/Berlin", "2026-10-24T12:00", "2026-10-25T06:30", id="autumn"
        ),
        pytest.param(
            at("02:30"), "Europe/Berlin", "2026-03-28T12:00", "2026-03-29T01:00", id="missing hour"
        ),
        pytest.param(
            at("02:30"), "Europe/Berlin", "2026-10-25T00:30", "2026-10-26T01:30", id="doubled hour"
        ),
        pytest.param(
            at("00:00"), "Africa/Cairo", "2026-04-23T12:00", "2026-04-23T22:00", id="no midnight"
        ),
        pytest.param(
            at("09:00", weekdays=frozenset({4})),
            "Pacific/Apia",
            "2011-12-24T00:00",
            "2011-12-30T10:00",
            id="the Friday that never was",
        ),
        pytest.param(
            at("09:00", weekdays=frozenset({6})),
            "UTC",
            "2026-11-22T09:00",
            "2026-11-29T09:00",
            id="once a week",
        ),
    ],
)
def test_next_fire(rule: Rule, zone: str, after: str, expected: str) -> None:
    """A reminder comes at the first moment strictly after, when the local clock shows its time."""
    assert next_fire(rule, utc(after), ZoneInfo(zone)) == utc(expected)


def test_a_rule_without_times_never_fires() -> None:
    """Nothing to fire is None, not an endless search."""
    assert next_fire(Rule(), utc("2026-11-22T00:00"), BERLIN) is None
    assert list(fires(Rule(), utc("2026-11-22T00:00"), utc("2027-11-22T00:00"), BERLIN)) == []


def test_times_inside_one_gap_fire_once() -> None:
    """Two times that do not exist are one moment, so one reminder."""
    rule = at("02:15", "02:45", "03:00")
    night = list(fires(rule, utc("2026-03-28T22:00"), utc("2026-03-29T12:00"), BERLIN))
    assert night == [utc("2026-03-29T01:00")]


@pytest.mark.parametrize(
    ("start", "end", "minutes", "expected"),
    [
        pytest.param(time(9), time(18), 120, ["09", "11", "13", "15", "17"], id="end not hit"),
        pytest.param(time(9), time(17), 120, ["09", "11", "13", "15", "17"], id="end included"),
        pytest.param(time(9), time(10), 120, ["09"], id="longer than the window"),
        pytest.param(time(22), time(2), 120, ["00", "02", "22"], id="across midnight"),
        pytest.param(time(6), time(6), 480, ["06", "14", "22"], id="around the clock"),
        pytest.param(time(1), time(1), 720, ["01", "13"], id="twice around the clock"),
    ],
)
def test_times_of_a_window(start: time, end: time, minutes: int, expected: list[str]) -> None:
    """A window fires at its start, then every so often, at its end only where that is hit."""
    rule = Rule(window=Window(start, end, timedelta(minutes=minutes)))
    assert [f"{moment:%H}" for moment in rule.times_of_day()] == expected


def test_a_window_across_midnight_belongs_to_the_day_it_starts_on() -> None:
    """From Monday 22:00 to 02:00 ends on Tuesday, and nothing is left of it on Monday morning."""
    rule = Rule((), frozenset({0}), Window(time(22), time(2), timedelta(hours=2)))
    found = list(fires(rule, utc("2026-11-22T00:00"), utc("2026-11-28T00:00"), ZoneInfo("UTC")))
    assert found == [utc("2026-11-23T22:00"), utc("2026-11-24T00:00"), utc("2026-11-24T02:00")]


@st.composite
def bounded(draw: st.DrawFn, rule: Rule, day: date) -> Rule:
    """Return the rule on every few days only, from before or after a day, and with an end."""
    starts = day + draw(st.integers(-40, 2)) * DAY
    ends = draw(st.none() | st.integers(0, 45).map(lambda days: starts + days * DAY))
    every = draw(st.integers(1, 9))
    try:
        return replace(rule, every_days=every, starts=starts, ends=ends)
    except ValueError:  # every week, but never on one of its weekdays
        return replace(rule, every_days=every, starts=starts, ends=ends, weekdays=EVERY_DAY)


@given(st.data(), st.sampled_from(CHANGING), RULES)
@settings(deadline=None, max_examples=250)
def test_fires_as_a_person_watching_the_clock_would(
    data: st.DataObject, name: str, rule: Rule
) -> None:
    """Around every change of every zone, reminders come as the hands pass their times first."""
    zone, around = ZoneInfo(name), timedelta(hours=30)
    change = data.draw(st.sampled_from(changes(name)))
    after = change + data.draw(st.integers(-1500, 1500)) * MINUTE
    end = change + around
    rule = data.draw(st.just(rule) | bounded(rule, change.astimezone(zone).date()))
    expected = [moment for moment in walk(rule, change - around, end, zone) if moment > after]
    assert list(fires(rule, after, end, zone)) == expected
    found = next_fire(rule, after, zone)
    assert found == expected[0] if expected else found is None or found > end


@given(RULES, st.sampled_from(ZONES), MOMENTS)
@settings(deadline=None)
def test_firing_moments_only_grow(rule: Rule, name: str, after: datetime) -> None:
    """No moment comes twice and none goes back; each is the next after the one before it."""
    zone = ZoneInfo(name)
    found = list(fires(rule, after, after + timedelta(days=10), zone))
    assert all(earlier < later for earlier, later in pairwise([after, *found]))
    assert all(next_fire(rule, earlier, zone) == later for earlier, later in pairwise(found))
    assert found or not (rule.times_of_day() or rule.scatter)


@given(RULES, st.data())
def test_a_rule_survives_json(rule: Rule, data: st.DataObject) -> None:
    """What is stored of a rule is the whole rule."""
    rule = data.draw(st.just(rule) | bounded(rule, date(2026, 11, 25)))
    assert load(dump(rule)) == rule


@pytest.mark.parametrize(
    "stored",
    [
        pytest.param({}, id="empty"),
        pytest.param({"times": ["25:00"], "weekdays": [0], "window": None}, id="no such time"),
        pytest.param({"times": 7, "weekdays": [0], "window": None}, id="no list"),
        pytest.param({"times": [], "weekdays": [7], "window": None}, id="no such weekday"),
        pytest.param({"times": [], "weekdays": [], "window": None}, id="no weekday"),
        pytest.param({"times": [], "weekdays": [0], "window": {}}, id="half a window"),
        pytest.param(
            {
                "times": [],
                "weekdays": [0],
                "window": {"start": "09:00", "end": "10:00", "every_minutes": 1e300},
            },
            id="too seldom",
        ),
    ],
)
def test_a_stored_rule_of_another_shape_is_refused(stored: dict[str, Any]) -> None:
    """A row that no rule wrote is a ValueError, not a surprise later."""
    with pytest.raises(ValueError):  # noqa: PT011, the kind of error is the promise
        from_dict(stored)


@given(st.integers(-100, 2000), st.integers(0, 59))
def test_windows_fire_every_fifteen_minutes_to_twelve_hours(minutes: int, seconds: int) -> None:
    """An interval outside the bounds, or not of whole minutes, is refused."""
    assume(seconds or not 15 <= minutes <= 720)
    with pytest.raises(ValueError, match="cannot fire"):
        Window(time(9), time(18), timedelta(minutes=minutes, seconds=seconds))


@given(TIMES, TIMES, st.integers(1, 24), st.integers(0, 2**32), st.dates())
def test_random_moments_are_spread_and_kept(
    start: time, end: time, count: int, seed: int, day: date
) -> None:
    """Moments lie inside the window, at least half a part of it apart, and stay as drawn."""
    assume(length(start, end) / count >= timedelta(minutes=15))
    found = Scatter(start, end, count, seed).offsets(day)
    first = timedelta(hours=start.hour, minutes=start.minute)
    part = length(start, end) / count
    assert len(found) == count
    assert all(first <= moment <= first + length(start, end) for moment in found)
    assert all(later - earlier >= part / 2 - MINUTE for earlier, later in pairwise(found))
    assert Scatter(start, end, count, seed).offsets(day) == found


def test_random_moments_differ_from_day_to_day() -> None:
    """Each day is drawn anew: over two weeks hardly two days have the same moments."""
    scatter = Scatter(time(9), time(18), 3, seed=7)
    days = {scatter.offsets(date(2026, 11, 1) + number * DAY) for number in range(14)}
    assert len(days) == 14


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param(
            replace(at("07:30"), every_days=3, starts=date(2026, 11, 20)),
            ["2026-11-23T07:30", "2026-11-26T07:30", "2026-11-29T07:30"],
            id="every third day",
        ),
        pytest.param(
            replace(at("07:30"), every_days=14, starts=date(2026, 11, 23)),
            ["2026-11-23T07:30", "2026-12-07T07:30", "2026-12-21T07:30"],
            id="every second week",
        ),
        pytest.param(
            replace(at("07:30"), starts=date(2026, 11, 30), ends=date(2026, 12, 1)),
            ["2026-11-30T07:30", "2026-12-01T07:30"],
            id="a range of dates, both included",
        ),
    ],
)
def test_days_of_a_rule(rule: Rule, expected: list[str]) -> None:
    """A rule fires on its days only, and no more after its last."""
    found = islice(fires_after(rule, utc("2026-11-21T00:00"), ZoneInfo("UTC")), 3)
    assert list(found) == [utc(moment) for moment in expected]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"every_days": 2}, id="no day to count from"),
        pytest.param({"every_days": 0, "starts": date(2026, 1, 1)}, id="no distance"),
        pytest.param({"starts": date(2026, 1, 2), "ends": date(2026, 1, 1)}, id="ends first"),
        pytest.param(
            {"every_days": 7, "starts": date(2026, 1, 1), "weekdays": frozenset({0})},
            id="weekly on Thursdays that are Mondays",
        ),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(change: dict[str, Any]) -> None:
    """Days that cannot be told, or never come, are a ValueError and no endless search."""
    with pytest.raises(ValueError):  # noqa: PT011, the kind of error is the promise
        replace(at("07:30"), **change)

"""New rules of a zone: every planned moment keeps its local time, none is lost or comes again."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.retiming import retimed
from bot.domain.schedule import Rule
from bot.domain.upcoming import upcoming
from bot.domain.windows import Scatter, Window
from tests.domain.wall_clocks import MINUTE, ZONES

BERLIN = ZoneInfo("Europe/Berlin")
DAILY = Rule(times=(time(7, 30),))
HOUR = timedelta(hours=1)


def utc(text: str) -> datetime:
    """Return the UTC moment written in `text`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


RULES = [
    DAILY,
    Rule(times=(time(7, 30), time(21))),
    Rule(times=(time(6, 45),), weekdays=frozenset({1, 4})),
    Rule(window=Window(time(9), time(18), timedelta(minutes=30))),
    Rule(scatter=Scatter(time(9), time(18), 3, seed=7)),
    Rule(times=(time(12),), every_days=3, starts=utc("2026-01-01").date()),
]


@given(
    st.sampled_from(RULES),
    st.sampled_from(ZONES),
    st.integers(0, 500_000),
    st.integers(0, 3_000),
    st.booleans(),
)
def test_what_is_right_stays(
    rule: Rule, name: str, minutes: int, later: int, settles: bool
) -> None:
    """By unchanged rules every moment stays exactly as it is, however long ago it was planned."""
    zone, planned_on = ZoneInfo(name), utc("2026-01-02") + minutes * MINUTE
    settled = planned_on if settles else None
    planned = upcoming(rule, zone, planned_on)
    assert planned is not None
    now = planned_on + later * MINUTE
    assert retimed(rule, zone, planned, now, settled) == planned


@pytest.mark.parametrize(
    ("planned", "now", "settled", "expected"),
    [
        pytest.param(
            "2026-07-02T06:30",
            "2026-07-01T12:00",
            "2026-07-01T06:30",
            "2026-07-02T05:30",
            id="earlier",
        ),
        pytest.param(
            "2026-01-02T05:30",
            "2026-01-01T12:00",
            "2026-01-01T05:30",
            "2026-01-02T06:30",
            id="later",
        ),
        pytest.param(
            "2026-01-02T05:30",
            "2026-01-01T05:45",
            "2026-01-01T05:30",
            "2026-01-02T06:30",
            id="not again today",
        ),
        pytest.param(
            "2026-07-02T06:30",
            "2026-07-02T05:45",
            "2026-07-01T06:30",
            "2026-07-02T05:30",
            id="due by now",
        ),
        pytest.param(
            "2026-07-02T06:30",
            "2026-07-05T12:00",
            "2026-07-01T06:30",
            "2026-07-02T05:30",
            id="slept through",
        ),
        pytest.param(
            "2026-07-02T06:30", "2026-07-01T12:00", None, "2026-07-02T05:30", id="the first"
        ),
    ],
)
def test_a_moved_hour(planned: str, now: str, settled: str | None, expected: str) -> None:
    """What the old rules put an hour off comes at its local time, once, and is never lost."""
    done = utc(settled) if settled else None
    assert retimed(DAILY, BERLIN, utc(planned), utc(now), done) == utc(expected)


def test_a_window_begins_at_its_first_time() -> None:
    """Where the day begins an hour later than was planned, its first times are not passed over."""
    rule = Rule(window=Window(time(9), time(18), timedelta(minutes=30)))
    planned, settled = utc("2026-07-02T08:00"), utc("2026-07-01T17:00")
    now = utc("2026-07-01T20:00")
    assert retimed(rule, BERLIN, planned, now, settled) == utc("2026-07-02T07:00")


def test_a_pause_holds() -> None:
    """Nothing comes before the end of a pause by the new rules either."""
    until = utc("2026-07-02T05:30")
    found = retimed(DAILY, BERLIN, utc("2026-07-02T06:30"), utc("2026-07-01T12:00"), None, until)
    assert found == utc("2026-07-03T05:30")


def test_what_never_comes_again_stays_out() -> None:
    """A rule whose dates are over is planned no more."""
    rule = Rule(times=(time(7, 30),), ends=utc("2026-07-02").date())
    planned, settled = utc("2026-07-03T06:30"), utc("2026-07-02T05:30")
    assert retimed(rule, BERLIN, planned, settled + HOUR, settled) is None

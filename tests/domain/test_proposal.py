"""When another time is offered: only with enough sessions elsewhere, and never by force."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.adaptation import Change, Measure
from bot.domain.player import Feedback
from bot.domain.proposal import (
    APART,
    ENOUGH,
    LAST,
    More,
    NewTime,
    Planned,
    cluster,
    distance,
    is_ready,
    moved,
    new_time,
    read_offer,
)
from bot.domain.schedule import EVERY_DAY, Rule
from bot.domain.windows import Window

MONDAY = datetime(2026, 3, 2)  # noqa: DTZ001 - a local day
DAILY = Planned(1, Rule((time(7, 30),)))
WEEKDAYS = frozenset(range(5))


def began(*clocks: str) -> list[datetime]:
    """Return when sessions began, one a day from a Monday on."""
    return [
        datetime.combine(MONDAY + timedelta(days=ahead), time.fromisoformat(clock))
        for ahead, clock in enumerate(clocks)
    ]


@pytest.mark.parametrize(
    ("clocks", "to"),
    [
        pytest.param(["08:15"] * 5, "08:15", id="five of five"),
        pytest.param(["08:15"] * 4, None, id="four are too few"),
        pytest.param(["08:14"] * 5, None, id="44 minutes are near enough"),
        pytest.param(["07:30"] * 5 + ["21:00"] * 5, None, id="as many near it as elsewhere"),
        pytest.param(["07:30"] * 4 + ["21:00"] * 6, "21:00", id="more elsewhere"),
        pytest.param(["08:20", "08:35", "08:50", "09:05", "09:20"], "08:50", id="within an hour"),
        pytest.param(["08:20", "08:35", "08:50", "09:05", "09:21"], None, id="not quite"),
        pytest.param(["21:00"] * 5 + ["07:30"] * 10, None, id="longer ago than the last ten"),
        pytest.param(["23:40", "23:50", "00:00", "00:10", "00:20"], "00:00", id="at midnight"),
        pytest.param(["08:17"] * 5, "08:15", id="rounded"),
        pytest.param([], None, id="nobody practised"),
    ],
)
def test_daily(clocks: list[str], to: str | None) -> None:
    """Five of the last ten within an hour, at least 45 minutes away, and more than at its time."""
    found = new_time([DAILY], began(*clocks))
    assert (found and f"{found.to:%H:%M}") == to


def test_told_with_its_numbers() -> None:
    """The offer says of how many sessions it is."""
    found = new_time([DAILY], began(*["08:15"] * 6, *["12:00"] * 3))
    assert found == NewTime(1, time(7, 30), time(8, 15), 6, 9)
    assert NewTime.from_dict(found.to_dict()) == found


def test_quiet_hours() -> None:
    """Nobody is offered a time at which nothing comes."""
    late = began(*["22:30"] * 6)
    assert new_time([DAILY], late) is not None
    assert new_time([DAILY], late, (time(22), time(7))) is None


@pytest.mark.parametrize(
    ("reminders", "expected"),
    [
        pytest.param([], None, id="no reminder"),
        pytest.param([Planned(1, Rule((time(7), time(21))))], None, id="twice a day"),
        pytest.param(
            [Planned(1, Rule(window=Window(time(9), time(18), timedelta(hours=3))))],
            None,
            id="every few hours",
        ),
        pytest.param(
            [DAILY, Planned(2, Rule((time(21),), frozenset({0})))], None, id="which of two?"
        ),
        pytest.param(
            [
                Planned(1, Rule((time(6),), frozenset({5, 6}))),
                Planned(2, Rule((time(7),), WEEKDAYS)),
            ],
            2,
            id="of other days",
        ),
        pytest.param([Planned(3, Rule((time(7),), frozenset({5, 6})))], None, id="on weekends"),
    ],
)
def test_which(reminders: list[Planned], expected: int | None) -> None:
    """Only the one reminder of its days is moved, and only sessions of those days count."""
    found = new_time(reminders, began(*["08:15"] * 5))  # Monday to Friday
    assert (found and found.reminder) == expected


def test_moved_once() -> None:
    """The days stay; a reminder that has another time by now is not the one of the offer."""
    offer = NewTime(1, time(7, 30), time(8, 15), 5, 5)
    rule = Rule((time(7, 30),), WEEKDAYS, every_days=1)
    assert moved(rule, offer) == Rule((time(8, 15),), WEEKDAYS)
    assert moved(Rule((time(8, 15),), WEEKDAYS), offer) is None
    assert moved(Rule((time(7, 30), time(9)), WEEKDAYS), offer) is None


EASY, RIGHT, HARD = Feedback.EASY, Feedback.RIGHT, Feedback.HARD


@pytest.mark.parametrize(
    ("felt", "expected"),
    [
        pytest.param([EASY, RIGHT, RIGHT], True, id="easy or right"),
        pytest.param([RIGHT, None, RIGHT], True, id="two of three were told"),
        pytest.param([RIGHT, None, None], False, id="one was told"),
        pytest.param([RIGHT, RIGHT, HARD], False, id="one too hard"),
        pytest.param([HARD, RIGHT, RIGHT, EASY], True, id="too hard before that"),
        pytest.param([], False, id="nobody practised"),
    ],
)
def test_ready_for_more(felt: list[Feedback | None], expected: bool) -> None:
    """More is offered after sessions that felt easy or just right."""
    assert is_ready(felt) is expected


def test_read_back() -> None:
    """Both kinds of offers are stored and read back."""
    more = More("cat-cow", Change(Measure.HOLD, 20, 30))
    time_of_day = NewTime(1, time(7, 30), time(8, 15), 6, 9)
    for offer in (more, time_of_day):
        assert read_offer(offer.kind, offer.to_dict()) == offer


@given(st.lists(st.times(), max_size=20), st.times())
def test_always_by_the_rule(clocks: list[time], at: time) -> None:
    """Whatever the times: enough, near each other, and far from the reminder."""
    at = at.replace(second=0, microsecond=0)
    moments = [datetime.combine(MONDAY + timedelta(days=n), one) for n, one in enumerate(clocks)]
    found = new_time([Planned(1, Rule((at,), EVERY_DAY))], moments)
    if found is None:
        return
    minutes = [one.hour * 60 + one.minute for one in clocks[-LAST:]]
    to = found.to.hour * 60 + found.to.minute
    assert distance(to, at.hour * 60 + at.minute) >= APART
    assert ENOUGH <= found.times <= found.of == len(minutes)
    assert sum(distance(one, to) <= 62 for one in minutes) >= found.times


@given(st.lists(st.integers(0, 1439), min_size=1, max_size=20))
def test_cluster(minutes: list[int]) -> None:
    """It lies within an hour, and is not smaller than those around any single minute."""
    found = cluster(minutes)
    assert found[-1] - found[0] <= 60
    assert all(
        len(found) >= sum((one - first) % 1440 <= 60 for one in minutes) for first in minutes
    )

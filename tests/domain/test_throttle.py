"""An allowance: so many at once, more with time, silence after too many, and calm ends it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.throttle import LOOKUPS, MADE, MESSAGES, Allowance, Spent, Verdict, take
from bot.throttling import LOOK, Throttle

NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)
FEW = Allowance(burst=3, every=timedelta(seconds=10), calm=timedelta(seconds=15))
H, T, U = Verdict.HEARD, Verdict.TOLD, Verdict.UNHEARD


def verdicts(allowance: Allowance, seconds: list[float]) -> list[Verdict]:
    """Return what becomes of things asked for at these seconds."""
    spent: Spent | None = None
    found = []
    for second in seconds:
        spent, verdict = take(allowance, spent, NOW + timedelta(seconds=second))
        found.append(verdict)
    return found


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        pytest.param([0, 0, 0], [H, H, H], id="so many at once"),
        pytest.param([0, 0, 0, 0, 0], [H, H, H, T, U], id="told once"),
        pytest.param([0, 10, 20, 30, 40], [H] * 5, id="as fast as it comes back"),
        pytest.param([0, 0, 0, 0, 14, 28], [H, H, H, T, U, U], id="no calm, no hearing"),
        pytest.param([0, 0, 0, 0, 15], [H, H, H, T, H], id="calm"),
        pytest.param([0, 0, 0, 0, 15, 15, 30], [H, H, H, T, H, T, H], id="too much again"),
        pytest.param([100, 100, 100, 0, 5], [H, H, H, T, U], id="the clock is put back"),
    ],
)
def test_take(seconds: list[float], expected: list[Verdict]) -> None:
    """The rule, case by case."""
    assert verdicts(FEW, seconds) == expected


@given(st.lists(st.floats(0, 40), max_size=60))
def test_never_more_than_allowed(waits: list[float]) -> None:
    """However it is asked for, no more is heard than the burst and what came back meanwhile."""
    seconds = [sum(waits[:n]) for n in range(1, len(waits) + 1)]
    heard = [
        at for at, verdict in zip(seconds, verdicts(FEW, seconds), strict=True) if verdict is H
    ]
    for first, begin in enumerate(heard):
        for last, end in enumerate(heard[first:], start=1):
            assert last <= FEW.burst + (end - begin) / FEW.every.total_seconds() + 1e-6


@pytest.mark.parametrize(
    ("allowance", "seconds"),
    [
        pytest.param(MESSAGES, 1.0, id="a message a second"),
        pytest.param(LOOKUPS, 0.5, id="two letters a second"),
        pytest.param(MADE, 15.0, id="a picture each quarter of a minute"),
    ],
)
def test_nobody_meets_it_by_hand(allowance: Allowance, seconds: float) -> None:
    """Who goes on at that pace for an hour is always heard."""
    assert set(verdicts(allowance, [seconds * n for n in range(3600)])) == {H}


def test_each_person_has_their_own() -> None:
    """One person's flood takes nothing from another, one kind nothing from another kind."""
    throttle = Throttle()
    found = [throttle.take(FEW, 1, NOW) for _ in range(5)]
    assert found == [H, H, H, T, U]
    assert throttle.take(FEW, 2, NOW) is H
    assert throttle.take(MADE, 1, NOW) is H


def test_memory_is_bounded() -> None:
    """Those who have calmed down are forgotten; who is silenced is not."""
    throttle = Throttle()
    for _ in range(5):
        throttle.take(FEW, 1, NOW)
    for person in range(2, 3 * LOOK):
        throttle.take(FEW, person, NOW + timedelta(seconds=person))
        throttle.take(FEW, 1, NOW + timedelta(seconds=person))
    assert len(throttle) < LOOK + 50
    assert throttle.take(FEW, 1, NOW + timedelta(seconds=3 * LOOK)) is U

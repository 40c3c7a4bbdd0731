"""A routine through the day: every movement once, in order, shared as evenly as it can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.player import Outcome
from bot.domain.schedule import Rule
from bot.domain.spreading import (
    TIMES,
    Share,
    Through,
    following,
    is_through,
    movements,
    rule,
    shares,
    through,
)
from bot.domain.step import Side, Step
from bot.domain.windows import Window

TODAY = date(2026, 3, 2)  # a Monday
LEFT, RIGHT = Side.LEFT, Side.RIGHT
D, S = Outcome.DONE, Outcome.SKIPPED


def steps(*entries: str) -> list[Step]:
    """Return a step of each entry."""
    return [Step(entry=entry, seconds=30) for entry in entries]


def test_what_is_not_open_needs_no_answer() -> None:
    """What is left out of the day goes to no time, is not told of, and is no movement of it."""
    routine = [*steps("a"), replace(steps("b")[0], closed=True), *steps("c", "c")]
    routine[3] = replace(routine[3], cut=True)
    assert following(routine, {0}, 2) == ((2,), 1)
    assert Share(1, (1, 2, 3), 1, 2).of(routine).movements == ((routine[2],),)
    assert through(routine, {0: D}) == Through(1, 2, over=False)
    assert through(routine, {0: D, 2: S}) == Through(1, 2, over=True)
    assert is_through(routine, {0: D, 2: D})
    assert not is_through(routine, {0: S, 2: S})


@pytest.mark.parametrize(
    ("items", "times", "expected"),
    [
        ("abcd", 4, ("a", "b", "c", "d")),
        ("abcdefg", 4, ("ab", "cd", "ef", "g")),
        ("abcde", 4, ("ab", "c", "d", "e")),
        ("ab", 4, ("a", "b", "", "")),
        ("", 2, ("", "")),
        ("abc", 1, ("abc",)),
    ],
)
def test_shares(items: str, times: int, expected: tuple[str, ...]) -> None:
    """The earlier times get one more; the later ones get none where there are too many."""
    assert tuple(map("".join, shares(items, times))) == expected


@given(st.lists(st.integers()), st.integers(1, 30))
def test_every_item_once(items: list[int], times: int) -> None:
    """Every item is in exactly one share, in order; shares differ by one item at most."""
    found = shares(items, times)
    assert len(found) == times
    assert [item for share in found for item in share] == items
    sizes = [len(share) for share in found]
    assert max(sizes) - min(sizes) <= 1
    assert sizes == sorted(sizes, reverse=True)
    assert all(sizes) or len(items) < times


@given(st.lists(st.sampled_from("abcde"), max_size=12), st.integers(1, 8))
def test_one_after_the_other(entries: list[str], times: int) -> None:
    """Handed out one by one, the shares are those of the whole day, and no movement is torn."""
    routine = steps(*entries)
    whole = shares(movements(routine), times)
    taken: set[int] = set()
    for number, share in enumerate(whole):
        positions, _ = following(routine, taken, times - number)
        assert positions == tuple(at for one in share for at in one)
        taken.update(positions)
    assert taken == set(range(len(routine)))


@given(
    st.lists(st.sampled_from("abcde"), max_size=12), st.data(), st.integers(1, 8), st.integers(1, 8)
)
def test_nothing_is_lost(entries: list[str], data: st.DataObject, times: int, later: int) -> None:
    """Whatever was answered and however many times are left, the rest is shared among them."""
    routine = steps(*entries)
    taken = data.draw(st.sets(st.sampled_from(range(len(routine))))) if routine else set()
    free = set(range(len(routine))) - taken
    for left in range(later, 0, -1):
        positions, filled = following(routine, taken, left)
        assert not taken.intersection(positions)
        assert filled <= left
        taken.update(positions)
    assert free <= taken


def test_a_movement_is_all_its_sides_and_sets() -> None:
    """Steps of one entry in a row are one movement."""
    routine = [
        Step(entry="hip", side=LEFT),
        Step(entry="hip", side=RIGHT),
        Step(entry="hip", side=LEFT, set=2),
        Step(entry="breath"),
        Step(entry="hip", side=LEFT),
    ]
    assert movements(routine) == ((0, 1, 2), (3,), (4,))
    handed = Share(7, (2, 3), 2, 4).of(routine)
    assert (handed.number, handed.total) == (2, 4)
    assert [[step.entry for step in one] for one in handed.movements] == [["hip"], ["breath"]]


def test_stored_and_read() -> None:
    """A share is read back as it was stored, and none is none."""
    share = Share(7, (2, 3), 2, 4)
    assert Share.read(share.to_dict()) == share
    assert Share.read(None) is None


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ({}, Through(0, 2, over=False)),
        ({0: D}, Through(0, 2, over=False)),
        ({0: D, 1: S}, Through(1, 2, over=False)),
        ({0: D, 1: D, 2: S}, Through(1, 2, over=True)),
        ({0: S, 1: S, 2: D}, Through(1, 2, over=True)),
        ({0: S, 1: S, 2: S}, Through(0, 2, over=False)),
    ],
)
def test_how_much_is_done(outcomes: dict[int, Outcome], expected: Through) -> None:
    """The day is kept when all was answered and some of it done; skipping all keeps nothing."""
    routine = steps("hip", "hip", "breath")
    assert through(routine, outcomes) == expected
    assert is_through(routine, outcomes) is expected.over


WEEKDAYS = frozenset(range(5))
HOURLY = Window(time(9), time(17), timedelta(hours=1))


@pytest.mark.parametrize(
    ("routine", "expected"),
    [
        ([], Rule(TIMES)),
        ([Rule((time(7, 30),))], Rule(TIMES)),
        ([Rule((time(7, 30),), WEEKDAYS)], Rule(TIMES, WEEKDAYS)),
        (
            [Rule((time(7),), frozenset({0})), Rule((time(9),), frozenset({5}))],
            Rule(TIMES, frozenset({0, 5})),
        ),
        ([Rule((), WEEKDAYS, HOURLY)], Rule(TIMES, WEEKDAYS)),
        (
            [Rule((time(7),), every_days=2, starts=TODAY)],
            Rule(TIMES, every_days=2, starts=TODAY),
        ),
        ([Rule((time(7),), WEEKDAYS, ends=date(2026, 3, 1))], Rule(TIMES)),
    ],
)
def test_when_movements_come(routine: list[Rule], expected: Rule) -> None:
    """Movements come at the usual times on the days on which the routine was to come."""
    assert rule(routine, TODAY) == expected

"""Own routines: keys, names, limits, lengths, and what a changed pack leaves of them."""

from __future__ import annotations

from functools import cache

import pytest

from bot.domain.catalogue import Catalogue, Item
from bot.domain.dose import Dose, Level
from bot.domain.own import (
    LONGEST_NAME,
    MOST_ITEMS,
    Own,
    Unmade,
    as_routine,
    beyond,
    missing,
    number_of,
    parse_name,
)
from bot.domain.step import Length
from bot.domain.typed_text import NotUnderstood
from content.loader import load, packaged
from content.sources import bad_key

BREATH, TILT, BRIDGE = "breath-extended-exhale-4-6", "pelvic-tilt-supine", "glute-bridge"


@cache
def pack() -> Catalogue:
    """Return the shipped pack."""
    return load(packaged())


def own(*items: Item) -> Own:
    """Return a routine of these lines."""
    return Own(id=12, name="Mine", items=items)


def test_a_key_is_no_packs() -> None:
    """The key of an own routine leads back to it, and no file of a pack may have it."""
    assert number_of(own().key) == 12
    assert bad_key(own().key)
    assert [number_of(key) for key in ("daily-psoas-12", "own_", "own_x", "own_-1")] == [None] * 4


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        pytest.param("  Before \n work ", "Before work", id="spaces"),
        pytest.param("<b>&", "<b>&", id="signs"),
        pytest.param("👨\u200d👩\u200d👧 朝", "👨\u200d👩\u200d👧 朝", id="a family"),
        pytest.param("x" * LONGEST_NAME, "x" * LONGEST_NAME, id="the longest"),
        pytest.param("x" * (LONGEST_NAME + 1), None, id="too long"),
        pytest.param("why so?", None, id="a question"),
        pytest.param("a\u202eb", None, id="turned round"),
        pytest.param("a\0b", None, id="a zero"),
        pytest.param("\ud800", None, id="half a character"),
        pytest.param("", None, id="nothing"),
        pytest.param("\u200d", None, id="nothing that is seen"),
    ],
)
def test_names(typed: str, name: str | None) -> None:
    """A name is what a button can show."""
    if name is None:
        with pytest.raises(NotUnderstood):
            parse_name(typed)
    else:
        assert parse_name(typed) == name


@pytest.mark.parametrize(
    ("items", "limit"),
    [
        pytest.param((Item(entry=TILT, seconds=120),) * MOST_ITEMS, None, id="as much as fits"),
        pytest.param((Item(entry=TILT, seconds=1),) * (MOST_ITEMS + 1), Unmade.ITEMS, id="lines"),
        pytest.param((Item(entry=BREATH, seconds=3601),), Unmade.TIME, id="a second too long"),
        pytest.param(
            (Item(entry=TILT, seconds=300, dose=Dose(sets=201, hold=1)),), Unmade.ITEMS, id="sets"
        ),
        pytest.param(
            (
                Item(
                    entry=TILT,
                    seconds=300,
                    otherwise=(Item(entry=TILT, seconds=300, dose=Dose(sets=201, hold=1)),),
                ),
            ),
            Unmade.ITEMS,
            id="sets behind a gate",
        ),
    ],
)
def test_limits(items: tuple[Item, ...], limit: Unmade | None) -> None:
    """Lines, sets and time are bounded, those behind a gate too."""
    assert beyond(items) is limit


def test_what_comes_first_matters_most() -> None:
    """Just one is the first line, short what takes half of the time; a file's word counts."""
    lines = [Item(entry=TILT, seconds=60) for _ in range(4)]
    routine = as_routine(own(*lines), pack())
    assert routine is not None
    assert [item.keep for item in routine.items] == [Length.ONE, Length.SHORT, None, None]
    said = as_routine(own(*lines, Item(entry=TILT, seconds=60, keep=Length.ONE)), pack())
    assert said is not None
    assert [item.keep for item in said.items] == [None] * 4 + [Length.ONE]


@pytest.mark.parametrize(
    ("items", "gentle"),
    [
        pytest.param((Item(entry=TILT, seconds=60),), True, id="gentle"),
        pytest.param((Item(entry=TILT, seconds=60, level=Level.STANDARD),), False, id="level"),
        pytest.param((Item(entry="psoas-crusher", seconds=60),), False, id="one that is not"),
        pytest.param(
            (Item(entry=TILT, seconds=60, breathing="breath-box-4444"),), False, id="breathing"
        ),
    ],
)
def test_gentle_is_all_of_it(items: tuple[Item, ...], gentle: bool) -> None:
    """It is open to everyone where each entry is, at no level above the beginner's."""
    routine = as_routine(own(Item(entry=TILT, seconds=60), *items), pack())
    assert routine is not None
    assert routine.gentle is gentle


def test_what_a_pack_has_no_more() -> None:
    """Lines of entries that are gone are left out and named; without any there is no routine."""
    gone = Item(entry="gone", seconds=60)
    rod = Item(entry="psoas-broomstick-release", seconds=60)
    there = Item(entry=BRIDGE, seconds=75, breathing="gone", otherwise=(gone,))
    found = own(gone, there, rod)
    routine = as_routine(found, pack())
    assert routine is not None
    assert routine.items == (Item(entry=BRIDGE, seconds=75),)
    assert routine.seconds == 75
    assert missing(found, pack()) == ("gone", "psoas-broomstick-release")
    assert as_routine(own(gone), pack()) is None

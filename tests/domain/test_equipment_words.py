"""What typed words say of things: what is there, what is not, and what is no thing."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.equipment import Own
from bot.domain.equipment_words import parse_things
from bot.domain.typed_text import NotUnderstood
from content.loader import load, packaged

THINGS = load(packaged()).things
GEAR = {key for key, thing in THINGS.items() if thing.own is Own.GEAR}


@pytest.mark.parametrize(
    ("typed", "there", "gone"),
    [
        ("mat", {"mat"}, set()),
        ("only a mat", {"mat"}, GEAR - {"mat"}),
        ("just mat and band", {"mat", "band"}, GEAR - {"mat", "band"}),
        ("Mat and roller", {"mat", "roller"}, set()),
        ("I have a yoga mat, 2", None, None),
        ("nothing", set(), GEAR),
        ("None.", set(), GEAR),
        ("no couch", set(), {"sofa"}),
        ("no couch or bed", set(), {"sofa", "bed"}),
        ("no mat or band", set(), {"mat", "band"}),
        ("I don't have a mat or a roller", set(), {"mat", "roller"}),
        ("neither mat nor roller", set(), {"mat", "roller"}),
        ("no mat but a roller", {"roller"}, {"mat"}),
        ("no mat, but I have a roller and a box", {"roller", "box"}, {"mat"}),
        ("roller, no sofa", {"roller"}, {"sofa"}),
        ("", None, None),
        ("mat and a spaceship", None, None),
    ],
)
def test_what_is_typed(typed: str, there: set[str] | None, gone: set[str] | None) -> None:
    """A denial holds until a "but"; only what is named changes; nonsense is told."""
    if there is None or gone is None:
        with pytest.raises(NotUnderstood):
            parse_things(typed, THINGS)
        return
    said = parse_things(typed, THINGS)
    assert {key for key, has in said.items() if has} == there
    assert {key for key, has in said.items() if not has} == gone


@given(st.sets(st.sampled_from(sorted(GEAR)), min_size=1), st.randoms())
def test_any_list_of_gear(named: set[str], chance: object) -> None:
    """Whatever gear is listed, by whichever of its names, is there, and nothing else is said."""
    words = [chance.choice((THINGS[key].name, *THINGS[key].aliases)) for key in sorted(named)]  # type: ignore[attr-defined]
    said = parse_things(", ".join(words), THINGS)
    assert {key for key, has in said.items() if has} == named == set(said)


@given(st.text(max_size=60))
def test_any_text(typed: str) -> None:
    """Any text is either read or refused with the part that was not understood."""
    with suppress(NotUnderstood):
        assert set(parse_things(typed, THINGS)) <= set(THINGS)

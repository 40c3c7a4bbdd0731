"""One routine's file on its own: as strict as a pack, and nothing else than faults for junk."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.building import line, stepped, takes
from bot.domain.catalogue import Catalogue, Routine
from bot.domain.dose import Level
from bot.domain.own import Own, as_routine, schedulable
from content import alone
from content.lines import restored, stored
from content.loader import load, packaged

PIECES = (
    *(
        "key: a\n",
        "name: b\n",
        "summary: c\n",
        "seconds: 1:00\n",
        "items:\n",
        "  - entry: ",
        "days:\n",
    ),
    *(
        "pelvic-tilt-supine\n",
        "    seconds: 1:00\n",
        "    dose:\n",
        "      hold: 9\n",
        "&a ",
        "*a",
        "- ",
    ),
    *(
        "\t",
        "[",
        "{",
        "}",
        ": ",
        "? ",
        '"\\u202e"',
        '"\\0"',
        "!!python/object:x ",
        "<<: *a\n",
        "9" * 400,
    ),
)


@cache
def pack() -> Catalogue:
    """Return the shipped pack."""
    return load(packaged())


def outcome(content: bytes) -> Routine | list[int]:
    """Read a file; return the routine, or the lines of its faults."""
    try:
        return alone.routine_of(content, pack())
    except alone.Refused as refused:
        faults = refused.faults
    assert faults
    assert all(len(str(fault).splitlines()) == 1 for fault in faults)
    return [fault.line for fault in faults]


@given(st.binary(max_size=3000))
@example(b"")
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe\x00")
def test_any_bytes(content: bytes) -> None:
    """Arbitrary bytes end in faults."""
    found = outcome(content)
    assert isinstance(found, list)
    assert all(number >= 1 for number in found)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40))
@settings(max_examples=200)
def test_any_pieces(pieces: list[str]) -> None:
    """Pieces of a routine in any order are a routine or faults, and nothing raises."""
    outcome("".join(pieces).encode("utf-8", "replace"))


ENTRIES = [key for key, entry in load(packaged()).entries.items() if schedulable(entry)]


@pytest.mark.parametrize("key", ENTRIES)
@pytest.mark.parametrize("level", Level)
def test_what_is_built_is_fine(key: str, level: Level) -> None:
    """Whatever is put together by button passes the rules of a pack, there and back."""
    entry = pack().entries[key]
    item = line(entry, pack(), level)
    if item is None:
        assert level is not Level.BEGINNER
        return
    own = Own(id=1, name="Mine", items=(item, item))
    routine = as_routine(own, pack())
    assert routine is not None
    routine = replace(routine, key="mine", summary="My own.")
    read = alone.routine_of(alone.written(routine, "a\ncomment").encode(), pack())
    assert (read.items, read.gentle, read.seconds) == (own.items, routine.gentle, own.seconds)
    assert restored(stored(own.items)) == own.items


@pytest.mark.parametrize("key", ENTRIES)
def test_doses_go_up_and_down(key: str) -> None:
    """More and Less walk through an entry's own doses and end at the first and the last."""
    entry = pack().entries[key]
    first = line(entry, pack())
    assert first is not None
    last, took = first, [takes(first, entry)]
    while more := stepped(last, entry, pack(), more=True):
        last = more
        took.append(takes(more, entry))
    assert took == sorted(set(took))
    back = stepped(last, entry, pack(), more=False)
    assert back is None or takes(back, entry) == took[-2]


HOSTILE = [
    pytest.param(b"- " * 30_000, id="dashes"),
    pytest.param(b"? " * 30_000, id="questions"),
    pytest.param(b"[" * 60_000, id="brackets"),
    pytest.param(b"a: &a [x]\n" + b"b: [*a, *a]\n" * 3_000, id="references"),
    pytest.param(b"".join(b" " * n + b"a:\n" for n in range(300)), id="nested"),
    pytest.param(b"".join(b"k%d: v\n" % n for n in range(900)), id="unknown keys"),
    pytest.param(
        b"key: a\nname: a\nsummary: a\nseconds: 1\nitems:\n"
        + b"".join(b"  - entry: pelvic-%d\n    seconds: 1\n" % n for n in range(450)),
        id="unknown entries",
    ),
    pytest.param(b"x" * alone.LARGEST, id="one word"),
    pytest.param(b"x: y\n" * 20_000, id="too large"),
]


@pytest.mark.parametrize("content", HOSTILE)
def test_a_strange_file_takes_no_time(content: bytes) -> None:
    """The strangest file that may be sent is refused in seconds, beside everybody's taps."""
    started = time.process_time()
    assert isinstance(outcome(content), list)
    assert time.process_time() - started < 5


def test_a_key_from_any_name() -> None:
    """The name of a file is made of letters of its name, and is none that the pack has."""
    assert alone.key_for("Vor der Ärbeit!", {}) == "vor-der-arbeit"
    assert alone.key_for("Daily psoas 12", pack().routines) == "own-daily-psoas-12"
    assert alone.key_for("朝の体操", {}) == "own-routine"
    assert alone.key_for("x" * 99, {"x" * 32: 1}) == "own-" + "x" * 28

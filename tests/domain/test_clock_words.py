"""Times of day are read in the forms people type, and nothing else is taken for one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clock_words import parse_time
from bot.domain.typed_text import NotUnderstood, Reason

FORMS: dict[str, Callable[[time], str]] = {
    "colon": lambda at: f"{at:%H:%M}",
    "no leading zero": lambda at: f"{at.hour}:{at:%M}",
    "dot": lambda at: f"{at:%H.%M}",
    "h": lambda at: f"{at.hour}h{at:%M}",
    "packed": lambda at: f"{at:%H%M}",
    "packed hours": lambda at: f"{at:%H%M} hrs",
    "seconds": lambda at: f"{at:%H:%M:%S}",
    "am pm": lambda at: f"{at:%I:%M %p}",
    "glued am pm": lambda at: f"{at:%I.%M%p}".lower(),
    "dotted am pm": lambda at: f"{at:%I:%M} {'a.m.' if at.hour < 12 else 'p.m.'}",
    "full width": lambda at: f"{at:%H:%M}".translate({n: n + 0xFEE0 for n in range(0x30, 0x3B)}),
    "at": lambda at: f"  at   {at:%H:%M} !",
    "past": lambda at: f"{at.minute} minutes past {at.hour}",
    "to": lambda at: f"{60 - at.minute} minutes to {(at.hour + 1) % 24}",
}


@pytest.mark.parametrize("form", [pytest.param(form, id=name) for name, form in FORMS.items()])
@given(at=st.builds(time, st.integers(0, 23), st.integers(1, 59)))
def test_a_written_time_is_read_back(form: Callable[[time], str], at: time) -> None:
    """Every time of day in every form is understood as itself."""
    assert parse_time(form(at)) == at


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", time(7)),
        ("0", time(0)),
        ("12", time(12)),
        ("19", time(19)),
        ("24:00", time(0)),
        ("7:30", time(7, 30)),
        ("07.30", time(7, 30)),
        ("730", time(7, 30)),
        ("7 : 30", time(7, 30)),
        ("7.30 pm", time(19, 30)),
        ("7pm", time(19)),
        ("7 PM", time(19)),
        ("7 am", time(7)),
        ("7:30am.", time(7, 30)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("19h30", time(19, 30)),
        ("19h", time(19)),
        ("0730", time(7, 30)),
        ("1930", time(19, 30)),
        ("noon", time(12)),
        ("12 noon", time(12)),
        ("Midday", time(12)),
        ("midnight", time(0)),
        ("half past 7", time(7, 30)),
        ("half past 7 in the evening", time(19, 30)),
        ("quarter to eight", time(7, 45)),
        ("a quarter past eight", time(8, 15)),
        ("quarter to 1 pm", time(12, 45)),
        ("ten to eight", time(7, 50)),
        ("twenty-five past six", time(6, 25)),
        ("20 past 7", time(7, 20)),
        ("7 o'clock", time(7)),
        ("7 O’CLOCK", time(7)),
        ("7 o'clock in the evening", time(19)),
        ("7 in the morning", time(7)),
        ("12 in the afternoon", time(12)),
        ("3 in the afternoon", time(15)),
        ("8 in the evening", time(20)),
        ("20:00 in the evening", time(20)),
        ("11 at night", time(23)),
        ("2 at night", time(2)),
        ("seven", time(7)),
        ("seven thirty pm", time(19, 30)),
        ("７：３０", time(7, 30)),
        ("٧:٣٠", time(7, 30)),
        ("@ 7", time(7)),
        ("at 7", time(7)),
        ("around 7pm", time(19)),
    ],
)
def test_times_as_people_type_them(text: str, expected: time) -> None:
    """A bare hour is in the morning; words after it say otherwise."""
    assert parse_time(text) == expected


@pytest.mark.parametrize(
    ("text", "reason", "part"),
    [
        ("25:00", Reason.TIME, "25:00"),
        ("7:61", Reason.TIME, "7:61"),
        ("24:01", Reason.TIME, "24:01"),
        ("13PM", Reason.TIME, "13PM"),
        ("19 in the morning", Reason.TIME, "19 in the morning"),
        ("9999", Reason.TIME, "9999"),
        ("abc", Reason.TIME, "abc"),
        ("7:5", Reason.TIME, "7:5"),
        ("-7", Reason.TIME, "-7"),
        ("7 or 8", Reason.WORDS, "or"),
        ("7-9", Reason.WORDS, "7-9"),
        ("7:30 on Funday", Reason.WORDS, "on"),
        ("half past 7:30", Reason.TIME, "half past 7:30"),
        ("", Reason.EMPTY, ""),
        (" . ", Reason.EMPTY, ""),
    ],
)
def test_what_is_no_time(text: str, reason: Reason, part: str) -> None:
    """What is no time of day is refused, with the words that were not understood."""
    with pytest.raises(NotUnderstood) as refused:
        parse_time(text)
    assert (refused.value.reason, refused.value.part) == (reason, part)

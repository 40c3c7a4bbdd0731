"""What is typed after /schedule and /breathe becomes rules, and what is not understood is named."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.english import ENGLISH
from bot.domain.schedule import EVERY_DAY, Rule
from bot.domain.schedule_words import (
    Add,
    Off,
    Set,
    is_about_reminders,
    parse_breathing,
    parse_schedule,
)
from bot.domain.typed_text import NotUnderstood, Reason
from bot.domain.windows import Window

WORKING = frozenset(range(5))


def at(*clock: str, weekdays: frozenset[int] = EVERY_DAY) -> Rule:
    """Return the rule of these times."""
    return Rule(tuple(map(time.fromisoformat, clock)), weekdays)


def every(minutes: int, start: str, end: str, weekdays: frozenset[int] = EVERY_DAY) -> Rule:
    """Return the rule of this window."""
    ends = time.fromisoformat(start), time.fromisoformat(end)
    return Rule((), weekdays, Window(*ends, timedelta(minutes=minutes)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("07:30", Set(at("07:30"))),
        ("7", Set(at("07:00"))),
        ("7.30 pm mon wed fri", Set(at("19:30", weekdays=frozenset({0, 2, 4})))),
        ("weekdays 06:45", Set(at("06:45", weekdays=WORKING))),
        ("add 21:00", Add(at("21:00"))),
        ("add 9 sat", Add(at("09:00", weekdays=frozenset({5})))),
        ("off", Off()),
        ("Off.", Off()),
        ("7:30 and 21:00 weekdays", Set(at("07:30", "21:00", weekdays=WORKING))),
        ("21:00, 7:30", Set(at("07:30", "21:00"))),
        ("every monday at 7", Set(at("07:00", weekdays=frozenset({0})))),
        ("every day at noon", Set(at("12:00"))),
        ("half past 7 on weekdays", Set(at("07:30", weekdays=WORKING))),
        ("7:30 every day except sunday", Set(at("07:30", weekdays=EVERY_DAY - {6}))),
        ("weekdays 7:30 except friday", Set(at("07:30", weekdays=WORKING - {4}))),
    ],
)
def test_schedule(text: str, expected: Set | Add | Off) -> None:
    """Times and weekdays come in any order; without weekdays every day is meant."""
    assert parse_schedule(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("every 2h 9-18 weekdays", Set(every(120, "09:00", "18:00", WORKING))),
        ("weekdays 9-18 every 2h", Set(every(120, "09:00", "18:00", WORKING))),
        ("every 90 min 8:30 to 17", Set(every(90, "08:30", "17:00"))),
        ("every hour", Set(every(60, "09:00", "18:00"))),
        ("hourly 9-5", Set(every(60, "09:00", "17:00"))),
        ("every half hour 2-6pm", Set(every(30, "14:00", "18:00"))),
        ("every 1h30 from nine to five", Set(every(90, "09:00", "17:00"))),
        ("every 1.5 hours 10-18", Set(every(90, "10:00", "18:00"))),
        ("every two hours between 10 and 6pm", Set(every(120, "10:00", "18:00"))),
        ("every 2h 9am-6pm", Set(every(120, "09:00", "18:00"))),
        ("every 2h 22-02", Set(every(120, "22:00", "02:00"))),
        ("every 2h 22-6", Set(every(120, "22:00", "06:00"))),
        ("every 15 min 9-10", Set(every(15, "09:00", "10:00"))),
        ("every 12h 8-20", Set(every(720, "08:00", "20:00"))),
        ("at 10:00 15:00", Set(at("10:00", "15:00"))),
        ("at 10 and 3pm mon", Set(at("10:00", "15:00", weekdays=frozenset({0})))),
        ("off", Off()),
    ],
)
def test_breathing(text: str, expected: Set | Off) -> None:
    """An interval has a window, by default the day; times stand for themselves."""
    assert parse_breathing(text) == expected


@pytest.mark.parametrize(
    ("text", "reason", "part"),
    [
        ("", Reason.EMPTY, ""),
        ("add", Reason.EMPTY, ""),
        ("7:30 Funday", Reason.WORDS, "Funday"),
        ("off tomorrow", Reason.WORDS, "tomorrow"),
        ("7-9", Reason.WORDS, "7-9"),
        ("25:00 mon", Reason.TIME, "25:00"),
        ("mon wed", Reason.NO_TIME, "mon wed"),
        ("sat 9 sun 10", Reason.SEVERAL_RULES, "sun"),
        ("weekdays 7:30, weekends 9", Reason.SEVERAL_RULES, "weekends"),
        ("sat 9 except weekends", Reason.NO_WEEKDAY, "sat 9 except weekends"),
    ],
)
def test_schedule_not_understood(text: str, reason: Reason, part: str) -> None:
    """The refusal names the part that was not understood, so that an example can answer it."""
    with pytest.raises(NotUnderstood) as refused:
        parse_schedule(text)
    assert (refused.value.reason, refused.value.part) == (reason, part)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("every 14 min", Reason.INTERVAL),
        ("every 13h", Reason.INTERVAL),
        ("every 1.33 min", Reason.INTERVAL),
        ("every 0 h", Reason.INTERVAL),
        ("9-18", Reason.NO_INTERVAL),
        ("every 2h 9", Reason.HALF_WINDOW),
        ("every 2h every 3h", Reason.SEVERAL_RULES),
        ("every 2h 9-12 14-18", Reason.SEVERAL_RULES),
        ("every 2h 9-25", Reason.TIME),
        ("every 2h 9-18 please now", Reason.WORDS),
        ("box", Reason.WORDS),
        (" ".join(f"{minute // 60}:{minute % 60:02d}" for minute in range(25)), Reason.TOO_MANY),
    ],
)
def test_breathing_not_understood(text: str, reason: Reason) -> None:
    """Intervals from 15 minutes to 12 hours, one window, at most 24 times."""
    with pytest.raises(NotUnderstood) as refused:
        parse_breathing(text)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("every 2h", True),
        ("at 10", True),
        ("off", True),
        ("hourly", True),
        ("weekdays every 2h", True),
        ("box", False),
        ("attention", False),
        ("4-7-8", False),
        ("", False),
    ],
)
def test_reminders_and_practices_are_told_apart(text: str, expected: bool) -> None:
    """After /breathe stands either a practice's name or what reminders shall be."""
    assert is_about_reminders(text) is expected


WORDS = st.sampled_from(
    [
        *ENGLISH.weekdays,
        *ENGLISH.weekday_groups,
        *ENGLISH.halves,
        *ENGLISH.numbers,
        *ENGLISH.units,
        *ENGLISH.intervals,
        *ENGLISH.frequencies,
        *ENGLISH.joins,
        *("at", "every", "except", "to", "-", ":", ".", ",", "/", "&", "add", "off", "noon"),
        *("7", "07", "730", "7:30", "19h", "24:00", "99", "half", "past"),
    ]
)
ANY_TEXT = (
    st.text() | st.lists(WORDS | st.text(max_size=3)).map(" ".join) | st.lists(WORDS).map("".join)
)


@given(ANY_TEXT)
def test_any_text_is_a_rule_or_not_understood(text: str) -> None:
    """Whatever is typed, nothing else is raised than that it was not understood."""
    for parse in (parse_schedule, parse_breathing):
        wanted: Set | Add | Off | NotUnderstood
        try:
            wanted = parse(text)
        except NotUnderstood as refused:
            wanted = refused
        if isinstance(wanted, Set | Add):
            assert wanted.rule.times_of_day()
        if isinstance(wanted, NotUnderstood):
            assert wanted.part or wanted.reason is Reason.EMPTY
    assert is_about_reminders(text) in (True, False)


@given(
    st.lists(st.builds(time, st.integers(0, 23), st.integers(0, 59)), min_size=1, max_size=10),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.booleans(),
)
def test_a_written_rule_is_read_back(
    times: list[time], weekdays: frozenset[int], days_first: bool
) -> None:
    """Times and weekdays written out are understood as themselves, in either order."""
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    parts = [" ".join(f"{at:%H:%M}" for at in times), " ".join(names[day] for day in weekdays)]
    text = " ".join(reversed(parts) if days_first else parts)
    assert parse_schedule(text) == Set(Rule(tuple(times), weekdays))

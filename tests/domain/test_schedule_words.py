"""What is typed after /schedule and /breathe becomes rules, and what is not understood is named."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.english import ENGLISH
from bot.domain.schedule import EVERY_DAY, Rule
from bot.domain.schedule_words import is_about_reminders, parse_breathing, parse_schedule
from bot.domain.typed_text import NotUnderstood, Reason
from bot.domain.windows import Scatter, Window
from bot.domain.wishes import Add, Change, Move, Off, Pause, Remove, Resume, Set, Undo, Wish

WORKING = frozenset(range(5))
TODAY = date(2026, 11, 25)  # a Wednesday


def at(*clock: str, weekdays: frozenset[int] = EVERY_DAY) -> tuple[Rule]:
    """Return the one rule of these times."""
    return (Rule(tuple(map(time.fromisoformat, clock)), weekdays),)


def every(minutes: int, start: str, end: str, weekdays: frozenset[int] = EVERY_DAY) -> tuple[Rule]:
    """Return the one rule of this window."""
    ends = time.fromisoformat(start), time.fromisoformat(end)
    return (Rule((), weekdays, Window(*ends, timedelta(minutes=minutes))),)


def random(count: int, start: str, end: str, weekdays: frozenset[int] = EVERY_DAY) -> tuple[Rule]:
    """Return the one rule of so many random moments in a window."""
    ends = time.fromisoformat(start), time.fromisoformat(end)
    return (Rule((), weekdays, None, Scatter(*ends, count)),)


WEEKEND = at("09:00", weekdays=frozenset({5, 6}))


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
    assert parse_schedule(text, TODAY) == expected


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
    assert parse_breathing(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "reason", "part"),
    [
        ("", Reason.EMPTY, ""),
        ("add", Reason.EMPTY, ""),
        ("7:30 Funday", Reason.WORDS, "Funday"),
        ("off tomorrow", Reason.WORDS, "tomorrow"),
        ("7-9", Reason.NO_INTERVAL, "7-9"),
        ("25:00 mon", Reason.TIME, "25:00"),
        ("mon wed", Reason.NO_TIME, "mon wed"),
        ("sat 9 sun", Reason.UNCLEAR, "sat 9 sun"),
        ("9-18 weekdays", Reason.NO_INTERVAL, "9-18 weekdays"),
        ("3 times", Reason.NO_WINDOW, "3 times"),
        ("30 times 9-10", Reason.NO_ROOM, "30 times 9-10"),
        ("every 400 days 9:00", Reason.DISTANCE, "every 400 days"),
        ("every 2 days mon 9:00", Reason.DISTANCE, "every 2 days mon 9:00"),
        ("7:30 from 24 dec until 1 dec", Reason.RANGE, "7:30 from 24 dec until 1 dec"),
        ("7:30 until 2026-11-01", Reason.PAST, "7:30 until 2026-11-01"),
        ("7:30 until 30 feb", Reason.DATE, "30 feb"),
        ("remove", Reason.WORDS, "remove"),
        ("pause 2 now", Reason.WORDS, "now"),
        ("move tomorrow", Reason.NO_TIME, "move tomorrow"),
        ("move 9 10", Reason.WORDS, "10"),
        ("sat 9 except weekends", Reason.NO_WEEKDAY, "sat 9 except weekends"),
    ],
)
def test_schedule_not_understood(text: str, reason: Reason, part: str) -> None:
    """The refusal names the part that was not understood, so that an example can answer it."""
    with pytest.raises(NotUnderstood) as refused:
        parse_schedule(text, TODAY)
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
        parse_breathing(text, TODAY)
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
        wanted: Wish | NotUnderstood
        try:
            wanted = parse(text, TODAY)
        except NotUnderstood as refused:
            wanted = refused
        if isinstance(wanted, Set | Add):
            assert all(rule.times_of_day() or rule.scatter for rule in wanted.rules)
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
    assert parse_schedule(text, TODAY) == Set((Rule(tuple(times), weekdays),))


def dated(clock: str, **days: Any) -> tuple[Rule]:
    """Return the one rule of a time on some days."""
    return (Rule((time.fromisoformat(clock),), **days),)


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("mon-fri 06:45, sat sun 9:00", (*at("06:45", weekdays=WORKING), *WEEKEND)),
        ("6:45 weekdays, 9:00 on weekends", (*at("06:45", weekdays=WORKING), *WEEKEND)),
        ("every 90 min 9-17 weekdays", every(90, "09:00", "17:00", WORKING)),
        ("hourly 9-17", every(60, "09:00", "17:00")),
        ("3 times between 9 and 18", random(3, "09:00", "18:00")),
        ("3x 9-18", random(3, "09:00", "18:00")),
        ("random 3 times 9-18 weekdays", random(3, "09:00", "18:00", WORKING)),
        ("3 random times, 09:00 to 18:00", random(3, "09:00", "18:00")),
        ("three times a day between 9 and 6pm", random(3, "09:00", "18:00")),
        ("twice at random from 10 to 12", random(2, "10:00", "12:00")),
        ("every 2 days 07:30", dated("07:30", every_days=2, starts=TODAY)),
        ("every other day at 7", dated("07:00", every_days=2, starts=TODAY)),
        ("every third day at 8", dated("08:00", every_days=3, starts=TODAY)),
        (
            "every 2 weeks on mon 8:00",
            dated("08:00", weekdays=frozenset({0}), every_days=14, starts=date(2026, 11, 30)),
        ),
        ("every week on mon 8:00", dated("08:00", weekdays=frozenset({0}))),
        (
            "07:30 from 1 dec until 24 dec",
            dated("07:30", starts=date(2026, 12, 1), ends=date(2026, 12, 24)),
        ),
        ("until 2026-12-24 7:30", dated("07:30", ends=date(2026, 12, 24))),
        ("from monday 8:00", dated("08:00", starts=date(2026, 11, 30))),
        ("from monday to friday 8:00", at("08:00", weekdays=WORKING)),
        ("for 2 weeks 7:30", dated("07:30", starts=TODAY, ends=date(2026, 12, 8))),
        ("7:30 mon 21:00", at("07:30", "21:00", weekdays=frozenset({0}))),
    ],
)
def test_every_kind_of_rule(text: str, rules: tuple[Rule, ...]) -> None:
    """Days of their own, intervals, random moments, distances and dates are typed alike."""
    assert parse_schedule(text, TODAY) == Set(rules)
    assert parse_breathing(text, TODAY) == Set(rules)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("change 2 07:45", Change(2, at("07:45"))),
        ("change 1 to weekdays 8", Change(1, at("08:00", weekdays=WORKING))),
        ("remove 2", Remove(2)),
        ("2 off", Remove(2)),
        ("off 2", Remove(2)),
        ("pause 1", Pause(1)),
        ("resume #1", Resume(1)),
        ("undo", Undo()),
        ("move to 9:00", Move(time(9), None)),
        ("move 9.30", Move(time(9, 30), None)),
        ("move tomorrow 9", Move(time(9), date(2026, 11, 26))),
        ("tomorrow at 9 instead", Move(time(9), date(2026, 11, 26))),
        ("on friday at 10 instead", Move(time(10), date(2026, 11, 27))),
        ("9pm today instead", Move(time(21), TODAY)),
        ("move 5 dec to half past 9", Move(time(9, 30), date(2026, 12, 5))),
    ],
)
def test_acts(text: str, expected: Wish) -> None:
    """A reminder is named by its number, one moment by its day, and the last change is undone."""
    assert parse_schedule(text, TODAY) == expected

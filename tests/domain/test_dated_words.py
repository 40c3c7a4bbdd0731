"""Dates, ranges and several rules in one line: what is plain is taken, what is not is refused."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from bot.domain.pause_words import parse_pause
from bot.domain.schedule import EVERY_DAY, Rule
from bot.domain.schedule_words import is_about_reminders, parse_breathing, parse_schedule
from bot.domain.typed_text import NotUnderstood, Reason
from bot.domain.windows import Window
from bot.domain.wishes import Add, Change, Off, Pause, Remove, Resume, Set, Undo, Wish

TODAY = date(2026, 11, 25)  # a Wednesday
DECEMBER = {"starts": date(2026, 12, 1), "ends": date(2026, 12, 24)}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("7:30 from 25 nov", {"starts": TODAY}),
        ("7:30 until 25 nov", {"ends": TODAY}),
        ("7:30 until the 25th", {"ends": TODAY}),
        ("from 2026-12-01 until 2026-12-24 7:30", DECEMBER),
        ("from 1.12. until 24.12. 7:30", DECEMBER),
        ("from 1 dec until 24 dec 7:30", DECEMBER),
        ("from tue, 1 dec until thu, 24 dec 7:30", DECEMBER),
        ("starting 1 dec 7:30 until 24 dec", DECEMBER),
        ("from 31 dec 7:30", {"starts": date(2026, 12, 31)}),
        ("until dec 7:30", {"ends": date(2026, 12, 1)}),
        ("from wed, 18 nov 7:30", {"starts": date(2026, 11, 18)}),
        ("weekdays from friday 7:30", {"starts": date(2026, 11, 27), "weekdays": range(5)}),
        ("mon until fri, 18 dec 7:30", {"ends": date(2026, 12, 18), "weekdays": [0]}),
        ("mon until fri 7:30", {"weekdays": range(5)}),
        ("for 3 days 7:30", {"starts": TODAY, "ends": date(2026, 11, 27)}),
        ("for a week from monday 7:30", {"starts": date(2026, 11, 30), "ends": date(2026, 12, 6)}),
    ],
)
def test_ranges(text: str, days: dict[str, Any]) -> None:
    """A range holds both its dates, today among them, and a weekday with a date is no other day."""
    days = days | {"weekdays": frozenset(days.get("weekdays", EVERY_DAY))}
    assert parse_schedule(text, TODAY) == Set((Rule((time(7, 30),), **days),))


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("every 2h 9-22", (9, 22)),
        ("every 2h 10-23", (10, 23)),
        ("every 2h 20-11", (20, 11)),
        ("every 2h from 9-18", (9, 18)),
        ("every 2h 2-6pm", (14, 18)),
        ("every 2h 1-5", (1, 5)),
        ("every 2h 13-5", (13, 17)),
    ],
)
def test_windows(text: str, ends: tuple[int, int]) -> None:
    """An hour is moved to the afternoon only where "pm" or the order says so."""
    rule = Rule((), EVERY_DAY, Window(time(ends[0]), time(ends[1]), timedelta(hours=2)))
    assert parse_schedule(text, TODAY) == Set((rule,))


@pytest.mark.parametrize(
    ("text", "reason", "part"),
    [
        ("weekdays 7:30, mon 9", Reason.SAME_DAY, "weekdays 7:30, mon 9"),
        ("7 mon, 8 tue, 9", Reason.UNCLEAR, "7 mon, 8 tue, 9"),
        ("mon 7 8 9 tue", Reason.UNCLEAR, "mon 7 8 9 tue"),
        ("mon-fri 6:45, sat 9 until 24 dec", Reason.UNCLEAR, "mon-fri 6:45, sat 9 until 24 dec"),
        ("every 2 weeks mon 8, tue 9", Reason.UNCLEAR, "every 2 weeks mon 8, tue 9"),
        (
            "weekdays 7, weekends 9 except friday",
            Reason.UNCLEAR,
            "weekdays 7, weekends 9 except friday",
        ),
        ("mon 7 until friday", Reason.NEVER, "mon 7 until friday"),
        ("7:30 until 9999-12-31", Reason.FAR, "9999-12-31"),
        ("7:30 for 9999 weeks", Reason.FAR, "for 9999 weeks"),
        ("move 9999-12-31 9", Reason.FAR, "9999-12-31"),
        ("7:30 for 0 days", Reason.RANGE, "for 0 days"),
        ("7:30 from mon, 1 dec", Reason.DATE, "mon, 1 dec"),
        ("7:30 from mon, 2026-12-01", Reason.DATE, "mon, 2026-12-01"),
        ("7:30 from 3/4", Reason.EITHER_DATE, "3/4"),
        ("move", Reason.EMPTY, "move"),
    ],
)
def test_what_is_not_plain(text: str, reason: Reason, part: str) -> None:
    """Where a line may mean two things, or nothing would ever come, nothing is taken."""
    with pytest.raises(NotUnderstood) as refused:
        parse_schedule(text, TODAY)
    assert (refused.value.reason, refused.value.part) == (reason, part)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("add 21:00", Add((Rule((time(21),)),))),
        ("change 3 10:00", Change(3, (Rule((time(10),)),))),
        ("remove 3", Remove(3)),
        ("3 off", Remove(3)),
        ("pause 3", Pause(3)),
        ("resume 3", Resume(3)),
        ("undo", Undo()),
        ("off", Off()),
    ],
)
def test_acts_after_breathe(text: str, expected: Wish) -> None:
    """What changes reminders is typed after /breathe too, and is never taken for a practice."""
    assert parse_breathing(text, TODAY) == expected
    assert is_about_reminders(text)


@pytest.mark.parametrize("text", ["move to 9", "tomorrow at 9 instead"])
def test_moves_are_of_the_routine(text: str) -> None:
    """A move after /breathe is refused: it would move the routine."""
    with pytest.raises(NotUnderstood):
        parse_breathing(text, TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("until Tue, 1 Dec", date(2026, 12, 1)),
        ("until tue 1 december 2026", date(2026, 12, 1)),
        ("until wed, 25 nov", None),
        ("until mon, 1 dec", None),
    ],
)
def test_a_weekday_with_a_date(text: str, expected: date | None) -> None:
    """A pause takes a date with its weekday as well; one that does not agree is no date."""
    if expected is not None:
        assert parse_pause(text, TODAY) == expected
        return
    with pytest.raises(NotUnderstood):
        parse_pause(text, TODAY)

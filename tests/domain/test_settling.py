"""What becomes of what is due: done, begun, quiet, eased, asked, or out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.downtime import Missed
from bot.domain.local_time import day_end_at, local_day
from bot.domain.reminder import OccurrenceState, ReminderKind, SkipReason
from bot.domain.settling import IGNORED_DAYS, Situation, quiet_until, repeat_at, settle

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)  # Monday, 07:30 in Berlin
TODAY = date(2026, 3, 2)
NIGHT = (time(22), time(7))
PERSON = Situation(zone=BERLIN)


def routine(due_at: datetime = NOW, reminder: int = 1) -> Missed:
    """Return a due moment of the routine."""
    day = local_day(due_at, BERLIN)
    return Missed(reminder, ReminderKind.ROUTINE, due_at, day_end_at(day, BERLIN), day)


def breath(due_at: datetime = NOW, entry: str = "box", reminder: int = 2) -> Missed:
    """Return a due moment of a practice."""
    day, over = local_day(due_at, BERLIN), due_at + timedelta(hours=2)
    return Missed(reminder, ReminderKind.PRACTICE, due_at, over, day, entry)


@pytest.mark.parametrize(
    ("person", "missed", "state", "reason"),
    [
        pytest.param(PERSON, routine(), "due", None, id="as usual"),
        pytest.param(
            replace(PERSON, done=frozenset({TODAY})), routine(), "done", None, id="done today"
        ),
        pytest.param(
            replace(PERSON, done=frozenset({TODAY - timedelta(days=1)})),
            routine(),
            "due",
            None,
            id="done yesterday",
        ),
        pytest.param(
            replace(PERSON, begun=frozenset({TODAY})), routine(), "started", None, id="at it"
        ),
        pytest.param(
            replace(PERSON, done=frozenset({TODAY})),
            breath(),
            "due",
            None,
            id="a routine done is no breath",
        ),
        pytest.param(
            replace(PERSON, practised=(("box", NOW - timedelta(minutes=29)),)),
            breath(),
            "done",
            None,
            id="breathed just now",
        ),
        pytest.param(
            replace(PERSON, practised=(("box", NOW - timedelta(minutes=30)),)),
            breath(),
            "due",
            None,
            id="breathed before",
        ),
        pytest.param(
            replace(PERSON, practised=(("sigh", NOW),)), breath(), "due", None, id="another breath"
        ),
        pytest.param(
            replace(PERSON, quiet=(time(7), time(8))), breath(), "skipped", "quiet", id="no breath"
        ),
        pytest.param(
            replace(PERSON, quiet=(time(7), time(3))),
            routine(),
            "skipped",
            "quiet",
            id="quiet until it is over",
        ),
        pytest.param(
            replace(PERSON, eased_on=TODAY), routine(), "skipped", "eased", id="asked today"
        ),
        pytest.param(
            replace(PERSON, eased_on=TODAY - timedelta(days=1), ignored=9),
            routine(),
            "skipped",
            "eased",
            id="asked yesterday",
        ),
        pytest.param(
            replace(PERSON, eased_on=TODAY - timedelta(days=2), ignored=9),
            routine(),
            "due",
            None,
            id="asked the day before",
        ),
    ],
)
def test_one(person: Situation, missed: Missed, state: str, reason: str | None) -> None:
    """One due moment goes out now, or is silent for a reason that is kept."""
    settled = settle([missed], person, NOW)[missed]
    assert (settled.state, settled.reason) == (state, reason)
    assert settled.send_at == (NOW if state == "due" else None)
    assert not settled.asks


def test_after_the_quiet_hours() -> None:
    """A routine that falls into the quiet hours comes when they are over, as the same day's."""
    one = routine()
    settled = settle([one], replace(PERSON, quiet=(time(7), time(9))), NOW)[one]
    assert (settled.state, settled.send_at) == (OccurrenceState.DUE, NOW + timedelta(minutes=90))


def test_late_in_the_quiet_hours() -> None:
    """What was due while the bot was down is never called quiet: a word after them, or down."""
    now = NOW.replace(hour=22)  # 23:00 in Berlin
    person = replace(PERSON, quiet=NIGHT)
    one = routine(now - timedelta(hours=3))
    settled = settle([one], person, now)[one]
    seven = now + timedelta(hours=7, minutes=30)
    assert (settled.state, settled.send_at) == (OccurrenceState.DUE, seven)
    late = breath(now - timedelta(hours=1))
    assert settle([late], person, now)[late].state is OccurrenceState.BOT_WAS_DOWN


def test_question_replaces_the_first() -> None:
    """After three ignored days the routine's reminder asks; what else is due stays away."""
    early, one, more = breath(NOW - timedelta(minutes=1)), routine(), routine(reminder=3)
    settled = settle([early, one, more], replace(PERSON, ignored=IGNORED_DAYS), NOW)
    assert [each for each, fate in settled.items() if fate.asks] == [one]
    assert {settled[each].reason for each in (early, more)} == {SkipReason.EASED}
    fewer = settle([early, one, more], replace(PERSON, ignored=IGNORED_DAYS - 1), NOW)
    assert not any(fate.asks for fate in fewer.values())


def test_what_is_silent_does_not_ask() -> None:
    """The question waits for a reminder that goes out, and that is more than "I was down"."""
    person = replace(PERSON, ignored=IGNORED_DAYS, quiet=(time(7), time(8)))
    silent, one = breath(), routine()
    settled = settle([silent, one], person, NOW)
    assert settled[one].asks
    assert settled[one].send_at == NOW + timedelta(minutes=30)
    assert settled[silent].reason is SkipReason.QUIET
    over = routine(NOW - timedelta(days=2))
    fate = settle([over], replace(PERSON, ignored=IGNORED_DAYS), NOW)[over]
    assert (fate.state, fate.asks) == (OccurrenceState.DUE, False)


@pytest.mark.parametrize(
    ("minutes", "repeats", "quiet", "expires", "again"),
    [
        pytest.param(None, 0, None, 10, None, id="not chosen"),
        pytest.param(30, 0, None, 10, 30, id="once"),
        pytest.param(60, 1, None, 10, 60, id="twice"),
        pytest.param(30, 2, None, 10, None, id="never three times"),
        pytest.param(30, 0, (time(8), time(9)), 10, None, id="not in the quiet hours"),
        pytest.param(60, 0, (time(7, 45), time(8, 30)), 10, 60, id="after the quiet hours"),
        pytest.param(60, 0, None, 1, None, id="not when it is over"),
    ],
)
def test_repeat(
    minutes: int | None,
    repeats: int,
    quiet: tuple[time, time] | None,
    expires: int,
    again: int | None,
) -> None:
    """What is not answered comes again where that was chosen: twice at most, never in the night."""
    over = NOW + timedelta(hours=expires)
    found = repeat_at(NOW, minutes, repeats, over, quiet, BERLIN)
    assert found == (NOW + timedelta(minutes=again) if again else None)


CLOCKS = st.times(min_value=time(0), max_value=time(23, 59)).map(
    lambda at: at.replace(second=0, microsecond=0, tzinfo=None)
)
AGES = st.integers(0, 3 * 24 * 60)
PEOPLE = st.builds(
    Situation,
    zone=st.sampled_from([BERLIN, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC")]),
    done=st.frozensets(st.sampled_from([TODAY, TODAY - timedelta(days=1)])),
    quiet=st.none() | st.tuples(CLOCKS, CLOCKS).filter(lambda ends: ends[0] != ends[1]),
    ignored=st.integers(0, 5),
    eased_on=st.none() | st.integers(0, 4).map(lambda days: TODAY - timedelta(days=days)),
)


@given(person=PEOPLE, routines=st.lists(AGES, max_size=5), breaths=st.lists(AGES, max_size=5))
def test_never_two_questions_nor_a_word_in_the_night(
    person: Situation, routines: list[int], breaths: list[int]
) -> None:
    """At most one question, never beside one that is open; nothing goes out in quiet hours."""
    missed = [
        *(routine(NOW - timedelta(minutes=age), number) for number, age in enumerate(routines)),
        *(
            breath(NOW - timedelta(minutes=age), reminder=9 + number)
            for number, age in enumerate(breaths)
        ),
    ]
    settled = settle(missed, person, NOW)
    assert set(settled) == set(missed)
    going = [fate for fate in settled.values() if fate.send_at is not None]
    assert sum(fate.asks for fate in going) <= (person.eased_on is None)
    assert all(fate.state is OccurrenceState.DUE for fate in going)
    assert not any(quiet_until(fate.send_at or NOW, person.quiet, person.zone) for fate in going)
    assert all(not fate.asks for fate in settled.values() if fate.send_at is None)


@given(
    minutes=st.sampled_from([30, 60]),
    repeats=st.integers(0, 4),
    now=st.integers(25 * 24 * 60, 28 * 24 * 60).map(lambda later: NOW + timedelta(minutes=later)),
    quiet=st.tuples(CLOCKS, CLOCKS).filter(lambda ends: ends[0] != ends[1]),
)
def test_no_repeat_in_the_night(
    minutes: int, repeats: int, now: datetime, quiet: tuple[time, time]
) -> None:
    """A repeat never falls into the quiet hours, whatever the clocks do, and never comes thrice."""
    again = repeat_at(now, minutes, repeats, now + timedelta(days=1), quiet, BERLIN)
    assert again is None or (repeats < 2 and quiet_until(again, quiet, BERLIN) is None)

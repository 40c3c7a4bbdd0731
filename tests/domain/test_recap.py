"""What a week comes to: days, the time of day, sides, tightness, and on which days it lies."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Mark
from bot.domain.downtime import Missed, expires_at
from bot.domain.progress import Tightness
from bot.domain.recap import (
    USUAL,
    Best,
    DayPart,
    Tight,
    Uneven,
    Week,
    best_time,
    counted,
    sides,
    span,
    tightness,
    typed,
    with_day,
    with_time,
)
from bot.domain.reminder import OccurrenceState, ReminderKind, SkipReason
from bot.domain.schedule import Rule
from bot.domain.settling import Situation, settle
from bot.domain.sides import Ease
from bot.domain.step import Side

BERLIN = ZoneInfo("Europe/Berlin")
DUE = datetime(2026, 3, 8, 17, tzinfo=UTC)  # Sunday, 18:00 in Berlin
OVER = datetime(2026, 3, 10, 2, tzinfo=UTC)  # the end of Monday


def at(*clocks: str) -> list[time]:
    """Read times of day."""
    return [time.fromisoformat(clock) for clock in clocks]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        pytest.param([Mark.DONE, Mark.SHORT], (2, 2), id="a short one is kept"),
        pytest.param([Mark.DONE, Mark.MISSED, Mark.SKIPPED], (1, 3), id="missed and left out"),
        pytest.param([Mark.REST, Mark.DOWN, Mark.OPEN, Mark.UNPLANNED], (0, 0), id="no plans"),
        pytest.param([], (0, 0), id="nothing"),
    ],
)
def test_counted(marks: list[Mark], expected: tuple[int, int]) -> None:
    """Kept days of those that were planned; nobody answers for rest or for our faults."""
    assert counted(marks) == expected


@pytest.mark.parametrize(
    ("began", "expected"),
    [
        pytest.param(["07:38", "07:41", "07:52"], Best(DayPart.MORNING, time(7, 40)), id="three"),
        pytest.param(["07:38", "07:41"], None, id="too few"),
        pytest.param(["07:30", "13:00", "19:00"], None, id="one in each part of the day"),
        pytest.param(
            ["07:30", "07:30", "19:00", "19:10", "20:15"],
            Best(DayPart.EVENING, time(19, 10)),
            id="the part with the most",
        ),
        pytest.param(
            ["23:40", "23:50", "00:20"], Best(DayPart.NIGHT, time(23, 50)), id="past midnight"
        ),
        pytest.param(["23:58"] * 3, Best(DayPart.NIGHT, time(0)), id="rounded past midnight"),
        pytest.param([], None, id="nothing"),
    ],
)
def test_best_time(began: list[str], expected: Best | None) -> None:
    """The part of the day with the most sessions, and its middle."""
    assert best_time(at(*began)) == expected


@given(st.lists(st.times(), max_size=40))
def test_best_time_is_near_one(began: list[time]) -> None:
    """Whatever the times, what is told is within five minutes of one of them."""
    best = best_time(began)
    if best is None:
        return
    told = best.around.hour * 60 + best.around.minute
    off = [(told - (one.hour * 60 + one.minute)) % 1440 for one in began]
    assert min(min(each, 1440 - each) for each in off) <= 5


def test_tightness() -> None:
    """Only days on which both were told count: before and after are of the same days."""
    days = [Tightness(6, 3), Tightness(5, 4), Tightness(10, None), Tightness(None, 0)]
    assert tightness(days) == Tight(5.5, 3.5, 2)
    assert tightness(days[2:]) is None


LEFT = {Side.LEFT: Ease.HARD, Side.RIGHT: Ease.EASY}
RIGHT = {Side.LEFT: Ease.EASY, Side.RIGHT: Ease.HARD}
SAME = {Side.LEFT: Ease.EASY, Side.RIGHT: Ease.EASY}


@pytest.mark.parametrize(
    ("felt", "expected"),
    [
        pytest.param({"a": LEFT, "b": LEFT, "c": RIGHT}, Uneven(2, 1), id="both"),
        pytest.param({"a": SAME}, None, id="the same"),
        pytest.param({}, None, id="nothing said"),
    ],
)
def test_sides(felt: dict[str, dict[Side, Ease]], expected: Uneven | None) -> None:
    """In how many exercises which side felt stiffer."""
    assert sides(felt) == expected


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
def test_span(today: date, ends_on: int) -> None:
    """The running week ends on the recap's weekday and has at most seven days, with today."""
    first, last = span(today, ends_on)
    assert last == today
    assert timedelta() <= last - first < timedelta(days=7)
    assert first.weekday() == (ends_on + 1) % 7
    assert (today.weekday() == ends_on) is (last - first == timedelta(days=6))


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param([Rule(tuple(at("19:00")), frozenset({5}))], ("19:00", 5), id="both"),
        pytest.param([Rule(tuple(at("19:00")))], ("19:00", 6), id="a time alone keeps the day"),
        pytest.param([Rule(tuple(at("19:00")), frozenset({1, 2}))], None, id="two days"),
        pytest.param([Rule(tuple(at("19:00", "20:00")), frozenset({1}))], None, id="two times"),
        pytest.param(
            [Rule(tuple(at("19:00")), frozenset({1}), ends=date(2026, 5, 1))], None, id="an end"
        ),
        pytest.param([USUAL, USUAL], None, id="two rules"),
        pytest.param([], None, id="none"),
    ],
)
def test_typed(rules: list[Rule], expected: tuple[str, int] | None) -> None:
    """One time on one day, and nothing else."""
    found = typed(rules, USUAL)
    wanted = expected and Rule(tuple(at(expected[0])), frozenset({expected[1]}))
    assert found == wanted


def test_moved() -> None:
    """The day and the time move apart from each other."""
    assert with_day(USUAL, 2) == Rule((time(18),), frozenset({2}))
    assert with_time(USUAL, time(8)) == Rule((time(8),), frozenset({6}))


def test_idle_and_empty() -> None:
    """A week without practice is not an empty one where something was planned."""
    day = date(2026, 3, 8)
    assert Week(first=day, last=day).empty
    assert Week(first=day, last=day, planned=3).idle
    assert not Week(first=day, last=day, planned=3).empty
    assert not Week(first=day, last=day, sessions=1).idle


def due(moment: datetime = DUE, number: int = 1) -> Missed:
    """Return a recap that is due."""
    kind = ReminderKind.RECAP
    expires = expires_at(USUAL, moment, kind, BERLIN)
    return Missed(number, kind, moment, expires, moment.astimezone(BERLIN).date())


def test_of_use_until_the_end_of_the_next_day() -> None:
    """A recap is told until Monday is over."""
    assert due().expires_at == OVER


@pytest.mark.parametrize(
    ("now", "quiet", "expected"),
    [
        pytest.param(DUE, None, (OccurrenceState.DUE, DUE), id="in time"),
        pytest.param(OVER - timedelta(seconds=1), None, (OccurrenceState.DUE, None), id="late"),
        pytest.param(OVER, None, (OccurrenceState.BOT_WAS_DOWN, None), id="too late"),
        pytest.param(
            DUE,
            (time(17), time(8)),
            (OccurrenceState.DUE, datetime(2026, 3, 9, 7, tzinfo=UTC)),
            id="when the quiet hours are over",
        ),
        pytest.param(
            OVER - timedelta(hours=1),
            (time(17), time(8)),
            (OccurrenceState.SKIPPED, None),
            id="too late by then",
        ),
    ],
)
def test_settled(
    now: datetime,
    quiet: tuple[time, time] | None,
    expected: tuple[OccurrenceState, datetime | None],
) -> None:
    """It goes out while it is of use; nothing is said about one that is not."""
    person = Situation(zone=BERLIN, quiet=quiet, ignored=9, eased_on=date(2026, 3, 8))
    found = settle([due()], person, now)[due()]
    state, moment = expected
    assert found.state is state
    assert not found.asks
    assert found.send_at == (moment or (now if state is OccurrenceState.DUE else None))
    assert found.reason is (SkipReason.QUIET if state is OccurrenceState.SKIPPED else None)


def test_beside_reminders() -> None:
    """Neither a late reminder nor the recap puts the other off; of two recaps the newest goes."""
    now = DUE + timedelta(hours=20)
    routine = Missed(2, ReminderKind.ROUTINE, DUE, now + timedelta(hours=1), date(2026, 3, 8))
    old = due(DUE - timedelta(hours=6))
    found = settle([routine, old, due()], Situation(zone=BERLIN), now)
    assert found[routine].send_at == now
    assert found[due()].send_at == now
    assert found[old].state is OccurrenceState.BOT_WAS_DOWN

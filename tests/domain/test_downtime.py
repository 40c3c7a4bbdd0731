"""After downtime a person gets one late message at most, and only one that is still of use."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.downtime import Decision, Missed, decide, expires_at, is_late
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Rule
from bot.domain.windows import Window

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOURLY = Rule(window=Window(time(9), time(18), timedelta(hours=1)))
RARELY = Rule(window=Window(time(9), time(18), timedelta(hours=4)))
MORNING = Rule((time(7, 30),))


ROUTINE, PRACTICE = ReminderKind.ROUTINE, ReminderKind.PRACTICE


def missed(reminder: int, ago: float, lasts: float, kind: ReminderKind = PRACTICE) -> Missed:
    """Return what was due `ago` minutes before now and expires `lasts` minutes after it was due."""
    due_at = NOW - timedelta(minutes=ago)
    return Missed(reminder, kind, due_at, due_at + timedelta(minutes=lasts), due_at.date())


MISSED = st.lists(
    st.builds(
        missed,
        st.integers(1, 3),
        st.integers(0, 400),
        st.integers(1, 400),
        st.sampled_from(ReminderKind),
    ),
    unique_by=lambda one: (one.reminder_id, one.due_at),
)


def test_the_latest_useful_one_is_delivered_late() -> None:
    """Of several missed moments the last that has not expired goes out, the rest was downtime."""
    old, useful, expired = missed(1, 180, 600), missed(2, 60, 90), missed(3, 30, 20)
    assert decide([useful, expired, old], NOW) == Decision((), useful, (old, expired))


def test_the_routine_goes_before_a_practice() -> None:
    """What a person comes for is told, though a breath was due later."""
    routine, breath = missed(1, 180, 600, ROUTINE), missed(2, 60, 90)
    assert decide([breath, routine], NOW) == Decision((), routine, (breath,))


def test_nothing_useful_is_left() -> None:
    """When everything has expired the newest is told of, as one honest sentence."""
    older, newer = missed(1, 2000, 60, ROUTINE), missed(1, 600, 60, ROUTINE)
    assert decide([newer, older], NOW) == Decision((), newer, (older,))


def test_nothing_expired_beside_a_punctual_one() -> None:
    """Where something goes out as usual, what has expired is only recorded."""
    gone, due = missed(1, 600, 60, ROUTINE), missed(2, 1, 60)
    assert decide([gone, due], NOW) == Decision((due,), None, (gone,))


def test_a_short_downtime_is_no_downtime() -> None:
    """What is not late yet goes out as usual, for each reminder, beside one late message."""
    two, five, late = missed(1, 2, 60), missed(2, 5, 60), missed(3, 50, 60)
    assert decide([late, two, five], NOW) == Decision((five, two), late, ())


def test_a_punctual_moment_replaces_its_own_late_one() -> None:
    """A reminder that is due again just now is not sent late as well."""
    old, due = missed(1, 40, 60), missed(1, 1, 60)
    assert decide([old, due], NOW) == Decision((due,), None, (old,))


@given(MISSED)
def test_everything_is_decided_once(everything: list[Missed]) -> None:
    """Each missed moment is sent, told of late or recorded, and somebody always hears."""
    decision = decide(everything, NOW)
    sent = [*decision.punctual, *([decision.late] if decision.late else [])]
    assert sorted([*sent, *decision.down], key=repr) == sorted(everything, key=repr)
    assert not any(is_late(one.due_at, NOW) or one.expires_at <= NOW for one in decision.punctual)
    assert bool(sent) == bool(everything)
    if decision.punctual and decision.late:
        assert decision.late.expires_at > NOW


@pytest.mark.parametrize(
    ("seconds", "late"), [pytest.param(300, False, id="5 min"), pytest.param(301, True, id="more")]
)
def test_more_than_five_minutes_is_late(seconds: int, late: bool) -> None:
    """A message says that it is late when it comes more than five minutes after it was due."""
    assert is_late(NOW - timedelta(seconds=seconds), NOW) is late


@pytest.mark.parametrize(
    ("rule", "kind", "due", "expected"),
    [
        pytest.param(MORNING, ReminderKind.ROUTINE, "23T06:30", "24T02:00", id="routine, 03:00"),
        pytest.param(MORNING, ReminderKind.ROUTINE, "24T00:30", "24T02:00", id="routine at night"),
        pytest.param(HOURLY, ReminderKind.PRACTICE, "23T10:00", "23T11:00", id="till the next"),
        pytest.param(RARELY, ReminderKind.PRACTICE, "23T08:00", "23T10:00", id="two hours at most"),
        pytest.param(
            Rule(), ReminderKind.PRACTICE, "23T08:00", "23T10:00", id="rule without times"
        ),
    ],
)
def test_when_a_reminder_is_of_no_use(
    rule: Rule, kind: ReminderKind, due: str, expected: str
) -> None:
    """A routine may be done until its day ends, a breath until the next one or for two hours."""
    due_at = datetime.fromisoformat(f"2026-11-{due}+00:00")
    expires = datetime.fromisoformat(f"2026-11-{expected}+00:00")
    assert expires_at(rule, due_at, kind, BERLIN) == expires

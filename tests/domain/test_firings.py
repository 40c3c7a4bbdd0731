"""What comes next of all reminders, as the person would be told: moved, quiet, done, eased."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.firings import Firing, Repeating, by_day, firings
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Rule
from bot.domain.settling import Situation
from bot.domain.windows import Scatter, Window

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)  # Monday, 07:00 in Berlin
ANYBODY = Situation(zone=BERLIN)
ROUTINE, PRACTICE = ReminderKind.ROUTINE, ReminderKind.PRACTICE


def at(*clocks: str) -> Rule:
    """Return a rule of some times every day."""
    return Rule(tuple(map(time.fromisoformat, clocks)))


def shown(found: list[Firing], zone: ZoneInfo = BERLIN) -> list[str]:
    """Return firings as day and local time, * where moved and ~ where one breathes."""
    return [
        f"{one.at.astimezone(zone):%d %H:%M}{'*' * one.moved}{'~' * one.breathing}" for one in found
    ]


def local(clock: str, day: int = 2) -> datetime:
    """Return a local moment of March."""
    return datetime.combine(date(2026, 3, day), time.fromisoformat(clock), BERLIN).astimezone(UTC)


def test_all_together() -> None:
    """Firings of all reminders come in one order; two of one minute are one."""
    two = [Repeating(ROUTINE, at("07:30", "21:00")), Repeating(PRACTICE, at("12:00", "21:00"))]
    found = firings(two, ANYBODY, 5, NOW)
    assert shown(found) == ["02 07:30", "02 12:00~", "02 21:00", "03 07:30", "03 12:00~"]
    assert [(day.day, len(each)) for day, each in by_day(found, BERLIN)] == [(2, 3), (3, 2)]


def test_moved_and_settled() -> None:
    """A moved moment comes at its new time, marked; one that has gone out already does not."""
    settled = {
        local("07:30"): Firing(local("09:00"), moved=True),
        local("07:30", 3): None,
        local("07:30", 4): Firing(local("06:00", 3), moved=True),
    }
    one = Repeating(ROUTINE, at("07:30"), settled=settled)
    assert shown(firings([one], ANYBODY, 3, NOW)) == ["02 09:00*", "03 06:00*", "05 07:30"]


def test_settled_up_to() -> None:
    """Nothing up to what is settled, and nothing before a pause ends, comes any more."""
    one = Repeating(ROUTINE, at("07:30"), settled_at=local("07:30"))
    assert shown(firings([one], ANYBODY, 1, NOW)) == ["03 07:30"]
    assert shown(firings([one], ANYBODY, 1, NOW, local("00:00", 5))) == ["05 07:30"]
    resting = Repeating(ROUTINE, at("07:30"), rests=True)
    assert firings([resting], ANYBODY, 7, NOW) == []


def test_quiet_hours() -> None:
    """In quiet hours the routine waits until they end, and a practice is left out."""
    quiet = Situation(zone=BERLIN, quiet=(time(22), time(8)))
    routine, practice = Repeating(ROUTINE, at("07:30")), Repeating(PRACTICE, at("07:00", "12:00"))
    assert shown(firings([routine], quiet, 2, NOW)) == ["02 08:00", "03 08:00"]
    assert shown(firings([practice], quiet, 2, NOW)) == ["02 12:00~", "03 12:00~"]
    late = Repeating(ROUTINE, at("23:00"))  # its day is over when they end
    assert firings([late], quiet, 2, NOW) == []


def test_done_and_eased() -> None:
    """What is done today stays silent today; eased, every second day does."""
    routine = Repeating(ROUTINE, at("07:30"))
    done = Situation(zone=BERLIN, done=frozenset({date(2026, 3, 2)}))
    assert shown(firings([routine], done, 1, NOW)) == ["03 07:30"]
    eased = Situation(zone=BERLIN, eased_on=date(2026, 3, 1))
    assert shown(firings([routine], eased, 2, NOW)) == ["03 07:30", "05 07:30"]


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        (Rule((time(7, 30),), ends=date(2026, 3, 3)), 2),
        (Rule(window=Window(time(9), time(10), timedelta(minutes=15))), 7),
        (Rule(scatter=Scatter(time(9), time(18), 4)), 7),
        (Rule((time(7, 30),), every_days=30, starts=date(2026, 3, 2)), 7),
    ],
)
def test_as_many_as_there_are(rule: Rule, count: int) -> None:
    """As many firings are told as were asked for, fewer where the rule ends; all are ahead."""
    found = firings([Repeating(ROUTINE, rule)], ANYBODY, 7, NOW)
    assert len(found) == count
    assert [one.at for one in found] == sorted(one.at for one in found if one.at > NOW)


def test_over_a_change_of_the_clock() -> None:
    """Local times stay through gap and fold: what does not exist comes at once after the gap."""
    one = Repeating(ROUTINE, at("02:30"))
    spring = firings([one], ANYBODY, 3, datetime(2026, 3, 27, 12, tzinfo=UTC))
    assert shown(spring) == ["28 02:30", "29 03:00", "30 02:30"]
    autumn = firings([one], ANYBODY, 3, datetime(2026, 10, 23, 12, tzinfo=UTC))
    assert shown(autumn) == ["24 02:30", "25 02:30", "26 02:30"]
    assert autumn[1].at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # the first of the two

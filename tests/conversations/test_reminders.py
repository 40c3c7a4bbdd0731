"""Reminders: at the right minute of the person's clock, once, silent when not needed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.person import Person
from tests.conftest import House, PushedClock, Walk

NUDGE = "12 minutes"  # in whichever words
BREATH = re.compile(r"^.{1,3}(A minute|Shoulders|A short pause|Breathe with)")


def nudges(person: Person) -> list[datetime]:
    """Return when the person was reminded of the routine."""
    return [
        message.date for message in person.messages if message.from_bot and NUDGE in message.text
    ]


def utc(moment: str) -> datetime:
    """Read a moment in UTC."""
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "at", "expected"),
    [
        pytest.param(
            "2026-03-27T12:00",
            "07:30",
            ["2026-03-28T06:30", "2026-03-29T05:30", "2026-03-30T05:30"],
            id="spring forward keeps the wall clock",
        ),
        pytest.param(
            "2026-10-23T12:00",
            "07:30",
            ["2026-10-24T05:30", "2026-10-25T06:30", "2026-10-26T06:30"],
            id="fall back keeps the wall clock",
        ),
        pytest.param(
            "2026-03-27T12:00",
            "02:30",
            ["2026-03-28T01:30", "2026-03-29T01:00", "2026-03-30T00:30"],
            id="a time that does not exist comes right after the gap",
        ),
        pytest.param(
            "2026-10-23T12:00",
            "02:30",
            ["2026-10-24T00:30", "2026-10-25T00:30", "2026-10-26T01:30"],
            id="a time that comes twice fires once, the first time",
        ),
    ],
)
async def test_daylight_saving(
    house: House, ana: Person, onboarded: Walk, start: str, at: str, expected: list[str]
) -> None:
    """The reminder keeps to Berlin's wall clock on both sides of a change, and fires once a day."""
    house.clock.set(utc(start))
    await onboarded(ana, at=at)
    for _ in range(3 * 24 * 4):
        house.clock.push(minutes=15)
        await house.settled()
    assert nudges(ana) == [utc(moment) for moment in expected]


async def test_weekdays(house: House, ana: Person, onboarded: Walk) -> None:
    """Only the chosen weekdays are reminded of."""
    await onboarded(ana, at="7:30 mon wed")
    for _ in range(8):
        house.clock.set(house.clock.now() + timedelta(days=1))
        house.clock.set(house.clock.now().replace(hour=6, minute=31))
        await house.settled()
    assert [moment.strftime("%a") for moment in nudges(ana)] == ["Wed", "Mon"]


@pytest.mark.parametrize(("button", "minutes"), [("Snooze 10 min", 10), ("Snooze 1 h", 60)])
async def test_snooze(
    house: House, ana: Person, onboarded: Walk, button: str, minutes: int
) -> None:
    """A snoozed reminder comes again after its time, once, and survives a restart."""
    await onboarded(ana)
    house.clock.push(minutes=30)
    await ana.sees(NUDGE)
    await ana.tap(button)
    await ana.sees("Snoozed until")
    await house.stop()
    await house.start()
    house.clock.push(minutes=minutes - 1)
    await house.settled()
    assert not nudges(ana)  # its message now says that it is snoozed
    house.clock.push(minutes=1)
    await ana.sees(NUDGE)
    await house.settled()
    assert nudges(ana) == [house.clock.now()]


async def test_not_today(house: House, ana: Person, onboarded: Walk) -> None:
    """Not today is accepted without a word of blame, and tomorrow is as usual."""
    await onboarded(ana)
    house.clock.push(minutes=30)
    reminder = await ana.sees(NUDGE)
    await ana.tap("Not today")
    left_out = await ana.sees("All right, not today")
    assert "tomorrow at 07:30" in left_out.text
    stale = await ana.tap(
        "Start", data=next(d for r in reminder.buttons for label, d in r if "Start" in label)
    )
    assert "no longer applies" in (await stale.answer()).text


async def test_silent_when_done(house: House, ana: Person, onboarded: Walk) -> None:
    """Nobody is reminded of what they have done already today, nor in the middle of doing it."""
    await onboarded(ana)
    await ana.send("/today")
    await house.settled()
    house.clock.push(minutes=31)
    await house.settled()
    assert not nudges(ana)
    while "steps done" not in ana.screen.text:
        await ana.tap("Done")
        await house.settled()
    await ana.send("/schedule add 9:00")
    await house.settled()
    house.clock.push(hours=3)
    await house.settled()
    assert not nudges(ana)


async def test_late_after_downtime(house: House, ana: Person, onboarded: Walk) -> None:
    """What was due while the bot was down comes once, marked late, with its planned time."""
    await onboarded(ana)
    await ana.send("/schedule add 7:45")
    await ana.send("/breathe at 7:50")
    await house.settled()
    await house.stop()
    house.clock.push(hours=3)
    await house.start()
    late = await ana.sees("comes late")
    assert "07:45" in late.text
    await house.settled()
    assert len(nudges(ana)) == 1
    await ana.tap("Start")
    await ana.sees("1/")


async def test_over_after_long_downtime(house: House, ana: Person, onboarded: Walk) -> None:
    """Days later there is one honest sentence, and the streak is not harmed."""
    await onboarded(ana)
    await house.stop()
    house.clock.set(utc("2026-03-05T04:00"))
    await house.start()
    await ana.sees("does not count against you")
    await house.settled()
    assert not nudges(ana)
    house.clock.set(utc("2026-03-05T06:30"))
    await ana.sees(NUDGE)


async def test_pause_and_resume(house: House, ana: Person, onboarded: Walk) -> None:
    """A pause stops all reminders for its days; they come back by themselves, or by /resume."""
    await onboarded(ana)
    await ana.send("/pause 2")
    await ana.sees("paused until")
    for _ in range(4):
        house.clock.push(hours=12)
        await house.settled()
    house.clock.set(utc("2026-03-04T06:29"))
    await house.settled()
    assert not nudges(ana)
    house.clock.set(utc("2026-03-04T06:30"))
    await ana.sees(NUDGE)
    await ana.send("/pause until 2026-12-01")
    await ana.sees("Tue, 1 Dec")
    await ana.send("/resume")
    await ana.sees("tomorrow at 07:30")
    await ana.send("/pause yesterday")
    await ana.sees("Type it like this")


async def test_breathing(house: House, ana: Person, onboarded: Walk) -> None:
    """Every two hours in a window on weekdays, and at fixed times; the routine is untouched."""
    await onboarded(ana, at="23:00")
    await ana.send("/breathe every 2h 9-13 weekdays")
    await ana.sees("every 2 hours")
    times = []
    for _ in range(12):
        house.clock.push(hours=1)
        await house.settled()
        times = [message.date.hour for message in ana.messages if BREATH.search(message.text)]
    assert times == [8, 10, 12]  # 9, 11 and 13 in Berlin
    await ana.send("/breathe at 10:00 15:00")
    listed = await ana.sees("10:00 and 15:00")
    assert "every 2 hours" not in listed.text.split("\n\n", 1)[1]  # only told as replaced
    await ana.send("/breathe off")
    await house.settled()
    assert "Breath" not in ana.screen.text.replace("breathe", "")


async def test_blocked_and_back(house: House, ana: Person, onboarded: Walk) -> None:
    """Nothing is sent to somebody who blocked the bot; /start brings their reminders back."""
    await onboarded(ana)
    await ana.block()
    for _ in range(3):
        house.clock.push(days=1)
        await house.settled()
    assert not nudges(ana)
    await ana.unblock()
    await ana.send("/start")
    await ana.sees("Welcome back")
    house.clock.push(minutes=30)
    await ana.sees(NUDGE)


async def test_blocked_while_sending(house: House, ana: Person, onboarded: Walk) -> None:
    """A 403 at sending has the same effect as the news of being blocked."""
    await onboarded(ana)
    house.telegram.faults.next("sendMessage", status=403, times=1)
    house.clock.push(minutes=31)
    await house.settled()
    house.clock.push(days=2)
    await house.settled()
    assert not nudges(ana)


async def test_flooded(house: House, ana: Person, onboarded: Walk) -> None:
    """A 429 is waited out as told; the reminder comes once."""
    await onboarded(ana)
    house.telegram.faults.next("sendMessage", status=429, retry_after=1, times=1)
    house.clock.push(minutes=30)
    await house.settled()
    assert not nudges(ana)
    house.clock.push(seconds=2)
    await ana.sees(NUDGE)
    await house.settled()
    assert len(nudges(ana)) == 1


def test_clock_is_pushed() -> None:
    """The tests' clock stands still until it is pushed."""
    clock = PushedClock()
    before = clock.now()
    clock.push(seconds=1)
    assert clock.now() - before == timedelta(seconds=1)

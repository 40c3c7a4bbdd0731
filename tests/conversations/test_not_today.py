"""Not today, a snooze and a start, of one reminder and of several in one message."""

from __future__ import annotations

import pytest

from bot.domain.reminder import OccurrenceState, SkipReason
from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.reminded import (
    NUDGE,
    STALE,
    labels,
    person_of,
    rows,
    utc,
)
from tests.conversations.wordings import reminded_at


@pytest.fixture
async def both(house: House, ana: Person, onboarded: Walk) -> Message:
    """Ana is reminded of the routine and of a breath in one message."""
    await onboarded(ana)
    await ana.send("/breathe at 7:30")
    await ana.sees("07:30")
    house.clock.push(minutes=30)
    return await ana.sees("Also")


async def test_snooze_of_both(house: House, ana: Person, both: Message) -> None:
    """A snooze puts off all that came as one message, and it comes as one again."""
    await ana.tap("Snooze 10 min")
    await ana.sees("Snoozed until")
    house.clock.push(minutes=10)
    again = await ana.sees("Also")
    await house.settled()
    assert [one.id for one in ana.messages if one.buttons][-1:] == [again.id]
    assert len(reminded_at(ana)) == 1


async def test_not_today_of_both(house: House, ana: Person, both: Message) -> None:
    """Not today leaves out all that came as one message."""
    await ana.tap("Not today")
    await ana.sees("not today")
    await house.settled()
    assert {row.state for row in await rows(house)} == {OccurrenceState.SKIPPED}


async def test_start_one_of_both(house: House, ana: Person, both: Message) -> None:
    """Starting the breath starts the breath; the routine was not begun by that."""
    await house.settled()
    await ana.tap("Long out-breath", on=both)
    await ana.sees("1/")
    states = {row.kind: row.state for row in await rows(house)}
    assert states == {"practice": OccurrenceState.STARTED, "routine": OccurrenceState.SENT}


async def test_begun_elsewhere(house: House, ana: Person, onboarded: Walk) -> None:
    """A session begun by /today takes the buttons off the reminder, whose time is over."""
    await onboarded(ana)
    house.clock.push(minutes=30)
    reminder = await ana.sees(NUDGE)
    await ana.send("/today")
    await ana.sees("1/")
    await house.settled()
    assert not next(one for one in ana.messages if one.id == reminder.id).buttons
    snooze = next(data for row in reminder.buttons for label, data in row if "10 min" in label)
    assert STALE in (await (await ana.tap("", on=reminder, data=snooze)).answer()).text


async def test_snoozed_and_done(house: House, ana: Person, onboarded: Walk) -> None:
    """What was snoozed does not come once the routine was begun, nor when it is done."""
    await onboarded(ana)
    house.clock.push(minutes=30)
    await ana.sees(NUDGE)
    await ana.tap("Snooze 1 h")
    await ana.sees("Snoozed until")
    await ana.send("/today")
    await ana.sees("1/")
    await ana.tap("Stop")
    await house.settled()
    house.clock.push(hours=2)
    await house.settled()
    assert not reminded_at(ana)


@pytest.fixture
async def left_out(house: House, ana: Person, onboarded: Walk) -> Message:
    """Ana said not today, and is asked why."""
    await onboarded(ana)
    house.clock.push(minutes=30)
    await ana.sees(NUDGE)
    await ana.tap("Not today")
    return await ana.sees("say why")


async def test_asks_why(house: House, ana: Person, left_out: Message) -> None:
    """Not today holds at once, says what comes next, and needs no reason."""
    assert "tomorrow at 07:30" in left_out.text
    for word in ("No time", "Pain", "Ill", "Travelling"):
        assert word in labels(left_out)
    (row,) = await rows(house)
    assert (row.state, row.reason) == (OccurrenceState.SKIPPED, SkipReason.NOT_TODAY)


async def test_rest_of_the_day(house: House, ana: Person, onboarded: Walk) -> None:
    """Not today means the day: its later reminders of the routine stay away, tomorrow's come."""
    await onboarded(ana)
    await ana.send("/schedule add 18:00")
    await ana.sees("18:00")
    house.clock.push(minutes=30)
    await ana.sees(NUDGE)
    await ana.tap("Not today")
    assert "tomorrow at 07:30" in (await ana.sees("not today")).text
    house.clock.push(hours=12)
    await house.settled()
    assert not reminded_at(ana)
    house.clock.set(utc("2026-03-03T06:30"))
    await ana.sees(NUDGE)
    house.clock.set(utc("2026-03-03T17:00"))
    await house.settled()
    assert reminded_at(ana) == [utc("2026-03-03T06:30"), utc("2026-03-03T17:00")]


async def test_no_time(house: House, ana: Person, left_out: Message) -> None:
    """No time is answered kindly, with something shorter to do."""
    await ana.tap("No time")
    shown = await ana.sees("That happens")
    assert "Desk reset 5, 5 min" in labels(shown)
    assert (await rows(house))[0].reason == SkipReason.NO_TIME
    await ana.tap("Desk reset 5")
    await ana.sees("1/")


async def test_pain(house: House, ana: Person, left_out: Message) -> None:
    """Pain gets the safety text, after a restart too, and nothing that leads on."""
    await house.stop()
    await house.start()
    await ana.tap("Pain")
    shown = await ana.sees("sign to ease back")
    assert "emergency number" in shown.text
    assert "Start" not in labels(shown)
    assert "Safety rules" in labels(shown)
    assert (await rows(house))[0].reason == SkipReason.PAIN
    await ana.tap("Pause")
    await ana.sees("How long")


async def test_ill(house: House, ana: Person, left_out: Message) -> None:
    """Ill offers a pause with its date; the reminders come back by themselves."""
    await ana.tap("Ill")
    shown = await ana.sees("get well")
    assert "3 days, until Thu, 5 Mar" in labels(shown)
    await ana.tap("3 days")
    assert "Thu, 5 Mar at 07:30" in (await ana.sees("paused until")).text
    house.clock.set(utc("2026-03-04T07:00"))
    await house.settled()
    assert not reminded_at(ana)
    house.clock.set(utc("2026-03-05T06:30"))
    await ana.sees(NUDGE)


async def test_typed_pause(house: House, ana: Person, left_out: Message) -> None:
    """A date can be typed; what is none is said, and a question is still a question."""
    await ana.tap("Ill")
    await ana.sees("get well")
    await ana.tap("Until a date")
    await ana.sees("Until when")
    await ana.send("whenever")
    await ana.sees("Type it like this")
    await ana.send("how do I do cat cow?")
    await ana.sees("cat-cow")
    await ana.send("until friday")
    assert "Fri, 6 Mar" in (await ana.sees("paused until")).text
    assert (await person_of(house)).expecting is None


async def test_travelling(house: House, ana: Person, left_out: Message) -> None:
    """Travelling offers a pause, none, or the clock of the trip."""
    await ana.tap("Travelling")
    shown = await ana.sees("good trip")
    assert "Time zone" in labels(shown)
    await ana.tap("No pause")
    assert "tomorrow at 07:30" in (await ana.sees("no pause")).text
    assert not (await person_of(house)).paused(house.clock.now())


async def test_reason_too_late(house: House, ana: Person, left_out: Message) -> None:
    """A reason is told once, and on its day."""
    why = {label.split()[-1]: data for row in left_out.buttons for label, data in row}
    await ana.tap("", data=why["Ill"])
    await ana.sees("get well")
    again = await ana.tap("", data=why["Pain"])
    assert STALE in (await again.answer()).text
    assert (await rows(house))[0].reason == SkipReason.ILL


async def test_reason_of_yesterday(house: House, ana: Person, left_out: Message) -> None:
    """Yesterday's reasons no longer apply, nor does a pause whose date is over."""
    house.clock.push(days=1)
    await house.settled()
    assert STALE in (await (await ana.tap("Ill", on=left_out)).answer()).text
    assert (await rows(house))[0].reason == SkipReason.NOT_TODAY
    old = await ana.tap("", data="pd:20260303")
    assert STALE in (await old.answer()).text

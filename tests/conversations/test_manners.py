"""How reminders behave: quiet hours, repeats, around the time, the end of the day, pauses."""

from __future__ import annotations

from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.newcomer import asked_for_the_time
from tests.conversations.reminded import (
    NUDGE,
    STALE,
    labels,
    open_page,
    person_of,
    utc,
)
from tests.conversations.wordings import reminded_at


async def test_quiet_hours(house: House, ana: Person, onboarded: Walk) -> None:
    """What falls into the quiet hours comes after them; a snooze comes when it was said."""
    await onboarded(ana, at="06:30")
    await open_page(ana, "Quiet hours")
    await ana.tap("22:00 to 07:00")
    await ana.sees("Quiet hours: 22:00 to 07:00")
    house.clock.set(utc("2026-03-03T05:59"))
    await house.settled()
    assert not reminded_at(ana)
    house.clock.set(utc("2026-03-03T06:00"))
    await ana.sees(NUDGE)
    await ana.send("/schedule 21:55")
    await ana.sees("21:55")
    house.clock.set(utc("2026-03-03T20:55"))
    await ana.sees(NUDGE)
    await ana.tap("Snooze 10 min")
    await ana.sees("Snoozed until")
    house.clock.push(minutes=10)
    await ana.sees(NUDGE)


async def test_typed_quiet_hours(house: House, ana: Person, onboarded: Walk) -> None:
    """Quiet hours can be typed; what is none changes nothing; the way back forgets the question."""
    await onboarded(ana)
    await open_page(ana, "Quiet hours")
    await ana.send("sometimes")
    await ana.sees("Type it like this")
    await ana.send("22:30 - 6:15")
    await ana.sees("22:30 to 06:15")
    shown = await open_page(ana, "Quiet hours")
    assert "✅ 22:30 to 06:15" in labels(shown)
    await ana.tap("Back")
    await ana.sees("How reminders come")
    await house.settled()
    assert (await person_of(house)).expecting is None
    await ana.tap("Back")
    await ana.sees("Settings")


async def test_repeats(house: House, ana: Person, onboarded: Walk) -> None:
    """Only where it was chosen an unanswered reminder comes again, twice at most."""
    await onboarded(ana)
    await open_page(ana, "Remind again")
    await ana.tap("30 min")
    await ana.sees("again after 30 min")
    house.clock.set(utc("2026-03-02T06:30"))
    for _ in range(5):
        await house.settled()
        house.clock.push(minutes=30)
    await house.settled()
    minutes = [moment.strftime("%H:%M") for moment in reminded_at(ana)]
    assert minutes == ["06:30", "07:00", "07:30"]
    assert len([one for one in ana.messages if "Snooze" in labels(one)]) == 1


async def test_repeat_ends_at_night(house: House, ana: Person, onboarded: Walk) -> None:
    """A repeat never falls into the quiet hours, those set after the reminder included."""
    await onboarded(ana, at="20:45")
    await open_page(ana, "Remind again")
    await ana.tap("1 h")
    await ana.sees("again after 1 h")
    house.clock.set(utc("2026-03-02T19:45"))
    await ana.sees(NUDGE)
    await open_page(ana, "Quiet hours")
    await ana.tap("21:00 to 08:00")
    await ana.sees("Quiet hours: 21:00")
    house.clock.push(hours=3)
    await house.settled()
    assert len(reminded_at(ana)) == 1


async def test_around(house: House, ana: Person, onboarded: Walk) -> None:
    """Around this time a reminder comes at most two minutes off, and says its own time."""
    await onboarded(ana)
    shown = await open_page(ana, "Around this time")
    assert "✅ on the minute" in labels(shown)
    await ana.tap("up to 2 min")
    assert "up to 2 min early or late" in (await ana.sees("How reminders come")).text
    await ana.send("/start")
    await ana.sees("today at 07:30")
    for minutes in range(28, 33):
        house.clock.set(utc(f"2026-03-02T06:{minutes}"))
        await house.settled()
    assert len(reminded_at(ana)) == 1
    assert "planned" not in next(one.text for one in ana.messages if NUDGE in one.text)


async def test_day_end(house: House, ana: Person, onboarded: Walk) -> None:
    """A day that ends at midnight has its own reminder after midnight; else it is silent."""
    await onboarded(ana, at="00:30")
    await open_page(ana, "My day ends at")
    await ana.tap("00:00")
    await ana.sees("ends at: 00:00")
    again = await ana.tap("", data="md:0000")
    assert STALE in (await again.answer()).text
    assert (await person_of(house)).day_end.hour == 0
    made_up = await ana.tap("", data="md:0700")
    assert STALE in (await made_up.answer()).text


async def test_pause_without_reminders(ana: Person, onboarded: Walk) -> None:
    """A pause says its date once where nothing would come anyway."""
    await onboarded(ana)
    await ana.send("/schedule off")
    await ana.sees("You have no reminders")
    await ana.send("/pause 5")
    assert (await ana.sees("paused until")).text.count("7 Mar") == 1


async def test_rests_from_the_first_day(house: House, ana: Person) -> None:
    """Where a warning sign was told of during onboarding, its end says that reminders rest."""
    await asked_for_the_time(ana)
    await ana.send("07:30")
    await ana.sees("What do you have")
    await ana.send("sudden chest pain and I cannot breathe")
    await ana.sees("emergency number")
    await ana.tap("That is all")
    summary = await ana.sees("All set")
    assert "No reminder yet" not in summary.text
    assert "rest because of what you described" in summary.text

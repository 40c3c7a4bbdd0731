"""The first day, by buttons and by typing: from /start to the last Done."""

from __future__ import annotations

from datetime import UTC, datetime

from sandbox.person import Person
from tests.conftest import House, Walk


async def test_by_buttons(house: House, ana: Person) -> None:
    """Every question of onboarding can be answered by a button, and the first session starts."""
    await ana.send("/start")
    await ana.sees("Welcome to Limber")
    await ana.tap("I understand")
    await ana.sees("apply")
    await ana.tap("None of these")
    await ana.sees("Where is your clock")
    await ana.tap("Berlin")
    check = await ana.sees("it is 07:00 for you now, right?")
    assert "Berlin" in check.text
    await ana.tap("Yes")
    await ana.sees("When shall I remind you")
    await ana.tap("07:30")
    await ana.sees("What do you have")
    await ana.tap("Foam roller")
    await house.settled()
    assert "✅ Foam roller" in str(ana.screen.buttons)
    await ana.tap("That is all")
    summary = await ana.sees("All set")
    assert "today at 07:30" in summary.text
    await ana.tap("Start now")
    await ana.sees("1/")


async def test_by_typing(house: House, ana: Person) -> None:
    """Zone, time and things can be typed; what is not understood loses nothing."""
    await ana.send("/start")
    await house.settled()
    await ana.tap("I understand")
    await house.settled()
    await ana.tap("None of these")
    await house.settled()
    await ana.send("Xyzzyville")
    await ana.sees("no place or zone called")
    await ana.send("são paulo")
    await ana.sees("it is 03:00 for you now")
    await ana.tap("No")
    await ana.sees("Where is your clock")
    await ana.send("UTC+5:30")
    await house.settled()
    await ana.tap("Kolkata")
    await ana.sees("it is 11:30 for you now")
    await ana.tap("Yes")
    await ana.sees("When shall I remind you")
    await ana.send("25:00")
    await ana.sees("Type a time like")
    await ana.send("7.30 pm mon wed fri")
    await ana.sees("What do you have")
    await ana.send("mat and a spaceship")
    await ana.sees("“a spaceship” is no thing I know")
    await ana.send("mat and a roller, no sofa")
    summary = await ana.sees("All set")
    assert "today at 19:30" in summary.text  # the first of March 2026's Mondays


async def test_yes_is_about_the_clock_it_stands_under(house: House, ana: Person) -> None:
    """A second place typed meanwhile makes the first one's Yes stale; nothing is mixed up."""
    await ana.send("/start")
    await house.settled()
    await ana.tap("I understand")
    await house.settled()
    await ana.tap("None of these")
    await house.settled()
    await ana.send("Berlin")
    first = await ana.sees("07:00 for you now, right?")
    await ana.send("New York")
    await ana.sees("01:00 for you now, right?")
    tap = await ana.tap("Yes", on=first)
    assert "no longer applies" in (await tap.answer()).text
    await ana.tap("Yes")
    await ana.sees("When shall I remind you")


async def test_later(house: House, ana: Person) -> None:
    """Zone, time and things may wait; the summary says how to set them and nothing is planned."""
    await ana.send("/start")
    await house.settled()
    await ana.tap("I understand")
    await house.settled()
    await ana.tap("None of these")
    await house.settled()
    await ana.tap("Later")
    await ana.sees("When shall I remind you")
    await ana.tap("Later")
    await ana.sees("What do you have")
    await ana.tap("Later")
    summary = await ana.sees("All set")
    assert "/timezone" in summary.text
    assert "/schedule" in summary.text


async def test_shared_location(house: House, ana: Person) -> None:
    """A shared location gives the zone, offline."""
    await ana.send("/start")
    await house.settled()
    await ana.tap("I understand")
    await house.settled()
    await ana.tap("None of these")
    await ana.sees("Where is your clock")
    await ana.share_location(35.68, 139.69)
    await ana.sees("Tokyo: it is 15:00 for you now")


async def test_a_whole_day(house: House, ana: Person, onboarded: Walk) -> None:
    """Reminded at the minute, started, walked step by step to the end, asked how it felt."""
    await onboarded(ana)
    before = len(ana.messages)
    house.clock.push(minutes=29)
    await house.settled()
    assert len(ana.messages) == before
    house.clock.push(minutes=1)
    reminder = await ana.sees("12 minutes")
    assert reminder.date == datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
    await ana.tap("Start", on=reminder)
    step = await ana.sees("1/")
    assert step.photo
    total = int(step.text.split("/")[1].split(" ")[0])
    for number in range(1, total + 1):
        await ana.sees(f"{number}/{total} ·")
        house.clock.push(seconds=40)
        await ana.tap("Done")
    end = await ana.sees(f"{total} of {total} steps done")
    assert end.id == step.id
    assert "1 day kept" in end.text
    await ana.tap("Just right")
    await ana.sees("Noted: just right")
    house.clock.set(datetime(2026, 3, 3, 6, 30, tzinfo=UTC))
    await ana.sees("12 minutes")

"""The last seven days can be corrected or filled in, and that can be taken back."""

from __future__ import annotations

import pytest

from bot.callbacks import OpenDay, SayDay
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.reminded import utc
from tests.conversations.test_progress import progress, through


async def days(house: House, ana: Person) -> None:
    """Open the list of the last days."""
    await progress(house, ana)
    await ana.tap("Correct a day")
    await ana.sees("Which day?")


async def a_day_missed(house: House, ana: Person, onboarded: Walk) -> None:
    """Come and keep Monday, let Tuesday go by; it is Wednesday, before the reminder."""
    await onboarded(ana)
    house.clock.set(utc("2026-03-02T06:30"))
    await house.settled()
    await through(ana)
    house.clock.set(utc("2026-03-03T06:30"))
    await house.settled()
    house.clock.set(utc("2026-03-04T06:00"))
    await house.settled()


async def test_fill_in_yesterday(house: House, ana: Person, onboarded: Walk) -> None:
    """A missed day becomes a done one: streak and habit follow at once, and back again."""
    await a_day_missed(house, ana, onboarded)
    assert "1 missed" in await progress(house, ana)
    await days(house, ana)
    assert "Yesterday · missed" in [label for row in ana.screen.buttons for label, _ in row]
    await ana.tap("Yesterday")
    await ana.sees("Yesterday: missed")
    await ana.tap("Done")
    said = await ana.sees("Yesterday: done, as you say")
    assert "2 planned days in a row" in said.text
    assert "Habit: " in said.text
    await ana.send("/start")
    await ana.sees("2 days")
    text = await progress(house, ana)
    assert "2 days kept of 2 planned" in text
    assert "missed" not in text


async def test_taken_back(house: House, ana: Person, onboarded: Walk) -> None:
    """What was said is taken back for ten minutes, and the day is again as it was."""
    await a_day_missed(house, ana, onboarded)
    await days(house, ana)
    await ana.tap("Yesterday")
    await ana.sees("Yesterday: missed")
    await ana.tap("Rest")
    await ana.sees("Yesterday: rest, as you say")
    await ana.tap("Undo")
    await ana.sees("Yesterday: missed")
    await ana.tap("A short one")
    await ana.sees("Yesterday: short, as you say")
    old = ana.screen
    house.clock.push(minutes=11)
    await ana.tap("Undo", on=old)
    await ana.sees_toast("ten minutes")
    await ana.tap("As it was recorded", on=old)
    await ana.sees("Yesterday: missed")


async def test_today_is_done_elsewhere(house: House, ana: Person, onboarded: Walk) -> None:
    """Who did it without the bot is not reminded of it any more."""
    await a_day_missed(house, ana, onboarded)
    await days(house, ana)
    await ana.tap("Today")
    await ana.sees("Today: ")
    await ana.tap("Done")
    await ana.sees("Today: done, as you say")
    before = len(ana.messages)
    house.clock.set(utc("2026-03-04T07:00"))
    await house.settled()
    assert len(ana.messages) == before
    house.clock.set(utc("2026-03-05T06:30"))
    await house.settled()
    await ana.sees("12 minutes")


async def test_today_taken_back_is_asked_for(house: House, ana: Person, onboarded: Walk) -> None:
    """A reminder held back by a slip of the finger comes once that is taken back."""
    await a_day_missed(house, ana, onboarded)
    house.clock.set(utc("2026-03-04T06:29"))
    await days(house, ana)
    await ana.tap("Today")
    await ana.sees("Today: ")
    await ana.tap("Done")
    await ana.sees("Today: done, as you say")
    house.clock.push(minutes=3)
    await house.settled()
    before = len(ana.messages)
    await ana.tap("Undo")
    await ana.sees("Today: ")
    await house.settled()
    assert len(ana.messages) == before + 1
    assert "Start" in next(label for row in ana.messages[-1].buttons for label, _ in row)


@pytest.mark.parametrize("day", ["2026-03-05", "2026-02-25", "2026-02-28"])
async def test_only_the_last_days(house: House, ana: Person, onboarded: Walk, day: str) -> None:
    """The future, what is long ago and the time before somebody came are not to be corrected."""
    await a_day_missed(house, ana, onboarded)
    await days(house, ana)
    shown = ana.screen
    for data in (f"day:{day}", f"said:{day}:done"):
        await ana.tap("", on=shown, data=data)
        await ana.sees_toast("Only the last seven days")
    assert "1 day kept of 2 planned" in await progress(house, ana)


async def test_nonsense(house: House, ana: Person, onboarded: Walk) -> None:
    """What no button says changes nothing."""
    await a_day_missed(house, ana, onboarded)
    await days(house, ana)
    shown = ana.screen
    for data in ("said:2026-03-03:down", "said:2026-03-03:open"):
        await ana.tap("", on=shown, data=data)
        await ana.sees_toast("Only the last seven days")
    for data in ("said:2026-13-03:done", "said::done", "said:2026-03-03:gold", "day:x"):
        await ana.tap("", on=shown, data=data)
        await ana.sees_toast("no longer")
    assert OpenDay.parse("day:2026-02-30") is None
    assert SayDay.parse("said:2026-03-03:") is not None
    assert "1 missed" in await progress(house, ana)


async def test_first_day(house: House, ana: Person, onboarded: Walk) -> None:
    """Before there was a plan nothing can be filled in."""
    await onboarded(ana)
    await days(house, ana)
    assert len(ana.screen.buttons) == 1


async def test_hidden_streak(house: House, ana: Person, onboarded: Walk) -> None:
    """Who hides the streak meets it nowhere, and gets it back as it was."""
    await a_day_missed(house, ana, onboarded)
    await through(ana)
    text = await progress(house, ana)
    assert "1 planned day in a row" in text
    await ana.tap("Hide the streak")
    await house.settled()
    assert "in a row" not in ana.screen.text
    await ana.send("/start")
    await ana.sees("Daily 12")
    assert "day" not in ana.screen.text.replace("Today", "").replace("today", "").lower().split()
    await progress(house, ana)
    await ana.tap("Show the streak")
    await ana.sees("1 planned day in a row")


async def test_a_pause_is_rest(house: House, ana: Person, onboarded: Walk) -> None:
    """Paused days stay rest after the pause is over, and break nothing."""
    await a_day_missed(house, ana, onboarded)
    await through(ana)
    await ana.send("/pause 3")
    await house.settled()
    house.clock.set(utc("2026-03-07T06:30"))
    await house.settled()
    await through(ana)
    text = await progress(house, ana)
    assert "2 rest" in text, text
    assert "2 planned days in a row" in text


async def test_late_is_our_fault(house: House, ana: Person, onboarded: Walk) -> None:
    """A reminder that came late because the bot was down, and was not answered, breaks nothing."""
    await onboarded(ana)
    house.clock.set(utc("2026-03-02T06:30"))
    await house.settled()
    await through(ana)
    await house.stop()
    house.clock.set(utc("2026-03-03T20:00"))
    await house.start()
    await house.settled()
    house.clock.set(utc("2026-03-04T06:00"))
    await house.settled()
    text = await progress(house, ana)
    assert "1 bot was down" in text
    assert "missed" not in text
    assert "1 planned day in a row" in text

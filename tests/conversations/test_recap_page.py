"""The weekly recap moved, muted and brought back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.recaps import SUNDAY, came_at, kept_at, recaps, to
from tests.conversations.reminded import utc
from tests.conversations.test_recap import HOUR, WEEK, mute


async def opened(ana: Person) -> None:
    """Open the page of the recap."""
    await ana.send("/settings")
    await ana.sees("Settings")
    await ana.tap("Weekly recap")
    await ana.sees("It is no reminder")


async def test_moved_by_button(house: House, ana: Person, onboarded: Walk) -> None:
    """A day and a time by button; the recap comes then, of the seven days up to it."""
    await onboarded(ana)
    await opened(ana)
    assert "The next one: Sun, 8 Mar at 18:00" in ana.screen.text
    await ana.tap("Sat")
    await ana.sees("on Sat at 18:00")
    await ana.tap("20:00")
    moved = await ana.sees("on Sat at 20:00")
    assert "✅ Sat" in str(moved.buttons)
    again = await ana.tap("20:00")
    assert "no longer applies" in (await again.answer()).text
    await kept_at(house, "06:00", 3)
    await to(house, SUNDAY - 22 * HOUR)
    (recap,) = recaps(ana)
    assert recap.date == utc("2026-03-07T19:00")
    assert "Sun, 1 Mar to Sat, 7 Mar" in recap.text
    await to(house, SUNDAY)
    assert len(recaps(ana)) == 1


@pytest.mark.parametrize(
    ("typed", "then"),
    [
        pytest.param("sat 19:00", "on Sat at 19:00", id="day and time"),
        pytest.param("19:00", "on Sun at 19:00", id="a time keeps the day"),
        pytest.param("monday 7 pm", "on Mon at 19:00", id="in words"),
        pytest.param("sun 18:00", "on Sun at 18:00", id="as it is"),
    ],
)
async def test_moved_by_typing(ana: Person, onboarded: Walk, typed: str, then: str) -> None:
    """A day and a time in the person's own words."""
    await onboarded(ana)
    await opened(ana)
    await ana.tap("Another time")
    await ana.sees("When shall the recap come")
    await ana.send(typed)
    await ana.sees(then)
    await ana.send("sat 12:00")
    await ana.sees("?")  # nothing is expected any more


@pytest.mark.parametrize("typed", ["mon wed 9:00", "9:00 and 12:00", "every 2h 9-18", "soon"])
async def test_not_understood(ana: Person, onboarded: Walk, typed: str) -> None:
    """What is not one time on one day changes nothing; the question stays open, or is left."""
    await onboarded(ana)
    await opened(ana)
    await ana.tap("Another time")
    await ana.sees("When shall the recap come")
    await ana.send(typed)
    await ana.sees("Nothing was changed")
    await ana.tap("Cancel")
    await ana.sees("on Sun at 18:00")


async def test_muted(house: House, ana: Person, onboarded: Walk) -> None:
    """Off is off, for weeks and over restarts; old buttons say so; then it comes again."""
    await onboarded(ana)
    await opened(ana)
    old = ana.screen
    day = next(data for row in old.buttons for label, data in row if label == "Mon")
    await mute(ana)
    stale = await ana.tap("", data=day)
    assert "no longer applies" in (await stale.answer()).text
    await kept_at(house, "06:00", 3, 10, 17)
    await to(house, SUNDAY)
    await house.stop()
    await house.start()
    await to(house, SUNDAY + WEEK)
    assert recaps(ana) == []
    await opened(ana)
    await ana.tap("Switch it on")
    await ana.sees("The next one: Sun, 22 Mar at 18:00")
    await to(house, SUNDAY + 2 * WEEK)
    assert came_at(ana) == [SUNDAY + 2 * WEEK]


async def test_from_the_recap_itself(house: House, ana: Person, onboarded: Walk) -> None:
    """The recap leads to its page, and stays as it is."""
    await onboarded(ana)
    await kept_at(house, "06:00", 3)
    await to(house, SUNDAY)
    (recap,) = recaps(ana)
    await ana.tap("Change or mute")
    await ana.sees("It comes on Sun at 18:00")
    assert recaps(ana)[0].text == recap.text
    await ana.tap("Switch it off")
    await ana.sees("It is off")
    await to(house, SUNDAY + timedelta(weeks=1))
    assert len(recaps(ana)) == 1


async def test_another_zone(house: House, ana: Person, onboarded: Walk) -> None:
    """It follows the person's clock."""
    await onboarded(ana)
    await ana.send("/timezone America/New_York")
    await ana.sees("New York")
    await kept_at(house, "14:00", 3)
    await to(house, SUNDAY)
    assert recaps(ana) == []
    await to(house, utc("2026-03-08T22:00"))  # summer time began that morning
    assert came_at(ana) == [utc("2026-03-08T22:00")]

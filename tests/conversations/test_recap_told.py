"""What a recap tells: a line for each thing that is known, and the week so far when asked."""

from __future__ import annotations

from bot.domain.step import Side
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.recaps import SUNDAY, felt, kept_at, recaps, tight, to
from tests.conversations.reminded import labels, utc
from tests.conversations.test_recap import HOUR, WEEK


async def test_all_of_it(house: House, ana: Person, onboarded: Walk) -> None:
    """Days, sessions, score, time of day, sides and tightness; each in a line of its own."""
    await onboarded(ana)
    await kept_at(house, "06:40", 2, 4, 6)
    await kept_at(house, "19:00", 7)
    await to(house, utc("2026-03-05T06:30"))
    await ana.tap("Not today")
    await ana.sees("not today")
    await felt(house, "a", Side.LEFT, SUNDAY - 2 * HOUR)
    await felt(house, "b", Side.LEFT, SUNDAY - 2 * HOUR)
    await felt(house, "c", Side.RIGHT, SUNDAY - WEEK)  # was told the week before
    await tight(house, 2, 6, 3)
    await tight(house, 4, 5, 4)
    await tight(house, 6, 9, None)
    await to(house, SUNDAY)
    (recap,) = recaps(ana)
    assert recap.text.split("\n") == [
        "🗓️ Your week · Mon, 2 Mar to Sun, 8 Mar",
        "",
        "4 of 5 planned days kept",
        "4 sessions, 48 min of moving",
        "Habit: 15 %, 15 more than a week ago",
        "Your time lately: mornings, around 07:40",
        "Left felt stiffer in 2 exercises",
        "Tightness: 5.5 before, 3.5 after (2 days)",
    ]
    assert labels(recap) == "🔔 Change or mute"


async def test_a_week_without_practice(house: House, ana: Person, onboarded: Walk) -> None:
    """The number is said, and nobody is told off."""
    await onboarded(ana)
    await kept_at(house, "06:40", 2, 3, 4)
    await to(house, SUNDAY)
    for day in (9, 12):
        await to(house, utc(f"2026-03-{day:02}T06:30"))
        await ana.tap("Not today")
        await ana.sees("not today")
    await to(house, SUNDAY + WEEK)
    text = recaps(ana)[-1].text
    assert "0 of 2 planned days kept\nA quiet week. Any day is a good one to begin again." in text
    assert "as a week ago" in text
    assert "sessions" not in text


async def test_less_than_before(house: House, ana: Person, onboarded: Walk) -> None:
    """A score that fell is said in the same plain words as one that rose."""
    await onboarded(ana)
    await kept_at(house, "06:20", 2, 3, 4, 5, 6, 7, 8)
    await to(house, SUNDAY)
    await kept_at(house, "06:20", 11)
    for day in (9, 10, 12, 13):
        await to(house, utc(f"2026-03-{day:02}T06:30"))
    await to(house, SUNDAY + WEEK)
    text = recaps(ana)[-1].text
    assert "1 of 5 planned days kept" in text
    assert "less than a week ago" in text


async def test_so_far(house: House, ana: Person, onboarded: Walk) -> None:
    """The running week can be looked at any day, below the picture."""
    await onboarded(ana)
    await ana.send("/progress")
    await ana.sees("twelve weeks")
    await ana.tap("This week")
    assert "Nothing was planned or done yet" in (await ana.sees("since Mon, 2 Mar")).text
    await kept_at(house, "06:40", 2, 3)
    await to(house, utc("2026-03-03T20:00"))
    await ana.tap("This week")
    found = await ana.sees("2 of 2 planned days kept")
    assert "Your week so far" in found.text
    assert labels(found) == "🔔 Change or mute"
    await to(house, utc("2026-03-09T20:00"))
    await ana.tap("This week")
    assert "since Mon, 9 Mar" in (await ana.sees("so far")).text

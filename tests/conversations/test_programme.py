"""A programme of days: the next one each day, the last comfortable one after a flare, told why."""

from __future__ import annotations

from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.hurting import says, walk_on, walk_to

FLARE = "It comes again, because the last day was too much."
MISSED = "It comes again, because a day was missed in between."


async def chosen(house: House, ana: Person, onboarded: Walk) -> None:
    """Make the beginner week the daily routine."""
    await onboarded(ana)
    await ana.send("/routines")
    await house.settled()
    await ana.tap("Beginner week")
    await ana.sees("your daily routine now")


async def day(house: House, ana: Person, *, days: int = 1) -> str:
    """Begin the programme some days later and return its first step's text."""
    house.clock.push(days=days)
    await house.settled()
    await ana.send("/today")
    return (await ana.sees("1/")).text


async def finish(house: House, ana: Person, word: str = "Just right") -> None:
    """Walk the open day to its end and say how it felt."""
    await walk_on(house, ana)
    await ana.tap(word)
    await ana.sees("Noted:")


async def test_too_hard_is_not_passed(house: House, ana: Person, onboarded: Walk) -> None:
    """A day that was too hard brings the last comfortable one, and then comes again itself."""
    await chosen(house, ana, onboarded)
    first = await day(house, ana, days=0)
    assert "Beginner week · Day 1" in first
    assert "It comes again" not in first
    await finish(house, ana)
    assert "Day 2" in await day(house, ana)
    await finish(house, ana, "Too hard")
    await ana.send("/start rt_beginner-week")
    page = (await ana.sees("Today: Day 1 of 7")).text
    assert FLARE in page
    again = await day(house, ana)
    assert "Day 1" in again
    assert FLARE in again
    await finish(house, ana)
    assert "Day 2" in await day(house, ana)


async def test_pain_is_not_passed(house: House, ana: Person, onboarded: Walk) -> None:
    """A day that hurt, 4 of 10 or more, is not passed either, finished or stopped."""
    await chosen(house, ana, onboarded)
    await day(house, ana, days=0)
    await finish(house, ana)
    await day(house, ana)
    await walk_to(house, ana, "Standing hip stretch")
    await says(ana, 4)
    await house.settled()
    await ana.tap("Stop")
    await ana.sees("stopped here")
    again = await day(house, ana)
    assert "Day 1" in again
    assert FLARE in again


async def test_missed_is_told(house: House, ana: Person, onboarded: Walk) -> None:
    """After a missed day the first step and the routine's page say why the last one comes again."""
    await chosen(house, ana, onboarded)
    await day(house, ana, days=0)
    await finish(house, ana)
    again = await day(house, ana, days=3)
    assert "Day 1" in again
    assert MISSED in again
    await house.settled()
    await ana.tap("Done")
    await ana.sees("2/")
    assert MISSED not in ana.screen.text
    await ana.tap("Back")
    await house.settled()
    assert MISSED in ana.screen.text

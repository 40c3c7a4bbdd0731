"""/progress: twelve weeks in one picture, and the same facts as text."""

from __future__ import annotations

from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.reminded import utc


async def through(ana: Person) -> None:
    """Do the whole of today's routine."""
    await ana.send("/today")
    for number in range(1, 12):
        await ana.sees(f"{number}/11")
        await ana.tap("Done")
    await ana.sees("11 of 11 steps done")


async def progress(house: House, ana: Person) -> str:
    """Return the caption of the calendar."""
    await ana.send("/progress")
    shown = await ana.sees("Your last twelve weeks")
    await house.settled()
    assert shown.photo is not None
    return shown.text


async def test_nothing_yet(house: House, ana: Person, onboarded: Walk) -> None:
    """Before the first day there is nothing to count, and nobody is told off."""
    await onboarded(ana)
    text = await progress(house, ana)
    assert "0 days kept of 0 planned" in text
    assert "Habit" not in text


async def test_days(house: House, ana: Person, onboarded: Walk) -> None:
    """A kept day, one left out, a missed one and a short one are told apart."""
    await onboarded(ana)
    house.clock.set(utc("2026-03-02T06:30"))
    await house.settled()
    await through(ana)
    text = await progress(house, ana)
    assert "1 day kept of 1 planned" in text
    assert "1 planned day in a row" in text
    assert "Habit: 5 %. Today added 5; one miss would cost 0." in text
    assert "1 session, " in text
    house.clock.set(utc("2026-03-03T06:30"))
    await house.settled()
    await ana.tap("Not today")
    await ana.sees("not today")
    house.clock.set(utc("2026-03-04T06:30"))
    await house.settled()
    house.clock.set(utc("2026-03-05T06:30"))
    await house.settled()
    await ana.tap("Just one")
    await ana.sees("1/")
    while "kept" not in ana.screen.text:
        await ana.tap("Done")
        await house.settled()
    text = await progress(house, ana)
    assert "2 days kept of 4 planned" in text
    assert "1 of them with a short one" in text
    assert "1 planned day in a row" in text


async def test_leaves_no_trace(house: House, ana: Person, onboarded: Walk) -> None:
    """The picture is theirs alone: no file id of it is kept."""
    await onboarded(ana)
    with house.stored() as database:
        before = database.value("select count(*) from media")
    await progress(house, ana)
    with house.stored() as database:
        assert database.value("select count(*) from media") == before

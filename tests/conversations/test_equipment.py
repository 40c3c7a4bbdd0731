"""What people have: said by button and by typing, and what routines make of it."""

from __future__ import annotations

import re

import pytest

from bot.services.equipment import things
from sandbox.person import Person
from tests.conftest import House, Walk


async def names(house: House, person: Person) -> list[str]:
    """Walk the open session to its end; return the text of every step."""
    seen = []
    while re.match(r"\d+/", person.screen.text):
        seen.append(person.screen.text)
        await person.tap("Done")
        await house.settled()
    return seen


async def without_ball(house: House, person: Person) -> None:
    """Start the full routine and let the gate stay closed."""
    await person.send("/start rt_full-article-25")
    await person.sees("The full 25")
    await person.tap("Start now")
    await house.settled()
    if "question 1" in person.screen.text:
        await person.tap("Yes")
        await person.sees("Skip the ball for now")
        await person.tap("without the ball")
    await person.sees("1/")


async def test_household_items_stand_in(house: House, ana: Person, onboarded: Walk) -> None:
    """Without gear the household does, and every step that needs it says so once."""
    await onboarded(ana)
    await without_ball(house, ana)
    seen = await names(house, ana)
    told = [text for text in seen if "🧰" in text]
    assert any("No box or bench: firm sofa" in text for text in told)
    assert any("No foam roller: firm rolled towel" in text for text in told)
    assert len(told) < len(seen)


async def test_another_exercise_stands_in(house: House, ana: Person, onboarded: Walk) -> None:
    """Where the household has nothing either, another exercise of the same purpose comes."""
    await onboarded(ana)
    await ana.send("/equipment no sofa, no bed, no stairs, no table, no towel, no pillow")
    await ana.sees("Saved")
    await without_ball(house, ana)
    seen = await names(house, ana)
    told = [text for text in seen if "🧰" in text]
    assert any("No box or bench: Half-kneeling hip stretch" in text for text in told)
    assert not [text for text in seen if "Box hip stretch" in text.split("\n")[0]]
    assert not [text for text in seen if "Bed-edge" in text.split("\n")[0]]


async def test_gear_is_used(house: House, ana: Person, onboarded: Walk) -> None:
    """Who has everything is told of no substitute."""
    await onboarded(ana)
    await ana.send("/equipment mat, block, box, roller, band, mini band, ball, kettlebell, strap")
    await ana.sees("Saved")
    await without_ball(house, ana)
    assert not [text for text in await names(house, ana) if "🧰" in text]


async def test_toggles(house: House, ana: Person, onboarded: Walk) -> None:
    """A tap changes one thing, a second tap the same way changes nothing more."""
    await onboarded(ana)
    await ana.send("/equipment")
    page = await ana.sees("Your things")
    roller = next(data for row in page.buttons for label, data in row if "roller" in label)
    for _ in range(2):
        await ana.tap("", on=page, data=roller)
        await house.settled()
        assert "✅ Foam roller" in str(ana.screen.buttons)
    await ana.tap("Foam roller")
    await house.settled()
    assert "▫️ Foam roller" in str(ana.screen.buttons)
    await ana.tap("At home")
    await ana.sees("I take these as there")
    await ana.tap("Sofa")
    await house.settled()
    assert "▫️ Sofa" in str(ana.screen.buttons)


@pytest.mark.parametrize(
    ("typed", "there", "gone"),
    [
        ("mat and a roller", ["mat", "roller"], ["box", "band"]),
        ("I have a yoga mat, blocks", ["mat", "block"], ["roller"]),
        ("nothing", [], ["mat", "roller", "box"]),
        ("no couch", ["bed"], ["sofa"]),
        ("lacrosse ball; theraband", ["ball", "band"], ["mat"]),
    ],
)
async def test_typed_things(
    house: House, ana: Person, onboarded: Walk, typed: str, there: list[str], gone: list[str]
) -> None:
    """What is typed is there, or gone, and nothing else is changed."""
    await onboarded(ana)
    await ana.send("/equipment")
    await ana.sees("Your things")
    await ana.send(typed)
    await ana.sees("Saved")
    assert house.limber is not None
    found = await things(house.limber.deps, ana.id)
    assert set(there) <= found.has
    assert not set(gone) & found.has


async def test_nonsense_changes_nothing(ana: Person, onboarded: Walk) -> None:
    """What is no thing is named, with an example, and nothing is changed."""
    await onboarded(ana)
    await ana.send("/equipment mat and a spaceship")
    answer = await ana.sees("no thing I know")
    assert "/equipment mat, roller" in answer.text
    await ana.send("/equipment")
    assert "✅ Exercise mat" not in str((await ana.sees("Your things")).buttons)


async def test_forged_thing(ana: Person, onboarded: Walk) -> None:
    """A made-up thing changes nothing and says so."""
    await onboarded(ana)
    tap = await ana.tap("", data="eq:spaceship:1")
    assert "no longer applies" in (await tap.answer()).text


async def test_equipment_in_the_middle_of_onboarding(house: House, ana: Person) -> None:
    """/equipment while the zone is asked for takes its answer, and the zone's question stays."""
    await ana.send("/start")
    await ana.sees("Welcome")
    for button in ("I understand", "None of these"):
        await ana.tap(button)
        await house.settled()
    await ana.send("/equipment")
    await ana.sees("Your things")
    await ana.send("mat")
    await ana.sees("Saved")
    await ana.send("Berlin")
    await ana.sees("right?")


async def test_that_is_all_twice(house: House, ana: Person, onboarded: Walk) -> None:
    """The end of the question, tapped again, changes nothing and says so."""
    await onboarded(ana)
    await ana.send("/equipment")
    page = await ana.sees("Your things")
    tap = await ana.tap("", on=page, data="eqd")
    assert "no longer applies" in (await tap.answer()).text

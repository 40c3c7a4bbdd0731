"""What a newcomer stumbles over: words before the safety questions, names, a day already done."""

from __future__ import annotations

from sandbox.person import Person
from tests.conftest import House, Walk


async def test_a_stranger_is_welcomed(house: House, ana: Person) -> None:
    """Whatever a stranger says first, and what a step's question gets, leads to the welcome."""
    await ana.send("hello")
    await ana.sees("Welcome to Limber")
    await ana.tap("I understand")
    await ana.sees("Does any of this apply")
    await ana.send("what is this?")
    await ana.sees("Does any of this apply")
    await ana.tap("None of these")
    await ana.sees("Where is your clock")


async def test_a_stranger_may_tap_do_it_now(house: House, ana: Person) -> None:
    """A card's Do it now leads somebody new to the safety note, not to a dead end."""
    await ana.send("/how glute bridge")
    await ana.sees("Get ready")
    await ana.tap("Do it now")
    await ana.sees("Welcome to Limber")


async def test_a_done_day_stays_silent_in_words(house: House, ana: Person, onboarded: Walk) -> None:
    """With today's routine done, the next reminder that is told of is tomorrow's."""
    await onboarded(ana)
    await ana.send("/start")
    await ana.sees("today at 07:30")
    await ana.send("/today")
    await house.settled()
    while "steps done" not in ana.screen.text:
        await ana.tap("Done")
        await house.settled()
    await ana.send("/start")
    await ana.sees("tomorrow at 07:30")
    await ana.send("/schedule")
    assert "Next\ntomorrow 07:30" in (await ana.sees("Times are for")).text
    house.clock.push(hours=2)
    await house.settled()
    assert "one step at a time" not in ana.screen.text


async def test_the_named_place_is_echoed(house: House, ana: Person, onboarded: Walk) -> None:
    """A city is echoed by its own name, though its zone bears another one."""
    await onboarded(ana)
    await ana.send("/timezone Munich")
    echoed = await ana.sees("it is 07:00 for you now")
    assert "Munich" in echoed.text


async def test_a_practice_not_in_the_pack(house: House, ana: Person, onboarded: Walk) -> None:
    """A breathing practice that the pack lacks gets the list of those it has."""
    await onboarded(ana)
    await ana.send("/breathe wim hof")
    await ana.sees("Pick one")
    await ana.send("/breathe every 3 minutes")
    await ana.sees("Type it like this")


async def test_a_condition_told_later(house: House, ana: Person, onboarded: Walk) -> None:
    """Somebody who tells of a condition is offered the safety question again."""
    await onboarded(ana)
    await ana.send("I'm pregnant, can I do crushers")
    told = await ana.sees("midwife")
    await ana.send("/settings")
    await ana.sees("the safety question is open")
    await ana.send("/today")
    await ana.sees("Does any of this apply")
    await ana.send("/start ex_constructive-rest")
    await ana.sees("Get ready")
    await ana.tap("Do it now")
    await ana.sees("1/1")
    await ana.tap("Stop")
    await ana.sees("stopped")
    await ana.tap("Answer the safety question again", on=told)
    await ana.sees("Does any of this apply")
    await ana.tap("Something applies")
    await ana.sees("gentle")
    await ana.send("/settings")
    await ana.sees("the gentle set")
    await ana.send("/routines")
    listed = await ana.sees("stays closed")
    assert "🔒 Daily 12" in str(listed.buttons)
    assert "🔒 Gentle 8" not in str(listed.buttons)


async def test_despair_gets_people_not_clinicians(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """Words of despair get a script of their own, and no button about clearance."""
    await onboarded(ana)
    await ana.send("I want to die")
    said = await ana.sees("talk to somebody now")
    assert not said.buttons

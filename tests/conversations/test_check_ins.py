"""How tight it feels: asked once a day, before and after, and easy to leave."""

from __future__ import annotations

from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.reminded import labels, utc
from tests.conversations.test_progress import progress, through


async def begun(house: House, ana: Person, onboarded: Walk) -> None:
    """Start the first routine."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/11")


async def finish(ana: Person) -> None:
    """Go through what is left of the routine and say how it felt."""
    for number in range(2, 12):
        await ana.tap("Done")
        await ana.sees(f"{number}/11")
    await ana.tap("Done")
    await ana.sees("How did it feel?")
    await ana.tap("Just right")
    await ana.sees("Noted")


async def test_before_and_after(house: House, ana: Person, onboarded: Walk) -> None:
    """A number before, a number after; the next day it is asked again, and the picture has both."""
    await begun(house, ana, onboarded)
    step = ana.screen
    await ana.tap("Tight?")
    asked = await ana.sees("How tight do your hips feel")
    assert all(str(number) in labels(asked) for number in range(11))
    await ana.tap("7", on=asked)
    await ana.sees("Before: 7 of 10")
    await ana.tap("Done", on=step)
    await ana.sees("2/11")
    for number in range(3, 12):
        await ana.tap("Done")
        await ana.sees(f"{number}/11")
    await ana.tap("Done")
    await ana.sees("How did it feel?")
    await ana.tap("Just right")
    await ana.sees("was one side stiffer?")
    await ana.tap("Same")
    await ana.sees("how tight now?")
    await ana.tap("4")
    await ana.sees("Tightness: 7 before, 4 after")
    assert "Tightness, 0 to 10: 7 before, 4 after" in await progress(house, ana)
    await ana.send("/today")
    again = await ana.sees("1/11")
    assert "Tight?" not in labels(again)
    house.clock.set(utc("2026-03-03T06:00"))
    await ana.send("/today")
    await house.settled()
    await ana.tap("Start over")
    again = await ana.sees("1/11")
    assert "Tight?" in labels(again)


async def test_nothing_blocks(house: House, ana: Person, onboarded: Walk) -> None:
    """Who never taps it is not asked after either."""
    await begun(house, ana, onboarded)
    await finish(ana)
    await house.settled()
    assert "tight" not in ana.screen.text
    assert "Tightness" not in await progress(house, ana)


async def test_skip(house: House, ana: Person, onboarded: Walk) -> None:
    """Skip ends it for the day; a second tap and made-up numbers change nothing."""
    await begun(house, ana, onboarded)
    await ana.tap("Tight?")
    asked = await ana.sees("How tight do your hips feel")
    for made_up in ("11", "999", "-1"):
        data = f"ti:{asked.buttons[0][0][1].split(':')[1]}:before:{made_up}"
        await ana.tap("", on=asked, data=data)
        await ana.sees_toast("no longer")
    await ana.tap("Skip", on=asked)
    await ana.sees("Fine.")
    await ana.tap("", on=asked, data=asked.buttons[0][3][1])
    await ana.sees_toast("no longer")
    assert "Tightness" not in await progress(house, ana)


async def test_never(house: House, ana: Person, onboarded: Walk) -> None:
    """Who wants it no more sees it no more, until they say otherwise."""
    await begun(house, ana, onboarded)
    await ana.tap("Tight?")
    await ana.sees("How tight do your hips feel")
    await ana.tap("Don't ask any more")
    await ana.sees("won't ask")
    await ana.send("/today")
    await house.settled()
    await ana.tap("Start over")
    assert "Tight?" not in labels(await ana.sees("1/11"))
    await progress(house, ana)
    await ana.tap("Ask tightness")
    await ana.sees("has a button")
    await ana.send("/today")
    await house.settled()
    await ana.tap("Start over")
    assert "Tight?" in labels(await ana.sees("1/11"))


async def test_another_person(house: House, ana: Person, onboarded: Walk) -> None:
    """Nobody says how tight it feels to somebody else."""
    await begun(house, ana, onboarded)
    await ana.tap("Tight?")
    asked = await ana.sees("How tight do your hips feel")
    ben = await onboarded(house.person(1002, "Ben"))
    await ben.tap("", data=asked.buttons[0][3][1])
    await ben.sees_toast("no longer")
    assert "Tightness" not in await progress(house, ana)


async def test_after_the_session_before_is_over(house: House, ana: Person, onboarded: Walk) -> None:
    """Before is before: at the end of the session it cannot be told any more."""
    await begun(house, ana, onboarded)
    await ana.tap("Tight?")
    asked = await ana.sees("How tight do your hips feel")
    await ana.tap("Stop")
    await ana.sees("stopped here")
    await ana.tap("7", on=asked)
    await ana.sees_toast("no longer")


async def test_milestones(house: House, ana: Person, onboarded: Walk) -> None:
    """The first whole routine is celebrated with an effect, once, and so is a return."""
    await onboarded(ana)
    await through(ana)
    end = ana.screen
    assert "Your first whole routine" in end.text
    await ana.tap("Just right")
    await ana.sees("Noted")
    assert "Your first whole routine" in ana.screen.text
    house.clock.push(days=1)
    await house.settled()
    await through(ana)
    assert "first whole" not in ana.screen.text
    assert "effect_id" not in ana.screen.raw
    house.clock.push(days=31)
    await house.settled()
    await through(ana)
    assert "Welcome back" in ana.screen.text
    assert ana.screen.raw["effect_id"]
    await ana.tap("Just right")
    await ana.sees("Noted")
    assert "Welcome back" in ana.screen.text


async def test_how_it_felt_is_no_milestone(house: House, ana: Person, onboarded: Walk) -> None:
    """Taking back how it felt takes back nothing that was reached."""
    await onboarded(ana)
    await through(ana)
    await ana.tap("Too easy")
    await ana.sees("Noted")
    await ana.tap("Undo")
    await ana.sees("How did it feel?")
    assert "Your first whole routine" in ana.screen.text


async def test_unknown_effect(house: House, ana: Person, onboarded: Walk) -> None:
    """Where Telegram does not know the effect, the words come without it."""
    await onboarded(ana)
    await through(ana)
    house.clock.push(days=31)
    await house.settled()
    await ana.send("/today")
    await ana.sees("1/11")
    house.telegram.faults.next("sendPhoto", status=400, description="EFFECT_ID_INVALID")
    for number in range(2, 12):
        await ana.tap("Done")
        await ana.sees(f"{number}/11")
    await ana.tap("Done")
    await ana.sees("11 of 11 steps done")
    assert "Welcome back" in ana.screen.text
    assert "effect_id" not in ana.screen.raw


async def test_taken_back(house: House, ana: Person, onboarded: Walk) -> None:
    """What was reached by an answer that is taken back is not reached yet."""
    await onboarded(ana)
    await through(ana)
    await ana.tap("Undo")
    await ana.sees("11/11")
    await ana.tap("Stop")
    await ana.sees("stopped here")
    assert "first whole" not in ana.screen.text
    await through(ana)
    assert "Your first whole routine" in ana.screen.text

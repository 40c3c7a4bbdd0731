"""Pain that is told late: after the question into the silence, and when the day is over."""

from __future__ import annotations

import pytest

from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.hurting import KNEELING, datum, labels, says, walk_on, walk_to
from tests.conversations.reminded import utc
from tests.conversations.test_hands_free import begin, session
from tests.conversations.test_personal_data import document

LEFT_OUT = "Left out for today"
STALE = "no longer applies"


async def asked_into_silence(house: House, ana: Person, onboarded: Walk) -> Message:
    """Ask her how much it hurts, and let her be silent until she is asked whether she is there."""
    await begin(house, ana, onboarded)
    await ana.tap("Hurts")
    asked = await ana.sees("How much does it hurt")
    house.clock.push(minutes=10)
    await ana.sees("Still there")
    await house.settled()
    return asked


@pytest.mark.parametrize("silent", [0, 10, 60])
async def test_told_into_the_silence(
    house: House, ana: Person, onboarded: Walk, silent: int
) -> None:
    """A number told after "Still there?", or after a long silence, is heard and stored."""
    asked = await asked_into_silence(house, ana, onboarded)
    there = ana.screen
    house.clock.push(minutes=silent)
    await house.settled()
    await ana.tap("", on=asked, data=datum(asked, "8"))
    left = await ana.sees(LEFT_OUT)
    assert left.id > there.id
    await house.settled()
    assert not [one for one in ana.messages if one.id in (asked.id, there.id) and labels(one)]
    await ana.send("/export")
    stored = document(house, await ana.sees("Everything that is stored"))
    assert [(row["outcome"], row["pain"]) for row in stored["step_record"]] == [("hurt", 8)]
    await ana.tap("Continue", on=left)
    await ana.sees("2/11")


async def test_a_little_told_into_the_silence(house: House, ana: Person, onboarded: Walk) -> None:
    """After a small number the step goes on; the same number again changes nothing, ever."""
    asked = await asked_into_silence(house, ana, onboarded)
    two = datum(asked, "2")
    tap = await ana.tap("", on=asked, data=two)
    assert "Ease off" in (await tap.answer()).text
    await house.settled()
    assert session(house)["awaits"] == "step"
    assert STALE in (await (await ana.tap("", on=asked, data=two)).answer()).text
    await ana.tap("Pause")
    await ana.sees("Paused")
    house.clock.push(minutes=10)
    await ana.sees("Still there")
    await house.settled()
    assert STALE in (await (await ana.tap("", on=asked, data=datum(asked, "9"))).answer()).text
    assert session(house)["awaits"] == "park"


async def test_a_question_left_open(house: House, ana: Person, onboarded: Walk) -> None:
    """Who goes back to the step first can still say how much it hurts, while it is that step."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/11")
    await walk_to(house, ana, KNEELING)
    await ana.tap("Hurts")
    asked = await ana.sees("How much does it hurt")
    await ana.tap("Back to step 4")
    await ana.sees("4/")
    await house.settled()
    tap = await ana.tap("", on=asked, data=datum(asked, "5"))
    assert "easier way" in (await tap.answer()).text
    await ana.sees("easier")


async def at_night(house: House, ana: Person, onboarded: Walk) -> None:
    """Begin a session half an hour before her day ends, and bring her to a kneeling step."""
    await onboarded(ana)
    house.clock.set(utc("2026-03-03T01:30"))
    await house.settled()
    await ana.send("/today")
    await ana.sees("1/11")
    await walk_to(house, ana, KNEELING)


async def test_told_after_the_day_ended(house: House, ana: Person, onboarded: Walk) -> None:
    """It is left out on the day on which it was told, whenever the session began."""
    await at_night(house, ana, onboarded)
    house.clock.push(hours=1)
    await house.settled()
    await says(ana, 8)
    await ana.sees(LEFT_OUT)
    await ana.tap("Stop")
    await ana.sees("stopped here")
    house.clock.push(hours=8)
    await house.settled()
    await ana.send("/today")
    await ana.sees("1/7")
    assert not [name for name in await walk_on(house, ana) if KNEELING in name]


async def test_told_before_the_day_ended(house: House, ana: Person, onboarded: Walk) -> None:
    """What was told before the day's end is there again after it, though the session went on."""
    await at_night(house, ana, onboarded)
    await says(ana, 8)
    await ana.sees(LEFT_OUT)
    house.clock.push(hours=1)
    await house.settled()
    await ana.tap("Stop")
    await ana.sees("stopped here")
    await ana.send("/today")
    await ana.sees("1/11")
    assert [name for name in await walk_on(house, ana) if KNEELING in name]

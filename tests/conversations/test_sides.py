"""Left and right: asked once at the end, and one set more of the stiffer side from then on."""

from __future__ import annotations

import re

from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.hurting import KNEELING, datum, labels, name_of, says, walk_on, walk_to
from tests.conversations.spread import AT, at_pace, movement
from tests.conversations.test_personal_data import document

QUESTION = "was one side stiffer?"
SIDES = ["Left was stiffer", "Right was stiffer", "Same"]
COUNTED = re.compile(r"(left|right) side · set (\d of \d)")


async def finish(house: House, ana: Person, start: str = "/today") -> Message:
    """Walk a session to its end, say how it felt, and return the end screen."""
    house.clock.push(minutes=1)
    await ana.send(start)
    await ana.sees("1/")
    await walk_on(house, ana)
    await ana.tap("Just right")
    return await ana.sees("Noted: just right")


async def left_was_stiffer(house: House, ana: Person, onboarded: Walk) -> None:
    """Do the routine, and say that the left side was the stiffer one."""
    await onboarded(ana)
    await finish(house, ana)
    await ana.tap("Left was")
    await ana.sees("the left side gets")


async def sets_of(house: House, ana: Person) -> list[str]:
    """Walk on and return the second line of every kneeling step."""
    found: list[str] = []
    await house.settled()
    while "/" in ana.screen.text.split(" ")[0]:
        if KNEELING in name_of(ana.screen):
            found.append(" | ".join(ana.screen.text.split("\n")[1:3]))
        await ana.tap("Done")
        await house.settled()
    return found


async def test_asked_once_at_the_end(house: House, ana: Person, onboarded: Walk) -> None:
    """After how it felt, the longest exercise done on both sides is asked about, in one row."""
    await onboarded(ana)
    end = await finish(house, ana)
    assert f"Half-kneeling hip stretch: {QUESTION}" in end.text
    assert [label for row in end.buttons[:2] for label, _ in row] == SIDES
    await ana.tap("Left was")
    said = await ana.sees("the left side gets one more set")
    assert said.id == end.id
    assert not {*SIDES} & {*labels(said)}
    assert QUESTION not in said.text
    assert "Noted: just right" in said.text


async def test_one_set_more(house: House, ana: Person, onboarded: Walk) -> None:
    """The stiffer side gets a third set at the end of the exercise, called extra; told in time."""
    await onboarded(ana)
    await finish(house, ana)
    await ana.tap("Right was")
    await ana.sees("the right side gets one more set")
    house.clock.push(days=1)
    await house.settled()
    await ana.send("/start rt_daily-psoas-12")
    assert "12:30" in (await ana.sees("Daily 12")).text
    await ana.send("/today")
    await ana.sees("1/12")
    lines = await sets_of(house, ana)
    counted = [COUNTED.findall(line)[0] for line in lines]
    assert counted == [
        *(("left", "1 of 2"), ("right", "1 of 3")),
        *(("left", "2 of 2"), ("right", "2 of 3")),
        ("right", "3 of 3"),
    ]
    assert ["One more on the stiffer side" in line for line in lines] == [False] * 4 + [True]
    assert "12 of 12 steps done" in ana.screen.text


async def test_the_same_again(house: House, ana: Person, onboarded: Walk) -> None:
    """Same takes the extra set away; what was said last counts."""
    await left_was_stiffer(house, ana, onboarded)
    await finish(house, ana)
    await ana.tap("Same")
    await ana.sees("both sides the same")
    await ana.send("/today")
    await ana.sees("1/11")
    assert not [line for line in await sets_of(house, ana) if "One more" in line]


async def test_no_answer_no_change(house: House, ana: Person, onboarded: Walk) -> None:
    """Who does not say anything does what they did, and nobody asks in between."""
    await onboarded(ana)
    await finish(house, ana)
    await ana.send("/today")
    await ana.sees("1/11")
    assert len(await sets_of(house, ana)) == 4


async def test_alone_too(house: House, ana: Person, onboarded: Walk) -> None:
    """An exercise on its own asks and gets the extra set as well."""
    await onboarded(ana)
    for total, left in ((4, "set 1 of 2"), (5, "set 1 of 3")):
        house.clock.push(minutes=1)
        await ana.send("/start ex_kneeling-hip-flexor-stretch")
        await ana.sees("Get ready")
        await ana.tap("Do it now")
        step = await ana.sees(f"1/{total}")
        assert left in step.text
        await walk_on(house, ana)
        await ana.tap("Just right")
        await ana.sees(QUESTION)
        await ana.tap("Left was")
        await ana.sees("the left side gets")


async def test_not_asked_without_sides(house: House, ana: Person, onboarded: Walk) -> None:
    """Nothing is asked where nothing was done on both sides."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/")
    await walk_to(house, ana, KNEELING)
    await ana.tap("Done")
    await ana.sees("5/")
    await ana.tap("Stop")
    await ana.sees("stopped here")
    await ana.tap("Just right")
    end = await ana.sees("Noted: just right")
    assert QUESTION not in end.text
    assert not {*SIDES} & {*labels(end)}


async def test_pain_gives_the_extra_set_up(house: House, ana: Person, onboarded: Walk) -> None:
    """Where it hurts from 4 on, there is no set more on the stiffer side that day."""
    await left_was_stiffer(house, ana, onboarded)
    await ana.send("/today")
    await ana.sees("1/12")
    await walk_to(house, ana, KNEELING)
    await says(ana, 5)
    await ana.sees("easier")
    assert ana.screen.text.startswith("4/11")
    assert len(await sets_of(house, ana)) == 4
    assert "11 of 11 steps done" in ana.screen.text


async def test_given_up_through_the_day(house: House, ana: Person, onboarded: Walk) -> None:
    """Through the day the extra set that was given up does not come with a later reminder."""
    await left_was_stiffer(house, ana, onboarded)
    await at_pace(ana)
    told = []
    for hour in AT:
        found = await movement(house, ana, hour, "2026-03-03")
        told.append(found.text)
        await ana.tap("Start")
        await ana.sees("1/")
        await house.settled()
        if KNEELING in found.text:
            await walk_to(house, ana, KNEELING)
            await says(ana, 5)
            await ana.sees("easier")
        await walk_on(house, ana)
    assert [KNEELING in text for text in told].count(True) == 1
    assert "8 of 8 movements" in ana.screen.text
    assert "2 days in a row" in ana.screen.text


async def test_easier_all_day(house: House, ana: Person, onboarded: Walk) -> None:
    """What is left of an exercise that hurt comes back in its easier way, without the extra set."""
    await left_was_stiffer(house, ana, onboarded)
    await at_pace(ana)
    for hour in AT:
        found = await movement(house, ana, hour, "2026-03-03")
        if KNEELING in found.text:
            break
        await ana.tap("Done")
        await house.settled()
    await ana.tap("Start")
    await walk_to(house, ana, KNEELING)
    await says(ana, 5)
    await ana.sees("easier")
    await ana.tap("Done")
    await house.settled()
    await ana.tap("Stop")
    await ana.sees("stopped here")
    await house.settled()
    later = await movement(house, ana, next(at for at in AT if at > hour), "2026-03-03")
    assert KNEELING in later.text
    await ana.tap("Start")
    await ana.sees("1/")
    step = await walk_to(house, ana, KNEELING)
    assert "easier" in name_of(step)
    assert len([name for name in await walk_on(house, ana) if KNEELING in name]) == 3


async def test_taps_that_do_not_count(house: House, ana: Person, onboarded: Walk) -> None:
    """Doubled it counts once; during a session, of another person, made up: nothing is stored."""
    await onboarded(ana)
    end = await finish(house, ana)
    left = datum(end, "Left was stiffer")
    ben = await onboarded(house.person(1002, "Ben"))
    for data in (left, "sd:999:left", left.replace("left", "up")):
        tap = await ben.tap("", data=data)
        assert "no longer applies" in (await tap.answer()).text, data
    await ana.tap("", on=end, data=left)
    await ana.tap("", on=end, data=left)
    await ana.sees("the left side gets")
    await house.stop()
    await house.start()
    await ana.send("/today")
    step = await ana.sees("1/12")
    session = datum(step, "✅ Done").split(":")[1]
    during = await ana.tap("", on=step, data=f"sd:{session}:right")
    assert "no longer applies" in (await during.answer()).text
    await ana.send("/export")
    stored = document(house, await ana.sees("Everything that is stored"))
    felt = {(row["entry"], row["side"]): row["ease"] for row in stored["side_felt"]}
    key = "kneeling-hip-flexor-stretch"
    assert felt == {(key, "left"): "hard", (key, "right"): "easy"}

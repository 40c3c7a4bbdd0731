"""A step hurts: less of it, an easier way, or nothing of it today; and the signs behind it."""

from __future__ import annotations

import re

import pytest

from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.hurting import KNEELING, datum, labels, name_of, says, walk_on, walk_to
from tests.conversations.test_hands_free import session
from tests.conversations.test_personal_data import document
from tests.stored import Row

LEFT_OUT = "Left out for today"


async def at_kneeling(house: House, ana: Person, onboarded: Walk) -> None:
    """Bring her to the first kneeling step of today's routine."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/")
    await walk_to(house, ana, KNEELING)


async def test_asked_below_the_step(house: House, ana: Person, onboarded: Walk) -> None:
    """Hurts asks for 0 to 10 below the step, which stays; the way back leads to it."""
    await at_kneeling(house, ana, onboarded)
    step = ana.screen
    await ana.tap("Hurts")
    asked = await ana.sees("How much does it hurt, 0 to 10?")
    assert asked.id != step.id
    assert [len(row) for row in asked.buttons] == [4, 3, 4, 1]
    assert labels(asked)[:11] == [str(number) for number in range(11)]
    await ana.tap("Back to step 4")
    again = await ana.sees("4/")
    await house.settled()
    assert name_of(again) == name_of(step)
    assert "Done" in str(labels(again))
    await ana.tap("Done")
    await ana.sees("5/")


@pytest.mark.parametrize("pain", [0, 3])
async def test_a_little(house: House, ana: Person, onboarded: Walk, pain: int) -> None:
    """Up to 3 she is told to ease off, and the step is there again as it was."""
    await at_kneeling(house, ana, onboarded)
    before = ana.screen
    tap = await says(ana, pain)
    assert "Ease off a little" in (await tap.answer()).text
    await house.settled()
    step = ana.screen
    assert step.id > before.id
    assert step.text == before.text
    assert not labels(next(one for one in ana.messages if one.id == before.id))
    await ana.tap("Done")
    await ana.sees("5/")


@pytest.mark.parametrize("pain", [4, 6])
async def test_the_easier_way(house: House, ana: Person, onboarded: Walk, pain: int) -> None:
    """From 4 on the rest of the exercise is the easier one: shorter, with other cues, and named."""
    await at_kneeling(house, ana, onboarded)
    assert "hold 30 s" in ana.screen.text
    await ana.tap("Done")
    await ana.sees("5/")
    tap = await says(ana, pain)
    assert "easier way" in (await tap.answer()).text
    await house.settled()
    while KNEELING in name_of(ana.screen):
        assert name_of(ana.screen).endswith(", easier")
        assert "hold 20 s" in ana.screen.text
        assert "Hands on a chair" in ana.screen.text
        assert len(ana.screen.text) <= 1024
        await ana.tap("Done")
        await house.settled()
    assert "easier" not in name_of(ana.screen)
    assert len(await walk_on(house, ana)) == 4
    assert "11 of 11 steps done" in ana.screen.text
    assert "because it hurt" not in ana.screen.text


async def test_easier_still_hurts(house: House, ana: Person, onboarded: Walk) -> None:
    """Where the easier way hurts as well she may leave it out, or go back to it."""
    await at_kneeling(house, ana, onboarded)
    await says(ana, 5)
    eased = await ana.sees("easier")
    await says(ana, 4)
    offer = await ana.sees("easier way of Half-kneeling")
    assert labels(offer) == ["Leave it out today", "↩️ Back to step 4"]
    await ana.tap("Back to step")
    await house.settled()
    assert ana.screen.text == eased.text
    await says(ana, 6)
    await ana.sees("easier way of Half-kneeling")
    await ana.tap("Leave it out")
    left = await ana.sees(LEFT_OUT)
    assert "Something else" not in str(labels(left))
    await ana.tap("Continue")
    await house.settled()
    assert KNEELING not in name_of(ana.screen)


@pytest.mark.parametrize("pain", [7, 10])
async def test_left_out_for_today(house: House, ana: Person, onboarded: Walk, pain: int) -> None:
    """From 7 on all of it is left out, with when to see whom; the rest goes on, Back skips it."""
    await at_kneeling(house, ana, onboarded)
    step = ana.screen
    await says(ana, pain)
    left = await ana.sees(LEFT_OUT)
    assert "if it is still there in two weeks" in left.text
    assert "see a physio" in left.text
    assert len(left.text) < 450
    assert "Something else is wrong" in str(labels(left))
    await house.settled()
    assert not labels(next(one for one in ana.messages if one.id == step.id))
    await ana.tap("Continue")
    await house.settled()
    assert name_of(ana.screen).startswith("8/")
    await ana.tap("Back")
    await house.settled()
    assert name_of(ana.screen).startswith("3/")
    assert not any(KNEELING in name for name in await walk_on(house, ana))
    assert "7 of 11 steps done" in ana.screen.text
    assert "4 steps left out because it hurt" in ana.screen.text
    assert "skipped" not in ana.screen.text


async def test_left_out_until_tomorrow(house: House, ana: Person, onboarded: Walk) -> None:
    """The rest of her day goes without it, alone it is not begun, and the next day it is back."""
    await at_kneeling(house, ana, onboarded)
    await says(ana, 8)
    await ana.sees(LEFT_OUT)
    await ana.tap("Stop")
    assert "4 steps left out because it hurt" in (await ana.sees("stopped here")).text
    await ana.send("/start rt_daily-psoas-12")
    page = await ana.sees("Left out today, it hurt: Half-kneeling")
    assert "9:15" in page.text
    await ana.send("/today")
    await ana.sees("1/7")
    assert not any(KNEELING in name for name in await walk_on(house, ana))
    await ana.send("/start ex_kneeling-hip-flexor-stretch")
    await ana.sees("Get ready")
    await ana.tap("Do it now")
    refused = await ana.sees("Tomorrow it is back")
    assert "Rest" in str(labels(refused))
    house.clock.push(days=1)
    await house.settled()
    await ana.send("/today")
    await ana.sees("1/11")
    await walk_to(house, ana, KNEELING)


async def test_nothing_is_left(house: House, ana: Person, onboarded: Walk) -> None:
    """Alone, an exercise that hurts much ends its session; the safety text is the last word."""
    await onboarded(ana)
    await ana.send("/how thomas stretch")
    await ana.sees("Get ready")
    await ana.tap("Do it now")
    await ana.sees("1/")
    await says(ana, 9)
    left = await ana.sees(LEFT_OUT)
    assert [label for label in labels(left) if "Something" not in label] == ["Keep 2 sets"]
    await ana.send("/today")
    await ana.sees("1/11")


async def test_what_hurts_is_last(house: House, ana: Person, onboarded: Walk) -> None:
    """A routine whose last step is left out counts as done: leaving it out was right."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/")
    await walk_to(house, ana, "11/")
    await says(ana, 7)
    await ana.sees(LEFT_OUT)
    await ana.send("/start")
    assert "1 day" in (await ana.sees("Welcome back")).text


async def test_taken_back(house: House, ana: Person, onboarded: Walk) -> None:
    """A number tapped by mistake can be undone: the exercise is there again, today as well."""
    await at_kneeling(house, ana, onboarded)
    before = ana.screen.text
    await says(ana, 9)
    await ana.sees(LEFT_OUT)
    await ana.tap("Continue")
    await ana.sees("8/")
    await ana.tap("More")
    await house.settled()
    await ana.tap("Undo")
    again = await ana.sees("4/")
    assert again.text == before
    assert len(await walk_on(house, ana)) == 8
    await ana.sees("11 of 11 steps done")
    await ana.send("/today")
    await ana.sees("1/11")


async def asked_for_signs(house: House, ana: Person, onboarded: Walk) -> None:
    """Bring her to the first list of warning signs."""
    await at_kneeling(house, ana, onboarded)
    await says(ana, 8)
    await ana.sees(LEFT_OUT)
    await ana.tap("Something else is wrong")
    signs = await ana.sees("Does one of these apply?")
    for sign in ("saddle", "pee or stool", "Chest pain", "throbbing belly", "hernia", "fall"):
        assert sign in signs.text


async def test_emergency(house: House, ana: Person, onboarded: Walk) -> None:
    """A sign of an emergency: the script and nothing else; all rests until she is cleared."""
    await asked_for_signs(house, ana, onboarded)
    await ana.tap("Yes, one of these")
    said = await ana.sees("Call your local emergency number")
    assert "rest until you bring them back" in said.text
    assert not re.search(r"stretch|breath|step|Continue", said.text + str(labels(said)))
    await house.settled()
    assert not [one for one in ana.messages if "Done" in str(labels(one))]
    undo = await ana.tap("", on=said, data="una:1")
    assert "no longer applies" in (await undo.answer()).text
    before = len(ana.messages)
    house.clock.push(days=1, hours=2)
    await house.settled()
    assert len(ana.messages) == before
    await ana.send("/today")
    await ana.sees("needs to be checked first")
    await ana.tap("cleared")
    await house.settled()
    await ana.send("/today")
    await ana.sees("1/11")


async def test_today(house: House, ana: Person, onboarded: Walk) -> None:
    """A sign for today: a doctor is to hear of it today, the session ends, reminders go on."""
    await asked_for_signs(house, ana, onboarded)
    await ana.tap("None of these")
    signs = await ana.sees("Or one of these?")
    for sign in ("fever", "calf", "blood thinners", "urine"):
        assert sign in signs.text
    await ana.tap("Yes, one of these")
    said = await ana.sees("should hear about this today")
    assert not labels(said)
    await ana.send("/today")
    await ana.sees("1/7")


async def test_no_sign(house: House, ana: Person, onboarded: Walk) -> None:
    """Where no sign applies the session goes on without what hurt, and nothing is made light of."""
    await asked_for_signs(house, ana, onboarded)
    await ana.tap("None of these")
    await ana.sees("Or one of these?")
    await ana.tap("None of these")
    said = await ana.sees("write it to me in your own words")
    assert "stays left out today" in said.text
    await ana.tap("Continue")
    await house.settled()
    assert name_of(ana.screen).startswith("8/")


async def test_a_sign_twice(house: House, ana: Person, onboarded: Walk) -> None:
    """A sign told twice is answered twice; it is never too late for it."""
    await asked_for_signs(house, ana, onboarded)
    asked = ana.screen
    data = datum(asked, "Yes, one of these")
    await ana.tap("", on=asked, data=data)
    await ana.tap("", on=asked, data=data)
    await ana.sees("Call your local emergency number")
    await house.settled()
    assert session(house)["state"] == "stopped"
    await ana.send("/today")
    await ana.sees("needs to be checked first")


async def test_doubled_and_old_taps(house: House, ana: Person, onboarded: Walk) -> None:
    """A second tap on a number changes nothing and says so, nor does a question left open."""
    await at_kneeling(house, ana, onboarded)
    await ana.tap("Hurts")
    asked = await ana.sees("How much does it hurt")
    five = datum(asked, "5")
    await ana.tap("", on=asked, data=five)
    await ana.sees("easier")
    second = await ana.tap("", on=asked, data=five)
    assert "no longer applies" in (await second.answer()).text
    await house.settled()
    assert name_of(ana.screen).endswith("easier")
    await ana.tap("Hurts")
    open_one = await ana.sees("How much does it hurt")
    step = next(one for one in reversed(ana.messages) if name_of(one).endswith("easier"))
    await ana.tap("Done", on=step)
    await ana.sees("5/")
    late = await ana.tap("", on=open_one, data=datum(open_one, "9"))
    assert "no longer applies" in (await late.answer()).text
    old = await ana.tap("", on=step, data=datum(open_one, "9").replace("pa:", "hu:")[:-2])
    assert "no longer applies" in (await old.answer()).text
    assert not [one for one in ana.messages if LEFT_OUT in one.text]


async def test_made_up_taps(house: House, ana: Person, onboarded: Walk) -> None:
    """No number beyond 10 is a pain, and another person's buttons change nothing."""
    await at_kneeling(house, ana, onboarded)
    await ana.tap("Hurts")
    asked = await ana.sees("How much does it hurt")
    nine = datum(asked, "9")
    for made_up in (nine[:-1] + "11", nine[:-1] + "-1", nine[:-1] + "x", "pa:999:0:3"):
        tap = await ana.tap("", on=asked, data=made_up)
        assert "no longer applies" in (await tap.answer()).text, made_up
    session, position = nine.split(":")[1:3]
    ben = await onboarded(house.person(1002, "Ben"))
    others = [nine, f"hu:{session}:{position}", f"lo:{session}:{position}"]
    others += [f"rf:{session}", f"sg:{session}:1:1", f"sg:{session}:0:0"]
    for data in others:
        tap = await ben.tap("", data=data)
        assert "no longer applies" in (await tap.answer()).text, data
    await ben.send("/today")
    await ben.sees("1/11")
    await ana.tap("", on=asked, data=nine)
    await ana.sees(LEFT_OUT)


async def test_restart_in_between(house: House, ana: Person, onboarded: Walk) -> None:
    """Stopped and started between any two taps, the bot goes on where they were."""
    await at_kneeling(house, ana, onboarded)
    await ana.tap("Hurts")
    asked = await ana.sees("How much does it hurt")
    await house.stop()
    await ana.tap("", on=asked, data=datum(asked, "5"))
    await house.start()
    await ana.sees("easier")
    await house.stop()
    await house.start()
    await says(ana, 8)
    await ana.sees(LEFT_OUT)
    await house.stop()
    await ana.tap("Something else")
    await house.start()
    await ana.sees("Does one of these apply?")
    await house.stop()
    await house.start()
    await ana.tap("None of these")
    await ana.sees("Or one of these?")
    await ana.tap("None of these")
    await ana.sees("in your own words")
    await ana.tap("Continue")
    await house.settled()
    assert name_of(ana.screen).startswith("8/")


async def test_stored(house: House, ana: Person, onboarded: Walk) -> None:
    """What was said stays with the step, whatever becomes of it, and is in the export."""
    await at_kneeling(house, ana, onboarded)
    await says(ana, 2)
    await ana.sees("4/")
    await ana.tap("Done")
    await ana.sees("5/")
    await says(ana, 5)
    await ana.sees("easier")
    await ana.tap("Skip")
    await ana.sees("6/")
    await says(ana, 9)
    await ana.sees(LEFT_OUT)
    await ana.send("/export")
    stored = document(house, await ana.sees("Everything that is stored"))
    records = {row["position"] + 1: (row["outcome"], row["pain"]) for row in stored["step_record"]}
    assert records == {
        **dict.fromkeys((1, 2, 3), ("done", None)),
        4: ("done", 2),
        5: ("skipped", 5),
        6: ("hurt", 9),
        7: ("hurt", None),
    }


async def test_said_before_an_answer(house: House, ana: Person, onboarded: Walk) -> None:
    """Pain that was said of a step which is not answered yet counts as neither done nor left."""
    await at_kneeling(house, ana, onboarded)
    await says(ana, 1)
    await ana.sees("4/")
    await ana.tap("Stop")
    end = await ana.sees("stopped here")
    assert "3 of 11 steps done" in end.text
    assert "hurt" not in end.text
    await ana.send("/export")
    stored = document(house, await ana.sees("Everything that is stored"))
    assert [row["pain"] for row in stored["step_record"] if row["outcome"] is None] == [1]


def row(house: House, change: str = "") -> Row:
    """Return what the newest session awaits, when, and what is left, after a change of it."""
    with house.stored() as database:
        if change:
            database.change(f"update session set {change} where state = 'active'")
        return database.rows('select awaits, deadline, "left" from session order by id desc')[0]


async def test_hands_free_time_stands_still(house: House, ana: Person, onboarded: Walk) -> None:
    """Where steps come by themselves the time stands from Hurts on, until the step goes on."""
    await at_kneeling(house, ana, onboarded)
    far = "deadline = '2026-03-02 23:00:00.000000'"
    row(house, f"pace = 'hands_free', awaits = 'step', {far}")
    house.clock.push(seconds=20)
    await ana.tap("Hurts")
    asked = await ana.sees("How much does it hurt")
    await house.settled()
    awaits, _, left = row(house)
    assert awaits == "ask"
    assert left
    house.clock.push(seconds=30)
    await ana.tap("", on=asked, data=datum(asked, "5"))
    await ana.sees("easier")
    await house.settled()
    awaits, deadline, left = row(house)
    assert (awaits, left) == ("step", None)
    assert deadline is not None
    row(house, far)
    await says(ana, 8)
    await ana.sees(LEFT_OUT)
    await house.settled()
    assert row(house)[0] == "ask"

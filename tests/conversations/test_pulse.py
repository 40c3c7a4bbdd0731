"""A beat felt under the ball: the step ends, nothing presses again that day."""

from __future__ import annotations

from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.gate import answer_no
from tests.conversations.test_hands_free import hands_free, session

ARTERY = "over an artery"


async def start_release(person: Person) -> None:
    """Ask for the self-release and begin it, as far as it lets itself be begun."""
    await person.send("/how self release")
    await person.sees("Get ready")
    await person.tap("Do it now")


async def test_pulse_alone(house: House, ana: Person, onboarded: Walk) -> None:
    """Alone, the release ends with what a beat means; it is closed for the day, then asked anew."""
    await onboarded(ana)
    await start_release(ana)
    await answer_no(ana)
    step = await ana.sees("Stage 1")
    await ana.tap("I feel a pulse", on=step)
    said = await ana.sees(ARTERY)
    assert not said.buttons
    await house.settled()
    assert not next(message for message in ana.messages if message.id == step.id).buttons
    await start_release(ana)
    closed = await ana.sees(ARTERY)
    assert "questions again" not in str(closed.buttons)
    assert "Constructive rest" in str(closed.buttons)
    house.clock.push(days=1)
    await house.settled()
    await start_release(ana)
    await ana.sees("question 1 of 9")


async def test_pulse_in_a_routine(house: House, ana: Person, onboarded: Walk) -> None:
    """In a routine the rest goes on without anything that presses, once it is tapped."""
    await onboarded(ana)
    await ana.send("/start rt_full-article-25")
    await ana.sees("The full 25")
    await ana.tap("Start now")
    await answer_no(ana)
    await ana.sees("1/")
    while "Psoas self-release" not in ana.screen.text.split("\n")[0]:
        await ana.tap("Done")
        await house.settled()
    await ana.tap("I feel a pulse")
    said = await ana.sees(ARTERY)
    await ana.tap("without the ball", on=said)
    step = await ana.sees("Dead bug hold")
    assert "pulse" not in str(step.buttons)
    await ana.tap("Back")
    await house.settled()
    assert "Half-kneeling hip stretch" in ana.screen.text.split("\n")[0]
    await ana.tap("Done")
    await ana.sees("Dead bug hold")
    while "/" in ana.screen.text.split(" ")[0]:
        await ana.tap("Done")
        await house.settled()
    assert "The full 25: done" in ana.screen.text


async def test_pulse_alone_hands_free(house: House, ana: Person, onboarded: Walk) -> None:
    """Where steps come by themselves a beat ends the release as well, if nothing else is left."""
    await onboarded(ana)
    await hands_free(ana)
    await start_release(ana)
    await answer_no(ana)
    await ana.sees("Stage 1")
    await ana.tap("I feel a pulse")
    await ana.sees(ARTERY)
    await house.settled()
    assert (session(house)["state"], session(house)["deadline"]) == ("stopped", None)


async def test_pulse_button_twice_and_elsewhere(house: House, ana: Person, onboarded: Walk) -> None:
    """A second tap and a forged one on a step that presses nothing change nothing."""
    await onboarded(ana)
    await ana.send("/today")
    step = await ana.sees("1/")
    assert "pulse" not in str(step.buttons)
    done = next(data for row in step.buttons for label, data in row if "Done" in label)
    forged = await ana.tap("", on=step, data=done.replace("d:", "pu:", 1))
    assert "no longer applies" in (await forged.answer()).text
    await house.settled()
    assert ana.screen.text.startswith("1/")


async def test_pulse_tapped_twice(house: House, ana: Person, onboarded: Walk) -> None:
    """A second tap on the same button says that it no longer applies."""
    await onboarded(ana)
    await start_release(ana)
    await answer_no(ana)
    step = await ana.sees("Stage 1")
    data = next(data for row in step.buttons for label, data in row if "pulse" in label)
    first = await ana.tap("", on=step, data=data)
    second = await ana.tap("", on=step, data=data)
    assert not (await first.answer()).text
    assert "no longer applies" in (await second.answer()).text
    await house.settled()
    assert sum(ARTERY in message.text for message in ana.messages) == 1


async def test_what_a_passed_gate_says(ana: Person, onboarded: Walk) -> None:
    """The last no is answered with how to begin, and the first stage repeats the routine's note."""
    await onboarded(ana)
    await ana.send("/start rt_full-article-25")
    await ana.sees("The full 25")
    await ana.tap("Start now")
    await answer_no(ana, range(1, 9))
    await ana.sees("question 9 of 9")
    answer = await (await ana.tap("No")).answer()
    assert "Begin with your palm" in answer.text
    assert answer.alert
    await ana.sees("1/")
    while "Stage 1 of 7" not in ana.screen.text:
        at = int(ana.screen.text.split("/")[0])
        await ana.tap("Done")
        await ana.sees(f"{at + 1}/")
    assert "palm or soft ball only" in ana.screen.text


async def test_answers_grow_old_one_by_one(house: House, ana: Person, onboarded: Walk) -> None:
    """Answers given on different days are asked again as each grows old, and the gate opens."""
    await onboarded(ana)
    await start_release(ana)
    await answer_no(ana, range(1, 6))
    await ana.sees("question 6 of 9")
    house.clock.push(days=29)
    await house.settled()
    await start_release(ana)
    await answer_no(ana, range(6, 10))
    await ana.sees("Stage 1")
    await ana.tap("Stop")
    await ana.sees("stopped")
    house.clock.push(days=2)
    await house.settled()
    await start_release(ana)
    await answer_no(ana, range(1, 6))
    await ana.sees("Stage 1")


async def test_yes_is_remembered_for_thirty_days(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """One yes keeps the ball out, and is asked again when it has grown old."""
    await onboarded(ana)
    await start_release(ana)
    await ana.sees("question 1 of 9")
    await ana.tap("Yes")
    await ana.sees("Skip the ball for now")
    house.clock.push(days=29)
    await house.settled()
    await start_release(ana)
    await ana.sees("Skip the ball for now")
    house.clock.push(days=2)
    await house.settled()
    await start_release(ana)
    await ana.sees("question 1 of 9")

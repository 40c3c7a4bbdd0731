"""The player: its five buttons, its memory, and what stands in the way of starting."""

from __future__ import annotations

import re

from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.gate import answer_no


async def test_back_overwrites(house: House, ana: Person, onboarded: Walk) -> None:
    """Back is absent on the first step; after it the second answer is the one that counts."""
    await onboarded(ana)
    await ana.send("/today")
    first = await ana.sees("1/")
    assert not [label for row in first.buttons for label, _ in row if "Back" in label]
    await ana.tap("Done")
    await ana.sees("2/")
    await ana.tap("Back")
    await ana.sees("1/")
    await ana.tap("Skip")
    await ana.sees("2/")
    await ana.tap("Stop")
    end = await ana.sees("stopped here")
    assert "0 of" in end.text
    assert "1 step skipped" in end.text


async def test_how_keeps_the_place(house: House, ana: Person, onboarded: Walk) -> None:
    """How? opens the card below; the step's buttons still work, and so does the way back."""
    await onboarded(ana)
    await ana.send("/today")
    step = await ana.sees("1/")
    await ana.tap("How?")
    card = await ana.sees("Get ready")
    assert card.id != step.id
    await ana.tap("Feel", on=card)
    await ana.sees("Where you feel it")
    await ana.tap("Back to step 1")
    await ana.sees("1/")
    await ana.tap("Done")
    await ana.sees("2/")


async def test_continue_or_start_over(house: House, ana: Person, onboarded: Walk) -> None:
    """/today in the middle offers both: go on, or begin again; old buttons go."""
    await onboarded(ana)
    await ana.send("/today")
    first = await ana.sees("1/")
    await ana.tap("Done")
    await ana.sees("2/")
    await ana.send("/today")
    await ana.sees("in the middle of")
    await ana.tap("Continue")
    again = await ana.sees("2/")
    await house.settled()
    assert again.id != first.id
    assert not next(message for message in ana.messages if message.id == first.id).buttons
    await ana.send("/today")
    await ana.sees("in the middle of")
    await ana.tap("Start over")
    await ana.sees("1/")


async def test_survives_a_restart(house: House, ana: Person, onboarded: Walk) -> None:
    """A session goes on where it was after the bot was stopped and started."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/")
    await ana.tap("Done")
    await ana.sees("2/")
    await house.stop()
    await ana.tap("Done")
    await house.start()
    await ana.sees("3/")


async def test_doubled_and_stale_taps(house: House, ana: Person, onboarded: Walk) -> None:
    """A doubled tap counts once and says so; a button of a finished step changes nothing."""
    await onboarded(ana)
    await ana.send("/today")
    step = await ana.sees("1/")
    done = next(data for row in step.buttons for label, data in row if "Done" in label)
    await ana.tap("Done")
    await ana.tap("Done", data=done)
    await ana.sees_toast("no longer applies")
    await house.settled()
    assert ana.screen.text.startswith("2/")


async def test_another_persons_button(house: House, ana: Person, onboarded: Walk) -> None:
    """Nobody acts on another person's session, not even with its exact callback data."""
    await onboarded(ana)
    await ana.send("/today")
    step = await ana.sees("1/")
    ben = await onboarded(house.person(1002, "Ben"))
    for row in step.buttons:
        for label, data in row:
            tap = await ben.tap(label, data=data)
            answer = await tap.answer()
            assert "no longer applies" in answer.text, label
    await house.settled()
    assert ana.screen.text.startswith("1/")


async def test_forged_data(house: House, ana: Person, onboarded: Walk) -> None:
    """Made-up callback data is answered and changes nothing."""
    await onboarded(ana)
    for data in (
        "d:1:2:3",
        "d:x:y",
        "d:99999999999999999999:0",
        "nonsense",
        "zone:Mars/Base",
        "::",
        "d",
    ):
        tap = await ana.tap("", data=data)
        answer = await tap.answer()
        assert "no longer applies" in answer.text, data
    await ana.send("/timezone")
    await ana.sees("Berlin")


async def test_each_side_is_a_step(house: House, ana: Person, onboarded: Walk) -> None:
    """An exercise with sides comes left then right, each with its own picture."""
    await onboarded(ana)
    await ana.send("/today")
    seen: list[tuple[str, str]] = []
    while True:
        await house.settled()
        screen = ana.screen
        if not re.match(r"\d+/", screen.text):
            break
        seen.append((screen.text, str(screen.photo)))
        await ana.tap("Done")
    kneeling = [(text, photo) for text, photo in seen if "Half-kneeling" in text.split("\n")[0]]
    assert ["left side" in text.split("\n")[1] for text, _ in kneeling] == [
        True,
        False,
        True,
        False,
    ]
    assert len({photo for _, photo in kneeling}) == 2


async def test_gentle_set_only(house: House, ana: Person, onboarded: Walk) -> None:
    """With something in the screening the routine is gentle, others are refused with reason."""
    await onboarded(ana, answer="Something applies")
    await ana.send("/today")
    await ana.sees("1/")
    await ana.tap("Stop")
    await ana.sees("stopped")
    await ana.send("/routines")
    await house.settled()
    await ana.tap("Full")
    await ana.sees("gentle")
    await ana.send("/how couch stretch")
    await ana.sees("Get ready")
    await ana.tap("Do it now")
    await ana.sees("gentle")
    await house.settled()
    assert not re.match(r"\d+/", ana.screen.text)


async def test_gate_passed(house: House, ana: Person, onboarded: Walk) -> None:
    """Nine questions, one at a time; all no lets the self-release in, for 30 days."""
    await onboarded(ana)
    await ana.send("/how self release")
    await ana.sees("Get ready")
    await ana.tap("Do it now")
    await answer_no(ana)
    await ana.sees("Stage 1")
    await ana.tap("Stop")
    await ana.sees("stopped")
    await ana.send("/how self release")
    await ana.sees("Get ready")
    await ana.tap("Do it now")
    await ana.sees("Stage 1")
    await ana.tap("Stop")
    await ana.sees("stopped")
    house.clock.push(days=31)
    await house.settled()
    await ana.send("/how self release")
    await ana.sees("Get ready")
    await ana.tap("Do it now")
    await ana.sees("question 1 of 9")


async def test_gate_closed(house: House, ana: Person, onboarded: Walk) -> None:
    """One yes keeps the ball out: alternatives are offered, and the routine comes without it."""
    await onboarded(ana)
    await ana.send("/routines")
    await house.settled()
    await ana.tap("Full")
    await house.settled()
    await ana.send("/today")
    await ana.sees("question 1 of 9")
    await ana.tap("No")
    await ana.sees("question 2 of 9")
    await ana.tap("Yes")
    await ana.sees("Skip the ball for now")
    await ana.tap("without the ball")
    await ana.sees("1/")
    names = []
    while re.match(r"\d+/", ana.screen.text):
        names.append(ana.screen.text.split("\n")[0])
        await ana.tap("Done")
        await house.settled()
    assert not [name for name in names if "release" in name.lower() or "crusher" in name.lower()]
    assert [name for name in names if "Bed-edge" in name]


async def test_a_condition_told_later_asks_the_gate_anew(ana: Person, onboarded: Walk) -> None:
    """Who passed the gate and then tells of a condition is asked again before any pressing."""
    await onboarded(ana)
    await ana.send("/how self release")
    await ana.sees("Get ready")
    await ana.tap("Do it now")
    await answer_no(ana)
    await ana.sees("Stage 1")
    await ana.tap("Stop")
    await ana.sees("stopped")
    await ana.send("I take blood thinners")
    await ana.sees("No pressing on the belly")
    await ana.send("/how self release")
    await ana.sees("Get ready")
    await ana.tap("Do it now")
    await ana.sees("question 1 of 9")


async def test_start_over_names_what_begins(ana: Person, onboarded: Walk) -> None:
    """Where something else than the open session would begin, the offer names it."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/")
    await ana.send("/today")
    assert "begins" not in (await ana.sees("in the middle of Daily 12")).text
    await ana.tap("Continue")
    await ana.sees("1/")
    await ana.tap("Stop")
    await ana.sees("stopped")
    await ana.send("/how glute bridge")
    await ana.sees("Get ready")
    await ana.tap("Do it now")
    await ana.sees("1/1 ·")
    await ana.send("/today")
    await ana.sees("Start over begins Daily 12")
    await ana.tap("Start over")
    await ana.sees("1/11")


async def test_do_it_now(house: House, ana: Person, onboarded: Walk) -> None:
    """One exercise can be done on its own, and a breathing practice too."""
    await onboarded(ana)
    await ana.send("/how glute bridge")
    await ana.sees("Get ready")
    await ana.tap("Do it now")
    await ana.sees("1/1 ·")
    await ana.tap("Done")
    await ana.sees("1 of 1 steps done")
    await ana.send("/breathe")
    await ana.sees("Pick one")
    await ana.tap("out-breath")
    await ana.sees("1/1 ·")

"""What somebody makes up, in a button or in words, is answered and changes nothing else."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from bot.button import Button
from bot.routes import ADMIN_BUTTONS, BUTTONS
from sandbox.person import Person
from tests.conftest import House, Walk

MADE_UP = ("", ":-1", ":9999999999999999999", ":' OR 1=1--:<b>", ":\x00:é:{0}:%s")
NAME = "<b>Bold</b> & '; DROP TABLE person;--"


def forged(buttons: Iterable[type[Button]]) -> list[str]:
    """Return data that no button of ours has, for each kind of button."""
    made = [f"{button.PREFIX}{tail}" for button in buttons for tail in MADE_UP]
    return [data for data in made if len(data.encode()) <= 64]


@pytest.mark.parametrize("operators", [False, True], ids=["everybody's", "operators'"])
async def test_forged_buttons(house: House, ana: Person, onboarded: Walk, operators: bool) -> None:
    """Any data behind any kind of button is answered, and none breaks anything."""
    await onboarded(ana)
    last = ana.messages[-1]
    data = forged(ADMIN_BUTTONS if operators else BUTTONS)
    taps = [await ana.tap("", on=last, data=each) for each in data]
    answers = [await tap.answer(timeout=120) for tap in taps]
    assert len(answers) == len(data)
    assert not [answer for answer in answers if "went wrong" in answer.text]
    assert "went wrong" not in "".join(each.text for each in ana.messages)
    await ana.send("/start")
    await ana.sees("Daily 12")  # still known, with the routine there was


async def test_a_name_of_markup_and_sql(house: House, ana: Person, onboarded: Walk) -> None:
    """The name of a routine is shown as typed, everywhere, and is a value in every statement."""
    await onboarded(ana)
    await ana.send("/routines")
    await ana.sees("Tap a name")
    await ana.tap("New routine")
    await ana.sees("name")
    await ana.send(NAME)
    await ana.sees(NAME)
    await ana.send("/routines")
    listed = await ana.sees("Tap a name")
    assert NAME in "".join(label for row in listed.buttons for label, _ in row) + listed.text


@pytest.mark.parametrize("words", [NAME, "</pre><a href='tg://user?id=1'>x</a>", "%s {0} \\u0000"])
async def test_words_of_markup_and_sql(
    house: House, ana: Person, onboarded: Walk, words: str
) -> None:
    """So is what is typed as a question, a time, a zone or a length of a pause."""
    await onboarded(ana)
    for said in (words, *(f"/{one} {words}" for one in ("how", "schedule", "timezone", "pause"))):
        await ana.send(said)
        answer = await ana.sees("")
        assert "went wrong" not in answer.text, said
        assert not {"text_link", "text_mention"} & {each["type"] for each in answer.entities}
    await ana.send("/start")
    await ana.sees("Daily 12")

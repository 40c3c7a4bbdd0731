"""Misfortune on the way to a person: they end up at the right screen, and others do not wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs
from structlog.types import EventDict
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.callbacks import StepDone
from sandbox.calls import Call
from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk

MISFORTUNES = [
    pytest.param({"status": 429, "retry_after": 1}, id="told to wait"),
    pytest.param({"status": 500}, id="server fault"),
    pytest.param({"status": 502, "description": "Bad Gateway"}, id="gateway fault"),
    pytest.param({"drop": "before"}, id="cut before the effect"),
    pytest.param({"drop": "after"}, id="cut after the effect"),
    pytest.param({"delay": 0.3}, id="slow"),
]
GONE = "Bad Request: message to edit not found"
REFUSED_FILE = "Bad Request: wrong file identifier/HTTP URL specified"


@pytest.fixture
def logs() -> Iterator[list[EventDict]]:
    """What is logged; at the end none of it may be an error."""
    with capture_logs() as lines:
        yield lines
    assert [line for line in lines if line["log_level"] in ("error", "critical")] == []


def calls(house: House, method: str, person: Person) -> list[Call]:
    """Return the calls of one method about a person's chat."""
    return [
        call
        for call in house.telegram.calls
        if call.method == method and int(call.params.get("chat_id", 0)) == person.id
    ]


def button(message: Message, word: str) -> str:
    """Return the data of the button that has the word."""
    return next(data for row in message.buttons for label, data in row if word in label)


def bare(message: Message) -> bool:
    """Tell whether a message has no buttons."""
    return not any(message.buttons)


async def at_step_two(house: House, person: Person, onboarded: Walk) -> Message:
    """Walk a person to the second step of their routine and return its message."""
    await onboarded(person)
    await person.send("/today")
    await person.sees("1/")
    await person.tap("Done")
    await person.sees("2/")
    await house.settled()
    return person.screen


@pytest.mark.parametrize("misfortune", MISFORTUNES)
@pytest.mark.parametrize("method", ["editMessageMedia", "answerCallbackQuery"])
async def test_a_tap(
    house: House,
    ana: Person,
    onboarded: Walk,
    logs: list[EventDict],
    method: str,
    misfortune: dict[str, Any],
) -> None:
    """Whatever befalls the answer to a tap, it counts once and shows the next step."""
    step = await at_step_two(house, ana, onboarded)
    house.telegram.faults.next(method, **misfortune)
    tap = await ana.tap("Done")
    assert (await tap.answer()).text == ""
    await ana.sees("3/")
    await house.settled()
    assert ana.screen.id == step.id
    assert ana.screen.text.startswith("3/")


@pytest.mark.parametrize("misfortune", MISFORTUNES)
@pytest.mark.parametrize(
    ("method", "typed", "words"),
    [("sendMessage", "/help", "/today"), ("sendPhoto", "/today", "1/")],
    ids=["text", "picture"],
)
async def test_a_command(
    house: House,
    ana: Person,
    onboarded: Walk,
    logs: list[EventDict],
    method: str,
    typed: str,
    words: str,
    misfortune: dict[str, Any],
) -> None:
    """Whatever befalls the answer to a command, it comes, twice only where it may be lost."""
    await onboarded(ana)
    before = len(ana.messages)
    house.telegram.faults.next(method, **misfortune)
    await ana.send(typed)
    await ana.sees(words)
    await house.settled()
    answers = [message for message in ana.messages[before:] if message.from_bot]
    assert len(answers) == (2 if misfortune.get("drop") == "after" else 1)
    assert all(words in answer.text for answer in answers)


async def test_of_two_screens_either_takes_a_tap(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """Where a step had to be sent twice, a tap on the first counts; the next step comes below."""
    await onboarded(ana)
    house.telegram.faults.next("sendPhoto", drop="after")
    await ana.send("/today")
    await house.settled()
    first, second = ana.messages[-2:]
    assert button(first, "Done") == button(second, "Done")
    await ana.tap("Done", on=first)
    await ana.sees("2/")
    await house.settled()
    assert ana.screen.id > second.id, "nothing that is over stands below it"
    assert [one for one in ana.messages if "Done" in str(one.buttons)] == [ana.screen]


async def test_a_stray_copy_shows_where_one_is(house: House, ana: Person, onboarded: Walk) -> None:
    """A copy of an old step that came late, below the current one, gives way to it when tapped."""
    await at_step_two(house, ana, onboarded)
    data = button(ana.screen, "Done")
    await ana.tap("Done")
    await ana.sees("3/")
    done = InlineKeyboardMarkup.from_button(InlineKeyboardButton("Done", callback_data=data))
    assert house.limber is not None
    bot = house.limber.application.bot
    await bot.send_message(ana.id, "2/11 · a copy", reply_markup=done)
    answer = await (await ana.tap("Done")).answer()
    await ana.sees("3/")
    await house.settled()
    assert "no longer applies" not in answer.text
    assert [one for one in ana.messages if "Done" in str(one.buttons)] == [ana.screen]
    await ana.tap("Done")
    await ana.sees("4/")


@pytest.mark.parametrize(
    "misfortune",
    [
        pytest.param({"status": 429, "retry_after": 1}, id="told to wait"),
        pytest.param({"delay": 0.5}, id="slow"),
        pytest.param({"drop": "before", "times": 2}, id="cut twice"),
    ],
)
async def test_others_do_not_wait(
    house: House, ana: Person, onboarded: Walk, misfortune: dict[str, Any]
) -> None:
    """While one person's answer is held up, another person is answered."""
    await at_step_two(house, ana, onboarded)
    ben = await onboarded(house.person(1002, "Ben"))
    house.telegram.faults.next("editMessageMedia", chat=ana.id, **misfortune)
    await ana.tap("Done")
    await ben.send("/help")
    await ben.sees("/today")
    assert ana.screen.text.startswith("2/")
    await ana.sees("3/")


async def test_told_to_wait_is_waited_out(house: House, ana: Person, onboarded: Walk) -> None:
    """After a 429 nothing goes to that chat before the time that was told."""
    await at_step_two(house, ana, onboarded)
    house.telegram.faults.next("editMessageMedia", status=429, retry_after=1)
    await ana.tap("Done")
    await ana.sees("3/")
    refused, done = calls(house, "editMessageMedia", ana)[-2:]
    assert (refused.status, done.status) == (429, 200)
    assert done.at_monotonic - refused.at_monotonic >= 1


async def test_order_is_kept_behind_a_wait(
    house: House, ana: Person, onboarded: Walk, logs: list[EventDict]
) -> None:
    """What a person does while their last tap is held up follows it in order, each counted once."""
    step = await at_step_two(house, ana, onboarded)
    done = StepDone.parse(button(step, "Done"))
    assert done is not None
    house.telegram.faults.next("editMessageMedia", status=429, retry_after=1)
    await ana.tap("Done")
    doubled = await ana.tap("Done")
    await ana.tap("Done", data=replace(done, position=done.position + 1).pack())
    await ana.send("/help")
    await ana.sees("/today")
    await house.settled()
    assert doubled.answered is not None
    assert "no longer applies" in doubled.answered.text
    shown = next(message for message in ana.messages if message.id == step.id)
    assert shown.text.startswith("4/")
    assert "/today" in ana.screen.text


async def test_a_step_whose_message_is_gone(
    house: House, ana: Person, onboarded: Walk, logs: list[EventDict]
) -> None:
    """Where the step's message cannot be edited the next step comes anew, and lives there."""
    old = await at_step_two(house, ana, onboarded)
    house.telegram.faults.next("editMessageMedia", status=400, description=GONE)
    house.telegram.faults.next("editMessageReplyMarkup", status=400, description=GONE, times=2)
    await ana.tap("Done")
    new = await ana.sees("3/")
    assert new.id != old.id
    await ana.tap("Done", on=new)
    assert (await ana.sees("4/")).id == new.id
    await ana.send("/today")
    await ana.sees("in the middle of")
    await ana.tap("Continue")
    assert (await ana.sees("4/")).id != new.id
    await house.settled()
    assert bare(next(message for message in ana.messages if message.id == new.id))


async def test_an_end_whose_message_is_gone(
    house: House, ana: Person, onboarded: Walk, logs: list[EventDict]
) -> None:
    """The end of a session is seen even where its message is gone."""
    await at_step_two(house, ana, onboarded)
    for method in ("editMessageMedia", "editMessageText", "editMessageReplyMarkup"):
        house.telegram.faults.next(method, status=400, description=GONE, times=2)
    await ana.tap("Stop")
    await ana.sees("stopped here")
    house.telegram.faults.clear()
    await ana.tap("Just right")
    await ana.sees("Noted")


@pytest.mark.parametrize("sent", ["edited", "sent"])
async def test_a_refused_file_is_uploaded_anew(
    house: House, ana: Person, onboarded: Walk, logs: list[EventDict], sent: str
) -> None:
    """A file id that is not taken is forgotten, the picture uploaded, and its new id used again."""
    step = await at_step_two(house, ana, onboarded)
    method = "editMessageMedia" if sent == "edited" else "sendPhoto"
    act = ("Back", "1/") if sent == "edited" else ("Stop", "stopped here")
    await ana.tap(act[0])
    await ana.sees(act[1])
    house.telegram.faults.next(method, status=400, description=REFUSED_FILE)
    if sent == "edited":
        await ana.tap("Done")
        assert (await ana.sees("2/")).id == step.id
    else:
        await ana.send("/today")
        await ana.sees("1/")
    await house.settled()
    refused, taken = calls(house, method, ana)[-2:]
    assert "bytes>" not in str(refused.params)
    assert "bytes>" in str(taken.params)
    before = len(calls(house, method, ana))
    if sent == "edited":
        await ana.tap("Back")
        await ana.sees("1/")
        await ana.tap("Done")
        await ana.sees("2/")
    else:
        await ana.tap("Stop")
        await ana.sees("stopped here")
        await ana.send("/today")
        await ana.sees("1/")
    assert not any("bytes>" in str(call.params) for call in calls(house, method, ana)[before:])


async def test_an_unchanged_edit(
    house: House, ana: Person, onboarded: Walk, logs: list[EventDict]
) -> None:
    """A tap that changes nothing is answered; Telegram's refusal to edit is no fault."""
    await onboarded(ana)
    await ana.send("/how cat cow")
    feel = button(await ana.sees("Get ready"), "Feel")
    for _ in range(2):
        tap = await ana.tap("Feel", data=feel)
        await tap.answer()
    await house.settled()
    statuses = [call.status for call in calls(house, "editMessageMedia", ana)]
    assert statuses == [200, 400]
    assert "Where you feel it" in ana.screen.text

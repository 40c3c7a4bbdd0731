"""An operator tells everybody something: preview, count, confirmation, and who gets it."""

from __future__ import annotations

import asyncio

import pytest

from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.news import NEWS, NO_MORE, got, operate, previewed, sent, states
from tests.conversations.reminded import STALE, labels
from tests.conversations.test_clocks import stored

ANA, BEN, CLEO = 1001, 1002, 1003
UNKNOWN = "I don't know that command"


@pytest.fixture
async def ben(house: House, ana: Person, onboarded: Walk) -> Person:
    """Somebody with reminders, beside Ana, who is the operator and has them too."""
    await operate(house, ANA)
    await onboarded(ana)
    return await onboarded(house.person(BEN, "Ben"))


async def test_goes_to_everybody(house: House, ana: Person, ben: Person) -> None:
    """What was typed is shown as it will look; once confirmed everybody gets exactly that."""
    asked = await previewed(ana)
    assert "Goes to 2 people (0 opted out, 0 unreachable)" in asked.text
    assert labels(asked) == "📣 Send to 2 | ✖️ Cancel"
    (preview,) = got(ana)
    assert labels(preview) == f"🔕 {NO_MORE}"
    await house.settled()
    assert got(ben) == []
    await ana.tap("Send to 2")
    await ana.sees("On its way: ")
    over = await ana.sees("Your news is out: 2 of 2 sent")
    assert "0 unreachable, 0 opted out" in over.text
    (copy,) = got(ben)
    assert labels(copy) == f"🔕 {NO_MORE}"
    assert len(got(ana)) == 2
    silent = [
        call.params.get("disable_notification")
        for call in house.telegram.calls
        if "Be well!" in str(call.params.get("text"))
    ]
    assert silent == [None, "true", "true"]
    await house.settled()
    assert states(house) == {"sent": 2}
    assert len([one for one in ana.messages if "Your news is out" in one.text]) == 1


async def test_asked_for_the_text(house: House, ana: Person, ben: Person) -> None:
    """/broadcast alone asks for the text, of several lines; Cancel leaves it, and only once."""
    await ana.send("/broadcast")
    asked = await ana.sees("What shall I tell everybody")
    await ana.tap("Cancel")
    await ana.sees("Nothing goes out")
    tap = await ana.tap("Cancel", on=asked, data="bl")
    assert "already" in (await tap.answer()).text
    await ana.send("cat cow")
    await ana.sees("Cat-Cow")
    await ana.send("/broadcast")
    await ana.sees("What shall I tell everybody")
    await ana.send(NEWS)
    await ana.sees("Goes to 2 people")
    assert len(got(ana)) == 1
    await ana.send("cat cow")
    await ana.sees("Cat-Cow")
    await house.settled()
    assert got(ben) == []


async def test_warning_sign_first(house: House, ana: Person, ben: Person) -> None:
    """A text that reads as a warning sign is answered as one, and still taken."""
    await ana.send("/broadcast")
    await ana.sees("What shall I tell everybody")
    words = "I have numbness in the groin and cannot hold my urine"
    await ana.send(words)
    await ana.sees("emergency")
    await ana.sees("Goes to 2 people")
    assert len(got(ana, words)) == 1
    await house.settled()
    assert stored(house, "select count(*) from person where paused_at is not null") == [(0,)]


async def test_cancelled(house: House, ana: Person, ben: Person) -> None:
    """After Cancel neither button does anything, and both say so."""
    asked = await previewed(ana)
    confirm, cancel = (data for row in asked.buttons for _, data in row)
    await ana.tap("Cancel", on=asked)
    await ana.sees("Nothing goes out")
    for data in (confirm, cancel):
        tap = await ana.tap("", on=asked, data=data)
        assert "cancelled already. Nothing was changed" in (await tap.answer()).text
    await house.settled()
    assert states(house) == {}


async def test_confirmed_twice(house: House, ana: Person, ben: Person) -> None:
    """A second tap on Send changes nothing and says so, and so does one on Cancel."""
    asked = await previewed(ana)
    confirm, cancel = (data for row in asked.buttons for _, data in row)
    await ana.tap("Send to", on=asked)
    for data in (confirm, confirm, cancel):
        tap = await ana.tap("", on=asked, data=data)
        assert "confirmed already. Nothing was changed" in (await tap.answer()).text
    await house.settled()
    assert sum("Your news is out" in message.text for message in ana.messages) == 1
    assert len(got(ben)) == 1


async def test_older_than_a_day(house: House, ana: Person, ben: Person) -> None:
    """A preview of yesterday cannot be confirmed any more."""
    await previewed(ana)
    house.clock.push(hours=24, seconds=1)
    tap = await ana.tap("Send to")
    assert "more than a day old" in (await tap.answer()).text
    await house.settled()
    assert states(house) == {}


async def test_others_see_nothing(house: House, ana: Person, ben: Person) -> None:
    """To everybody else the commands do not exist, and a forged tap changes nothing."""
    for command in ("/broadcast hello", "/broadcast", "/stats", "/reload"):
        await ben.send(command)
        await ben.sees(UNKNOWN)
    asked = await previewed(ana)
    for row in asked.buttons:
        for _, data in row:
            tap = await ben.tap("", data=data)
            assert STALE in (await tap.answer()).text
    await ben.send("/help")
    shown = await ben.sees("What I understand")
    assert "/broadcast" not in shown.text
    assert "/stats" not in shown.text
    await house.settled()
    assert states(house) == {}


async def test_another_operator(house: House, ana: Person, ben: Person) -> None:
    """Only its author confirms it; who is no operator any more neither confirms nor writes."""
    await operate(house, ANA, BEN)
    asked = await previewed(ana)
    (_, confirm), _ = asked.buttons[0]
    tap = await ben.tap("", data=confirm)
    assert STALE in (await tap.answer()).text
    await ana.send("/broadcast")
    await ana.sees("What shall I tell everybody")
    await operate(house, BEN)
    tap = await ana.tap("Send to", on=asked)
    assert STALE in (await tap.answer()).text
    await ana.send("cat cow")
    await ana.sees("Cat-Cow")
    await house.settled()
    assert states(house) == {}


async def test_menu_of_operators(house: House, ana: Person, ben: Person) -> None:
    """Operators find their commands in Telegram's menu, and nobody else does."""
    await operate(house, ANA)
    profile = house.telegram.world.profile
    theirs, others = (
        {one["command"] for one in profile.menu(person, "en")} for person in (ANA, BEN)
    )
    assert theirs - others == {"stats", "broadcast", "reload"}
    await operate(house, BEN)
    await ana.send("/stats")
    await ana.sees(UNKNOWN)
    await house.settled()
    assert {one["command"] for one in profile.menu(ANA, "en")} == others


async def test_operator_who_never_wrote(house: House, ana: Person) -> None:
    """That Telegram does not know an operator's chat yet keeps it from nothing else."""
    refusal = "Bad Request: chat not found"
    await house.stop()
    before = len(house.telegram.calls)
    house.telegram.faults.next("setMyCommands", status=400, description=refusal, times=3)
    await operate(house, ANA)
    for _ in range(500):
        told = [(call.method, call.status) for call in house.telegram.calls[before:]]
        if ("setMyShortDescription", 200) in told:
            break
        await asyncio.sleep(0.01)
    assert told.count(("setMyCommands", 400)) == 3
    assert ("setMyShortDescription", 200) in told


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        pytest.param("x" * 3500, True, id="the most"),
        pytest.param("x" * 3501, False, id="one more"),
        pytest.param("🧘" * 1751, False, id="wide characters"),
        pytest.param("<&>" * 1166, True, id="escaped"),
    ],
)
async def test_length(house: House, ana: Person, ben: Person, text: str, taken: bool) -> None:
    """Up to 3,500 characters as Telegram counts them go out whole; more is refused in words."""
    if not taken:
        await ana.send(f"/broadcast {text}")
        await ana.sees("3,500 are the most")
        return
    await sent(house, ana, text)
    assert len(got(ben, text)) == 1


async def test_who_gets_it(house: House, ana: Person, ben: Person, onboarded: Walk) -> None:
    """Neither who opted out or blocked the bot, nor who has not answered the safety question."""
    cleo = await onboarded(house.person(CLEO, "Cleo"))
    dan, eve = house.person(1004, "Dan"), house.person(1005, "Eve")
    await onboarded(dan)
    await dan.send("/settings")
    await dan.sees("Settings")
    await dan.tap("Quiet hours and more")
    shown = await dan.sees("How reminders come")
    assert "News about me: now and then" in shown.text
    await dan.tap("News about me")
    await dan.sees("whoever runs this bot")
    await dan.tap(NO_MORE)
    await dan.sees("No more news about this bot")
    await cleo.block()
    await eve.send("/start")
    await eve.sees("Welcome to Limber")
    await house.settled()
    asked = await previewed(ana)
    assert "Goes to 2 people (1 opted out, 1 unreachable)" in asked.text
    await ana.tap("Send to 2")
    await ana.sees("2 of 2 sent")
    assert [len(got(one)) for one in (ben, cleo, dan, eve)] == [1, 0, 0, 0]


async def test_opting_out(house: House, ana: Person, ben: Person) -> None:
    """No more news under a copy stops them, Hear them again brings them back; twice says so."""
    await sent(house, ana)
    (copy,) = got(ben)
    await ben.tap(NO_MORE, on=copy)
    said = await ben.sees("No more news about this bot for you")
    assert "Be well" in copy.text
    tap = await ben.tap(NO_MORE, on=copy)
    assert "like that already" in (await tap.answer()).text
    assert "Goes to 1 person (1 opted out" in (await previewed(ana, "Again")).text
    await ben.tap("Hear them again", on=said)
    await ben.sees("Now and then whoever runs this bot")
    assert "Goes to 2 people (0 opted out" in (await previewed(ana, "Again")).text


async def test_preview_is_no_copy(house: House, ana: Person, ben: Person) -> None:
    """The button under the preview turns nothing off; under the author's own copy it does."""
    await previewed(ana)
    (preview,) = got(ana)
    tap = await ana.tap(NO_MORE, on=preview)
    assert "only the preview" in (await tap.answer()).text
    await ana.tap("Send to 2")
    await ana.sees("2 of 2 sent")
    await ana.tap(NO_MORE, on=got(ana)[-1])
    await ana.sees("No more news about this bot for you")


def same(first: Message, second: Message) -> bool:
    """Return whether two messages show the same."""
    return (first.text, first.buttons) == (second.text, second.buttons)


async def test_seen_as_previewed(house: House, ana: Person, ben: Person) -> None:
    """A copy is the preview to the letter, its markup shown literally."""
    await sent(house, ana)
    assert same(got(ana)[0], got(ben)[0])
    assert not got(ben)[0].raw.get("entities")

"""People in tests: what they do, what they see, and what a bot in a group gets to see."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from sandbox.person import Person
from sandbox.server import TelegramServer
from tests.sandbox.server.conftest import Call, HandClock

MENU = {
    "inline_keyboard": [
        [{"text": "✅ Done for today", "callback_data": "all"}],
        [{"text": "✅ Done", "callback_data": "done"}, {"text": "Skip", "callback_data": "skip"}],
    ]
}


@pytest.fixture
async def ana(telegram: TelegramServer, call: Call) -> Person:
    """Ana, who has started the bot, whose greeting was fetched."""
    person = telegram.person(1001, "Ana")
    await person.send("/start")
    await call("getUpdates", offset=-1)
    return person


async def queries(call: Call) -> list[dict[str, Any]]:
    """Return the taps the bot gets."""
    return [each["callback_query"] for each in await call("getUpdates") if "callback_query" in each]


async def test_a_tap_finds_its_button(telegram: TelegramServer, call: Call, ana: Person) -> None:
    """The label that is the word goes before one that contains it; case and emoji do not matter."""
    await call("sendMessage", chat_id=1001, text="old", reply_markup=MENU)
    await call("sendMessage", chat_id=1001, text="step", reply_markup=MENU)
    await call("sendMessage", chat_id=1001, text="no buttons")
    for word in ("done", "DONE FOR", "skip"):
        await ana.tap(word)
    found = await queries(call)
    assert [(each["data"], each["message"]["text"]) for each in found] == [
        ("done", "step"),
        ("all", "step"),
        ("skip", "step"),
    ]
    assert found[0]["from"]["id"] == 1001
    with pytest.raises(AssertionError, match="no button"):
        await ana.tap("Stop")


async def test_a_tap_on_an_old_message_and_forged_data(call: Call, ana: Person) -> None:
    """A tap can be aimed at one message, and carry data that no button has."""
    old = await call("sendMessage", chat_id=1001, text="old", reply_markup=MENU)
    await call("sendMessage", chat_id=1001, text="new", reply_markup=MENU)
    await ana.tap("done", on=old["message_id"])
    await ana.tap("", data="forged", on=old["message_id"])
    assert [(q["data"], q["message"]["text"]) for q in await queries(call)] == [
        ("done", "old"),
        ("forged", "old"),
    ]


async def test_a_tap_is_answered_once(call: Call, ana: Person) -> None:
    """The person sees the answer's text; a second answer and an unknown id are refused."""
    await call("sendMessage", chat_id=1001, text="step", reply_markup=MENU)
    tap = await ana.tap("done")
    identity = (await queries(call))[0]["id"]
    assert identity == tap.query
    assert await call("answerCallbackQuery", callback_query_id=identity, text="Well done") is True
    assert await tap.answer() == ("Well done", False)
    assert (await ana.sees_toast("well")).text == "Well done"
    old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await call("answerCallbackQuery", callback_query_id=identity) == old
    assert await call("answerCallbackQuery", callback_query_id="1") == old


async def test_a_tap_grows_too_old(call: Call, ana: Person, clock: HandClock) -> None:
    """A query that waited for a quarter of an hour by the clock can no longer be answered."""
    await call("sendMessage", chat_id=1001, text="step", reply_markup=MENU)
    tap = await ana.tap("done")
    clock.advance(minutes=15, seconds=1)
    assert "too old" in await call("answerCallbackQuery", callback_query_id=tap.query)
    assert tap.answered is None


async def test_an_answer_has_at_most_200_characters(call: Call, ana: Person) -> None:
    """A longer toast is refused, and can still be answered shorter."""
    await call("sendMessage", chat_id=1001, text="step", reply_markup=MENU)
    tap = await ana.tap("done")
    words = {"callback_query_id": tap.query, "show_alert": True}
    assert "TOO_LONG" in await call("answerCallbackQuery", **words, text="x" * 201)
    assert await call("answerCallbackQuery", **words, text="x" * 200) is True
    assert (await tap.answer()).alert


async def test_sees_waits_for_new_and_edited_messages(call: Call, ana: Person) -> None:
    """A message counts when it came or changed after the person's last act."""
    first = await call("sendMessage", chat_id=1001, text="Hello")
    assert (await ana.sees("hello")).id == first["message_id"]
    await ana.send("again")
    with pytest.raises(AssertionError, match="was not seen within"):
        await ana.sees("hello", timeout=0.05)
    waiting = asyncio.create_task(ana.sees("hello you"))
    await asyncio.sleep(0.05)
    await call("editMessageText", chat_id=1001, message_id=first["message_id"], text="Hello you")
    assert (await waiting).edited


async def test_messages_are_values(call: Call, ana: Person) -> None:
    """A message taken before an edit keeps what it was; the newest of the bot is the screen."""
    sent = await call(
        "sendMessage", chat_id=1001, text="a <b>b</b>", parse_mode="HTML", reply_markup=MENU
    )
    before = ana.screen
    assert before.buttons[1] == [("✅ Done", "done"), ("Skip", "skip")]
    assert before.entities == [{"type": "bold", "offset": 2, "length": 1}]
    await call("editMessageText", chat_id=1001, message_id=sent["message_id"], text="c")
    assert (before.text, before.edited) == ("a b", False)
    assert (ana.screen.text, ana.screen.edited, ana.screen.buttons) == ("c", True, [])
    assert [message.from_bot for message in ana.messages] == [False, True]


async def test_the_same_id_is_the_same_person(telegram: TelegramServer, ana: Person) -> None:
    """A person is met again by id, with their chat."""
    assert telegram.person(1001, "Anna") is ana
    assert telegram.world.chat(1001)["first_name"] == "Anna"


async def test_blocking_is_told_to_the_bot(call: Call, ana: Person) -> None:
    """Each change of a block becomes one my_chat_member; writing lifts it."""
    await ana.block()
    await ana.block()
    await ana.send("/start")
    await ana.unblock()
    changes = [each for each in await call("getUpdates") if "my_chat_member" in each]
    states = [
        (
            each["my_chat_member"]["old_chat_member"]["status"],
            each["my_chat_member"]["new_chat_member"]["status"],
        )
        for each in changes
    ]
    assert states == [("member", "kicked"), ("kicked", "member")]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("hello all", False, id="talk among people"),
        pytest.param("/how hip", True, id="a command"),
        pytest.param("/how@limber_sandbox_bot hip", True, id="a command for this bot"),
        pytest.param("/how@other_bot hip", False, id="a command for another bot"),
        pytest.param("ask @limber_sandbox_bot", True, id="a mention"),
        pytest.param("ask @somebody_else", False, id="somebody else's mention"),
    ],
)
async def test_a_bot_in_a_group_sees_what_is_meant_for_it(
    telegram: TelegramServer, call: Call, ana: Person, text: str, seen: bool
) -> None:
    """Privacy mode hides from the bot what is not a command, a mention or a reply to it."""
    team = telegram.group(-7, "Team", members=[ana])
    await call("getUpdates", offset=-1)
    before = len(await call("getUpdates"))
    await ana.send(text, chat=team)
    assert len(await call("getUpdates")) == before + seen
    assert team.messages[-1].text == text


async def test_a_group_tells_the_bot_that_it_came(
    telegram: TelegramServer, call: Call, ana: Person
) -> None:
    """A new group makes the bot a member, is told by a service message, and gets replies."""
    team = telegram.group(-7, "Team", members=[ana])
    updates = await call("getUpdates")
    assert updates[-2]["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert updates[-1]["message"]["new_chat_members"][0]["is_bot"] is True
    greeting = await call("sendMessage", chat_id=-7, text="Hello", reply_markup=MENU)
    await ana.send("thanks", chat=team, reply_to=greeting["message_id"])
    await ana.tap("done", chat=team)
    updates = await call("getUpdates")
    assert updates[-2]["message"]["reply_to_message"]["text"] == "Hello"
    assert updates[-1]["callback_query"]["message"]["chat"]["id"] == -7
    assert team.screen.text == "Hello"


async def test_a_group_the_bot_left_is_closed_to_it(
    telegram: TelegramServer, call: Call, ana: Person
) -> None:
    """After leaving, the bot cannot write to a group."""
    telegram.group(-7, "Team", members=[ana])
    assert await call("leaveChat", chat_id=-7) is True
    refusal = await call("sendMessage", chat_id=-7, text="x")
    assert refusal == "Forbidden: bot is not a member of the group chat"
    assert (await call("getChatMember", chat_id=-7, user_id=7000000001))["status"] == "left"


async def test_answers_are_not_held_back(call: Call, ana: Person) -> None:
    """Calls in a row on one connection are not slowed by delayed sending (40 ms each)."""
    took = []
    for _ in range(20):
        began = time.monotonic()
        await call("getMe")
        took.append(time.monotonic() - began)
    assert min(took) < 0.03
    assert ana.messages

"""Sending and deleting: limits, and chats that cannot be written to."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from sandbox.server import TelegramServer
from tests.sandbox.server.conftest import Call, HandClock

GO = {"inline_keyboard": [[{"text": "Go", "callback_data": "x"}]]}


@pytest.fixture(autouse=True)
async def ana(telegram: TelegramServer) -> None:
    """Ana, who has started the bot."""
    await telegram.person(1001, "Ana").send("/start")


@pytest.mark.parametrize(
    ("params", "words"),
    [
        pytest.param({"text": ""}, "message text is empty", id="empty text"),
        pytest.param({"text": " \n "}, "text must be non-empty", id="blank text"),
        pytest.param(
            {"text": "<b> </b>", "parse_mode": "HTML"},
            "text must be non-empty",
            id="blank after parsing",
        ),
        pytest.param({"text": "x" * 4097}, "message is too long", id="4097 units"),
        pytest.param(
            {"text": "😀" * 2049}, "message is too long", id="4098 units in 2049 characters"
        ),
        pytest.param({"text": "x" * 32769}, "text is too long", id="beyond what is parsed at all"),
        pytest.param(
            {"text": "x", "parse_mode": "Markup"}, "unsupported parse_mode", id="parse mode"
        ),
        pytest.param({"text": "x", "chat_id": 4711}, "chat not found", id="unknown chat"),
        pytest.param({"text": "x", "chat_id": "@nobody"}, "chat not found", id="unknown name"),
        pytest.param({"text": "x", "chat_id": ""}, "chat_id is empty", id="no chat"),
        pytest.param({"text": ["x"]}, 'parameter "text" must be a String', id="wrong type"),
        pytest.param(
            {"text": "x", "reply_markup": "{"},
            "can't parse reply_markup JSON object",
            id="broken JSON",
        ),
        pytest.param(
            {"text": "x", "reply_markup": "[]"},
            'parameter "reply_markup" must be an Object',
            id="markup a list",
        ),
        pytest.param(
            {"text": "x", "reply_parameters": {"message_id": 99}},
            "message to be replied not found",
            id="no such message to answer",
        ),
    ],
)
async def test_messages_beyond_the_limits_are_refused(
    telegram: TelegramServer, call: Call, params: dict[str, Any], words: str
) -> None:
    """What Telegram would not take is refused in its words and leaves no message."""
    before = len(telegram.world.messages(1001))
    assert await call("sendMessage", **{"chat_id": 1001} | params) == f"Bad Request: {words}"
    assert len(telegram.world.messages(1001)) == before


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        pytest.param("x" * 4096, "", id="4096 units"),
        pytest.param("<b>" + "x" * 4096 + "</b>", "HTML", id="tags do not count"),
        pytest.param("&lt;" * 4096, "HTML", id="references count once"),
        pytest.param("x", "html", id="the mode's case does not matter"),
    ],
)
async def test_messages_at_the_limits_are_taken(call: Call, text: str, mode: str) -> None:
    """The limit of 4096 holds after parsing."""
    assert (await call("sendMessage", chat_id=1001, text=text, parse_mode=mode))["text"]


async def test_nested_values_may_be_json_texts(
    telegram: TelegramServer, http: httpx.AsyncClient
) -> None:
    """Forms carry nested values as JSON texts, numbers as digits and truth as words."""
    form = {
        "chat_id": "1001",
        "text": "x",
        "reply_markup": '{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}',
        "protect_content": "true",
    }
    answer = await http.post(f"/bot{telegram.token}/sendMessage", data=form)
    message = answer.json()["result"]
    assert message["has_protected_content"] is True
    assert message["reply_markup"]["inline_keyboard"] == [[{"text": "a", "callback_data": "b"}]]
    assert (await http.get(f"/bot{telegram.token}/getChat?chat_id=1001")).json()["ok"]


async def test_nobody_is_written_to_first(telegram: TelegramServer, call: Call) -> None:
    """A person who never wrote to the bot cannot be written to."""
    telegram.person(1002, "Ben")
    refusal = await call("sendMessage", chat_id=1002, text="hello")
    assert refusal == "Forbidden: bot can't initiate conversation with a user"


async def test_a_blocked_bot_can_do_nothing(telegram: TelegramServer, call: Call) -> None:
    """Sending, editing and even typing is forbidden until the person writes again."""
    message = await call("sendMessage", chat_id=1001, text="one")
    ana = telegram.person(1001, "Ana")
    await ana.block()
    blocked = "Forbidden: bot was blocked by the user"
    assert await call("sendMessage", chat_id=1001, text="two") == blocked
    assert await call("sendChatAction", chat_id=1001, action="typing") == blocked
    edit = {"chat_id": 1001, "message_id": message["message_id"]}
    assert await call("editMessageText", **edit, text="two") == blocked
    await ana.send("/start")
    assert (await call("sendMessage", chat_id=1001, text="two"))["text"] == "two"


async def test_a_reply_carries_the_message_it_answers(call: Call) -> None:
    """The answered message is in the answer, one level deep; a missing one can be allowed."""
    first = await call("sendMessage", chat_id=1001, text="one")
    second = await call(
        "sendMessage",
        chat_id=1001,
        text="two",
        reply_parameters={"message_id": first["message_id"]},
    )
    third = await call(
        "sendMessage",
        chat_id=1001,
        text="three",
        reply_parameters={"message_id": second["message_id"]},
    )
    assert third["reply_to_message"]["text"] == "two"
    assert "reply_to_message" not in third["reply_to_message"]
    lenient = {"message_id": 999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await call(
        "sendMessage", chat_id=1001, text="x", reply_parameters=lenient
    )


async def test_messages_are_deleted_for_two_days(
    telegram: TelegramServer, call: Call, clock: HandClock
) -> None:
    """A message younger than 48 hours can be deleted, once; an older one stays."""
    message = await call("sendMessage", chat_id=1001, text="one")
    where = {"chat_id": 1001, "message_id": message["message_id"]}
    assert await call("deleteMessage", **where) is True
    assert await call("deleteMessage", **where) == "Bad Request: message to delete not found"
    old = await call("sendMessage", chat_id=1001, text="two")
    clock.advance(hours=48, seconds=1)
    where = {"chat_id": 1001, "message_id": old["message_id"]}
    assert await call("deleteMessage", **where) == "Bad Request: message can't be deleted"
    assert await call("deleteMessages", chat_id=1001, message_ids=[old["message_id"], 999]) is True
    assert telegram.person(1001, "Ana").screen.text == "two"


async def test_a_copy_has_the_content_alone(call: Call) -> None:
    """A copied message keeps text and entities, not the keyboard."""
    first = await call(
        "sendMessage",
        chat_id=1001,
        text="<b>one</b>",
        parse_mode="HTML",
        reply_markup=GO,
    )
    copied = await call(
        "copyMessage", chat_id=1001, from_chat_id=1001, message_id=first["message_id"]
    )
    assert set(copied) == {"message_id"}
    assert copied["message_id"] > first["message_id"]


@pytest.mark.parametrize(
    ("action", "result"),
    [("typing", True), ("dancing", "Bad Request: wrong parameter action in request")],
)
async def test_chat_actions(call: Call, action: str, result: Any) -> None:
    """Only the actions Telegram knows are taken."""
    assert await call("sendChatAction", chat_id=1001, action=action) == result


async def test_dates_come_from_the_clock(call: Call, clock: HandClock) -> None:
    """A message carries the second the sandbox's clock shows."""
    clock.advance(days=300)
    message = await call("sendMessage", chat_id=1001, text="x")
    assert message["date"] == int(clock.now().timestamp())


async def test_entities_can_be_given(call: Call) -> None:
    """Entities may come ready-made; what lies beyond the text is cut off."""
    given = [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "italic", "offset": 3, "length": 9},
    ]
    message = await call("sendMessage", chat_id=1001, text="ab cd", entities=given)
    assert message["entities"] == [given[0], {"type": "italic", "offset": 3, "length": 2}]


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param("bold", id="no object"),
        pytest.param({"type": "bold", "length": 1}, id="no offset"),
        pytest.param({"type": "bold", "offset": -1, "length": 1}, id="negative"),
        pytest.param({"type": "loud", "offset": 0, "length": 1}, id="unknown"),
    ],
)
async def test_broken_entities_are_refused(call: Call, broken: Any) -> None:
    """An entity of a wrong form is a bad request."""
    refusal = await call("sendMessage", chat_id=1001, text="abc", entities=[broken])
    assert refusal.startswith("Bad Request: ")

"""Keyboards: their limits, their shape, and the reply keyboard below the text field."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.server import TelegramServer
from tests.sandbox.server.conftest import Call


def keyboard(*rows: list[Any]) -> dict[str, Any]:
    """Return an inline keyboard."""
    return {"inline_keyboard": list(rows)}


def button(data: str = "x", text: str = "Go") -> dict[str, str]:
    """Return a callback button."""
    return {"text": text, "callback_data": data}


@pytest.fixture(autouse=True)
async def ana(telegram: TelegramServer) -> None:
    """Ana, who has started the bot."""
    await telegram.person(1001, "Ana").send("/start")


INLINE = "can't parse inline keyboard button: "


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        pytest.param(keyboard([button("x" * 65)]), "BUTTON_DATA_INVALID", id="65 bytes"),
        pytest.param(
            keyboard([button("é" * 33)]), "BUTTON_DATA_INVALID", id="66 bytes in 33 characters"
        ),
        pytest.param(
            keyboard([button("")]),
            INLINE + "Text buttons are unallowed in the inline keyboard",
            id="no data",
        ),
        pytest.param(
            keyboard([{"text": "Go"}]),
            INLINE + "Text buttons are unallowed in the inline keyboard",
            id="no action",
        ),
        pytest.param(
            keyboard([{"callback_data": "x"}]), INLINE + 'Can\'t find field "text"', id="no label"
        ),
        pytest.param(
            keyboard([{"text": 1, "callback_data": "x"}]),
            INLINE + 'Field "text" must be of type String',
            id="label a number",
        ),
        pytest.param(
            keyboard([button(text=" ")]),
            "inline keyboard button text must be non-empty",
            id="blank label",
        ),
        pytest.param(
            keyboard(["Go"]),
            INLINE + "InlineKeyboardButton must be an Object",
            id="button a string",
        ),
        pytest.param(
            {"inline_keyboard": [button()]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
            id="one row too few",
        ),
        pytest.param(
            {"keyboard": ["Go"]},
            'field "keyboard" must be an Array of Arrays',
            id="reply keyboard without rows",
        ),
        pytest.param(
            {"keyboard": [[" "]]}, "keyboard button text must be non-empty", id="blank key"
        ),
        pytest.param(keyboard(*[[button()]] * 101), "reply markup is too long", id="101 buttons"),
        pytest.param(keyboard([button()] * 9), "reply markup is too long", id="9 in a row"),
        pytest.param(
            keyboard([{"text": "x", "url": "nowhere"}]),
            "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
            id="url",
        ),
        pytest.param(
            keyboard([button() | {"style": "loud"}]),
            INLINE + "invalid button style specified",
            id="style",
        ),
    ],
)
async def test_keyboards_beyond_the_limits_are_refused(
    call: Call, markup: dict[str, Any], words: str
) -> None:
    """A keyboard Telegram would not take is refused in its words."""
    refusal = await call("sendMessage", chat_id=1001, text="x", reply_markup=markup)
    assert refusal == f"Bad Request: {words}"


async def test_keyboards_at_the_limits_are_taken(call: Call) -> None:
    """64 bytes of data, 8 in a row and 100 in all fit; empty rows vanish."""
    rows: list[list[Any]] = [[button("x" * 64)] * 8] * 12 + [[button("é" * 32)] * 4, []]
    message = await call("sendMessage", chat_id=1001, text="x", reply_markup=keyboard(*rows))
    assert [len(row) for row in message["reply_markup"]["inline_keyboard"]] == [8] * 12 + [4]


async def test_a_reply_keyboard_is_shown_used_and_removed(
    telegram: TelegramServer, call: Call
) -> None:
    """A reply keyboard stands below the text field until it is removed or used up."""
    ana = telegram.person(1001, "Ana")
    keys = {"keyboard": [[{"text": "Share", "request_location": True}], ["Later"]]}
    message = await call("sendMessage", chat_id=1001, text="Where?", reply_markup=keys)
    assert "reply_markup" not in message
    assert ana.keyboard == [["Share"], ["Later"]]
    await ana.send("Later")
    assert ana.keyboard == [["Share"], ["Later"]]
    await call("sendMessage", chat_id=1001, text="ok", reply_markup={"remove_keyboard": True})
    assert ana.keyboard == []
    await call(
        "sendMessage", chat_id=1001, text="Where?", reply_markup=keys | {"one_time_keyboard": True}
    )
    await ana.share_location(1, 2)
    assert ana.keyboard == []


async def test_a_group_cannot_be_asked_for_its_location(
    telegram: TelegramServer, call: Call
) -> None:
    """A location can be requested in private chats only."""
    telegram.group(-7, "Team", members=[telegram.person(1001, "Ana")])
    keys = {"keyboard": [[{"text": "Share", "request_location": True}]]}
    refusal = await call("sendMessage", chat_id=-7, text="Where?", reply_markup=keys)
    assert refusal == "Bad Request: location can be requested in private chats only"

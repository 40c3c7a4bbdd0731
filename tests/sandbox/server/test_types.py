"""What the sandbox answers has the form Telegram documents, and python-telegram-bot reads it."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx
import pytest
import telegram as ptb

from sandbox.images import png
from sandbox.parameters import METHODS, Kind
from sandbox.server import TelegramServer
from tests.sandbox.server.conftest import Call
from tests.sandbox.server.forms import SPEC, faults_of

PICTURE = png(40, 30, (10, 20, 30))
CALLBACK = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


@pytest.mark.parametrize("name", [method.name for method in METHODS.values()])
def test_methods_and_parameters_exist(name: str) -> None:
    """Every method and parameter the sandbox reads is Telegram's own, with Telegram's type."""
    known = SPEC["methods"][name]["fields"]
    for parameter, kind in METHODS[name.lower()].kinds.items():
        declared = known[parameter].removesuffix("?").split("|")
        assert kind in {kind_of(declared)}, f"{parameter} is {declared}"


def kind_of(declared: list[str]) -> Kind:
    """Return how the sandbox should read a parameter of a documented type."""
    if set(declared) == {"Integer", "String"}:
        return Kind.CHAT
    if "InputFile" in declared:
        return Kind.FILE
    if declared[0] in ("Integer", "String", "Boolean", "Float"):
        return Kind({"Integer": "Integer", "String": "String"}.get(declared[0], declared[0]))
    return Kind.LIST if declared[0].startswith("Array of ") else Kind.OBJECT


async def everything_happens(telegram: TelegramServer) -> None:
    """Let people do all they can, in private and in a group."""
    ana = telegram.person(1001, "Ana")
    ben = telegram.person(1002, "Ben", language_code="")
    await ana.send("/start ex_bridge 😀 https://e.org @x_bot")
    await ana.share_location(52.5, 13.4)
    await ana.send_photo()
    await ana.send_photo(PICTURE)
    await ana.send_voice()
    await ana.send_file("a.yaml", b"key: a")
    await ana.send_sticker()
    team = telegram.group(-100500, "Team", members=[ana, ben])
    telegram.group(-1001234567890, "Club", members=[ben])
    message = await ben.send("/how hip", chat=team)
    await ana.send("/help", chat=team, reply_to=message.id)
    await ana.block()
    await ana.unblock()


async def test_updates_have_the_documented_form(telegram: TelegramServer, call: Call) -> None:
    """Whatever people do becomes an update of the documented form that the library reads whole."""
    await everything_happens(telegram)
    bot_message = await call("sendMessage", chat_id=1001, text="Ready?", reply_markup=CALLBACK)
    await telegram.person(1001, "Ana").tap("go", on=bot_message["message_id"])
    updates = await call("getUpdates")
    assert {kind for update in updates for kind in update} == {
        "update_id",
        "message",
        "my_chat_member",
        "callback_query",
    }
    for update in updates:
        assert_read_whole(ptb.Update, update)


def assert_read_whole(kind: type[ptb.TelegramObject], data: dict[str, Any]) -> None:
    """Assert that the library reads an object and knows every field in it."""
    parsed = kind.de_json(json.loads(json.dumps(data)), None)
    assert parsed is not None
    assert "api_kwargs" not in parsed.to_json()
    assert not left_over(parsed)


def left_over(parsed: Any) -> dict[str, Any]:
    """Return what the library did not recognise, anywhere in an object."""
    found = dict(parsed.api_kwargs)
    for name in getattr(parsed, "__slots__", ()):
        value = getattr(parsed, name, None)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, ptb.TelegramObject):
                found |= left_over(each)
    return found


async def test_sent_messages_have_the_documented_form(telegram: TelegramServer) -> None:
    """Each kind of message the bot can send or make by editing is read whole by the library."""
    await telegram.person(1001, "Ana").send("/start")
    bot = ptb.Bot(telegram.token, base_url=f"{telegram.url}/bot")
    buttons = ptb.InlineKeyboardMarkup(
        [
            [ptb.InlineKeyboardButton("Go", callback_data="go", style="primary")],
            [ptb.InlineKeyboardButton("Site", url="https://e.org")],
            [ptb.InlineKeyboardButton("Copy", copy_text=ptb.CopyTextButton("x"))],
        ]
    )
    async with bot:
        first = await bot.send_message(
            1001, "<b>a</b> <i>b</i>", parse_mode="HTML", reply_markup=buttons
        )
        await bot.send_message(
            1001, "x", reply_to_message_id=first.message_id, protect_content=True
        )
        photo = await bot.send_photo(1001, PICTURE, caption="c", has_spoiler=True)
        await bot.send_animation(1001, b"GIF89a\x04\0\x02\0" + bytes(9), filename="a.gif")
        await bot.send_document(1001, b"{}", filename="export.json", caption="yours")
        await bot.send_video(1001, b"....ftyp", filename="v.mp4", duration=3, width=4, height=5)
        await bot.send_audio(1001, b"ID3.", title="t", performer="p")
        await bot.send_voice(1001, b"OggS.", duration=2)
        await bot.send_sticker(1001, PICTURE)
        await bot.send_location(1001, 52.5, 13.4)
        await bot.edit_message_media(ptb.InputMediaPhoto(PICTURE), 1001, first.message_id)
        await bot.edit_message_caption(
            1001, photo.message_id, caption="d", show_caption_above_media=True
        )
        assert await bot.get_chat(1001)
        assert await bot.get_chat_member(1001, 1001)
    messages = telegram.world.messages(1001)
    assert len(messages) == 11
    for message in messages:
        assert not faults_of(message, "Message", "message")
        assert_read_whole(ptb.Message, message)


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        pytest.param({"message_id": "1"}, "message.message_id", id="wrong type"),
        pytest.param({"colour": 1}, "message.colour: unknown", id="unknown field"),
        pytest.param({"chat": {"id": 1}}, "message.chat.type: missing", id="missing field"),
        pytest.param({"photo": {}}, "message.photo", id="no array"),
        pytest.param({"date": True}, "message.date", id="a truth value is no number"),
    ],
)
def test_the_checker_finds_faults(broken: dict[str, Any], fault: str) -> None:
    """The check of forms that the tests rest on does find wrong forms."""
    chat = {"id": 1, "type": "private"}
    message = {"message_id": 1, "date": 1, "chat": chat} | broken
    assert any(line.startswith(fault) for line in faults_of(message, "Message", "message"))


async def test_unknown_methods_are_refused_and_recorded(
    telegram: TelegramServer, http: httpx.AsyncClient
) -> None:
    """A method the sandbox does not know is answered 404 and can fail a test afterwards."""
    answer = await http.post(f"/bot{telegram.token}/sendSmell", json={"chat_id": 1})
    assert (answer.status_code, answer.json()["description"]) == (404, "Not Found")
    assert telegram.unknown_methods == ["sendSmell"]


async def test_a_wrong_token_is_refused(http: httpx.AsyncClient) -> None:
    """Another token than the bot's is unauthorized, for methods and for files."""
    for address in ("/bot1:x/getMe", "/file/bot1:x/photos/file_1.jpg"):
        answer = await http.get(address)
        assert answer.status_code == 401
        assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


@pytest.mark.parametrize("spelling", ["getme", "GETME", "getMe"])
async def test_the_case_of_a_method_does_not_matter(call: Call, spelling: str) -> None:
    """Telegram finds a method whatever the case of its name."""
    assert re.fullmatch(r"\w+_bot", (await call(spelling))["username"])

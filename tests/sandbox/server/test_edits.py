"""Edits in place, with the refusals that bots must understand."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.images import png
from sandbox.multipart import Upload
from sandbox.server import TelegramServer
from tests.sandbox.server.conftest import Call, HandClock

GO = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
STOP = {"inline_keyboard": [[{"text": "Stop", "callback_data": "stop"}]]}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


@pytest.fixture
async def text(telegram: TelegramServer, call: Call) -> dict[str, Any]:
    """Where a text message of the bot with a keyboard is."""
    await telegram.person(1001, "Ana").send("/start")
    message = await call("sendMessage", chat_id=1001, text="one", reply_markup=GO)
    return {"chat_id": 1001, "message_id": message["message_id"]}


@pytest.fixture
async def photo(telegram: TelegramServer, call: Call) -> dict[str, Any]:
    """Where a photo of the bot with a caption and a keyboard is."""
    await telegram.person(1001, "Ana").send("/start")
    picture = first_picture(telegram)
    message = await call("sendPhoto", chat_id=1001, photo=picture, caption="one", reply_markup=GO)
    return {"chat_id": 1001, "message_id": message["message_id"]}


def first_picture(telegram: TelegramServer, colour: int = 1) -> str:
    """Return the id of a photo that the bot uploaded before."""
    upload = Upload("p.png", "image/png", png(9, 9, (colour, 2, 3)))
    return str(telegram.world.files.content("photo", upload, {})["photo"][0]["file_id"])


async def test_a_text_is_edited(
    telegram: TelegramServer, call: Call, text: dict[str, Any], clock: HandClock
) -> None:
    """An edit changes text and entities, says when, and drops a keyboard that is not repeated."""
    clock.advance(minutes=1)
    edited = await call("editMessageText", **text, text="<i>two</i>", parse_mode="HTML")
    assert (edited["text"], edited["entities"][0]["type"]) == ("two", "italic")
    assert edited["edit_date"] - edited["date"] == 60
    assert "reply_markup" not in edited
    screen = telegram.person(1001, "Ana").screen
    assert (screen.text, screen.edited, screen.id) == ("two", True, text["message_id"])


@pytest.mark.parametrize(
    ("method", "params"),
    [
        pytest.param("editMessageText", {"text": "one", "reply_markup": GO}, id="same text"),
        pytest.param(
            "editMessageText", {"text": " one\n", "reply_markup": GO}, id="same after trimming"
        ),
        pytest.param("editMessageReplyMarkup", {"reply_markup": GO}, id="same keyboard"),
    ],
)
async def test_an_edit_that_changes_nothing_is_refused(
    call: Call, text: dict[str, Any], method: str, params: dict[str, Any]
) -> None:
    """Telegram refuses an edit to what is there already, also the second time."""
    assert await call(method, **text, **params) == NOT_MODIFIED
    assert (await call("editMessageText", **text, text="two"))["text"] == "two"
    assert await call("editMessageText", **text, text="two") == NOT_MODIFIED


@pytest.mark.parametrize(
    "params",
    [
        pytest.param({"text": "one", "reply_markup": STOP}, id="keyboard"),
        pytest.param({"text": "one"}, id="keyboard removed"),
        pytest.param(
            {"text": "<b>one</b>", "parse_mode": "HTML", "reply_markup": GO}, id="entities"
        ),
    ],
)
async def test_a_small_change_is_a_change(
    call: Call, text: dict[str, Any], params: dict[str, Any]
) -> None:
    """An edit of the keyboard or of the formatting alone is taken."""
    assert "edit_date" in await call("editMessageText", **text, **params)


async def test_the_keyboard_alone_is_edited(call: Call, text: dict[str, Any]) -> None:
    """editMessageReplyMarkup leaves the text and changes or removes the keyboard."""
    edited = await call("editMessageReplyMarkup", **text, reply_markup=STOP)
    assert (edited["text"], edited["reply_markup"]) == ("one", STOP)
    assert "reply_markup" not in await call("editMessageReplyMarkup", **text)
    assert await call("editMessageReplyMarkup", **text) == NOT_MODIFIED


async def test_media_is_edited(telegram: TelegramServer, call: Call, photo: dict[str, Any]) -> None:
    """editMessageMedia puts another file and caption; the same file and caption change nothing."""
    media = {
        "type": "photo",
        "media": first_picture(telegram, 7),
        "caption": "<b>two</b>",
        "parse_mode": "HTML",
    }
    edited = await call("editMessageMedia", **photo, media=media, reply_markup=GO)
    assert edited["photo"][0]["file_id"] == media["media"]
    assert (edited["caption"], edited["caption_entities"][0]["type"]) == ("two", "bold")
    assert await call("editMessageMedia", **photo, media=media, reply_markup=GO) == NOT_MODIFIED
    bare = await call("editMessageMedia", **photo, media={"type": "photo", "media": media["media"]})
    assert "caption" not in bare


async def test_a_text_becomes_a_photo(
    telegram: TelegramServer, call: Call, text: dict[str, Any]
) -> None:
    """A text message can be turned into one with a photo; it has a caption from then on."""
    media = {"type": "photo", "media": first_picture(telegram), "caption": "two"}
    edited = await call("editMessageMedia", **text, media=media)
    assert "text" not in edited
    assert edited["caption"] == "two"
    refusal = await call("editMessageText", **text, text="three")
    assert refusal == "Bad Request: there is no text in the message to edit"


async def test_a_caption_is_edited(call: Call, photo: dict[str, Any]) -> None:
    """A caption can be changed and taken away."""
    assert (await call("editMessageCaption", **photo, caption="two"))["caption"] == "two"
    assert "caption" not in await call("editMessageCaption", **photo)


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        pytest.param(
            "editMessageText", {"text": "x" * 4097}, "message is too long", id="text too long"
        ),
        pytest.param("editMessageText", {"text": ""}, "message text is empty", id="text empty"),
        pytest.param(
            "editMessageText",
            {"text": "x", "message_id": 99},
            "message to edit not found",
            id="no such message",
        ),
        pytest.param(
            "editMessageText",
            {"text": "x", "message_id": 1},
            "message can't be edited",
            id="the person's own",
        ),
        pytest.param(
            "editMessageText", {"text": "x", "chat_id": 4711}, "chat not found", id="unknown chat"
        ),
        pytest.param(
            "editMessageText",
            {"text": "x", "reply_markup": {"keyboard": [["a"]]}},
            "inline keyboard expected",
            id="reply keyboard",
        ),
        pytest.param(
            "editMessageCaption",
            {"caption": "x"},
            "there is no caption in the message to edit",
            id="caption of a text",
        ),
        pytest.param(
            "editMessageCaption",
            {"caption": "x" * 1025},
            "message caption is too long",
            id="caption too long",
        ),
        pytest.param(
            "editMessageMedia",
            {"media": {"type": "photo", "media": "nonsense"}},
            "wrong file identifier/HTTP URL specified",
            id="no such file",
        ),
        pytest.param(
            "editMessageMedia",
            {"media": {"type": "photo", "media": "attach://x"}},
            "can't parse InputMedia: media not found",
            id="nothing attached",
        ),
        pytest.param(
            "editMessageMedia",
            {"media": {"type": "voice", "media": "x"}},
            'can\'t parse InputMedia: type "voice" is unsupported',
            id="kind of media",
        ),
    ],
)
async def test_edits_are_refused_in_telegrams_words(
    call: Call, text: dict[str, Any], method: str, params: dict[str, Any], words: str
) -> None:
    """What cannot be edited is refused with the words bots are told apart by."""
    assert await call(method, **text | params) == f"Bad Request: {words}"


async def test_the_message_must_be_named(call: Call) -> None:
    """An edit without a message's place is refused."""
    words = "Bad Request: message identifier is not specified"
    assert await call("editMessageText", text="x") == words

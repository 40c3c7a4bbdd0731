"""The request class: the library's bot unmodified, and errors that tell what became of a call."""

from __future__ import annotations

import asyncio
import traceback

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ApplicationBuilder

from bot.outgoing.faults import Flooded, MaybeSent, NotSent, ServerFault
from bot.outgoing.request import AiohttpRequest
from tests.outgoing.scripted import (
    MESSAGE,
    TOKEN,
    ScriptedApi,
    hangs_up,
    refuses,
    says,
    stays_silent,
    writes,
)

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Done", callback_data="d:1")]])


@pytest.fixture
def bot(api: ScriptedApi, request_class: AiohttpRequest) -> Bot:
    """Build the library's own bot on the request class."""
    return Bot(TOKEN, base_url=api.base.removesuffix(TOKEN), request=request_class)


async def test_builder_takes_it(api: ScriptedApi) -> None:
    """The library's application starts and stops on two of these requests."""
    api.script = [says({"id": 1, "is_bot": True, "first_name": "Limber", "username": "limber_bot"})]
    application = (
        ApplicationBuilder()
        .token(TOKEN)
        .base_url(api.base.removesuffix(TOKEN))
        .request(AiohttpRequest())
        .get_updates_request(AiohttpRequest(in_flight=1))
        .updater(None)
        .build()
    )
    await application.initialize()
    assert application.bot.username == "limber_bot"
    await application.shutdown()


async def test_text_goes_as_json(api: ScriptedApi, bot: Bot) -> None:
    """A call without files arrives with every parameter as the library writes it."""
    message = await bot.send_message(5, "ä <b>b</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    assert message.message_id == MESSAGE["message_id"]
    (method, given) = api.calls[0]
    assert method == "sendMessage"
    assert (given["chat_id"], given["text"], given["parse_mode"]) == ("5", "ä <b>b</b>", "HTML")
    assert '"callback_data": "d:1"' in given["reply_markup"]


async def test_files_go_as_a_form(api: ScriptedApi, bot: Bot) -> None:
    """A photo arrives byte for byte beside its parameters."""
    picture = bytes(range(256)) * 40
    await bot.send_photo(5, picture, caption="é", reply_markup=KEYBOARD)
    method, given = api.calls[0]
    assert (method, given["photo"], given["caption"]) == ("sendPhoto", picture, "é")
    assert given["chat_id"] == "5"


async def test_edited_media_is_attached(api: ScriptedApi, bot: Bot) -> None:
    """A new picture for an old message travels as the attachment its parameter names."""
    await bot.edit_message_media(InputMediaPhoto(b"png", caption="x"), chat_id=5, message_id=7)
    _, given = api.calls[0]
    assert b"png" in given.values()


@pytest.mark.parametrize(
    ("status", "description", "parameters", "error"),
    [
        pytest.param(400, "Bad Request: chat not found", {}, BadRequest, id="400"),
        pytest.param(401, "Unauthorized", {}, InvalidToken, id="401"),
        pytest.param(403, "Forbidden: bot was blocked by the user", {}, Forbidden, id="403"),
        pytest.param(404, "Not Found", {}, InvalidToken, id="404"),
        pytest.param(409, "Conflict: terminated", {}, Conflict, id="409"),
        pytest.param(429, "Too Many", {"retry_after": 3}, RetryAfter, id="429"),
        pytest.param(429, "Too Many", {"retry_after": 0}, Flooded, id="429 of no seconds"),
        pytest.param(429, "Too Many", {}, Flooded, id="429 without seconds"),
        pytest.param(400, "moved", {"migrate_to_chat_id": -9}, ChatMigrated, id="migrated"),
        pytest.param(500, "Internal Server Error", {}, ServerFault, id="500"),
        pytest.param(502, "Bad Gateway", {}, ServerFault, id="502"),
    ],
)
async def test_refusals(
    api: ScriptedApi,
    bot: Bot,
    status: int,
    description: str,
    parameters: dict[str, int],
    error: type[TelegramError],
) -> None:
    """A refusal becomes the error the library has for it."""
    api.script = [refuses(status, description, **parameters)]
    with pytest.raises(error):
        await bot.send_message(5, "x")
    assert len(api.calls) == 1


@pytest.mark.parametrize(
    ("text", "status", "error"),
    [
        pytest.param("<html>nginx</html>", 502, ServerFault, id="gateway page"),
        pytest.param("<html>", 413, NetworkError, id="page of a proxy"),
        pytest.param("{", 200, ServerFault, id="cut off"),
        pytest.param("[]", 200, ServerFault, id="no object"),
        pytest.param('{"ok":true}', 200, ServerFault, id="no result"),
        pytest.param("[" * 200_000, 200, ServerFault, id="nested without end"),
        pytest.param('{"ok": false, "error_code": 403}', 200, Forbidden, id="refusal as 200"),
        pytest.param('{"ok":false}', 200, ServerFault, id="nameless refusal as 200"),
    ],
)
async def test_unreadable_answers(
    api: ScriptedApi, bot: Bot, text: str, status: int, error: type[TelegramError]
) -> None:
    """An answer that is not the Bot API's is an error of the library, never a crash."""
    api.script = [writes(text, status)]
    with pytest.raises(error):
        await bot.send_message(5, "x")


async def test_seconds_of_a_flood(api: ScriptedApi, bot: Bot) -> None:
    """The wait the Bot API asks for arrives as it was told."""
    api.script = [refuses(429, "Too Many Requests", retry_after=17)]
    with pytest.raises(Flooded) as caught:
        await bot.send_message(5, "x")
    assert caught.value.seconds == caught.value.retry_after == 17


async def test_no_connection_is_not_sent(bot: Bot) -> None:
    """Where nobody listens the request surely was not sent."""
    deaf = Bot(TOKEN, base_url="http://127.0.0.1:9/bot", request=bot.request)
    with pytest.raises(NotSent):
        await deaf.send_message(5, "x")


@pytest.mark.parametrize("step", [hangs_up, stays_silent], ids=["connection lost", "no answer"])
async def test_unanswered_may_be_sent(api: ScriptedApi, bot: Bot, step: object) -> None:
    """A request that reached the server but got no answer may have been delivered."""
    api.script = [step]  # type: ignore[list-item]
    with pytest.raises(MaybeSent):
        await bot.send_message(5, "x")
    assert len(api.calls) == 1


async def test_lost_connection_hidden(api: ScriptedApi, bot: Bot) -> None:
    """A call that may be repeated survives a connection that goes away once."""
    api.script = [says(True), hangs_up, says(True)]
    assert await bot.answer_callback_query("1")
    assert await bot.answer_callback_query("2")
    assert [name for name, _ in api.calls] == ["answerCallbackQuery"] * 3


async def test_lost_twice_is_told(api: ScriptedApi, bot: Bot) -> None:
    """A connection that goes away again is an error even for a repeatable call."""
    api.script = [hangs_up, hangs_up]
    with pytest.raises(MaybeSent):
        await bot.get_me()


async def test_connections_are_kept(api: ScriptedApi, bot: Bot) -> None:
    """Calls one after the other share a connection."""
    for _ in range(5):
        await bot.send_message(5, "x")
    assert len(api.connections) == 1


async def test_in_flight_is_bounded(api: ScriptedApi) -> None:
    """No more than `in_flight` requests are under way at once; the rest wait and go through."""

    async def slow(request: object) -> object:
        await asyncio.sleep(0.01)
        return await says(True)(request)  # type: ignore[arg-type]

    api.script = [slow] * 20  # type: ignore[list-item]
    async with AiohttpRequest(in_flight=3) as request:
        await asyncio.gather(*(request.call(f"{api.base}/x", {}) for _ in range(20)))
    assert api.most_together == 3
    assert len(api.calls) == 20


async def test_no_slot_is_not_sent(api: ScriptedApi) -> None:
    """A request that finds no free slot in time was surely not sent, and a slot comes back."""
    api.script = [stays_silent]
    async with AiohttpRequest(in_flight=1, pool_timeout=0.05, read_timeout=0.3) as request:
        first = asyncio.create_task(request.call(f"{api.base}/sendMessage", {}))
        await asyncio.sleep(0.01)
        with pytest.raises(NotSent):
            await request.call(f"{api.base}/sendMessage", {})
        with pytest.raises(MaybeSent):
            await first
        assert await request.call(f"{api.base}/sendMessage", {}) == MESSAGE


async def test_cancelled_call_frees_its_slot(api: ScriptedApi) -> None:
    """Breaking a call off leaves the slot to the next."""
    api.script = [stays_silent]
    async with AiohttpRequest(in_flight=1) as request:
        call = asyncio.create_task(request.call(f"{api.base}/getUpdates", {}))
        await asyncio.sleep(0.05)
        call.cancel()
        assert await request.call(f"{api.base}/getMe", {}) == MESSAGE


async def test_raw_call(api: ScriptedApi, request_class: AiohttpRequest) -> None:
    """A raw call writes its parameters as the library does and returns the bare result."""
    api.script = [says([{"update_id": 1}])]
    result = await request_class.call(f"{api.base}/getUpdates", {"offset": 3, "kinds": ["a"]})
    assert result == [{"update_id": 1}]
    assert api.calls == [("getUpdates", {"offset": "3", "kinds": '["a"]'})]


@pytest.mark.parametrize(
    ("base", "script"),
    [
        pytest.param("http://127.0.0.1:9", [], id="no connection"),
        pytest.param("http://127.0.0.1:99999", [], id="no valid address"),
        pytest.param("http://[::bad", [], id="no address at all"),
        pytest.param(None, [hangs_up, hangs_up], id="connection lost"),
        pytest.param(None, [stays_silent], id="no answer"),
        pytest.param(None, [writes(f"no /bot{TOKEN}/getMe here", 404)], id="page with the path"),
        pytest.param(None, [refuses(400, f"bad /bot{TOKEN}/getMe")], id="refusal with the path"),
        pytest.param(None, [writes(TOKEN)], id="garbage with the token"),
    ],
)
async def test_token_in_no_error(
    api: ScriptedApi, request_class: AiohttpRequest, base: str | None, script: list[object]
) -> None:
    """Neither an error, nor what caused it, nor its printed traceback shows the token."""
    api.script = script  # type: ignore[assignment]
    url = api.base if base is None else f"{base}/bot{TOKEN}"
    with pytest.raises(TelegramError) as caught:
        await request_class.call(f"{url}/getMe", {})
    printed = "".join(traceback.format_exception(caught.value))
    assert TOKEN not in printed
    assert TOKEN not in repr(caught.value.__context__)

"""Inline mode: what a person asks from any chat, what a bot may offer, and what is sent."""

from __future__ import annotations

import asyncio

import httpx
import pytest
import telegram as ptb

from sandbox.images import png
from sandbox.person import Person
from sandbox.server import TelegramServer
from tests.sandbox.server.conftest import Call, HandClock
from tests.sandbox.server.forms import faults_of
from tests.sandbox.server.inline_bot import KEYS, answered, article, newest
from tests.sandbox.server.test_control import listening, post
from tests.sandbox.server.test_types import assert_read_whole

OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
async def ana(telegram: TelegramServer, call: Call) -> Person:
    """Ana, whose start the bot has read."""
    person = telegram.person(1001, "Ana")
    await person.send("/start")
    await call("getUpdates", offset=-1)
    return person


@pytest.mark.parametrize(
    ("group", "kind"),
    [
        pytest.param(None, "sender", id="to the bot"),
        pytest.param(-7, "group", id="group"),
        pytest.param(-1001234567890, "supergroup", id="supergroup"),
    ],
)
async def test_a_query_becomes_an_update(
    telegram: TelegramServer, call: Call, ana: Person, group: int | None, kind: str
) -> None:
    """The bot is told who asks what, from where, and from which result on."""
    chat = telegram.group(group, "Team", members=[ana]) if group else None
    asking = asyncio.create_task(ana.inline("bird dog", chat=chat, offset="20"))
    await asyncio.sleep(0)
    update = await newest(call)
    asking.cancel()
    query = update["inline_query"]
    assert (query["query"], query["offset"], query["chat_type"]) == ("bird dog", "20", kind)
    assert query["from"]["id"] == 1001
    assert_read_whole(ptb.Update, update)
    assert not faults_of(update, "Update", "update")


async def test_an_article_is_seen_and_sent(call: Call, ana: Person) -> None:
    """A result shows title and description; chosen, its text is the person's, through the bot."""
    offered = await answered(call, ana, results=[article(text="<b>Bird</b> dog")])
    (result,) = offered
    assert (result.title, result.description, result.text) == ("Bird dog", "Hold 5 s", "Bird dog")
    assert (result.photo, result.shows, offered.button, offered.next_offset) == (None,) * 3 + ("",)
    message = await ana.choose(result)
    assert message.entities == [{"type": "bold", "offset": 0, "length": 4}]
    assert not message.from_bot
    update = await newest(call)
    assert update["message"]["via_bot"]["username"] == "limber_sandbox_bot"
    assert update["message"]["from"]["id"] == 1001
    assert_read_whole(ptb.Update, update)


async def test_a_photo_is_sent_with_its_caption(
    telegram: TelegramServer, http: httpx.AsyncClient, call: Call, ana: Person
) -> None:
    """A photo known by its id is sent with caption and buttons, or a text in its place."""
    files = {"photo": png(40, 30, (1, 2, 3))}
    address = f"/bot{telegram.token}/sendPhoto?chat_id=1001"
    sent = (await http.post(address, files=files)).json()["result"]
    file = sent["photo"][-1]["file_id"]
    photo = {"type": "photo", "photo_file_id": file, "caption": "<i>Bird</i>", "parse_mode": "HTML"}
    words = {"input_message_content": {"message_text": "Only words"}}
    results = [photo | {"id": "a", "reply_markup": KEYS}, photo | {"id": "b"} | words]
    first, second = await answered(call, ana, results=results)
    assert (first.text, first.photo, first.shows) == ("Bird", file, file)
    assert first.buttons == [[("Done", "done")]]
    assert (second.text, second.photo, second.shows) == ("Only words", None, file)
    message = await ana.choose(first)
    assert (message.text, message.photo, message.buttons) == ("Bird", file, first.buttons)
    assert not faults_of(message.raw, "Message", "message")


async def test_a_query_is_answered_once_and_in_time(
    call: Call, ana: Person, clock: HandClock
) -> None:
    """An unknown query, one that was answered, and one of eleven seconds ago are too old."""
    assert await call("answerInlineQuery", inline_query_id="1", results=[]) == OLD
    (result,) = await answered(call, ana, results=[article()])
    again = await call("answerInlineQuery", inline_query_id=result.query, results=[])
    assert again == OLD
    asking = asyncio.create_task(ana.inline("cat"))
    await asyncio.sleep(0)
    query = (await newest(call))["inline_query"]["id"]
    clock.advance(seconds=11)
    assert await call("answerInlineQuery", inline_query_id=query, results=[]) == OLD
    assert await call("answerCallbackQuery", callback_query_id=query) == OLD
    asking.cancel()


async def test_silence_is_noticed(call: Call, ana: Person) -> None:
    """A bot that does not answer, or does not want inline queries, fails the test that waits."""
    await call("getUpdates", allowed_updates=["message"])
    with pytest.raises(AssertionError, match=r"not answered within 0.05 s; the bot wants \['mess"):
        await ana.inline("dog", timeout=0.05)
    assert "inline_query" not in await newest(call)


async def heard(call: Call, asker: Person, words: str) -> bool:
    """Tell whether the bot is asked when somebody types these words."""
    before = await newest(call)
    asking = asyncio.create_task(asker.inline(words))
    await asyncio.sleep(0)
    asking.cancel()
    return await newest(call) != before


async def test_answers_are_kept_as_long_as_the_bot_says(
    telegram: TelegramServer, call: Call, ana: Person, clock: HandClock
) -> None:
    """The same words are answered again without the bot, for everybody, until the time is up."""
    ben = telegram.person(1002, "Ben")
    await answered(call, ana, results=[article()], cache_time=60)
    assert not await heard(call, ben, " dog ")
    (known,) = await ben.inline("dog")
    assert (await ben.choose(known)).raw["from"]["id"] == 1002
    assert await heard(call, ben, "cat")
    clock.advance(seconds=60)
    assert await heard(call, ben, "dog")


async def test_a_personal_answer_is_kept_for_its_asker(
    telegram: TelegramServer, call: Call, ana: Person
) -> None:
    """What may differ between people is not shown to another one."""
    await answered(call, ana, results=[article()], is_personal=True)
    assert not await heard(call, ana, "dog")
    assert await heard(call, telegram.person(1002, "Ben"), "dog")


async def test_nothing_is_kept_for_no_time(call: Call, ana: Person) -> None:
    """A cache time of zero asks the bot each time."""
    await answered(call, ana, results=[article()], cache_time=0)
    assert await heard(call, ana, "dog")


async def test_a_result_is_sent_to_a_group(
    telegram: TelegramServer, call: Call, ana: Person
) -> None:
    """In a group the bot sees what was sent through it."""
    team = telegram.group(-7, "Team", members=[ana])
    (result,) = await answered(call, ana, results=[article()])
    await ana.choose(result, chat=team)
    assert team.messages[-1].text == "Bird dog"
    assert (await newest(call))["message"]["chat"]["id"] == -7


async def test_a_choice_is_told_to_a_bot_that_asked(call: Call, ana: Person) -> None:
    """The choice is an update only for a bot that asked for that kind."""
    (result,) = await answered(call, ana, results=[article()])
    await ana.choose(result)
    assert "message" in await newest(call)
    await call("getUpdates", allowed_updates=["message", "chosen_inline_result"])
    await ana.choose(result)
    update = await newest(call)
    assert update["chosen_inline_result"] == {
        "result_id": "1",
        "from": {"id": 1001, "is_bot": False, "first_name": "Ana", "language_code": "en"},
        "query": "dog",
    }
    assert_read_whole(ptb.Update, update)


async def test_buttons_of_an_inline_message(call: Call, ana: Person) -> None:
    """A tap under such a message names it by its inline id alone, by which it can be edited."""
    kinds = ["inline_query", "chosen_inline_result", "callback_query"]
    await call("getUpdates", allowed_updates=kinds)
    (result,) = await answered(call, ana, results=[article(reply_markup=KEYS)])
    message = await ana.choose(result)
    identity = (await newest(call))["chosen_inline_result"]["inline_message_id"]
    tap = await ana.tap("done")
    update = await newest(call)
    assert update["callback_query"]["inline_message_id"] == identity
    assert "message" not in update["callback_query"]
    assert_read_whole(ptb.Update, update)
    assert await call("answerCallbackQuery", callback_query_id=tap.query, text="Well done")
    assert (await tap.answer()).text == "Well done"
    edit = {"inline_message_id": identity, "text": "Bird dog, done"}
    assert await call("editMessageText", **edit) is True
    assert ana.messages[-1].id == message.id
    assert (ana.messages[-1].text, ana.messages[-1].buttons) == ("Bird dog, done", [])
    assert "not modified" in await call("editMessageText", **edit)


@pytest.mark.parametrize("identity", ["x", "é", "MTAwMS8x", "MTAwMS85OTk", "eC94"])
async def test_unknown_inline_messages_are_refused(call: Call, ana: Person, identity: str) -> None:
    """An id of no message, or of one that was not sent through the bot, cannot be edited."""
    words = await call("editMessageText", inline_message_id=identity, text="x")
    assert words == "Bad Request: invalid inline message identifier specified"
    assert len(ana.messages) == 1


async def test_the_page_asks_and_chooses(http: httpx.AsyncClient, call: Call, ana: Person) -> None:
    """The page is told the answer as it comes, or at once where it is kept; one choice sends it."""
    async with listening(http, 1001) as events:
        asked = await post(http, "chat/1001/inline", query="dog")
        assert asked["answer"] is None
        query = (await newest(call))["inline_query"]["id"]
        await call("answerInlineQuery", inline_query_id=query, results=[article()])
        kind, answer = await anext(events)
        assert (kind, answer["inline_query_id"]) == ("inline", asked["inline_query_id"])
        assert answer["results"][0]["title"] == "Bird dog"
        assert (await post(http, "chat/1001/inline", query="dog"))["answer"] == answer
        first = ana.messages[0].id
        choice = {"inline_query_id": query, "result_id": "1", "reply_to": first}
        await post(http, "chat/1001/choose", **choice)
        kind, message = await anext(events)
        assert (kind, message["out"], message["text"]) == ("message", True, "Bird dog")
        assert message["reply_to_message"]["message_id"] == first
    wrong = await http.post("/sandbox/chat/1001/choose", json=choice | {"result_id": "2"})
    assert (wrong.status_code, wrong.json()["reason"]) == (400, "Bad Request: RESULT_ID_INVALID")


async def test_get_me_says_so(call: Call) -> None:
    """The bot learns that inline mode is switched on."""
    assert (await call("getMe"))["supports_inline_queries"] is True


async def test_a_copy_is_the_bots_own(call: Call, ana: Person) -> None:
    """What the bot copies was not sent through it."""
    (result,) = await answered(call, ana, results=[article()])
    message = await ana.choose(result)
    await call("copyMessage", chat_id=1001, from_chat_id=1001, message_id=message.id)
    assert "via_bot" not in ana.screen.raw

"""What a bot may not offer in answer to an inline query, and Telegram's words for it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from sandbox.person import Person
from sandbox.server import TelegramServer
from tests.sandbox.server.conftest import Call
from tests.sandbox.server.inline_bot import answered, article, keys, newest

PARSE = "can't parse inline query result: "
BUTTON = "can't parse inline query results button: "


@pytest.fixture
def ana(telegram: TelegramServer) -> Person:
    """Ana, who asks."""
    return telegram.person(1001, "Ana")


async def refusal(call: Call, ana: Person, **answer: Any) -> str:
    """Let Ana ask and return the words with which the bot's answer is refused."""
    asking = asyncio.create_task(ana.inline("dog"))
    await asyncio.sleep(0)
    query = (await newest(call))["inline_query"]
    words: str = await call("answerInlineQuery", inline_query_id=query["id"], **answer)
    asking.cancel()
    return words.removeprefix("Bad Request: ")


@pytest.mark.parametrize(
    ("results", "words"),
    [
        pytest.param(
            [article(str(number)) for number in range(51)],
            "too many inline query results specified",
            id="51 results",
        ),
        pytest.param([article(), article()], "RESULT_ID_DUPLICATE", id="same id"),
        pytest.param([article("")], "RESULT_ID_EMPTY", id="empty id"),
        pytest.param([article("é" * 33)], "RESULT_ID_INVALID", id="66 bytes of id"),
        pytest.param(["x"], PARSE + "Inline query result must be an object", id="no object"),
        pytest.param([{"id": "1"}], PARSE + 'Can\'t find field "type"', id="no type"),
        pytest.param([{"type": "article"}], PARSE + 'Can\'t find field "id"', id="no id"),
        pytest.param(
            [article(type="game")],
            PARSE + 'type "game" is unsupported for the inline query result',
            id="other type",
        ),
        pytest.param([article(title="")], "ARTICLE_TITLE_EMPTY", id="no title"),
        pytest.param(
            [article(input_message_content=None)],
            PARSE + 'Can\'t find field "message_text"',
            id="article without content",
        ),
        pytest.param(
            [article(input_message_content={"phone_number": "1"})],
            PARSE + "Input message content is not specified",
            id="content of another kind",
        ),
        pytest.param(
            [article(text="<b>Bird")],
            PARSE + "Can't parse entities: Can't find end tag corresponding to start tag \"b\"",
            id="open tag",
        ),
        pytest.param([article(text="x" * 4097)], "message is too long", id="long text"),
        pytest.param([article(text="<b> </b>")], "text must be non-empty", id="blank text"),
        pytest.param(
            [article(reply_markup={"keyboard": [["Go"]]})],
            "inline keyboard expected",
            id="reply keyboard",
        ),
        pytest.param(
            [article(reply_markup=keys(callback_data="y" * 65))],
            "BUTTON_DATA_INVALID",
            id="65 bytes of data",
        ),
        pytest.param(
            [article(reply_markup=keys())],
            PARSE
            + "Can't parse inline keyboard button: "
            + "Text buttons are unallowed in the inline keyboard",
            id="button without action",
        ),
        pytest.param(
            [{"type": "photo", "id": "1"}],
            PARSE + 'Can\'t find field "photo_file_id"',
            id="photo without file",
        ),
        pytest.param(
            [{"type": "photo", "id": "1", "photo_file_id": "x"}],
            "wrong file identifier/HTTP URL specified",
            id="unknown file",
        ),
        pytest.param(
            [{"type": "photo", "id": "1", "photo_url": "https://e.org/a.jpg"}],
            "failed to get HTTP URL content",
            id="photo by address",
        ),
        pytest.param(
            [{"type": "photo", "id": "1", "photo_file_id": "x", "caption": "x" * 1025}],
            "message caption is too long",
            id="long caption",
        ),
    ],
)
async def test_wrong_results_are_refused(
    call: Call, ana: Person, results: list[Any], words: str
) -> None:
    """What Telegram would not offer is refused in its words."""
    assert await refusal(call, ana, results=results) == words


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param({"next_offset": "é" * 33}, "NEXT_OFFSET_INVALID", id="66 bytes of offset"),
        pytest.param(
            {"button": {"start_parameter": "x"}},
            BUTTON + 'Can\'t find field "text"',
            id="button without words",
        ),
        pytest.param(
            {"button": {"text": 1, "start_parameter": "x"}},
            BUTTON + 'Field "text" must be of type String',
            id="button's words a number",
        ),
        pytest.param(
            {"button": {"text": "Open"}},
            BUTTON + "InlineQueryResultsButton must have exactly one optional field",
            id="button without action",
        ),
        pytest.param(
            {"button": {"text": "Open", "start_parameter": ""}},
            "can't use empty start_parameter",
            id="empty parameter",
        ),
        pytest.param(
            {"button": {"text": "Open", "start_parameter": "x" * 65}},
            "too long start_parameter specified",
            id="long parameter",
        ),
        pytest.param(
            {"button": {"text": "Open", "start_parameter": "a b"}},
            "unallowed characters in start_parameter are used",
            id="parameter with a space",
        ),
    ],
)
async def test_wrong_answers_are_refused(
    call: Call, ana: Person, answer: dict[str, Any], words: str
) -> None:
    """The button and the next offset have their limits too."""
    assert await refusal(call, ana, results=[], **answer) == words


async def test_answers_at_the_limits_are_taken(call: Call, ana: Person) -> None:
    """50 results, ids and offsets of 64 bytes and a parameter of 64 characters fit."""
    results = [article(f"{number:02}" + "é" * 31) for number in range(50)]
    button = {"text": "Open", "start_parameter": "x" * 64}
    offered = await answered(call, ana, results=results, next_offset="é" * 32, button=button)
    assert [result.id for result in offered] == [result["id"] for result in results]
    assert (offered.next_offset, offered.button) == ("é" * 32, button)

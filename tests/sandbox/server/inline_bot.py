"""A bot that answers inline queries, one call at a time."""

from __future__ import annotations

import asyncio
from typing import Any

from sandbox.person import Person
from sandbox.results import Results
from tests.sandbox.server.conftest import Call


def keys(**action: Any) -> dict[str, Any]:
    """Return a keyboard of one button."""
    return {"inline_keyboard": [[{"text": "Done"} | action]]}


KEYS = keys(callback_data="done")


def article(number: str = "1", text: str = "Bird dog", **more: Any) -> dict[str, Any]:
    """Return an article."""
    content = {"message_text": text, "parse_mode": "HTML"}
    fields = {"title": "Bird dog", "description": "Hold 5 s", "input_message_content": content}
    return {"type": "article", "id": number} | fields | more


async def newest(call: Call) -> dict[str, Any]:
    """Return the newest update."""
    update: dict[str, Any] = (await call("getUpdates", offset=-1))[-1]
    return update


async def answered(call: Call, ana: Person, words: str = "dog", **answer: Any) -> Results:
    """Let Ana ask and the bot answer; return what she sees."""
    asking = asyncio.create_task(ana.inline(words))
    await asyncio.sleep(0)
    query = (await newest(call))["inline_query"]
    assert await call("answerInlineQuery", inline_query_id=query["id"], **answer) is True
    return await asking

"""Inline mode as people use it: they ask the bot from any chat and send what it offers."""

from __future__ import annotations

import json

from sandbox import acts
from sandbox.errors import RESULT_ID
from sandbox.inline_ids import inline_id
from sandbox.store import Json
from sandbox.world import World

QUERY_LENGTH = 256


def ask(world: World, person: int, chat: int, words: str, offset: str = "") -> str:
    """Type "@bot words" in a chat and return the id of the query.

    What the bot allowed to be kept answers the same words again: then the id is that of the older
    query, and the bot hears nothing, just as with Telegram.
    """
    words = words[:QUERY_LENGTH]
    place = "sender" if chat == person else str(world.chat(chat)["type"])
    if known := kept(world, person, place, words, offset):
        return known
    query = {"query": words, "offset": offset, "chat_type": place}
    with world.together():
        number = str((person << 32) + world.store.count("query"))
        head = {"person": person, "at": world.now(), "answer": None}
        world.inline_queries[number] = query | head
        world.deliver("inline_query", {"id": number, "from": world.user(person)} | query)
    return number


def keep(world: World, number: str, personal: bool, seconds: int) -> None:
    """Let a query's answer serve the same words for so long: to everybody, or its asker alone."""
    asked = world.inline_queries[number]
    key = key_of(asked["person"] if personal else None, **words_of(asked))
    world.inline_kept[key] = {"query": number, "until": world.now() + seconds}


def kept(world: World, person: int, place: str, words: str, offset: str) -> str | None:
    """Return the query whose answer still serves a person's words, or None."""
    for whose in (person, None):
        found = world.inline_kept.get(key_of(whose, place, words, offset))
        if found and world.now() < found["until"]:
            return str(found["query"])
    return None


def words_of(asked: Json) -> dict[str, str]:
    """Return what makes two queries the same."""
    return {"place": asked["chat_type"], "words": asked["query"], "offset": asked["offset"]}


def key_of(person: int | None, place: str, words: str, offset: str) -> str:
    """Return under what an answer is kept; send_inline_query of tdlib/td trims the words too."""
    return json.dumps([person, place, words.strip(), offset])


def shown(world: World, number: str) -> Json | None:
    """Return the answer to a query as the page wants it, or None while there is none."""
    answer: Json | None = world.inline_queries[number]["answer"]
    return answer and {"inline_query_id": number} | answer


def choose(
    world: World, person: int, chat: int, number: str, result: str, reply_to: int | None = None
) -> Json:
    """Send a result as the person's own message, tell the bot of the choice, return the message."""
    asked = world.inline_queries.get(number) or {}
    results = (asked.get("answer") or {}).get("results", [])
    content = next((each["content"] for each in results if each["id"] == result), None)
    if content is None:
        raise RESULT_ID
    with world.together():
        message = acts.write(world, person, chat, content | {"via_bot": world.bot}, reply_to)
        named = {"inline_message_id": inline_id(message)} if "reply_markup" in content else {}
        chosen = {"result_id": result, "from": world.user(person), "query": asked["query"]}
        world.deliver("chosen_inline_result", chosen | named)
    return message

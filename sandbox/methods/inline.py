"""The answer to an inline query."""

from __future__ import annotations

import re
from typing import Any

from sandbox import inline
from sandbox.errors import NEXT_OFFSET, OLD_QUERY, Refusal, bad
from sandbox.offers import offers
from sandbox.parameters import Given, Kind, method
from sandbox.store import Json
from sandbox.world import World

# How long a query can be answered, in seconds of the sandbox's clock. Telegram names no figure;
# a bot that took 10.3 was too late (eternnoir/pyTelegramBotAPI, issue 270).
QUERY_LIFETIME = 10
KEPT_SECONDS = 300
LONGEST_KEPT = 86_400
OFFSET_BYTES = 64
PARAMETER_LENGTH = 64
PARAMETER = re.compile(r"[A-Za-z0-9_-]+")


@method(
    "answerInlineQuery",
    inline_query_id=Kind.TEXT,
    results=Kind.LIST,
    cache_time=Kind.INTEGER,
    is_personal=Kind.FLAG,
    next_offset=Kind.TEXT,
    button=Kind.OBJECT,
)
def answer_inline_query(world: World, given: Given) -> bool:
    """Answer an inline query, once and in time; the person's page shows the results."""
    answer: Json = {"button": button_of(given.get("button"))}
    answer["results"] = offers(world, given.get("results") or [])
    answer["next_offset"] = given.text("next_offset")
    if len(answer["next_offset"].encode()) > OFFSET_BYTES:
        raise NEXT_OFFSET
    number = given.text("inline_query_id")
    asked = world.inline_queries.get(number)
    if asked is None or asked["answer"] or world.now() - asked["at"] > QUERY_LIFETIME:
        raise OLD_QUERY
    world.inline_queries[number] = asked | {"answer": answer}
    seconds = min(max(given.integer("cache_time", KEPT_SECONDS), 0), LONGEST_KEPT)
    inline.keep(world, number, given.flag("is_personal"), seconds)
    world.events.publish(asked["person"], "inline", inline.shown(world, number))
    return True


def button_of(given: Json | None) -> Json | None:
    """Return the button above the results with what it does, or refuse it."""
    if given is None:
        return None
    text = string(given, "text")
    if "start_parameter" in given:
        parameter = string(given, "start_parameter")
        check_parameter(parameter)
        return {"text": text, "start_parameter": parameter}
    if isinstance(given.get("web_app"), dict):
        return {"text": text, "web_app": {"url": string(given["web_app"], "url")}}
    raise unreadable("InlineQueryResultsButton must have exactly one optional field")


def check_parameter(parameter: str) -> None:
    """Refuse what cannot follow /start."""
    if not parameter:
        raise bad("can't use empty start_parameter")
    if len(parameter) > PARAMETER_LENGTH:
        raise bad("too long start_parameter specified")
    if not PARAMETER.fullmatch(parameter):
        raise bad("unallowed characters in start_parameter are used")


def string(given: Json, name: str) -> str:
    """Return a text field of the button."""
    value: Any = given.get(name)
    if value is None:
        raise unreadable(f'Can\'t find field "{name}"')
    if not isinstance(value, str):
        raise unreadable(f'Field "{name}" must be of type String')
    return value


def unreadable(words: str) -> Refusal:
    """Return the refusal of a button whose form is wrong."""
    return bad(f"can't parse inline query results button: {words}")

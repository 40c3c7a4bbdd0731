"""What a bot may offer in answer to an inline query, checked as Telegram checks it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sandbox.checks import caption, inline_keyboard, message_text
from sandbox.errors import (
    MANY_RESULTS,
    NO_RESULT_ID,
    RESULT_ID,
    SAME_RESULT_ID,
    UNTITLED_ARTICLE,
    Refusal,
    bad,
)
from sandbox.parameters import Given, Kind, typed
from sandbox.store import Json
from sandbox.world import World

MOST = 50
ID_BYTES = 64
PARSING = "Bad Request: can't parse "

TEXT = {"text": Kind.TEXT, "parse_mode": Kind.TEXT, "entities": Kind.LIST}
RESULT = {
    "type": Kind.TEXT,
    "id": Kind.TEXT,
    "title": Kind.TEXT,
    "description": Kind.TEXT,
    "photo_file_id": Kind.TEXT,
    "photo_url": Kind.TEXT,
    "caption": Kind.TEXT,
    "parse_mode": Kind.TEXT,
    "caption_entities": Kind.LIST,
    "show_caption_above_media": Kind.FLAG,
    "input_message_content": Kind.OBJECT,
    "reply_markup": Kind.OBJECT,
}


def unreadable(words: str) -> Refusal:
    """Return the refusal of a result whose form is wrong."""
    return bad(f"can't parse inline query result: {words}")


def offers(world: World, given: list[Any]) -> list[Json]:
    """Return the results of an answer as they are kept, or refuse them.

    Each has `id`, `type`, `title`, `description`, the `content` of the message it would become, and
    `photo` where it shows one.
    """
    if len(given) > MOST:
        raise MANY_RESULTS
    results = [offer(world, each) for each in given]
    check_ids([result["id"] for result in results])
    return results


def check_ids(ids: list[str]) -> None:
    """Refuse ids that are empty, too long or not each its own."""
    if "" in ids:
        raise NO_RESULT_ID
    if any(len(each.encode()) > ID_BYTES for each in ids):
        raise RESULT_ID
    if len(set(ids)) < len(ids):
        raise SAME_RESULT_ID


def offer(world: World, raw: Any) -> Json:
    """Return one result, or refuse it."""
    if not isinstance(raw, dict):
        raise unreadable("Inline query result must be an object")
    for field in ("type", "id"):
        if field not in raw:
            raise unreadable(f'Can\'t find field "{field}"')
    return built(world, Given(typed({k: v for k, v in raw.items() if v is not None}, RESULT)))


@contextmanager
def inside() -> Iterator[None]:
    """Say of a part that cannot be parsed that it is a result's; Telegram names both."""
    try:
        yield
    except Refusal as refusal:
        if not refusal.description.startswith(PARSING):
            raise
        raise unreadable("Can't parse " + refusal.description.removeprefix(PARSING)) from None


def built(world: World, given: Given) -> Json:
    """Return a result from its typed fields."""
    kinds = {"article": article, "photo": photo}
    kind = given.text("type").lower()
    if kind not in kinds:
        raise unreadable(f'type "{kind}" is unsupported for the inline query result')
    with inside():
        keyboard = inline_keyboard(given.get("reply_markup"))
    shown, content = kinds[kind](world, given)
    head = {"type": kind, **{name: given.text(name) for name in ("id", "title", "description")}}
    return head | shown | {"content": content | ({"reply_markup": keyboard} if keyboard else {})}


def article(world: World, given: Given) -> tuple[Json, Json]:
    """Return what an article shows, and the text that is sent in its place."""
    content = given.get("input_message_content")
    if content is None:
        raise unreadable('Can\'t find field "message_text"')  # [api] the older form's field
    text = text_of(content)
    if text is None:
        raise unreadable("Input message content is not specified")
    if not given.text("title"):
        raise UNTITLED_ARTICLE
    return {}, text


def photo(world: World, given: Given) -> tuple[Json, Json]:
    """Return the photo that is shown, and what is sent: itself with a caption, or a text."""
    file = given.text("photo_url") or given.text("photo_file_id")
    if not file:
        raise unreadable('Can\'t find field "photo_file_id"')
    mode = given.text("parse_mode")
    with inside():
        words = caption(given.text("caption"), mode, given.get("caption_entities"))
    above = {"show_caption_above_media": True} if given.flag("show_caption_above_media") else {}
    shown = world.files.content("photo", file, {})
    text = text_of(given.get("input_message_content") or {})
    return shown, text or shown | words | above


def text_of(content: Json) -> Json | None:
    """Return the text fields of an InputTextMessageContent; the sandbox has no other content."""
    if not content.get("message_text"):
        return None
    fields = content | {"text": content["message_text"]}
    typed_fields = typed({k: v for k, v in fields.items() if v is not None}, TEXT)
    with inside():
        return message_text(Given(typed_fields))

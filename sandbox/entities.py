"""Turns what a sender typed into a message's text and entities, as Telegram stores them."""

from __future__ import annotations

import re
from typing import Any

from sandbox.errors import LONG_RAW_TEXT, PARSE_MODE, bad
from sandbox.html import parse_html
from sandbox.html_parts import units
from sandbox.store import Json

RAW_BYTES = 1 << 15
# What the client library turns into spaces or drops: clean_input_string of misc.cpp (tdlib/td).
CLEANED = dict.fromkeys([*range(10), 11, 12, *range(14, 32)], " ")
CLEANED |= {13: "", **dict.fromkeys([*range(8232, 8239), 819, 831, 778], "")}

ORDER = ["blockquote", "expandable_blockquote", "text_link", "bold", "italic", "underline"]
JOINED = {"bold", "italic", "underline", "strikethrough", "spoiler"}
# Nothing is found by itself inside these.
CLOSED = {"code", "pre", "text_link", "text_mention", "date_time", "custom_emoji"}
KNOWN = {*ORDER, *JOINED, *CLOSED, "url", "email", "mention", "bot_command", "hashtag"}

TOP_LEVEL = "com|org|net|io|me|dev|app|info|eu|de|fr|es|uk|us|ru|br|it|nl|pl|pt|ch|at|se|no"
AUTOMATIC = [
    (
        "url",
        re.compile(
            rf"(?<![\w@./])(?:https?://[^\s<>\"]+|(?:[a-z0-9-]+\.)+(?:{TOP_LEVEL})\b(?:[/?#][^\s<>\"]*)?)",
            re.IGNORECASE,
        ),
    ),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}\b", re.IGNORECASE)),
    ("mention", re.compile(r"(?<!\w)@[a-zA-Z0-9_]{2,32}(?!\w)")),
    # match_bot_commands of MessageEntity.cpp (tdlib/td)
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>@])"),
    ),
    ("hashtag", re.compile(r"(?<!\w)#\w*[^\W\d]\w*")),
]


def formatted(text: str, parse_mode: str, given: list[Any] | None) -> tuple[str, list[Json]]:
    """Return the text and the entities of what a bot or a person sent.

    `parse_mode` is HTML or nothing; the sandbox has no Markdown. `given` are entities in the form
    of the Bot API, used where there is no parse mode. The text may come back empty.
    """
    if len(text.encode()) > RAW_BYTES:
        raise LONG_RAW_TEXT
    mode = parse_mode.lower()
    if mode not in ("", "none", "html"):
        raise PARSE_MODE
    entities = [checked(entity) for entity in given or []]
    if mode == "html" and text:
        text, entities = parse_html(text)
    text, entities = cleaned(text, entities)
    return text, merged(entities, automatic(text, entities))


def checked(entity: Any) -> Json:
    """Return one given entity, or refuse what has not the form of one."""
    if not isinstance(entity, dict):
        raise bad("can't parse MessageEntity: expected an Object")
    for name, kind in (("type", str), ("offset", int), ("length", int)):
        if type(entity.get(name)) is not kind:
            raise bad(f"can't parse MessageEntity: can't find field \"{name}\"")
    if entity["type"] not in KNOWN:
        raise bad("can't parse MessageEntity: Unsupported type specified")
    if entity["offset"] < 0 or entity["length"] < 0:
        raise bad(f"receive an entity with incorrect offset {entity['offset']}")
    return dict(entity)


def cleaned(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Return text without control characters and outer spaces; entities move along."""
    kept = [CLEANED.get(ord(character), character) for character in text]
    if entities and "" in kept:
        entities = [shifted(entity, text, kept) for entity in entities]
    text = "".join(kept).rstrip(" \n")
    first = min((entity["offset"] for entity in entities), default=len(text))
    left = min(len(text) - len(text.lstrip(" \n")), first)
    return text[left:], clipped(entities, left, units(text) - left)


def shifted(entity: Json, before: str, kept: list[str]) -> Json:
    """Return an entity with its place after dropped characters are gone."""
    places = [0]
    for character, instead in zip(before, kept, strict=True):
        places += [places[-1] + units(instead)] * units(character)
    begin = places[min(entity["offset"], len(places) - 1)]
    end = places[min(entity["offset"] + entity["length"], len(places) - 1)]
    return {**entity, "offset": begin, "length": end - begin}


def clipped(entities: list[Json], left: int, length: int) -> list[Json]:
    """Return the entities moved `left` units and cut at the end of the text."""
    out = []
    for entity in entities:
        begin = entity["offset"] - left
        size = min(entity["length"], length - begin)
        if size > 0:
            out.append({**entity, "offset": begin, "length": size})
    return out


def automatic(text: str, given: list[Json]) -> list[Json]:
    """Return the commands, addresses and mentions that Telegram finds by itself."""
    taken = [(e["offset"], e["offset"] + e["length"]) for e in given if e["type"] in CLOSED]
    found: list[Json] = []
    for kind, pattern in AUTOMATIC:
        for match in pattern.finditer(text):
            word = match[0].rstrip(".,;:!?'\")") if kind == "url" else match[0]
            begin, size = units(text[: match.start()]), units(word)
            if not any(begin < end and start < begin + size for start, end in taken):
                taken.append((begin, begin + size))
                found.append({"type": kind, "offset": begin, "length": size})
    return found


def merged(given: list[Json], found: list[Json]) -> list[Json]:
    """Return all entities, outer before inner, neighbours of one kind joined into one."""
    out: list[Json] = []
    for entity in sorted(given + found, key=rank):
        last = next((e for e in reversed(out) if e["type"] == entity["type"]), None)
        if last and entity["type"] in JOINED and entity["offset"] <= end_of(last):
            last["length"] = max(end_of(last), end_of(entity)) - last["offset"]
        else:
            out.append(dict(entity))
    return out


def end_of(entity: Json) -> int:
    """Return where an entity ends, in UTF-16 units."""
    end: int = entity["offset"] + entity["length"]
    return end


def rank(entity: Json) -> tuple[int, int, int]:
    """Order entities by place, the longer first, then by kind."""
    kind = entity["type"]
    return (
        entity["offset"],
        -entity["length"],
        ORDER.index(kind) if kind in ORDER else len(ORDER),
    )

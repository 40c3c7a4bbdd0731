"""What a tag or a character reference of parse_mode HTML stands for; the facts of tdlib/td."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sandbox.errors import Refusal, bad
from sandbox.store import Json

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
REFERENCE = re.compile(rb"&(?:#(?:x([0-9a-fA-F]*)|([0-9]*))|([a-zA-Z]*))(;?)")
LINK = re.compile(r"(?:https?://)?[^\s/?#]+\.[^\s/?#]+(?:[/?#]\S*)?|tg:(?://)?\S+", re.IGNORECASE)
USER_LINK = re.compile(r"tg:(?://)?user/?\?(?:[^#]*&)?id=(\d+)", re.IGNORECASE)
TIME_FORMAT = re.compile(r"r|R|[wWdDtT]*")


def units(text: str) -> int:
    """Return the length of a text in UTF-16 code units, which is how Telegram counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def refuse(words: str) -> Refusal:
    """Return the refusal of text that cannot be parsed; the prefix is Td::do_request's."""
    return bad(f"can't parse entities: {words}")


@dataclass
class Tag:
    """An open tag: where it began in the source and in the result."""

    name: str
    values: dict[str, str]
    offset: int
    begin: int


def detail(entity: Json, tag: Tag, inner: str) -> bool:
    """Add what a kind of entity carries; False where Telegram drops the entity silently."""
    if tag.name == "blockquote" and "expandable" in tag.values:
        entity["type"] = "expandable_blockquote"
    if tag.name == "tg-emoji":
        if not tag.values.get("emoji-id", "").isdecimal():
            raise refuse("Invalid custom emoji identifier specified")
        entity["custom_emoji_id"] = tag.values["emoji-id"]
    if tag.name == "tg-time":
        return time_detail(entity, tag)
    if tag.name == "a":
        return link_detail(entity, tag.values.get("href") or inner)
    return True


def time_detail(entity: Json, tag: Tag) -> bool:
    """Add the moment of a tg-time tag; one without a positive moment is no entity."""
    shape = tag.values.get("format", "")
    if not TIME_FORMAT.fullmatch(shape):
        raise refuse("Invalid date-time format specified")
    stamp = tag.values.get("unix", "")
    if not stamp.isdecimal() or int(stamp) == 0:
        return False
    entity["unix_time"] = int(stamp)
    if shape:
        entity["date_time_format"] = shape
    return True


def link_detail(entity: Json, url: str) -> bool:
    """Add the address of a link; one that is no address is no entity."""
    if person := USER_LINK.match(url):
        entity["type"] = "text_mention"
        entity["user"] = {"id": int(person[1])}
        return True
    if not LINK.fullmatch(url):
        return False
    whole = url if re.match(r"[a-z]+:", url, re.IGNORECASE) else f"http://{url}"
    bare_host = re.fullmatch(r"\w+://[^/?#]+", whole)
    entity["url"] = whole + "/" if bare_host and not whole.startswith("tg:") else whole
    return True


def reference_at(source: bytes, position: int) -> tuple[str, int] | None:
    """Return the character that `&…;` stands for and where it ends; None where it is just text."""
    found = REFERENCE.match(source, position)
    if not found:
        return None
    hexadecimal, decimal, name, end = found.groups()
    if name is not None:
        return (NAMED[name], found.end()) if name in NAMED else None
    digits = hexadecimal if hexadecimal is not None else decimal
    code = int(digits or b"0", 16 if hexadecimal is not None else 10)
    length = found.end() - position - len(end)
    if code == 0 or code >= 0x10FFFF or length >= 10:
        return None
    if 0xD800 <= code <= 0xDFFF:
        raise refuse(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code), found.end()


def unescape(raw: bytes) -> str:
    """Return an attribute's value with its character references decoded."""
    out, position = b"", 0
    while position < len(raw):
        reference = reference_at(raw, position)
        if reference:
            out += reference[0].encode()
            position = reference[1]
        else:
            out += raw[position : position + 1]
            position += 1
    return out.decode()

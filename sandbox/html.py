"""Reads parse_mode HTML as Telegram does: text and entities, or a refusal in Telegram's words.

The grammar follows `parse_html` and `decode_html_entity` of MessageEntity.cpp (tdlib/td): it works
on bytes, knows a fixed set of tags and four named entities, and counts offsets in UTF-16 units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sandbox.html_parts import KINDS, Tag, detail, reference_at, refuse, unescape, units
from sandbox.store import Json

SPACES = b" \t\r\n\0\v"
TOKEN = re.compile(rb"[A-Za-z0-9.\-]*")
NAME_END = re.compile(rb"[ \t\r\n\0\v=>/\"']|\Z")


@dataclass
class Html:
    """Walks over one source; `text` and `entities` are the result."""

    source: bytes
    position: int = 0
    out: list[str] = field(default_factory=list)
    offset: int = 0
    open: list[Tag] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def parse(self) -> tuple[str, list[Json]]:
        """Return the text without tags, and its entities in no particular order."""
        while self.position < len(self.source):
            if self.source[self.position] == ord("<"):
                self._tag()
            elif reference := reference_at(self.source, self.position):
                self._put(reference[0])
                self.position = reference[1]
            else:
                self._plain()
        if self.open:
            name = self.open[-1].name
            raise refuse(f'Can\'t find end tag corresponding to start tag "{name}"')
        for entity in self.entities:
            if entity["type"] == "code":  # only a block shows its language
                entity.pop("language", None)
        return "".join(self.out), self.entities

    def _put(self, text: str) -> None:
        self.out.append(text)
        self.offset += units(text)

    def _plain(self) -> None:
        """Take everything up to the next character that could mean something."""
        begin = self.position
        ends = [self.source.find(mark, begin + 1) for mark in (b"<", b"&")]
        self.position = min((end for end in ends if end >= 0), default=len(self.source))
        self._put(self.source[begin : self.position].decode())

    def _tag(self) -> None:
        begin = self.position
        self.position += 1
        if self._here() == b"/":
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _here(self) -> bytes:
        return self.source[self.position : self.position + 1]

    def _skip_spaces(self) -> None:
        while self._here() and self._here() in SPACES:
            self.position += 1

    def _word(self) -> bytes:
        begin = self.position
        while self._here() and self._here() not in SPACES + b">":
            self.position += 1
        return self.source[begin : self.position]

    def _start_tag(self, begin: int) -> None:
        name = self._word().decode().lower()
        if not self._here():
            raise refuse(f"Unclosed start tag at byte offset {begin}")
        if name not in KINDS:
            raise refuse(f'Unsupported start tag "{name}" at byte offset {begin}')
        values = self._attributes(name, begin)
        if name == "span" and values.get("class") != "tg-spoiler":
            raise refuse(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(Tag(name, values, self.offset, len(self.out)))

    def _attributes(self, name: str, begin: int) -> dict[str, str]:
        values: dict[str, str] = {}
        while self._here() != b">":
            self._skip_spaces()
            if self._here() == b">":
                break
            end = NAME_END.search(self.source, self.position)
            attribute = self.source[self.position : end.start() if end else None].decode()
            if not attribute:
                raise refuse(f'Empty attribute name in the tag "{name}" at byte offset {begin}')
            self.position += len(attribute.encode())
            self._skip_spaces()
            unclosed = refuse(f'Unclosed start tag "{name}" at byte offset {begin}')
            if not self._here():
                raise unclosed
            if self._here() != b"=":
                if attribute == "expandable":  # the only attribute that needs no value
                    values[attribute] = ""
                continue
            self.position += 1
            self._skip_spaces()
            if not self._here():
                raise unclosed
            values[attribute] = self._value()
            if not self._here():
                raise refuse(f"Unclosed start tag at byte offset {begin}")
        self.position += 1
        return values

    def _value(self) -> str:
        quote = self._here()
        if quote not in (b"'", b'"'):
            token = TOKEN.match(self.source, self.position)
            begin, self.position = self.position, token.end() if token else self.position
            if self._here() and self._here() not in SPACES + b">":
                raise refuse(f"Unexpected end of name token at byte offset {begin}")
            return self.source[begin : self.position].decode().lower()
        end = self.source.find(quote, self.position + 1)
        raw = self.source[self.position + 1 : end if end >= 0 else None]
        self.position = end + 1 if end >= 0 else len(self.source)
        return unescape(raw)

    def _end_tag(self, begin: int) -> None:
        if not self.open:
            raise refuse(f"Unexpected end tag at byte offset {begin}")
        self.position += 1
        found = self._word().decode().lower()
        self._skip_spaces()
        if self._here() != b">":
            raise refuse(f"Unclosed end tag at byte offset {begin}")
        self.position += 1
        tag = self.open.pop()
        if found and found != tag.name:
            raise refuse(
                f"Unmatched end tag at byte offset {begin}, "
                f'expected "</{tag.name}>", found "</{found}>"'
            )
        if self.offset > tag.offset:
            self._close(tag)

    def _close(self, tag: Tag) -> None:
        entity: Json = {
            "type": KINDS[tag.name],
            "offset": tag.offset,
            "length": self.offset - tag.offset,
        }
        if not self._joins_block(entity, tag) and detail(
            entity, tag, "".join(self.out[tag.begin :])
        ):
            self.entities.append(entity)

    def _joins_block(self, entity: Json, tag: Tag) -> bool:
        """Make one entity of <pre><code class="language-…">, in either order of nesting."""
        language = language_of(tag) if tag.name == "code" else ""
        if language:
            entity["language"] = language
        inner = self.entities[-1] if self.entities else {}
        if any(inner.get(edge) != entity[edge] for edge in ("offset", "length")):
            return False
        if tag.name == "pre" and inner["type"] == "code" and "language" in inner:
            inner["type"] = "pre"
            return True
        if language and inner["type"] == "pre":
            inner["language"] = language
            return True
        return False


def language_of(tag: Tag) -> str:
    """Return the language that a code tag names, or nothing."""
    style = tag.values.get("class", "")
    return style.removeprefix("language-") if style.startswith("language-") else ""


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Return the text and entities of an HTML source, or refuse it in Telegram's words."""
    return Html(source.encode()).parse()

"""Writes the JSON Schema of each kind of content file, by which editors check and complete.

A schema says what `content.schema` says of a file on its own, and how long its texts may be. Rules
across keys and files are the loader's alone: limber check tells them. An editor reads YAML's own
types where the loader reads text, so it marks a little more: a text that is the word null or ~, a
number written as 1_000, a key that is nothing but a number, a word of a fixed set with a line break
after it. It lets pass 1e1 and 0x10 as whole numbers, and one character more than a text may have.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from bot.domain.catalogue import Day, Exercise, Item, Note, Practice, Stage
from bot.domain.equipment import Need
from bot.domain.own import LONGEST_NAME
from content import entry_rules, equipment_rules, figure_rules, note_rules
from content.json_scalars import NAMED, Schema, key_of_an_entry, number
from content.kinds import KINDS, PAIRS
from content.strays import FOLDERS

FOLDER = Path(__file__).with_name("schemas")

_CARD: dict[str, Schema] = {
    "name": {"maxLength": LONGEST_NAME},
    "setup": {"maxLength": entry_rules.LONGEST_SETUP},
    "cues": {
        "minItems": entry_rules.CUES[0],
        "maxItems": entry_rules.CUES[1],
        "items": {"maxLength": entry_rules.LONGEST_CUE},
    },
    "movement": {"maxItems": figure_rules.LONGEST_MOVEMENT},
    "card": {"maxItems": figure_rules.LONGEST_CARD},
}
_SHORT = {"maxLength": equipment_rules.LONGEST}
_LIMITS: dict[type, dict[str, Schema]] = {
    Exercise: _CARD,
    Practice: _CARD,
    Stage: {
        "text": {"maxLength": entry_rules.LONGEST_STAGE},
        "movement": {"maxItems": figure_rules.LONGEST_MOVEMENT},
    },
    Need: {"text": _SHORT, "without": _SHORT, "household": {"additionalProperties": _SHORT}},
    Item: {"note": {"maxLength": entry_rules.LONGEST_NOTE}},
    Day: {"note": {"maxLength": entry_rules.LONGEST_NOTE}},
    Note: {
        "name": {"maxLength": LONGEST_NAME},
        "text": {"maxLength": note_rules.LONGEST_TEXT},
        "see": {"maxItems": note_rules.MOST_SEEN},
    },
}
# A text after > ends in a line break, which counts in an editor; the loader takes it off.
_LINE_BREAK = 1

_COMMENT = re.compile(r"^    (\w+): .*?  # (.+)$", re.MULTILINE)


def schema(kind: str) -> Schema:
    """Return the JSON Schema of a kind of file, as a coach writes it."""
    drawing = _Drawing(kind, {})
    shape = drawing.group(KINDS[kind])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "Generated from Limber's own rules; do not edit, it is written anew.",
        "title": kind,
        **shape,
        "$defs": dict(sorted(drawing.parts.items())),
    }


def text(kind: str) -> str:
    """Return the schema of a kind as its file holds it."""
    return json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n"


def write(folder: Path) -> None:
    """Write every schema into `folder`, and take out those of kinds that are no more."""
    folder.mkdir(exist_ok=True)
    for file in folder.glob("*.json"):
        if file.stem not in KINDS:
            file.unlink()
    for kind in KINDS:
        (folder / f"{kind}.json").write_text(text(kind), encoding="utf-8")


@dataclass(slots=True)
class _Drawing:
    """Draws one kind of file; `parts` are the groups inside it that have a shape of their own."""

    kind: str
    parts: dict[str, Schema]

    def group(self, shape: type) -> Schema:
        """Return the schema of a dataclass: its keys, which must be there, and no others."""
        hints, comments = get_type_hints(shape), _comments(shape)
        keys = {
            item.name: self.key(shape, item.name, hints[item.name], comments.get(item.name, ""))
            for item in fields(shape)
        }
        return {
            "description": _described(shape),
            "type": "object",
            "additionalProperties": False,
            "required": [item.name for item in fields(shape) if _must_be_there(item)],
            "properties": keys,
        }

    def key(self, shape: type, name: str, hint: Any, comment: str) -> Schema:
        """Return the schema of what stands under one key of a dataclass."""
        top = shape is KINDS[self.kind]
        if top and name == "key" and self.kind.removesuffix("_addition") in FOLDERS.values():
            found = key_of_an_entry(self.kind)
        elif top and name in PAIRS:
            found = self.pairs(hint, name)
        elif shape is Stage and name == "seconds":
            levels = self.value(hint, (name,))
            found = {"anyOf": [levels["properties"]["beginner"], levels]}
        else:
            found = self.value(hint, (name,))
        found = _limited(found, _LIMITS.get(shape, {}).get(name, {}))
        return {"description": comment, **found} if comment else found

    def value(self, hint: Any, place: tuple[str, ...]) -> Schema:
        """Return the schema of a type at a place, as far as names on the way to it matter."""
        origin, inner = get_origin(hint), get_args(hint)
        if origin in (Union, UnionType):
            return self.value(next(one for one in inner if one is not type(None)), place)
        if origin is tuple:
            return {"type": "array", "minItems": 1, "items": self.value(inner[0], place)}
        if origin is not None and origin is not Literal and issubclass(origin, Mapping):
            return self.mapping(inner[0], inner[1], place)
        if is_dataclass(hint):
            return self.part(hint)
        if words := _words(hint):
            return {"enum": words}
        return self.shared(*NAMED[hint]) if hint in NAMED else number(hint, place)

    def mapping(self, key: Any, value: Any, place: tuple[str, ...]) -> Schema:
        """Return the schema of a group with keys of a fixed set, or with any."""
        shape: Schema = {"type": "object", "minProperties": 1}
        if words := _words(key):
            named = {word: self.value(value, (*place, word)) for word in words}
            return {**shape, "additionalProperties": False, "properties": named}
        return {**shape, "additionalProperties": self.value(value, place)}

    def part(self, shape: Any) -> Schema:
        """Return a reference to a dataclass inside the file; it may hold itself."""
        name = shape.__name__
        if name not in self.parts:
            self.parts[name] = {}  # keeps a part that holds itself from going on for ever
            self.parts[name] = {**self.group(shape), "minProperties": 1}
        return self.shared(name, self.parts[name])

    def shared(self, name: str, shape: Schema) -> Schema:
        """Return a reference to a schema that is written once for the whole file."""
        self.parts[name] = shape
        return {"$ref": f"#/$defs/{name}"}

    def pairs(self, hint: Any, name: str) -> Schema:
        """Return the schema of a list written one pair a line: `- in: Grow tall.`"""
        hints, (first, second) = get_type_hints(get_args(hint)[0]), PAIRS[name]
        line = self.mapping(hints[first], hints[second], (name,))
        return {"type": "array", "minItems": 1, "items": {**line, "maxProperties": 1}}


def _described(shape: type) -> str:
    """Return what a dataclass says of itself, each paragraph on one line."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", inspect.cleandoc(shape.__doc__ or "").replace("`", "'"))


def _comments(shape: type) -> dict[str, str]:
    """Return what is remarked behind the fields of a dataclass, but for remarks on code."""
    found = _COMMENT.findall(inspect.getsource(shape))
    return {name: text.replace("False:", "no:") for name, text in found if ".py" not in text}


def _must_be_there(item: Field[Any]) -> bool:
    return item.default is MISSING and item.default_factory is MISSING


def _words(hint: Any) -> list[str]:
    """Return the words of a fixed set, in their order; none where anything may stand."""
    if get_origin(hint) is Literal:
        return list(get_args(hint))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return [member.value for member in hint]
    return []


def _limited(found: Schema, limits: Schema) -> Schema:
    """Return a schema with limits laid over it, as deep as they go."""
    laid = dict(found)
    for word, limit in limits.items():
        if isinstance(limit, dict):
            laid[word] = _limited(found[word], limit)
        elif word == "maxLength":
            laid[word] = limit + _LINE_BREAK
        else:
            laid[word] = limit
    return laid


if __name__ == "__main__":
    write(FOLDER)

"""Turns a document into the value that its kind of file holds, or into faults."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.domain.dose import Level
from content.faults import Fault, meant, quoted
from content.kinds import FILES, KINDS, NUMBERS, PAIRS, PARTS, TIMES
from content.reading import Document, Place

_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Source(Generic[T]):
    """A value together with the document it was written in."""

    document: Document
    value: T


def build(document: Document, kind: str) -> tuple[Any, list[Fault]]:
    """Return the value of a document, None where it has faults; the faults come with it."""
    shaping = _Shaping(document, [])
    shaped = shaping.mapping(document.tree, ())
    try:
        value = FILES.validate_python({kind: shaped})[kind]  # type: ignore[literal-required]
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        shaping.faults.extend(_fault(document, kind, detail) for detail in details)
    return (None if shaping.faults else value), shaping.faults


@dataclass(frozen=True, slots=True)
class _Shaping:
    """Rewrites what a coach writes into the shape of the values: times and pairs."""

    document: Document
    faults: list[Fault]

    def mapping(self, tree: Mapping[str, Any], place: Place) -> dict[str, Any]:
        return {key: self.value(value, (*place, key)) for key, value in tree.items()}

    def value(self, value: Any, place: Place) -> Any:
        if isinstance(value, dict):
            return self.mapping(value, place)
        if isinstance(value, list):
            pair = PAIRS.get(str(place[-1])) if len(place) == 1 else None
            items = (self.value(item, (*place, index)) for index, item in enumerate(value))
            return [self.pair(item, pair, place, index) for index, item in enumerate(items)]
        text = self.text(value, place)
        return dict.fromkeys(Level, text) if _one_for_all_levels(place) else text

    def pair(self, item: Any, names: tuple[str, str] | None, place: Place, index: int) -> Any:
        if names is None:
            return item
        if not isinstance(item, dict) or len(item) != 1:
            example = "`- in: what to do`" if names[1] == "text" else "`- in: 4`"
            text = f"{place[-1]}: write one a line, as {example}"
            self.faults.append(self.document.fault(text, *place, index))
            return {names[0]: "in", names[1]: "1"}
        return dict(zip(names, *item.items(), strict=True))

    def text(self, value: str, place: Place) -> str:
        key = next((part for part in reversed(place) if isinstance(part, str)), "")
        timed = _CLOCK.fullmatch(value) if TIMES.intersection(map(str, place[-2:])) else None
        if timed:
            value = str(int(timed[1]) * 60 + int(timed[2]))
        if NUMBERS.intersection(str(part) for part in place[-3:]) and _below_one(value):
            fault = self.document.fault(f"{key}: {quoted(value)} must be 1 or more", *place)
            self.faults.append(fault)
        return value


def _one_for_all_levels(place: Place) -> bool:
    """Tell whether a stage's seconds are written as one number, for every level."""
    return len(place) == 3 and place[0] == "stages" and place[2] == "seconds"


def _below_one(value: str) -> bool:
    try:
        number = float(value)
    except ValueError:
        return False  # said better by the type
    return not math.isfinite(number) or number < 1


def _fault(document: Document, kind: str, detail: ErrorDetails) -> Fault:
    place = tuple(detail["loc"][1:])
    parts = [part for part in place if isinstance(part, str) and part != "[key]"]
    name = parts[-1] if parts else kind
    match detail["type"]:
        case "missing":
            return document.fault(f"'{name}' is missing", *place[:-1])
        case "unexpected_keyword_argument":
            return document.fault(_unknown(name, _allowed(kind, parts[:-1])), *place)
        case "enum" | "literal_error":
            allowed = re.findall(r"'([^']+)'", detail["ctx"]["expected"])
            if not isinstance(word := detail["input"], str):
                return document.fault(f"{name}: must be one of {', '.join(allowed)}", *place)
            key = "" if place[-1] == "[key]" else f"{name}: "
            text = f"{key}{quoted(word)} is none of {', '.join(allowed)}"
            return document.fault(text + meant(word, allowed), *place)
    sentence = _SENTENCES.get(detail["type"], detail["msg"])
    given = f"{quoted(detail['input'])} " if isinstance(detail["input"], str) else ""
    return document.fault(f"{name}: {given}{sentence}", *place)


_GROUP = "must be a group of `key: value` lines"
_SENTENCES = {
    "int_parsing": "is not a whole number",
    "int_parsing_size": "is not a whole number",
    "int_from_float": "is not a whole number",
    "int_type": "must be a whole number",
    "float_parsing": "is not a number",
    "float_type": "must be a number",
    "bool_parsing": "is neither yes nor no",
    "bool_type": "must be yes or no",
    "string_type": "must be one text, not several lines of their own",
    "tuple_type": "must be a list: one line each, beginning with '- '",
    "dataclass_type": _GROUP,
    "dict_type": _GROUP,
    "mapping_type": _GROUP,
}


def _unknown(name: str, allowed: list[str]) -> str:
    near = meant(name, allowed)
    return f"unknown key {quoted(name)}" + (near or f"; allowed here: {', '.join(allowed)}")


def _allowed(kind: str, parents: list[str]) -> list[str]:
    part = next((PARTS[name] for name in reversed(parents) if name in PARTS), KINDS[kind])
    return [item.name for item in fields(part)]

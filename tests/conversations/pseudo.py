"""A made-up language: every sentence of the catalogue in letters that no sentence in code has."""

from __future__ import annotations

import re
import shutil
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po, write_po

from bot.domain.catalogue import Catalogue
from content.loader import packaged

LANGUAGE = "qps"  # set aside for pseudo-locales: no language has this code

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
CURLY = "αвςδεғɢнιנκłмиσρʠяѕтυνωχчżАВСДΣҒԌНІЈКŁМИОΡǪЯЅТЦѴШХЧŻ"
LETTERS = str.maketrans(PLAIN, CURLY)

# Left as they are: placeholders, tags, character references, and commands with what is typed.
KEPT = re.compile(r"\{\w+\}|<code>.*?</code>|</?\w+[^<>]*>|&\w+;|/[a-z]+\b")
PATTERNS = {
    "format.day",
    "format.short_day",
    "format.full_day",
}  # say how to write, is not shown itself


def pseudo(sentence: str) -> str:
    """Return a sentence in made-up letters, ready to be filled in."""
    position, parts = 0, []
    for kept in KEPT.finditer(sentence):
        parts += [sentence[position : kept.start()].translate(LETTERS), kept[0]]
        position = kept.end()
    return "".join([*parts, sentence[position:].translate(LETTERS)])


def pack_with_pseudo(folder: Path) -> Path:
    """Copy the shipped pack and put the made-up language beside its sentences."""
    pack = folder / "pack"
    shutil.copytree(packaged(), pack, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    with (pack / "texts" / "en.po").open("rb") as file:
        english = read_po(file)
    for message in english:
        if message.id:
            message.string = _said(message.id, message.string)
    with (pack / "texts" / f"{LANGUAGE}.po").open("wb") as file:
        write_po(file, english)
    return pack


def _said(key: Any, string: Any) -> Any:
    if isinstance(string, str):
        return string if key in PATTERNS else pseudo(string)
    return tuple(map(pseudo, string))


# Fields of the pack that nobody is shown.
UNSEEN = {
    *(
        "key",
        "aliases",
        "position",
        "kind",
        "sides",
        "level",
        "gate",
        "breath",
        "poses",
        "movement",
    ),
    *("sources", "entry", "breathing", "version", "signs", "daily", "tempo", "routine", "cycle"),
    *("card", "works", "felt"),
}


def content_words(catalogue: Catalogue) -> list[str]:
    """Return every text of the pack that people are shown, the longest first."""
    found: set[str] = set()

    def gather(value: Any) -> None:
        if isinstance(value, str):
            found.add(" ".join(value.split()))
        elif is_dataclass(value):
            for field in fields(value):
                if field.name not in UNSEEN:
                    gather(getattr(value, field.name))
        elif isinstance(value, dict):
            for inner in value.values():
                gather(inner)
        elif isinstance(value, (list, tuple)):
            for inner in value:
                gather(inner)

    gather(replace(catalogue, questions=()))  # these are what people type
    found |= {thing.name.capitalize() for thing in catalogue.things.values()}
    return sorted((text for text in found if len(text) > 2), key=len, reverse=True)

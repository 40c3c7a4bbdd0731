"""Reads the word lists that answers are made with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.answers.phrases import Phrases
from bot.answers.text import plain

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What words.yaml says; the file explains each list."""

    ordinary: frozenset[str]
    props: frozenset[str]
    symptoms: frozenset[str]
    lookalikes: frozenset[str]
    unlike: frozenset[str]
    deny: frozenset[str]
    between: frozenset[str]
    spellings: dict[str, str]  # as typed -> as meant
    affirm: Phrases
    harmless: Phrases


@cache
def lexicon() -> Lexicon:
    """Return the lexicon that comes with Limber."""
    lists = _read("words.yaml")
    groups = ("affirm", "harmless", "spellings")
    return Lexicon(
        **{name: frozenset(text.split()) for name, text in lists.items() if name not in groups},
        spellings={typed: meant for meant in lists["spellings"] for typed in _typed(lists, meant)},
        affirm=Phrases(lists["affirm"]),
        harmless=Phrases(lists["harmless"]),
    )


def _read(name: str) -> Any:
    # Our own file, loaded once: the C loader spares start-up some milliseconds.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(_HERE.joinpath(name).read_text("utf-8"), loader)  # noqa: S506


def _typed(lists: dict[str, Any], meant: str) -> list[str]:
    return plain(lists["spellings"][meant])

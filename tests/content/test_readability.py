"""The pack is read easily at about twelve years of age."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from bot.domain.catalogue import Entry
from content.loader import load, packaged
from tests.content.readability import grade

PACK = load(packaged())
TWELVE_YEARS = 7.0
# The gate names conditions as they are called; there is no shorter word for most of them.
CONDITIONS = 9.0

# What nobody reads as a sentence.
UNREAD = {"key", "name", "aliases", "sources", "poses", "picture", "equipment", "instead", "doses"}


def read(value: Any) -> list[str]:
    """Return the texts of a value that people read."""
    if isinstance(value, str):
        return [value] if " " in value else []
    if isinstance(value, tuple):
        return [text for one in value for text in read(one)]
    if is_dataclass(value):
        names = [field.name for field in fields(value) if field.name not in UNREAD]
        return [text for name in names for text in read(getattr(value, name))]
    return []


def test_the_formula() -> None:
    """The measure tells a plain sentence from a hard one, and knows a published example."""
    plain = "Lie down. Lift one knee. Breathe out."
    hard = "Facilitate neuromuscular reorganisation by alternating unilateral stabilisation."
    assert grade([plain]) < 1 < 15 < grade([hard])
    assert grade(["The cat sat on the mat."]) == pytest.approx(-1.45, abs=0.01)


@pytest.mark.parametrize("entry", PACK.entries.values(), ids=lambda entry: entry.key)
def test_entries(entry: Entry) -> None:
    """Every exercise and practice reads at twelve."""
    assert grade(read(entry)) <= TWELVE_YEARS


@pytest.mark.parametrize("key", PACK.notes)
def test_notes(key: str) -> None:
    """Every note reads at twelve, for all that it explains."""
    assert grade([PACK.notes[key].text]) <= TWELVE_YEARS


@pytest.mark.parametrize("name", PACK.safety.scripts)
def test_scripts(name: str) -> None:
    """What is said when something is wrong reads most easily of all."""
    assert grade([PACK.safety.scripts[name]]) <= TWELVE_YEARS


def test_questions() -> None:
    """The safety questions are as plain as the names of conditions let them be."""
    screening = PACK.safety.screening
    assert grade([screening.note, *screening.conditions, screening.advice]) <= TWELVE_YEARS
    assert grade(PACK.safety.gates["release"].questions) <= CONDITIONS
    assert grade(read(PACK.safety.rules)) <= TWELVE_YEARS

"""Names stay found when one letter slips, and never turn into another entry."""

from __future__ import annotations

import random
import string

import pytest

from bot.answers import Answers
from bot.domain.catalogue import Catalogue

_SHORTEST = 8  # letters of a name of which one slip must not matter
_SLIPS = 5  # slips tried on every name
_FOUND = 0.9
_OTHERS = 0.002  # "spine hip flexor stretch" can be said by someone who does not mean "supine"


def _slip(text: str, chance: random.Random) -> str:
    """Return `text` with one letter dropped, doubled, swapped, replaced or put in."""
    at = chance.randrange(len(text))
    letter = chance.choice(string.ascii_lowercase)
    return chance.choice(
        [
            text[:at] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
            text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
            text[:at] + letter + text[at + 1 :],
            text[:at] + letter + text[at:],
        ]
    )


def _names(catalogue: Catalogue) -> list[tuple[str, str]]:
    entries = (*catalogue.exercises.values(), *catalogue.practices.values())
    return [
        (name, entry.key)
        for entry in (*entries, *catalogue.routines.values())
        for name in (entry.name, *entry.aliases)
        if sum(letter.isalpha() for letter in name) >= _SHORTEST
    ]


def _key(answers: Answers, question: str) -> str | None:
    answer = answers.ask(question)
    return "an alarm" if answer.kind == "safety" else answer.key


@pytest.fixture(scope="module")
def found(answers: Answers, catalogue: Catalogue) -> list[tuple[str, str, str, str | None]]:
    """Return name, name with a slip, what the name is without it, and what was found."""
    chance = random.Random(7)
    return [
        (name, slipped, key, _key(answers, slipped))
        for name, key in _names(catalogue)
        if _key(answers, name) == key
        for slipped in (_slip(name, chance) for _ in range(_SLIPS))
    ]


# One and the same thing, as an exercise and as a practice.
TWINS = {"crocodile-breathing", "breath-crocodile"}


def test_slip_is_forgiven(found: list[tuple[str, str, str, str | None]]) -> None:
    """Nine of ten names with one slip are still found."""
    assert sum(key == got for _, _, key, got in found) / len(found) >= _FOUND


def test_slip_is_no_other_entry(found: list[tuple[str, str, str, str | None]]) -> None:
    """A name with one slip is not taken for another entry, but where the slip is a real word."""
    others = [
        line
        for line in found
        if line[3] not in (line[2], None, "an alarm") and not {line[2], line[3]} <= TWINS
    ]
    assert len(others) / len(found) <= _OTHERS, others


def test_names_are_found(answers: Answers, catalogue: Catalogue) -> None:
    """Every name and alias finds the entry that has it, or is offered where two have it."""
    entries = {**catalogue.exercises, **catalogue.practices, **catalogue.routines}
    for key, entry in entries.items():
        for name in (entry.name, *entry.aliases):
            answer = answers.ask(name)
            shared = sum(name in other.aliases for other in entries.values()) > 1
            assert answer.key == key or key in answer.suggestions or shared, name

"""Turns a question into features that a linear model weighs: words, pairs of them, their pieces.

A feature is a number below `FEATURES`, got by hashing, so that a model needs no table of words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.answers.lexicon import lexicon
from bot.answers.text import Text

HASHES = 1 << 16
FEATURES = HASHES + 1
EVERY = HASHES  # the feature that every question has: what is likely where nothing is known
_PIECES = (3, 4, 5)  # letters
_LETTERS = 24  # of a word that are looked at
_LONGEST = 300  # words that are looked at; a longer message tells a story
_NUMBERS = dict(
    zip(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
        map(str, range(1, 11)),
        strict=True,
    )
) | {"twelve": "12", "fifteen": "15", "twenty": "20", "thirty": "30", "ninety": "90"}

_NOTHING = 1e-9
_REACH = 5  # words after a denial that it may deny

Features = NDArray[np.int32]
Values = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Counted:
    """The features of a question, and the roots of how often each is in it.

    First come those of whole words, from `pieces` on those of pieces of words.
    """

    at: Features
    roots: Values
    pieces: int


def counted(text: Text, *, denials: bool = False) -> Counted:
    """Return the features of a question: whole words and pairs of them, and pieces of words.

    With `denials` a word that is denied ("no numbness") is another word than one that is not.
    """
    words = [_NUMBERS.get(word.text, word.text) for word in text.words[:_LONGEST]]
    if denials:
        words = [*_denied(words, [word.clause for word in text.words])]
    framed = ["^", *words, "?" if text.asked else "$"]
    whole = Counter(map(_hashed, words))
    whole.update(_hashed(f"{one} {two}") for one, two in pairwise(framed))
    whole.update(_hashed(f"{one}  {two}") for one, two in zip(words, words[2:], strict=False))
    pieces = Counter(piece for word in words for piece in _pieces(word[:_LETTERS]))
    at = np.array([*whole, *pieces], np.int32)
    counts = np.array([*whole.values(), *pieces.values()], np.float32)
    return Counted(at, np.sqrt(counts), len(whole))


def _denied(words: Sequence[str], clauses: Sequence[int]) -> Iterator[str]:
    """Yield the words, those that follow a denial in its clause marked."""
    deny = lexicon().deny
    reach, clause = 0, -1
    for word, own in zip(words, clauses, strict=False):
        reach = reach - 1 if own == clause else 0
        clause = own
        if word in deny:
            reach = _REACH + 1
            yield word
        else:
            yield f"~{word}" if reach > 0 else word


def rarity(questions: Sequence[Counted]) -> Values:
    """Return what each feature weighs: the more, the fewer of the questions have it."""
    found = np.zeros(FEATURES, np.float32)
    for question in questions:
        found[question.at] += 1
    return np.log1p(len(questions) / (1 + found)).astype(np.float32)


def weighed(question: Counted, rare: Values) -> tuple[Features, Values]:
    """Return a question's features and their values; words and pieces weigh as much.

    A feature may come twice: its values add up.
    """
    values = question.roots * rare[question.at]
    for part in (values[: question.pieces], values[question.pieces :]):
        part /= max(float(np.sqrt((part**2).sum())), _NOTHING)
    return np.append(question.at, np.int32(EVERY)), np.append(values, np.float32(1))


@lru_cache(maxsize=1 << 15)
def _pieces(word: str) -> tuple[int, ...]:
    framed = f"^{word}$"
    return tuple(
        _hashed(f"-{framed[start : start + size]}")
        for size in _PIECES
        for start in range(len(framed) - size + 1)
    )


def _hashed(text: str) -> int:
    return crc32(text.encode()) % HASHES

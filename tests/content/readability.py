"""How hard a text is to read: the Flesch-Kincaid grade, school years of the United States.

Kincaid, Fishburne, Rogers and Chissom 1975, Derivation of new readability formulas. A grade of 7
is read at about 12 years. Syllables are counted by groups of vowels, which is near enough here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_SENTENCES = re.compile(r"[.!?:;]+\s+|[.!?]+$")
_WORDS = re.compile(r"[A-Za-z][A-Za-z'’-]*")


def grade(texts: Iterable[str]) -> float:
    """Return the grade of all texts together; a line of a list counts as a sentence."""
    sentences = [
        words
        for text in texts
        for part in _SENTENCES.split(text)
        if (words := _WORDS.findall(part))
    ]
    words = [word for sentence in sentences for word in sentence]
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    letters = re.sub(r"[^a-z]", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", letters))
    silent = letters.endswith("e") and not letters.endswith(("le", "ee", "ye"))
    silent = silent or bool(re.search(r"[^td]ed$", letters))
    return max(count - silent, 1)

"""Puts a mistyped word right where only one important word can be meant."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.answers.text import Word

_SHORTEST = 5  # letters of a word that may be mistyped by one letter
_LONG = 10  # letters of a word that may be mistyped by two
_TIES = 8  # words as near as each other that are looked at
_SHORTEST_HALF = 4  # letters of a word that may be glued to another


class Speller:
    """Corrects towards `targets`; a word in `known` is never touched."""

    def __init__(
        self, targets: Collection[str], known: Collection[str], spellings: Mapping[str, str]
    ) -> None:
        self._known = frozenset(known) | frozenset(targets)
        self._all = frozenset(targets)
        self._short = sorted(word for word in targets if _SHORTEST <= len(word) < _LONG)
        self._long = sorted(word for word in targets if len(word) >= _LONG)
        self._spellings = spellings

    def correct(self, words: list[Word]) -> list[Word]:
        """Return `words` with the mistyped ones put right; a glued one becomes two."""
        return [
            word if fixed == word.text else Word(fixed, word.clause, word.sentence)
            for word in words
            for fixed in self.meant(word.text).split()
        ]

    def meant(self, word: str) -> str:
        """Return the word or two words that `word` stands for; itself where that is not plain."""
        word = self._spellings.get(word, word)
        if word in self._known or len(word) < _SHORTEST - 1 or not word.isalpha():
            return word
        return self._once(word) or self._near(word) or self._apart(word) or word

    def _once(self, word: str) -> str:
        """Return `word` with its doubled letters single, where that is an important word."""
        single = "".join(b for a, b in zip(" " + word, word, strict=False) if a != b)
        return single if single in self._all else ""

    def _near(self, word: str) -> str:
        for targets, edits in ((self._short, 1), (self._long, 2)):
            found = process.extract(
                word, targets, scorer=OSA.distance, score_cutoff=edits, limit=_TIES
            )
            if found:
                # The first letter is seldom the wrong one.
                return str(min(found, key=lambda one: (one[1], one[0][0] != word[0]))[0])
        return ""

    def _apart(self, word: str) -> str:
        for cut in range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1):
            if word[:cut] in self._all and word[cut:] in self._all:
                return f"{word[:cut]} {word[cut:]}"
        return ""

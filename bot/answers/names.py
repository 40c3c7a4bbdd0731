"""Finds the entry whose name is all that was typed, or nearly so: no need to guess there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.answers.text import plain
from content.naming import spelling

_SHORTEST = 8  # letters of a name that may be mistyped by one letter
_LONG = 14  # letters of a name that may be mistyped by two
_LONGEST = 60  # letters; what is longer is more than a name
_FEW = 2  # words that may stand for several names that hold them
_NEAR = 8  # names as near as each other that are looked at


class Names:
    """The names of all entries; each leads to one of them."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        named = [*names]
        self._keys = {letters: key for name, key in named if (letters := spelling(name))}
        self._words = [(f" {' '.join(plain(name))} ", key) for name, key in named]
        self._letters = [letters for letters in self._keys if len(letters) >= _SHORTEST]

    def find(self, question: str) -> str | None:
        """Return the key of the entry that is named, None where none is, or several may be."""
        typed = spelling(question)
        if typed in self._keys or len(typed) > _LONGEST:
            return self._keys.get(typed)
        edits = 2 if len(typed) >= _LONG else 1
        near = process.extract(
            typed, self._letters, scorer=OSA.distance, score_cutoff=edits, limit=_NEAR
        )
        likely = [name for name, distance, _ in near if _same_digits(name, typed)]
        nearest = {self._keys[name] for name in likely[:1]}
        rivals = {self._keys[name] for name in likely[1:]} - nearest
        return nearest.pop() if nearest and not rivals else None

    def shared(self, words: Sequence[str]) -> list[str]:
        """Return the keys of all whose names hold these one or two words; none for more words."""
        if not 0 < len(words) <= _FEW:
            return []
        said = f" {' '.join(words)} "
        return list(dict.fromkeys(key for name, key in self._words if said in name))


def _same_digits(one: str, other: str) -> bool:
    """Tell whether two names count alike: a number is no slip for another."""
    return [c for c in one if c.isdigit()] == [c for c in other if c.isdigit()]

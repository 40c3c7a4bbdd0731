"""Finds the knowledge note that a question asks for, by the ways in which people ask for it.

A note is answered only where the question says nearly the same as one of its own phrasings; what
is less alike is offered at most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from bot.answers.lexicon import Lexicon
from bot.answers.stems import stem
from bot.answers.text import Word, plain
from bot.domain.catalogue import Note

_SURE = 0.8  # likeness from which a note is answered
_OFFERED = 0.4  # likeness from which a note is worth offering


@dataclass(frozen=True, slots=True)
class Likely:
    """A note and how alike the question is to the nearest of its phrasings, 0 to 1."""

    key: str
    likeness: float

    @property
    def sure(self) -> bool:
        """Return whether the note is what was asked for."""
        return self.likeness >= _SURE

    @property
    def offered(self) -> bool:
        """Return whether the note is worth offering."""
        return self.likeness >= _OFFERED


class Notes:
    """The phrasings of all notes; the rarer a word among them, the more it tells."""

    def __init__(self, notes: Iterable[Note], lexicon: Lexicon) -> None:
        self._words = lexicon
        self._phrases = [
            (note.key, frozenset(stems))
            for note in notes
            for phrase in (note.name, *note.aliases, *note.questions)
            if (stems := self._stems(plain(phrase)))
        ]
        counts = Counter(word for _, stems in self._phrases for word in stems)
        self._weights = {
            word: log(1 + len(self._phrases) / count) for word, count in counts.items()
        }
        self._strange = max(self._weights.values(), default=1.0)

    def likely(self, words: Iterable[Word]) -> list[Likely]:
        """Return every note with something in common with `words`, the most alike first."""
        asked = frozenset(self._stems(word.text for word in words))
        best: dict[str, float] = {}
        for key, stems in self._phrases:
            if common := asked & stems:
                share = self._weigh(common) / self._weigh(asked | stems)
                best[key] = max(best.get(key, 0.0), share)
        found = (Likely(key, likeness) for key, likeness in best.items())
        return sorted(found, key=lambda one: (-one.likeness, one.key))

    def _weigh(self, stems: Iterable[str]) -> float:
        return sum(self._weights.get(word, self._strange) for word in stems)

    def _stems(self, words: Iterable[str]) -> list[str]:
        kept = (word for word in words if word not in self._words.function)
        return [stem(self._words.same.get(word, word)) for word in kept]

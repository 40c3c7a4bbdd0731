"""The names of a content pack, weighed: the rarer a word among the names, the more it tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log

from bot.answers.lexicon import Lexicon
from bot.answers.stems import stem
from bot.answers.text import plain
from bot.domain.catalogue import Catalogue, Exercise, Practice, Routine

_PLAIN = 0.5  # what an everyday word weighs against a word that only names use
_LEAST = 0.1


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entry as stems without function words, and all its letters in a row."""

    stems: tuple[str, ...]
    letters: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a question can be about.

    `title` are the stems of its key, `words` those of all its names; `around` are stems that may
    well stand beside them.
    """

    kind: str
    key: str
    names: tuple[Name, ...]
    title: frozenset[str]
    words: frozenset[str]
    around: frozenset[str]


class Index:
    """All entries of a catalogue with the weights of their words."""

    def __init__(self, catalogue: Catalogue, lexicon: Lexicon) -> None:
        self._words = lexicon
        self.entries = tuple(self._entries(catalogue))
        counts = Counter(word for entry in self.entries for word in entry.words)
        self.vocabulary = frozenset(counts)
        self._plain = {self.stem(word) for word in lexicon.ordinary | lexicon.props}
        self._weights = {
            word: _rarity(count, len(self.entries)) * (_PLAIN if self._is_plain(word) else 1.0)
            for word, count in counts.items()
        }

    def weight(self, word: str) -> float:
        """Return what `word` tells: 1 for a word of a single entry, little for one of many."""
        return self._weights.get(word, 1.0)

    def is_plain(self, word: str) -> bool:
        """Tell whether `word` is an everyday word, a thing or a number: no name by itself."""
        return self._is_plain(self.stem(word))

    def _is_plain(self, word: str) -> bool:
        return word in self._plain or word.isdigit()

    def stem(self, word: str) -> str:
        """Return the stem that stands for `word` and for all that is said in its place."""
        word = self._words.spellings.get(word, word)
        return stem(self._words.same.get(word, word))

    def _entries(self, catalogue: Catalogue) -> Iterator[Entry]:
        for exercise in catalogue.exercises.values():
            around = (*exercise.equipment, *exercise.household, exercise.position)
            texts = (*around, exercise.kind, exercise.muscles, exercise.feel, exercise.setup)
            yield self._entry("exercise", exercise, texts)
        for practice in catalogue.practices.values():
            yield self._entry("practice", practice, (practice.setup, practice.feel))
        for routine in catalogue.routines.values():
            yield self._entry("routine", routine, (routine.summary,))

    def _entry(
        self, kind: str, value: Exercise | Practice | Routine, texts: Iterable[str]
    ) -> Entry:
        names = {self._name(name) for name in (value.name, *value.aliases, value.key)}
        around = {self.stem(word) for text in texts for word in plain(text)}
        known = tuple(sorted((name for name in names if name.stems), key=lambda name: name.letters))
        words = frozenset(word for name in known for word in name.stems)
        title = frozenset(self._name(value.key).stems)
        return Entry(kind, value.key, known, title, words, frozenset(around))

    def _name(self, text: str) -> Name:
        kept = [word for word in plain(text) if word not in self._words.function]
        return Name(tuple(dict.fromkeys(map(self.stem, kept))), "".join(kept))


def _rarity(count: int, total: int) -> float:
    """Return 1 for a word of one entry, falling to a floor for a word of all of them."""
    return max(_LEAST, log(1 + total / count) / log(1 + total))

"""The names of a content pack, weighed: the rarer a word among the names, the more it tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from math import log

from rapidfuzz.distance import OSA

from bot.answers.lexicon import Lexicon
from bot.answers.stems import stem
from bot.answers.text import plain
from bot.domain.catalogue import Catalogue, Exercise, Practice, Routine

Named = Exercise | Practice | Routine

_PLAIN = 0.5  # what an everyday word weighs against a word that only names use
_LEAST = 0.1
_PART = 3  # letters of a word that may be glued to another
_SLIP = 5  # letters of a word in a name that may be a misspelling of another
_TELLING = 0.6  # weight from which one word may stand for a name ("psoas" may not)


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
        self._spoken = _spoken(catalogue)
        self.pairs = _pairs(catalogue)
        self._meant = lexicon.spellings | _slips(self._spoken, lexicon.ordinary)
        self.entries = tuple(self._entries(catalogue))
        counts = Counter(word for entry in self.entries for word in entry.words)
        self.vocabulary = frozenset(counts)
        self._plain = {self.stem(word) for word in lexicon.ordinary | lexicon.props}
        self._weights = {
            word: _rarity(count, len(self.entries)) * (_PLAIN if self._is_plain(word) else 1.0)
            for word, count in counts.items()
        }

    def words(self) -> frozenset[str]:
        """Return every word of the names as it is written."""
        return frozenset(self._spoken)

    def weight(self, word: str) -> float:
        """Return what `word` tells: 1 for a word of a single entry, little for one of many."""
        return self._weights.get(word, 1.0)

    def is_telling(self, word: str) -> bool:
        """Tell whether `word` may stand for a longer name: rare, not an everyday word or number."""
        stem = self.stem(word)
        return not self._is_plain(stem) and self.weight(stem) >= _TELLING

    def is_spoken(self, word: str) -> bool:
        """Tell whether `word`, as it is written, is in a name."""
        return word in self._spoken

    def _is_plain(self, word: str) -> bool:
        return word in self._plain or word.isdigit()

    def stem(self, word: str) -> str:
        """Return the stem that stands for `word` and for all that is said in its place."""
        word = self._meant.get(word, word)
        return stem(self._words.same.get(word, word))

    def _entries(self, catalogue: Catalogue) -> Iterator[Entry]:
        for exercise in catalogue.exercises.values():
            around = (*_things(exercise), exercise.position)
            texts = (*around, exercise.kind, exercise.muscles, exercise.feel, exercise.setup)
            yield self._entry("exercise", exercise, texts)
        for practice in catalogue.practices.values():
            yield self._entry("practice", practice, (practice.setup, practice.feel))
        for routine in catalogue.routines.values():
            yield self._entry("routine", routine, (routine.summary,))

    def _entry(self, kind: str, value: Named, texts: Iterable[str]) -> Entry:
        called = {self._name(name) for name in names(value)}
        around = {self.stem(word) for text in texts for word in plain(text)}
        known = tuple(
            sorted((name for name in called if name.stems), key=lambda name: name.letters)
        )
        words = frozenset(word for name in known for word in name.stems)
        title = frozenset(self._name(value.key).stems)
        return Entry(kind, value.key, known, title, words, frozenset(around))

    def _name(self, text: str) -> Name:
        kept = [word for word in plain(text) if word not in self._words.function]
        return Name(tuple(dict.fromkeys(map(self.stem, kept))), "".join(kept))


def _spoken(catalogue: Catalogue) -> Counter[str]:
    """Return how often each word is written in names."""
    return Counter(word for name in _all_names(catalogue) for word in plain(name))


def _pairs(catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    """Return the neighbours in names, by how they look glued together."""
    rows = (plain(name) for name in _all_names(catalogue))
    neighbours = (pair for row in rows for pair in pairwise(row))
    return {a + b: (a, b) for a, b in neighbours if min(len(a), len(b)) >= _PART}


def _all_names(catalogue: Catalogue) -> Iterator[str]:
    groups: tuple[Iterable[Named], ...] = (
        catalogue.exercises.values(),
        catalogue.practices.values(),
        catalogue.routines.values(),
    )
    for value in chain.from_iterable(groups):
        yield from names(value)


def names(value: Named) -> tuple[str, ...]:
    """Return everything that an entry is called."""
    return (value.name, *value.aliases, value.key)


def _things(exercise: Exercise) -> Iterator[str]:
    """Yield how an exercise calls the things it is done with."""
    for need in exercise.equipment:
        yield from (need.text, *need.household.values())


def _slips(spoken: Counter[str], ordinary: frozenset[str]) -> dict[str, str]:
    """Return the misspelt words among names, each with the commoner word that it is meant for."""
    rare = (word for word in spoken if len(word) >= _SLIP and word not in ordinary)
    return {
        word: other
        for word in rare
        for other, count in spoken.items()
        if count > spoken[word] and OSA.distance(word, other, score_cutoff=1) == 1
    }


def _rarity(count: int, total: int) -> float:
    """Return 1 for a word of one entry, falling to a floor for a word of all of them."""
    return max(_LEAST, log(1 + total / count) / log(1 + total))

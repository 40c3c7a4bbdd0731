"""Finds which entry a clause names, and how surely.

The score weighs what of a name was said against what of it is missing and against words that the
entry does not explain. A word directly beside the name counts most ("side plank", "dog to heel").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.answers.index import Entry, Index, Name
from bot.answers.lexicon import Lexicon
from bot.answers.stems import likeness
from bot.answers.text import Word

_MISSING = 0.7  # what a word of the name that was not said costs, per weight
_BESIDE = 0.4  # what a strange word beside the name costs
_TURNED = 0.6  # what a word beside the name costs that makes another exercise of it
_APART = 0.15  # what a strange word elsewhere in the clause costs ...
_APART_WEAK = 0.35  # ... where little of a name was said
_OTHERWISE = 0.5  # what a word costs that speaks of something else
_WEAK = 0.7  # weight said, below which a match is weak
_MOST = 0.35  # part of a name of everyday words that may be missing
_HALF = 3  # letters that each of two glued words has ...
_SURE_HALF = 4  # ... and where a letter slipped besides
_WIDEST = 8  # words that a name may be spread over
_GLUED = 5  # words that may be glued or torn within a name
_LETTERS_AN_EDIT = 6  # letters of a whole name per allowed slip


@dataclass(frozen=True, slots=True)
class Match:
    """An entry named at some words of a message.

    `said` is the weight of what was said, `titled` how much of it is in the entry's own key;
    `telling` is False where only everyday or shared words of a longer name were ("couch").
    """

    entry: Entry
    score: float
    said: float
    titled: float
    telling: bool
    at: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Said:
    """How much of one name was said, and where."""

    weight: float
    missing: float
    at: frozenset[int]


# Neighbouring words written as one, with where they begin and end, by their letters' number.
_Windows = dict[int, list[tuple[str, int, int]]]


# A word of names -> where it may have been said and how surely.
_Heard = dict[str, list[tuple[int, float]]]


def _place(heard: Sequence[tuple[int, float]], taken: Mapping[int, float]) -> tuple[int, float]:
    """Return where a word was said and how surely, nearest to what was found before."""
    near = max(taken, default=0)
    free = (one for one in heard if one[0] not in taken)
    return max(free, key=lambda one: (one[1], -abs(one[0] - near)), default=(-1, 0.0))


def _digits(letters: str) -> list[str]:
    return [letter for letter in letters if letter.isdigit()]


def _windows(texts: Sequence[str]) -> _Windows:
    windows: _Windows = {}
    for start in range(len(texts)):
        for end in range(start + 1, min(start + _GLUED, len(texts)) + 1):
            letters = "".join(texts[start:end])
            windows.setdefault(len(letters), []).append((letters, start, end))
    return windows


class Matcher:
    """Matches the clauses of a message with the names of an index."""

    def __init__(self, index: Index, lexicon: Lexicon) -> None:
        self._index = index
        self._words = lexicon
        self._ordinary = lexicon.ordinary
        self._light = lexicon.function | lexicon.chat | (lexicon.facet_words - lexicon.props)
        self._like = lru_cache(maxsize=4096)(self._likenesses)
        self._nearly = lru_cache(maxsize=4096)(self._is_nearly_light)

    def clause(self, words: Sequence[Word], first: int) -> Iterator[Match]:
        """Yield a match for every entry that `words` may name, the first of them at `first`."""
        parts = [
            (part, first + i) for i, word in enumerate(words) for part in self._apart(word.text)
        ]
        texts, places = [part for part, _ in parts], [place for _, place in parts]
        windows, heard = _windows(texts), self._hear(texts)
        for entry in self._index.entries:
            said = (
                self._glued(texts, windows, name) or self._said(heard, name) for name in entry.names
            )
            matches = [self._match(texts, places, entry, one) for one in said if one]
            if matches:
                yield max(matches, key=lambda match: (match.score, match.said))

    def explains(self, entry: Entry, words: Sequence[Word]) -> bool:
        """Tell whether `words` speak of nothing but `entry`, moving and small talk."""
        return bool(words) and not any(
            self._price(word.text, entry, beside=False, apart=_APART) for word in words
        )

    def _apart(self, text: str) -> tuple[str, ...]:
        """Return the two words of names that `text` glues together ("deadbug"), or `text`."""
        cuts = () if text in self._ordinary else range(_HALF, len(text) - _HALF + 1)
        for cut in cuts:
            if self._index.is_spoken(text[:cut]) and self._index.is_spoken(text[cut:]):
                return text[:cut], text[cut:]
        if cuts and len(text) >= 2 * _SURE_HALF:
            for glued, pair in self._index.pairs.items():
                if OSA.distance(text, glued, score_cutoff=1) <= 1:
                    return pair
        return (text,)

    def _match(
        self, texts: Sequence[str], places: Sequence[int], entry: Entry, said: _Said
    ) -> Match:
        cost = self._strange(texts, entry, said)
        score = said.weight / (said.weight + _MISSING * said.missing + cost)
        telling = said.missing < _MOST * said.weight or any(
            self._index.is_telling(texts[index]) for index in said.at
        )
        stems = {self._index.stem(texts[index]) for index in said.at}
        titled = sum(map(self._index.weight, stems & entry.title))
        at = frozenset(places[index] for index in said.at)
        return Match(entry, score, said.weight, titled, telling, at)

    def _said(self, heard: _Heard, name: Name) -> _Said | None:
        """Return what of `name` was said, word by word in any order."""
        found: dict[int, float] = {}
        missing = 0.0
        for word in name.stems:
            weight = self._index.weight(word)
            place, sure = _place(heard.get(word, ()), found)
            if sure:
                found[place] = weight * sure
            missing += weight * (1 - sure)
        if not found or max(found) - min(found) >= _WIDEST:
            return None
        return _Said(sum(found.values()), missing, frozenset(found))

    def _hear(self, texts: Sequence[str]) -> _Heard:
        heard: _Heard = {}
        for place, text in enumerate(texts):
            for word, sure in self._like(text).items():
                heard.setdefault(word, []).append((place, sure))
        return heard

    def _likenesses(self, text: str) -> dict[str, float]:
        """Return the words of names that `text` may stand for, with how surely it does."""
        typed = self._index.stem(text)
        if text in self._ordinary or text.isdigit():
            return {typed: 1.0} if typed in self._index.vocabulary else {}
        likely = ((word, likeness(typed, word)) for word in self._index.vocabulary)
        return {word: sure for word, sure in likely if sure}

    def _glued(self, texts: Sequence[str], windows: _Windows, name: Name) -> _Said | None:
        """Return `name` where it was said whole, blanks or a few letters aside."""
        allowed = len(name.letters) // _LETTERS_AN_EDIT
        best: tuple[int, int, int] | None = None
        for length in range(len(name.letters) - allowed, len(name.letters) + allowed + 1):
            for letters, start, end in windows.get(length, ()):
                edits = OSA.distance(letters, name.letters, score_cutoff=allowed)
                if edits > allowed or (best and edits >= best[0]):
                    continue
                if _digits(letters) != _digits(name.letters):
                    continue  # a number is no slip for another
                if not edits or not self._own(texts[start:end], name):
                    best = (edits, start, end)
        return self._whole(name, *best) if best else None

    def _whole(self, name: Name, edits: int, start: int, end: int) -> _Said:
        weight = sum(map(self._index.weight, name.stems))
        lost = weight * edits / len(name.letters)
        return _Said(weight - lost, lost, frozenset(range(start, end)))

    def _own(self, texts: Sequence[str], name: Name) -> bool:
        """Tell whether words that are near a name mean themselves ("bed stretch", "bad log")."""
        stems = [self._index.stem(text) for text in texts]
        others = self._index.vocabulary.difference(name.stems)
        if len(texts) == 1:
            return texts[0] in self._ordinary or stems[0] in others
        named = any(stem in name.stems for stem in stems)
        return not others.isdisjoint(stems) or not (
            named or any(text not in self._ordinary for text in texts)
        )

    def _strange(self, texts: Sequence[str], entry: Entry, said: _Said) -> float:
        """Return the price of the words that neither the name nor the entry explains."""
        beside = self._beside(texts, said.at)
        apart = _APART if said.weight >= _WEAK else _APART_WEAK
        return sum(
            self._price(text, entry, index in beside, apart)
            for index, text in enumerate(texts)
            if index not in said.at
        )

    def _price(self, text: str, entry: Entry, beside: bool, apart: float) -> float:
        stem = self._index.stem(text)
        if text in self._words.elsewhere:
            return _OTHERWISE
        if text in self._words.function or stem in entry.words:
            return 0.0
        if beside and (text in self._words.modifiers or self._names_another(text, stem)):
            return _TURNED
        if beside and text in self._words.props and stem not in entry.around:
            return _TURNED
        if stem in entry.around or self._is_light(text):
            return 0.0
        return _BESIDE if beside else apart

    def _names_another(self, text: str, stem: str) -> bool:
        return stem in self._index.vocabulary and text not in self._light and not self._asks(text)

    def _is_light(self, text: str) -> bool:
        return text in self._light or self._asks(text) or self._nearly(text)

    def _asks(self, text: str) -> bool:
        return text.startswith(self._words.facet_stems)

    def _is_nearly_light(self, text: str) -> bool:
        """Tell whether `text` is a slip for a word of small talk ("teh", "excersise")."""
        if len(text) < 3 or text in self._ordinary:
            return len(text) < 2
        allowed = 1 if len(text) < 7 else 2
        return any(
            abs(len(word) - len(text)) <= allowed
            and OSA.distance(text, word, score_cutoff=allowed) <= allowed
            for word in (*self._light, *self._words.facet_stems)
            if len(word) >= 3
        )

    def _beside(self, texts: Sequence[str], at: frozenset[int]) -> set[int]:
        """Return the places that touch the name, over other content words but no small ones."""
        beside: set[int] = set()
        for step, index in ((-1, min(at) - 1), (1, max(at) + 1)):
            while 0 <= index < len(texts) and texts[index] not in self._words.function:
                beside.add(index)
                index += step
        beside.update(index for index in range(min(at), max(at)) if index not in at)
        return beside

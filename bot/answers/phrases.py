"""The small grammar in which content writes what people say, and its matcher.

`*` ends a word any way (numb*), ` .. ` is up to four words in between, `|` are alternatives that
may hold several words: of all that stands between two gaps, or of what stands in parentheses;
`(a|b)?` may be left out. Order matters. A phrase walks over the words with the set of places it
may have reached, so its time is bounded by the words and never by the ways to read them; regular
expressions of the same phrases took ten times as long to build.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

from bot.answers.text import plain

_BETWEEN = 4  # words that a gap may hold
_PARTS = re.compile(r"\s+\.\.\s+")
_PIECE = re.compile(r"\(|\)\??|\||[^()|?]+")
_PUNCTUATION = re.compile(r"\s\.\.\s|[()|?]")
_SPELT_OUT = re.compile(r"[a-z0-9* ]*")
_OPENED = frozenset(["not", "cannot", "im", "ive"])
# A letter that no one types stands for the star, so that "can't" and stems are read alike.
_STAR = "ꙮ"


class Phrases:
    """A group of phrases, ready to be found in a list of words.

    `unlike` are words that an open ending must not reach ("number" is not "numb*").
    """

    def __init__(self, phrases: Iterable[str], unlike: Collection[str] = ()) -> None:
        self._phrases = [_Phrase(phrase, frozenset(unlike)) for phrase in phrases]

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield spans of `words` that the phrases match, as start and end."""
        said = frozenset(words)
        for phrase in self._phrases:
            if phrase.may_begin(said):
                yield from phrase.find(words)


class _Phrase:
    """One phrase; it is taken apart when a message first holds a word it begins with."""

    def __init__(self, phrase: str, unlike: frozenset[str]) -> None:
        self._texts = _PARTS.split(phrase.strip())
        self._unlike = unlike
        first = vocabulary(self._texts[:1])
        if not first or not all(map(vocabulary, ([text] for text in self._texts))):
            raise ValueError(f"a phrase or a part of it has no words: {phrase!r}")
        self._words = frozenset(word for word in first if "*" not in word)
        self._stems = tuple(word[:-1] for word in first if "*" in word)

    def may_begin(self, words: frozenset[str]) -> bool:
        """Tell whether one of `words` may be the first of the phrase."""
        if not self._words.isdisjoint(words):
            return True
        return bool(self._stems) and any(word.startswith(self._stems) for word in words)

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield the longest span that begins at each word, where there is one."""
        first, *others = self._parts
        for start in range(len(words)):
            ends = first.ends(words, start)
            for part in others:
                if not ends:
                    break
                begins = {end + step for end in ends for step in range(_BETWEEN + 1)}
                ends = {end for begin in begins for end in part.ends(words, begin)}
            if ends and max(ends) > start:
                yield start, max(ends)

    @cached_property
    def _parts(self) -> list[_Choice]:
        return [_Reader(text, self._unlike).choice() for text in self._texts]


class _Choice:
    """Alternatives, each a row of words and choices, looked up by their first word."""

    def __init__(self, unlike: frozenset[str], optional: bool = False) -> None:
        self.optional = optional
        self._unlike = unlike
        self._by_word: dict[str, list[list[str | _Choice]]] = {}
        self._others: list[list[str | _Choice]] = []

    def add(self, row: list[str | _Choice]) -> None:
        """Add one alternative; an empty one is passed over."""
        if row and isinstance(row[0], str) and "*" not in row[0]:
            self._by_word.setdefault(row[0], []).append(row)
        elif row:
            self._others.append(row)

    def ends(self, words: Sequence[str], start: int) -> set[int]:
        """Return every place where the choice may end that begins at `start`."""
        found = {start} if self.optional else set()
        known = self._by_word.get(words[start], ()) if start < len(words) else ()
        for row in (*known, *self._others):
            places = {start}
            for item in row:
                places = {end for place in places for end in self._step(item, words, place)}
            found |= places
        return found

    def _step(self, item: str | _Choice, words: Sequence[str], place: int) -> Collection[int]:
        if isinstance(item, _Choice):
            return item.ends(words, place)
        if place >= len(words):
            return ()
        word = words[place]
        if item[-1] == "*":
            same = word.startswith(item[:-1]) and word not in self._unlike
        else:
            same = word == item
        return (place + 1,) if same else ()


class _Reader:
    """Reads the text of a part into a choice."""

    def __init__(self, text: str, unlike: frozenset[str]) -> None:
        self._pieces = iter(_PIECE.findall(text))
        self._unlike = unlike

    def choice(self) -> _Choice:
        """Return the choice up to the closing parenthesis or the end."""
        choice = _Choice(self._unlike)
        row: list[str | _Choice] = []
        for piece in self._pieces:
            if piece in ("|", ")", ")?"):
                choice.add(row)
                row = []
            if piece in (")", ")?"):
                choice.optional = piece == ")?"
                return choice
            if piece == "(":
                row.append(self.choice())
            elif piece != "|":
                row += _starred(piece)
        choice.add(row)
        return choice


def vocabulary(phrases: Iterable[str]) -> set[str]:
    """Return every word that is written in `phrases`; stems keep their `*`."""
    return {word for phrase in phrases for word in _starred(_PUNCTUATION.sub("  ", phrase))}


def _starred(text: str) -> list[str]:
    """Split into normalised words; a stem keeps its star."""
    words = text.split()
    if _SPELT_OUT.fullmatch(text) and _OPENED.isdisjoint(words):
        return words  # most phrases: nothing to normalise
    return [word.replace(_STAR, "*") for word in plain(text.replace("*", _STAR))]

"""The small grammar in which content writes what people say, and its matcher.

`*` ends a word any way (numb*), ` .. ` is up to four words in between, `|` are alternatives that
may hold several words: of all that stands between two gaps, or of what stands in parentheses;
`(a|b)?` may be left out. Order matters. Every gap is bounded, so matching takes linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from bot.answers.text import plain

_GAP = "(?:[^ ]+ ){0,4}"
_PIECE = re.compile(r"\(|\)\??|\||[^()|]+")
_PUNCTUATION = re.compile(r"\s\.\.\s|[()|?]")
# A letter that no one types stands for the star, so that "can't" and stems are read alike.
_STAR = "ꙮ"


class Phrases:
    """A group of phrases, ready to be found in a list of words.

    `unlike` are words that an open ending must not reach ("number" is not "numb*").
    """

    def __init__(self, phrases: Iterable[str], unlike: Iterable[str] = ()) -> None:
        barred = "|".join(map(re.escape, sorted(unlike)))
        self._barred = f"(?!(?:{barred}) )" if barred else ""
        self._patterns = [re.compile(self._pattern(phrase)) for phrase in phrases]

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield spans of `words` that the phrases match, as start and end."""
        # Every word is followed by one blank, in the text as in the patterns.
        text = "".join(word + " " for word in words)
        starts = [0, *accumulate(len(word) + 1 for word in words)]
        for pattern in self._patterns:
            for match in pattern.finditer(text):
                yield bisect_left(starts, match.start()), bisect_left(starts, match.end())

    def _pattern(self, phrase: str) -> str:
        parts = (f"(?:{self._part(part)})" for part in re.split(r"\s+\.\.\s+", phrase.strip()))
        return f"(?<![^ ]){_GAP.join(parts)}"

    def _part(self, part: str) -> str:
        return "".join(map(self._piece, _PIECE.findall(part)))

    def _piece(self, piece: str) -> str:
        if piece in ("|", ")", ")?"):
            return piece
        return "(?:" if piece == "(" else "".join(map(self._word, _starred(piece)))

    def _word(self, word: str) -> str:
        stem = re.escape(word.removesuffix("*"))
        return f"{self._barred}{stem}[^ ]* " if word.endswith("*") else f"{stem} "


def vocabulary(phrases: Iterable[str]) -> set[str]:
    """Return every word that is written in `phrases`; stems keep their `*`."""
    return {word for phrase in phrases for word in _starred(_PUNCTUATION.sub(" ; ", phrase))}


def _starred(text: str) -> list[str]:
    """Split into normalised words; a stem keeps its star."""
    return [word.replace(_STAR, "*") for word in plain(text.replace("*", _STAR))]

"""Decides what was asked about an entry: its dose, its mistakes, where it is felt."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby

from bot.answers.lexicon import Lexicon
from bot.answers.spelling import Speller
from bot.answers.text import Text, Word

_ASKING = frozenset(
    [
        "how",
        "what",
        "when",
        "where",
        "why",
        "which",
        "who",
        "whose",
        "can",
        "could",
        "should",
        "is",
        "are",
        "do",
    ]
)


class Facets:
    """The facets of the lexicon, ready to be looked for."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._facets = lexicon.facets
        self._asking = lexicon.asks
        self._props = lexicon.props
        known = lexicon.ordinary | lexicon.lookalikes | lexicon.symptoms
        self._stems = lexicon.facet_stems
        targets = {*lexicon.facet_words, *lexicon.facet_stems}
        self._speller = Speller(targets, known, lexicon.spellings)

    def asked(self, text: Text, named: Collection[int]) -> str | None:
        """Return the facet that is asked, None where none is.

        Words at `named` are the name and ask nothing; a thing in the name still may ("without a
        roller"). Questions are read before the sentence of the name, and that before the rest.
        """
        named = [index for index in named if text.words[index].text not in self._props]
        order: dict[int, None] = dict.fromkeys(sorted(text.asked, reverse=True))
        order |= dict.fromkeys(s for s in _sentences(text) if self._asks(text, s))
        order |= dict.fromkeys(text.words[index].sentence for index in sorted(named))
        order |= dict.fromkeys(_sentences(text))
        for sentence in order:
            if facet := self._sentence(_without(text, named, sentence)):
                return facet
        return None

    def _asks(self, text: Text, sentence: int) -> bool:
        first = next(word for word in text.words if word.sentence == sentence)
        return first.text in self._asking

    def _meant(self, text: str) -> str:
        return text if text.startswith(self._stems) else self._speller.meant(text)

    def _sentence(self, words: list[Word]) -> str | None:
        clauses = [
            [self._meant(word.text) for word in clause]
            for _, clause in groupby(words, key=lambda word: word.clause)
        ]
        for name, phrases in self._facets:
            if any(True for clause in clauses for _ in phrases.find(clause)):
                return name
        return None


def _sentences(text: Text) -> list[int]:
    return sorted({word.sentence for word in text.words})


def _without(text: Text, named: Collection[int], sentence: int) -> list[Word]:
    """Return the words of a sentence; one blank word stands for those of the name."""
    return [
        Word("_", word.clause, word.sentence) if index in named else word
        for index, word in enumerate(text.words)
        if word.sentence == sentence
    ]

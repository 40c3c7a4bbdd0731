"""Finds the most urgent warning sign or condition that a message tells of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bot.answers.lexicon import Lexicon
from bot.answers.phrases import Phrases, vocabulary
from bot.answers.spelling import Speller
from bot.answers.text import Word
from bot.domain.safety import TIERS, Sign

# Signs this urgent are pieced together across sentences: "On warfarin. My thigh went numb."
_ACROSS = ("emergency", "today")
_MASK = "_"
_LONG = 8  # letters from which any word of a phrase may be mistyped, not only a symptom
_FAR = 9  # words between a denial and the last sign it denies
# Before a question they deny nothing: "isn't numbness bad?"
_ASKING = ("isnt", "arent", "wasnt", "werent", "doesnt", "aint")

Span = tuple[int, int]


class Alarms:
    """The signs of a content pack, ready to be looked for."""

    def __init__(self, signs: Iterable[Sign], lexicon: Lexicon, names: Iterable[str]) -> None:
        ordered = sorted(signs, key=lambda sign: (TIERS.index(sign.tier), not sign.script))
        self._signs = [(sign, Phrases(sign.phrases, lexicon.unlike)) for sign in ordered]
        self._words = lexicon
        spoken = {word for sign in ordered for word in vocabulary(sign.phrases)}
        long = {word for word in spoken if len(word) >= _LONG and "*" not in word}
        targets = lexicon.symptoms | long
        real = lexicon.ordinary | lexicon.lookalikes | lexicon.unlike | lexicon.props
        self._speller = Speller(targets, real | spoken | set(names), lexicon.spellings)

    def find(self, words: list[Word]) -> list[Sign]:
        """Return the signs of the most urgent tier that `words` tell of; none where all is well."""
        spelt = self.masked(_own(self._speller.correct(words)))
        told = (sign for sign, phrases in self._signs if self._tells(sign, phrases, spelt))
        for _, signs in groupby(told, key=lambda sign: sign.tier):
            return list(signs)
        return []

    def masked(self, words: list[Word]) -> list[Word]:
        """Return the words with those hidden that only sound like a sign."""
        masked = list(words)
        for start, end in self._words.harmless.find([word.text for word in words]):
            for index in range(start, end):
                masked[index] = Word(_MASK, words[index].clause, words[index].sentence)
        return masked

    def _tells(self, sign: Sign, phrases: Phrases, words: list[Word]) -> bool:
        spans = _spans(phrases, words, across=sign.tier in _ACROSS)
        told = any(not self._denied(words, span) for span in spans)
        return told and not (sign.tier == "condition" and _asks_who(words))

    def _denied(self, words: list[Word], span: Span) -> bool:
        """Tell whether the sign at `span` is said not to be there."""
        start, end = span
        if end < len(words) and words[end].text == "free":
            return True
        clause = words[start].clause
        listed = any(word.text in ("or", "nor") for word in words[start : end + 1])
        for index in range(start - 1, max(start - 1 - _FAR, -1), -1):
            word = words[index]
            listed = listed or word.text in ("or", "nor")
            if word.clause != clause and not (listed and word.sentence == words[start].sentence):
                return False
            if word.text in self._words.deny:
                return not self._affirmed(words, index)
            if word.text not in self._words.between and word.text not in self._words.symptoms:
                return False
        return False

    def _affirmed(self, words: list[Word], index: int) -> bool:
        """Tell whether the denial at `index` denies something else, or asks."""
        first = index == 0 or words[index - 1].clause != words[index].clause
        if first and words[index].text in _ASKING:
            return True
        texts = [word.text for word in words]
        return any(start <= index < end for start, end in self._words.affirm.find(texts))


def _spans(phrases: Phrases, words: Sequence[Word], *, across: bool) -> Iterator[Span]:
    """Yield the spans that match, each within a sentence unless `across`."""
    if across:
        yield from phrases.find([word.text for word in words])
        return
    first = 0
    for _, sentence in groupby(words, key=lambda word: word.sentence):
        texts = [word.text for word in sentence]
        yield from ((first + start, first + end) for start, end in phrases.find(texts))
        first += len(texts)


# Someone else's body is told of in the words that content has for one's own.
_OWN = {"his": "my", "her": "my", "their": "my", "your": "my", "our": "my"}
_OWN |= dict.fromkeys(("he", "she", "they", "we", "you"), "i")
# Between the words of a sign these change nothing: "can't really feel".
_FILLERS = ("really", "actually", "literally", "properly", "quite", "totally", "completely")
_VERBS = {"is": "am", "are": "am", "has": "have"}


def _own(words: Sequence[Word]) -> list[Word]:
    """Return `words` as if everybody spoke of themselves: "her leg" as "my leg"; no fillers."""
    own: list[Word] = []
    for word in words:
        if word.text in _FILLERS:
            continue
        text = _OWN.get(word.text, word.text)
        if own and own[-1].text == "i":
            text = _VERBS.get(text, text)
        own.append(Word(text, word.clause, word.sentence))
    return own


_WHO_NOT = Phrases(
    [
        "who .. avoid|skip|shouldnt|not do|not use|mustnt",
        "(which|what) people .. avoid|shouldnt|not do",
    ]
)


def _asks_who(words: Sequence[Word]) -> bool:
    """Tell whether the question is for whom something is not, which speaks of nobody's body."""
    return any(True for _ in _WHO_NOT.find([word.text for word in words]))

"""Answers a question from a content pack: safety first, then what is named, else unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from bot.answers.alarms import Alarms
from bot.answers.answer import Answer
from bot.answers.facet import Facets
from bot.answers.index import Index
from bot.answers.lexicon import lexicon
from bot.answers.match import Match, Matcher
from bot.answers.text import Text, read
from bot.domain.catalogue import Catalogue, Sign

_SURE = 0.7  # score from which an entry is answered
_ENOUGH = 0.3  # weight that must have been said
_APART = 0.06  # two entries closer than this are both meant, or neither
_FULLER = 0.2  # how much surer a shorter match must be than one that holds it
_OFFERED = 0.45  # score from which an entry is worth offering
_OFFERS = 3
_LONGEST = 200  # words that are searched for names; a longer message tells a story


class Answers:
    """Everything that `ask` needs, prepared once from a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._words = lexicon()
        self._index = Index(catalogue, self._words)
        self._matcher = Matcher(self._index, self._words)
        self._facets = Facets(self._words)
        self._alarms = Alarms(catalogue.safety.signs, self._words, self._index.words())

    def ask(self, question: str, *, current: str | None = None) -> Answer:
        """Return what `question` asks for; any text is fine.

        `current` is the key of the exercise or practice that the person is doing: a question that
        names nothing ("how long?") is then about it.
        """
        text = read(question)
        if signs := self._alarms.find(text.words):
            return _safety(signs)
        matches = self._matches(text)
        if match := self._sure(text, matches):
            facet = self._facets.asked(text, match.at) or "how"
            return Answer(match.entry.kind, match.entry.key, facet)
        return self._about_current(text, current) or _unknown(matches)

    def _matches(self, text: Text) -> list[Match]:
        """Return the matches of all clauses, surest first."""
        found: list[Match] = []
        first = 0
        for _, clause in groupby(text.words[:_LONGEST], key=lambda word: word.clause):
            words = list(clause)
            found += self._matcher.clause(words, first)
            first += len(words)
        return sorted(found, key=lambda match: (-match.score, -match.said, match.entry.key))

    def _sure(self, text: Text, matches: Sequence[Match]) -> Match | None:
        """Return the match to answer, None where none is sure or two are as sure."""
        sure = [match for match in matches if _is_sure(match)]
        if not sure:
            return None
        asked = [match for match in sure if self._is_asked(text, match)] or sure
        near = [match for match in asked if match.score > asked[0].score - _APART]
        best = max(near, key=lambda match: (match.said, match.titled))
        # "dead bug hodl" says more of one name than "dead bug" says of another.
        fuller = [m for m in asked if m.at > best.at and m.score > best.score - _FULLER]
        best = max(fuller, key=lambda match: (match.score, match.said), default=best)
        clause = text.words[min(best.at)].clause
        beside = (match for match in sure if text.words[min(match.at)].clause == clause)
        return None if any(_rivals(best, match) for match in beside) else best

    def _is_asked(self, text: Text, match: Match) -> bool:
        sentence = text.words[min(match.at)].sentence
        return sentence in text.asked

    def _about_current(self, text: Text, current: str | None) -> Answer | None:
        """Answer for the step being done where the question speaks of nothing else."""
        entry = next((one for one in self._index.entries if one.key == current), None)
        if entry is None or not self._matcher.explains(entry, text.words):
            return None
        facet = self._facets.asked(text, ())
        asks = text.asked or any(word.text in self._words.asks for word in text.words)
        return Answer(entry.kind, entry.key, facet or "how") if facet or asks else None


def _is_sure(match: Match) -> bool:
    return match.score >= _SURE and match.said >= _ENOUGH and match.telling


def _rivals(best: Match, other: Match) -> bool:
    """Tell whether `other` may be meant as well: named elsewhere, or by the same words."""
    if other.entry.key == best.entry.key or other.at < best.at:
        return False
    if other.at == best.at and best.titled > other.titled and best.score >= other.score:
        return False  # a name that both have belongs to the one that is called so
    return other.score > best.score - _APART or not other.at & best.at


def _safety(signs: Sequence[Sign]) -> Answer:
    first = signs[0]
    pauses = any(sign.pauses for sign in signs)
    return Answer("safety", tier=first.tier, script=first.script or first.tier, pauses=pauses)


def _unknown(matches: Iterable[Match]) -> Answer:
    near = [m.entry.key for m in matches if m.score >= _OFFERED and m.said >= _ENOUGH]
    return Answer("unknown", suggestions=tuple(dict.fromkeys(near))[:_OFFERS])

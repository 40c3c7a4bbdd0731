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
from bot.answers.notes import Likely, Notes
from bot.answers.text import Text, read
from bot.domain.catalogue import Catalogue
from bot.domain.safety import Sign

_SURE = 0.7  # score from which an entry is answered
_ENOUGH = 0.3  # weight that must have been said
_APART = 0.06  # two entries closer than this are both meant, or neither
_FULLER = 0.2  # how much surer a shorter match must be than one that holds it
_OFFERED = 0.45  # score from which an entry is worth offering
_OFFERS = 3
_ASKING = frozenset(
    [
        *("why", "what", "how", "where"),
        *("does", "do", "did", "is", "are", "can", "will", "would", "should"),
    ]
)
_LONGEST = 200  # words that are searched for names; a longer message tells a story


class Answers:
    """Everything that `ask` needs, prepared once from a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._words = lexicon()
        self._index = Index(catalogue, self._words)
        self._matcher = Matcher(self._index, self._words)
        self._facets = Facets(self._words)
        self._notes = Notes(catalogue.notes.values(), self._words)
        self._alarms = Alarms(catalogue.safety.signs, self._words, self._index.words())

    def ask(self, question: str, *, current: str | None = None) -> Answer:
        """Return what `question` asks for; any text is fine.

        `current` is the key of the exercise or practice that the person is doing: a question that
        names nothing ("how long?") is then about it.
        """
        text = read(question)
        if signs := self._alarms.find(text.words):
            return _safety(signs)
        notes = self._notes.likely(text.words[:_LONGEST])
        matches = self._matches(text)
        match = self._sure(text, matches)
        if notes and notes[0].sure and not self._names_only(match, text):
            return Answer("knowledge", notes[0].key, "why")
        if match is not None:
            return self._about(match, text)
        return self._about_current(text, current) or _unknown(matches, notes)

    def _names_only(self, match: Match | None, text: Text) -> bool:
        """Tell whether a question says a name, and asks nothing that a note would answer."""
        asks = any(word.text in _ASKING for word in text.words)
        return match is not None and not asks and self._matcher.explains(match.entry, text.words)

    def _about(self, match: Match, text: Text) -> Answer:
        facet = self._facets.asked(text, match.at) or "how"
        if match.entry.kind == "routine" and not _asks_how(text):
            facet = "how"  # "15 minutes in the evening" names a routine, and asks for no dose
        return Answer(match.entry.kind, match.entry.key, facet)

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
        best = max(near, key=lambda m: (m.said, m.titled, m.entry.kind == "exercise"))
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


def _asks_how(text: Text) -> bool:
    return any(word.text == "how" for word in text.words)


def _is_sure(match: Match) -> bool:
    return match.score >= _SURE and match.said >= _ENOUGH and match.telling


def _rivals(best: Match, other: Match) -> bool:
    """Tell whether `other` may be meant as well: named elsewhere, or by the same words."""
    if other.entry.key == best.entry.key or other.at < best.at:
        return False
    if other.entry.title == best.entry.title:
        return False  # an exercise that is a practice too: either card will do
    if other.at == best.at and best.titled > other.titled and best.score >= other.score:
        return False  # a name that both have belongs to the one that is called so
    return other.score > best.score - _APART or not other.at & best.at


def _safety(signs: Sequence[Sign]) -> Answer:
    first = signs[0]
    pauses = any(sign.pauses for sign in signs)
    return Answer("safety", tier=first.tier, script=first.script or first.tier, pauses=pauses)


def _unknown(matches: Iterable[Match], notes: Iterable[Likely]) -> Answer:
    near = [m.entry.key for m in matches if m.score >= _OFFERED and m.said >= _ENOUGH]
    near += [note.key for note in notes if note.offered]
    return Answer("unknown", suggestions=tuple(dict.fromkeys(near))[:_OFFERS])

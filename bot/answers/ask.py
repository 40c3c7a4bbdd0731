"""Answers a question from a content pack: safety first, then what is surely meant, else unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.answers.alarms import Alarms
from bot.answers.answer import Answer
from bot.answers.examples import entries, examples, names, twins
from bot.answers.features import Counted, counted
from bot.answers.learned import learned
from bot.answers.learning import SIGN
from bot.answers.lexicon import lexicon
from bot.answers.linear import Linear
from bot.answers.names import Names
from bot.answers.spelling import Speller
from bot.answers.text import Text, read
from bot.domain.catalogue import Catalogue
from bot.domain.questions import NOT_ANSWERED, SIGNS, THIS
from bot.domain.safety import TIERS, Sign

# Of the scores of linear models, by the questions of tests/answers.
_TOLD = -0.37  # both scores of a warning sign together, from which a question tells of one
_URGENT = 0.5  # how much likelier a more urgent tier must be than that of the phrases found
_SURE = -0.7  # from which an entry is answered
_APART = 0.05  # what is closer than this to the next likeliest is not surely meant
_ASIDE = 0.5  # how much likelier a note must be than a question about the step being done
_OFFERED = -0.7  # from which an entry is worth offering
_OFFERS = 3

PAUSING = "emergency"  # the tier after which reminders wait for the person


class Answers:
    """Everything that `ask` needs, prepared once from a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._kinds = _kinds(catalogue)
        self._twins = twins(catalogue)
        self._learned = found = learned(examples(catalogue))
        self._names = Names(
            (name, entry.key) for entry in entries(catalogue) for name in names(entry)
        )
        words = lexicon()
        self._speller = Speller(found.frequent, found.known, words.spellings)
        self._alarms = Alarms(catalogue.safety.signs, words, found.named)

    def ask(self, question: str, *, current: str | None = None) -> Answer:
        """Return what `question` asks for; any text is fine.

        `current` is the key of the exercise or practice that the person is doing: a question that
        names nothing ("how long?") is then about it. One that the content lost is nobody's.
        """
        text = read(question)
        if not text.words:
            return Answer("unknown")
        features = counted(Text(self._speller.correct(text.words), text.asked))
        scores = _scored(self._learned.entry, features)
        if signs := self._alarms.find(text.words):
            return _safety(signs, scores)
        if (named := self._names.find(question)) is not None:
            return self._whole(named, current or "")
        if self._sounds(text, scores) > _TOLD:
            return _told(_tier(scores))
        shared = self._names.shared([word.text for word in text.words])
        if len({self._twins.get(key, key) for key in shared}) > 1:
            return Answer("unknown", suggestions=tuple(shared[:_OFFERS]))
        return self._answer(features, scores, current or "")

    def _sounds(self, text: Text, scores: Mapping[str, float]) -> float:
        """Return how much a question sounds like a warning sign, and like one of some tier."""
        calm = Text(self._alarms.masked(text.words), text.asked)
        if calm != text:
            scores = _scored(self._learned.entry, counted(calm))
        sign = _scored(self._learned.sign, counted(calm, denials=True)).get(SIGN, -1.0)
        return sign + scores.get(SIGNS + _tier(scores), -1.0)

    def _answer(self, features: Counted, scores: Mapping[str, float], current: str) -> Answer:
        ranked = [label for label in scores if not label.startswith(SIGNS)]
        best, *others = ranked
        if current in self._kinds and self._means_this(best, scores):
            return self._about(current, features)
        if best == THIS:
            return Answer("unknown", names_none=True)
        answered = [label for label in ranked if label not in NOT_ANSWERED]
        near = next((scores[label] for label in others), -1.0)
        if best in NOT_ANSWERED or scores[best] < _SURE or scores[best] - near < _APART:
            offered = [label for label in answered if scores[label] >= _OFFERED]
            return Answer("unknown", suggestions=tuple(offered[:_OFFERS]))
        return self._about(self._meant(best, current), features)

    def _means_this(self, best: str, scores: Mapping[str, float]) -> bool:
        """Tell whether somebody in the middle of a step asks about it; "which side?" is no note."""
        note = (
            self._kinds.get(best) == "knowledge" and scores[best] - scores.get(THIS, -1.0) < _ASIDE
        )
        return best == THIS or note

    def _meant(self, key: str, current: str) -> str:
        """Return the step being done where another entry has its name, else the key."""
        return current if self._twins.get(current) == key else key

    def _whole(self, key: str, current: str) -> Answer:
        """Return the answer to a name and nothing else."""
        kind = self._kinds[key]
        facet = "why" if kind == "knowledge" else "how"
        return Answer(kind, self._meant(key, current), facet, named=True)

    def _about(self, key: str, features: Counted) -> Answer:
        kind = self._kinds[key]
        if kind == "knowledge":
            return Answer(kind, key, "why")
        if kind == "routine":
            return Answer(kind, key, "how")
        return Answer(kind, key, next(iter(_scored(self._learned.facet, features))))


def _scored(model: Linear, features: Counted) -> dict[str, float]:
    """Return the score of each label, the best first."""
    found = zip(model.labels, model.scores(features).tolist(), strict=True)
    return dict(sorted(found, key=lambda one: -one[1]))


def _safety(signs: Sequence[Sign], scores: Mapping[str, float]) -> Answer:
    """Return the answer to the signs whose phrases were found, or to a likelier urgent tier."""
    first, likely = signs[0], _tier(scores)
    urgent = TIERS.index(likely) < TIERS.index(first.tier)
    if urgent and scores[SIGNS + likely] > scores.get(SIGNS + first.tier, -1.0) + _URGENT:
        return _told(likely)
    pauses = any(sign.pauses for sign in signs)
    return Answer("safety", tier=first.tier, script=first.script or first.tier, pauses=pauses)


def _tier(scores: Mapping[str, float]) -> str:
    """Return the tier that a question sounds like most."""
    return max(TIERS, key=lambda tier: scores.get(SIGNS + tier, -1.0))


def _told(tier: str) -> Answer:
    return Answer("safety", tier=tier, script=tier, pauses=tier == PAUSING)


def _kinds(catalogue: Catalogue) -> dict[str, str]:
    return {
        **dict.fromkeys(catalogue.exercises, "exercise"),
        **dict.fromkeys(catalogue.practices, "practice"),
        **dict.fromkeys(catalogue.routines, "routine"),
        **dict.fromkeys(catalogue.notes, "knowledge"),
    }

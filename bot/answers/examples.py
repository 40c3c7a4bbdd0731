"""The questions that answers are learned from: those of a pack, and the names of its entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.domain.catalogue import Catalogue, Exercise, Note, Practice, Routine
from bot.domain.questions import FACETS, FIELDS

# With fewer questions of its own an entry is asked about in these ways, too.
_FEW = 30
_FRAMES: Mapping[str, tuple[str, ...]] = {
    "how": ("how do i do {}", "show me {} please", "{} how", "what is {}"),
    "dose": ("how many {}", "how long do i hold {}", "{} how often"),
    "equipment": ("what do i need for {}", "{} without equipment"),
    "feel": ("where should i feel {}", "which muscles does {} work"),
    "mistakes": ("{} mistakes", "am i doing {} wrong"),
    "easier": ("easier {}", "{} is too hard"),
    "harder": ("harder {}", "{} is too easy"),
    "why": ("why do {}", "what is {} good for"),
    "breathing": ("when do i breathe out in {}", "{} breathing"),
    "who-not": ("who should not do {}", "is {} safe"),
}
_WHOLE = ("how",)  # of a routine or a note nothing but itself is asked

Named = Exercise | Practice | Routine | Note


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the label it has and, where it is about an exercise or practice, a facet."""

    question: str
    label: str
    facet: str | None = None


def examples(catalogue: Catalogue) -> list[Example]:
    """Return every question and name of a pack; what is of an exercise's twin is the exercise's."""
    same = twins(catalogue)
    asked: dict[str, Example] = {}  # the same question of a higher pack takes the lower one's place
    for questions in catalogue.questions:
        label = same.get(questions.key, questions.key)
        faceted = catalogue.entry(questions.key) is not None
        for facet, field in zip(FACETS, FIELDS, strict=True):
            for question in getattr(questions, field):
                asked[question] = Example(question, label, facet if faceted else None)
        asked |= {question: Example(question, label) for question in questions.said}
    found = [*asked.values()]
    spoken = Counter(example.label for example in found)
    for entry in entries(catalogue):
        label = same.get(entry.key, entry.key)
        found += _called(entry, label, few=spoken[label] < _FEW)
    return found


def twins(catalogue: Catalogue) -> dict[str, str]:
    """Return which practice is which exercise too: their keys are of the same words."""
    exercises = {_stems(key): key for key in catalogue.exercises}
    practices = ((key, exercises.get(_stems(key))) for key in catalogue.practices)
    return {key: exercise for key, exercise in practices if exercise}


def _stems(key: str) -> frozenset[str]:
    """Return the words of a key: crocodile-breathing and breath-crocodile have the same."""
    return frozenset(word.removesuffix("ing") for word in key.split("-"))


def _called(entry: Named, label: str, *, few: bool) -> Iterator[Example]:
    """Yield the names of an entry, and where few ask about it, ways to ask with each name."""
    faceted = isinstance(entry, Exercise | Practice)
    for name in names(entry):
        yield Example(name, label, "how" if faceted else None)
        for facet in (FACETS if faceted else _WHOLE) if few else ():
            for frame in _FRAMES[facet]:
                yield Example(frame.format(name), label, facet if faceted else None)


def names(entry: Named) -> tuple[str, ...]:
    """Return everything an entry is called."""
    return (entry.name, entry.key.replace("-", " "), *entry.aliases)


def entries(catalogue: Catalogue) -> Iterator[Named]:
    """Yield all that a question can be about: exercises first, notes last."""
    yield from catalogue.exercises.values()
    yield from catalogue.practices.values()
    yield from catalogue.routines.values()
    yield from catalogue.notes.values()

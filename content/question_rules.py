"""What must hold of the questions of a pack beyond their types."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.questions import FIELDS, NOT_ANSWERED, Questions
from content.faults import Fault
from content.naming import spelling
from content.schema import Source
from content.sources import Sources

LONGEST_QUESTION = 400  # characters


def question_faults(sources: Sources) -> Iterator[Fault]:
    """Yield what is wrong with questions: none, asked of nothing, too long, or of two things."""
    owners: dict[tuple[bool, str], str] = {}
    for source in sources.questions:
        yield from _key_faults(source, sources)
        lower = source.document.path.startswith("/")  # what lies over another pack goes first
        if not any(_all(source.value)):
            yield source.document.fault("there is no question in it", "key")
        for name, index, question in _all(source.value):
            if len(question) > LONGEST_QUESTION:
                text = f"{name}: {LONGEST_QUESTION} characters at most"
                yield source.document.fault(text, name, index)
            what = source.value.key + (f" {name}" if name in FIELDS else "")
            owner = owners.setdefault((lower, spelling(question) or question), what)
            if owner != what:
                yield source.document.fault(f"'{question}' is asked of {owner}", name, index)


def _all(questions: Questions) -> Iterator[tuple[str, int, str]]:
    for name in (*FIELDS, "said"):
        for index, question in enumerate(getattr(questions, name)):
            yield name, index, question


def _key_faults(source: Source[Questions], sources: Sources) -> Iterator[Fault]:
    """Yield what does not fit to what the questions are asked of."""
    questions = source.value
    known = {*sources.entries, *sources.names["routine"], *sources.names["note"], *NOT_ANSWERED}
    if questions.key not in known:
        text = f"key: there is no entry '{questions.key}'{sources.near(questions.key, known)}"
        yield source.document.fault(text, "key")
        return
    fitting = _fitting(questions.key, sources)
    for name in (*FIELDS, "said"):
        if getattr(questions, name) and name not in fitting:
            text = f"{name}: of '{questions.key}' nobody asks this; here belongs {fitting[0]}"
            yield source.document.fault(text, name)


def _fitting(key: str, sources: Sources) -> tuple[str, ...]:
    if key in NOT_ANSWERED:
        return ("said",)
    if key in sources.names["note"]:
        return ("why",)
    return ("how",) if key in sources.names["routine"] else FIELDS

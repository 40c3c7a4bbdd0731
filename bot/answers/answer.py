"""What an answer is, before it has words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question asks for.

    `kind` is exercise, practice, routine, knowledge, safety or unknown. `key` and `facet` are set
    for the first four; `tier` and `script` (the name of what is said) for safety, and `pauses`
    where reminders stop until the person resumes; `suggestions` are keys worth offering.
    `named` tells that a name was all that was said; `names_none` that an unknown question would
    have an answer if it said of which exercise.
    """

    kind: str
    key: str | None = None
    facet: str | None = None
    tier: str | None = None
    script: str | None = None
    suggestions: tuple[str, ...] = ()
    pauses: bool = False
    named: bool = False
    names_none: bool = False


def to_json(question: str, answer: Answer) -> dict[str, object]:
    """Return what `limber ask --json` prints for one question."""
    return {
        "question": question,
        "kind": answer.kind,
        "key": answer.key,
        "facet": answer.facet,
        "tier": answer.tier,
        "suggestions": list(answer.suggestions),
    }

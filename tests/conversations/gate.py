"""Answers the questions of the release gate, as several stories do on their way."""

from __future__ import annotations

from collections.abc import Iterable

from sandbox.person import Person

NINE = range(1, 10)


async def answer_no(person: Person, numbers: Iterable[int] = NINE, total: int = 9) -> None:
    """Answer the named questions with no, each once it is asked."""
    for number in numbers:
        await person.sees(f"question {number} of {total}")
        await person.tap("No")

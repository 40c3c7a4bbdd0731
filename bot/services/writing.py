"""An own routine as a file that a pack, and this bot, can read."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.catalogue import Catalogue, Routine
from bot.domain.own import Own, as_routine, usable
from content import alone


def file_of(
    found: Own, catalogue: Catalogue, summary: str, comment: str
) -> tuple[Routine, str] | None:
    """Return a routine, its key as a file has it, and what the file holds; None where it is empty.

    Lines that the pack does not know any more are left out.
    """
    routine = as_routine(found, catalogue)
    if routine is None:
        return None
    routine = replace(
        routine,
        key=alone.key_for(found.name, catalogue.routines),
        summary=summary,
        items=tuple(usable(found.items, catalogue)),  # without the lengths that go without saying
    )
    return routine, alone.written(routine, comment)

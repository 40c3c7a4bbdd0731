"""How many rounds of a breathing practice somebody may choose."""

from __future__ import annotations

from bot.domain.catalogue import Practice
from bot.domain.dose import Level
from bot.domain.person import Screened
from bot.domain.step import Step


def choices(practice: Practice, step: Step, screened: Screened | None) -> tuple[int, ...]:
    """Return the numbers of rounds by the levels of a practice, fewest first.

    No more than a beginner's for whom something applies, or where it hurt.
    """
    found = sorted(set(practice.rounds.values()))
    careful = screened is Screened.APPLIES or step.eased
    return tuple(one for one in found if not careful or one <= practice.rounds[Level.BEGINNER])

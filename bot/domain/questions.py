"""Ways in which people ask about what a pack holds, and what they say that it does not answer."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.safety import TIERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """Ways in which people ask about one entry, by what they want to know of it.

    `said` is for what no entry answers: see `NOT_ANSWERED`.
    """

    key: str  # of the entry
    how: tuple[str, ...] = ()
    dose: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    feel: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    easier: tuple[str, ...] = ()
    harder: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    breathing: tuple[str, ...] = ()
    who_not: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


FACETS = (
    *("how", "dose", "equipment", "feel", "mistakes"),
    *("easier", "harder", "why", "breathing", "who-not"),
)
FIELDS = tuple(facet.replace("-", "_") for facet in FACETS)
# What people say that no entry answers: warning signs by tier; what is near to the content, what is
# far from it, what means the step being done, and what is about the bot itself.
SIGNS = "safety-"
THIS = "unknown-this"
NOT_ANSWERED = (
    *(f"{SIGNS}{tier}" for tier in TIERS),
    *("unknown-near", "unknown-other", THIS, "unknown-app"),
)

"""Growing waits between tries."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

FIRST = 0.5
LONGEST = 30.0


def growing(
    first: float = FIRST, longest: float = LONGEST, chance: Callable[[], float] = random.random
) -> Iterator[float]:
    """Yield waits in seconds without end, each twice the last up to `longest`, a fifth to chance.

    Chance keeps many callers from coming back in the same instant.
    """
    wait = first
    while True:
        yield wait * (0.8 + 0.2 * chance())
        wait = min(wait * 2, longest)

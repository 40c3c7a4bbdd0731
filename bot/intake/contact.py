"""When Telegram was last heard of, and from when on its silence means that something is wrong."""

from __future__ import annotations

import time
from collections.abc import Callable

SILENCE = 90.0  # seconds; both polling and looking after a webhook ask once a minute


class Contact:
    """Notes that Telegram answered; `problem` says what is wrong, if anything."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._at = clock()
        self._trouble = "has not answered yet"

    def made(self, trouble: str = "") -> None:
        """Note an answer, and what it says is wrong."""
        self._at = self._clock()
        self._trouble = trouble

    def problem(self) -> str:
        """Return what is wrong, or nothing."""
        silent = self._clock() - self._at
        return f"not reached for {silent:.0f} s" if silent > SILENCE else self._trouble

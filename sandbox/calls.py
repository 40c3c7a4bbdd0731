"""The record of what the bot asked for, so that tests can look at it and fail on the unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from sandbox.store import Json

KEPT = 100_000


@dataclass(slots=True)
class Call:
    """One call: `at` by the sandbox's clock, `at_monotonic` in the machine's seconds.

    `status` is what was answered, 0 while there is no answer or where the connection was cut.
    `unheard` tells that it took effect, and that a fault kept this from the caller.
    """

    method: str
    params: Json
    at: datetime
    at_monotonic: float
    status: int = 0
    description: str = ""
    unheard: bool = False


class Calls:
    """The calls since the start, the oldest forgotten first; empty polls are not kept."""

    def __init__(self) -> None:
        self.made: list[Call] = []
        self.unknown: list[str] = []

    def begin(self, method: str, params: Json, at: datetime) -> Call:
        """Note a call that has just arrived."""
        call = Call(method, params, at, monotonic())
        self.made.append(call)
        if len(self.made) > KEPT:
            del self.made[: KEPT // 2]
        return call

    def drop(self, call: Call) -> None:
        """Forget a call that told nothing, such as a poll that found no news."""
        if call in self.made[-50:]:
            self.made.remove(call)

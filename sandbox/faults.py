"""Misfortunes on demand: what the next calls of a method meet instead of a plain answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sandbox.errors import BLOCKED, SERVER_ERROR, Refusal, flood

Drop = Literal["before", "after"]
GARBAGE = "<html><title>Welcome to our network</title>"  # as a captive portal answers


@dataclass(slots=True)
class Fault:
    """One scripted misfortune; `times` counts down, None never ends."""

    method: str
    status: int | None = None
    retry_after: int = 1
    times: int | None = 1
    chat: int | None = None
    drop: Drop | None = None
    delay: float = 0.0
    description: str = ""
    garbage: Drop | None = None

    def refusal(self) -> Refusal | None:
        """Return what the call is refused with, if it is."""
        if self.status is None:
            return None
        if self.description:
            return Refusal(self.status, self.description)
        if self.status == 429:
            return flood(self.retry_after)
        if self.status == 403:
            return BLOCKED
        return SERVER_ERROR if self.status == 500 else Refusal(self.status, f"Error {self.status}")

    def meets(self, method: str, chat: int | None) -> bool:
        """Tell whether this fault is for that call."""
        return self.method in ("*", method) and self.chat in (None, chat) and self.times != 0


class Faults:
    """The faults that wait for their call, first come first met."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def next(
        self,
        method: str,
        *,
        status: int | None = None,
        retry_after: int = 1,
        times: int | None = 1,
        chat: int | None = None,
        drop: Drop | None = None,
        delay: float = 0.0,
        description: str = "",
        garbage: Drop | None = None,
    ) -> Fault:
        """Script the next `times` calls of a method ("*" is any but getUpdates; None is for ever).

        `status` refuses without effect. `drop` cuts the connection without an answer, before or
        after the effect; `garbage` answers with status 200 and no JSON instead. `delay` waits so
        many real seconds first. They can be combined.
        """
        fault = Fault(method, status, retry_after, times, chat, drop, delay, description, garbage)
        self._waiting.append(fault)
        return fault

    def take(self, method: str, chat: int | None) -> Fault | None:
        """Return the fault that this call meets and count it."""
        for fault in self._waiting:
            if fault.meets(method, chat) and not (fault.method == "*" and method == "getUpdates"):
                if fault.times is not None:
                    fault.times -= 1
                self._waiting = [each for each in self._waiting if each.times != 0]
                return fault
        return None

    def clear(self) -> None:
        """Forget every scripted fault."""
        self._waiting.clear()

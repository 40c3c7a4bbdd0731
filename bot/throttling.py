"""Keeps in memory what each person has asked for lately, and stops hearing who asks too much."""

from __future__ import annotations

from datetime import datetime

from bot.domain.throttle import Allowance, Spent, Verdict, take

LOOK = 1000  # newcomers between two looks for those who have calmed down


class Throttle:
    """One for each process: with several of them, somebody may ask each for as much."""

    def __init__(self) -> None:
        self._spent: dict[tuple[Allowance, int], Spent] = {}
        self._newcomers = 0

    def __len__(self) -> int:
        return len(self._spent)

    def take(self, allowance: Allowance, person_id: int, now: datetime) -> Verdict:
        """Count one thing that a person asks for; return what becomes of it."""
        key = (allowance, person_id)
        before = self._spent.get(key)
        self._spent[key], verdict = take(allowance, before, now)
        if before is None:
            self._newcomers += 1
            if self._newcomers >= LOOK:
                self._forget_calm(now)
        return verdict

    def _forget_calm(self, now: datetime) -> None:
        self._newcomers = 0
        for (allowance, person_id), spent in list(self._spent.items()):
            if spent.left(allowance, now) <= 0 and now - spent.at >= allowance.calm:
                del self._spent[allowance, person_id]

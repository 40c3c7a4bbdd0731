"""The points at which a process under test may kill itself, and the choice of one by a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal, Self

Kind = Literal["commit", "send", "call", "time"]
Place = Literal["before", "sent", "after"]

# Reminders and replies in one: what shows a person something.
SENDING = ("send", "edit", "answer")

KINDS: tuple[Kind, ...] = ("commit", "send", "call", "time")
WEIGHTS = (40, 30, 10, 20)
DEEPEST = {"commit": 30, "send": 25, "call": 12}  # the latest that a kill may come, by count
LATEST = 1.0  # the same for a kill by time, in seconds


@dataclass(frozen=True, slots=True)
class Point:
    """A moment of a process: the `count`th thing of its kind, or so many seconds after its start.

    A commit has a before and an after. A request has these, and "sent": it is written to the
    connection, its answer not read. What shows people something is a "send", the rest a "call".
    """

    kind: Kind
    place: Place
    count: float

    def __str__(self) -> str:
        if self.kind == "time":
            return f"after {self.count:.3f} s"
        return f"{self.place} {self.kind} {self.count:.0f}"

    @property
    def kind_of_place(self) -> str:
        """Return what it has in common with others, for a count."""
        return "at any instant" if self.kind == "time" else f"{self.place} {self.kind}"

    @classmethod
    def chosen(cls, seed: int) -> Self:
        """Return the point of a seed."""
        chance = random.Random(seed)
        (kind,) = chance.choices(KINDS, WEIGHTS)
        if kind == "time":
            return cls(kind, "after", chance.uniform(0, LATEST))
        places: tuple[Place, ...] = ("before", "after") if kind == "commit" else PLACES
        return cls(kind, chance.choice(places), chance.randint(1, DEEPEST[kind]))


PLACES: tuple[Place, ...] = ("before", "sent", "after")


def kind_of(method: str) -> Kind:
    """Return which kind of request a method of the Bot API is."""
    return "send" if method.startswith(SENDING) else "call"

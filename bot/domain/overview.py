"""What twelve weeks of practice look like to somebody who treats the person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from bot.domain.pace import Pace
from bot.domain.player import Feedback, Outcome
from bot.domain.progress import Progress
from bot.domain.reminder import SkipReason
from bot.domain.step import Length, Side


class Walked(NamedTuple):
    """One session of a person: what it was, and what was done of it."""

    practice_day: date
    started_at: datetime
    entry: str
    length: Length
    pace: Pace
    seconds: int  # of the steps that were done
    done: int
    skipped: int
    hurt: int
    worst: int | None  # pain that was told, 0 to 10
    feedback: Feedback | None


class Answer(NamedTuple):
    """One answered step: of which entry, what became of it, and the pain that was told."""

    entry: str
    outcome: Outcome | None
    pain: int | None


@dataclass(frozen=True, slots=True)
class Trained:
    """What became of one exercise in these weeks, and what holds for it now."""

    entry: str
    done: int
    skipped: int
    hurt: int
    worst: int | None
    notch: int = 0
    left_out: bool = False  # for good, as the person wants it
    stiffer: Side | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """The same weeks as those of `progress`, and what became of each exercise in them."""

    progress: Progress
    trained: tuple[Trained, ...]  # the most often done first
    reasons: Mapping[SkipReason, int]  # why it was not today: on how many days
    names: Mapping[str, str]  # of the entries


def trained(
    answers: Iterable[Answer],
    notches: Mapping[str, int],
    left_out: frozenset[str],
    stiffer: Mapping[str, Side],
) -> tuple[Trained, ...]:
    """Return what became of each exercise, the most often done first."""
    counted: dict[str, Counter[Outcome | None]] = {}
    pains: dict[str, int] = {}
    for entry, outcome, pain in answers:
        counted.setdefault(entry, Counter())[outcome] += 1
        if pain is not None:
            pains[entry] = max(pain, pains.get(entry, 0))
    found = [
        Trained(
            entry=entry,
            done=count[Outcome.DONE],
            skipped=count[Outcome.SKIPPED],
            hurt=count[Outcome.HURT],
            worst=pains.get(entry),
            notch=notches.get(entry, 0),
            left_out=entry in left_out,
            stiffer=stiffer.get(entry),
        )
        for entry, count in counted.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.done, -one.skipped - one.hurt, one.entry)))

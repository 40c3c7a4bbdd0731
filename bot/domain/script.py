"""What a clip shows at each moment: where the movement is, what the breath does, what is left."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, cycle, pairwise
from typing import NamedTuple

LEAD = 5.0  # seconds to get ready in at least, at the start of every clip that counts
_INTO = 3.0  # of them, for getting into a position that is held
_OUT_OF = 2.0  # seconds for leaving it
RESTS = 30.0  # seconds for which the last frame stays
_GIVES = 0.06  # how far a held position eases back as one breathes in
_SIPPED = 0.72  # how full a first breath in leaves the lungs where a sip follows

_LOOP = (2.0, 1.5, 2.0, 1.0)  # seconds of a movement that is only shown, not timed


@dataclass(frozen=True, slots=True)
class Timing:
    """How long a clip counts: a hold of `seconds`, or `reps` whose parts take `parts` seconds.

    With `seconds` and `parts` the movement goes on during the hold. `phases` are what the breath
    does and for how many seconds, repeated. `side` is L or R where a side is worked on;
    `alternating` ones take turns, rep by rep. Without seconds and reps nothing is counted.
    """

    seconds: float | None = None
    reps: int | None = None
    parts: tuple[float, ...] = ()
    phases: tuple[tuple[str, float], ...] = ()
    side: str = ""
    alternating: bool = False
    paced: bool = False  # the breath is what it is all about
    lead: float = LEAD  # seconds to get ready in, where anything is counted


class Move(NamedTuple):
    """From one pose of the movement to another, or staying: `seconds` of it."""

    seconds: float
    start: int
    end: int
    begun: float = 0.0
    reached: float = 1.0
    rep: int = 0


class Phase(NamedTuple):
    """What the breath does for `seconds`, from how full to how full; nothing where unguided."""

    seconds: float
    breath: str
    begun: float
    reached: float


@dataclass(frozen=True, slots=True)
class Moment:
    """What is seen at one instant of a clip."""

    start: int
    end: int
    share: float  # of the way from one to the other, eased
    swapped: bool
    breath: str
    full: float  # 0 empty to 1 full
    phase_left: float  # seconds
    lead: float  # seconds of getting ready that are left
    left: float  # seconds that are left of what is counted
    rep: int  # counted from 1; 0 where none are


class Script:
    """The tracks of one clip of a movement of `poses` positions."""

    def __init__(self, timing: Timing, poses: int) -> None:
        self.timing = timing
        self.poses = poses
        self.lead = timing.lead if self.counts else 0.0
        self.moves = tuple(_moves(timing, poses))
        self.phases = tuple(_phases(timing, self.counted))

    @property
    def counts(self) -> bool:
        """Return whether anything is counted."""
        return self.timing.seconds is not None or self.timing.reps is not None

    @cached_property
    def counted(self) -> float:
        """Return how many seconds are counted, once one is ready."""
        timing = self.timing
        if timing.seconds is not None:
            return timing.seconds
        return (timing.reps or 0) * sum(timing.parts) * (2 if timing.alternating else 1)

    @cached_property
    def reps(self) -> int:
        """Return how many repetitions there are, both sides counted together."""
        return max((move.rep for move in self.moves), default=0)

    @cached_property
    def lasts(self) -> float:
        """Return how many seconds pass until the last frame rests."""
        return sum(move.seconds for move in self.moves)

    @cached_property
    def _begins(self) -> list[float]:
        return list(accumulate((move.seconds for move in self.moves), initial=0.0))

    @cached_property
    def _breaths(self) -> list[float]:
        return list(accumulate((phase.seconds for phase in self.phases), initial=self.lead))

    def at(self, second: float) -> Moment:
        """Return what is seen `second` seconds after the start."""
        index = min(bisect_right(self._begins, second) - 1, len(self.moves) - 1)
        move = self.moves[index]
        part = min(1.0, (second - self._begins[index]) / move.seconds)
        breath, full, left = self._breath(second)
        return Moment(
            start=move.start,
            end=move.end,
            share=move.begun + (move.reached - move.begun) * eased(part),
            swapped=self.timing.alternating and move.rep > 0 and move.rep % 2 == 0,
            breath=breath,
            full=full,
            phase_left=left,
            lead=max(0.0, self.lead - second),
            left=min(self.counted, max(0.0, self.lead + self.counted - second)),
            rep=move.rep if self.timing.reps else 0,
        )

    def _breath(self, second: float) -> tuple[str, float, float]:
        index = bisect_right(self._breaths, second) - 1
        if index < 0 or index >= len(self.phases):
            return "", 0.0, 0.0
        phase = self.phases[index]
        gone = second - self._breaths[index]
        full = phase.begun + (phase.reached - phase.begun) * eased(gone / phase.seconds)
        return phase.breath, full, phase.seconds - gone


def eased(share: float) -> float:
    """Return `share` of a way with a soft start and end."""
    return (1 - math.cos(math.pi * min(1.0, max(0.0, share)))) / 2


def _moves(timing: Timing, poses: int) -> Iterator[Move]:
    """Yield what the body does, from the first frame to the one that rests."""
    if timing.seconds is None and timing.reps is None:
        yield from _cycle(timing.parts or _LOOP, poses)
    elif timing.reps is not None and timing.parts:
        yield Move(timing.lead, 0, 0)
        for rep in range(1, timing.reps * (2 if timing.alternating else 1) + 1):
            yield from (move._replace(rep=rep) for move in _cycle(timing.parts, poses))
    elif timing.parts and timing.seconds:
        yield Move(timing.lead, 0, 0)
        times = max(1, round(timing.seconds / sum(timing.parts)))
        stretch = timing.seconds / (times * sum(timing.parts))
        for _ in range(times):
            yield from _cycle([part * stretch for part in timing.parts], poses)
    else:
        yield from _held(timing, poses)


def _held(timing: Timing, poses: int) -> Iterator[Move]:
    seconds = timing.seconds or 0.0
    if poses == 1:
        yield Move(timing.lead + seconds, 0, 0)
        return
    yield Move(timing.lead - _INTO, 0, 0)
    yield from _onward(_INTO, 0, poses - 1)
    before, last, at = poses - 2, poses - 1, 1.0
    for length, breath in _filled(timing.phases, seconds):
        to = {"in": 1.0 - _GIVES, "out": 1.0}.get(breath, at)
        yield Move(length, before, last, at, to)
        at = to
    yield Move(_OUT_OF, last, 0, 1.0 - at)  # some of the way back is gone where one eased back


def _cycle(parts: Sequence[float], poses: int) -> Iterator[Move]:
    """Yield one round of the movement: out, stay, back, stay; a single part goes all round."""
    last = poses - 1
    if not last:
        yield Move(sum(parts), 0, 0)
    elif len(parts) == 1:
        for index in range(poses):
            yield Move(parts[0] / poses, index, (index + 1) % poses)
    else:
        yield from _onward(parts[0], 0, last)
        if len(parts) > 2:
            yield Move(parts[1], last, last)
        yield Move(parts[1] if len(parts) == 2 else parts[2], last, 0)
        if len(parts) > 3:
            yield Move(sum(parts[3:]), 0, 0)


def _onward(seconds: float, first: int, last: int) -> Iterator[Move]:
    for start, end in pairwise(range(first, last + 1)):
        yield Move(seconds / (last - first), start, end)


def _phases(timing: Timing, counted: float) -> Iterator[Phase]:
    """Yield what the breath does from when one is ready; nothing is said where it is free.

    In repetitions one breathes out on the effort and in on the way back.
    """
    found: Iterable[tuple[float, str]] = _filled(timing.phases, counted)
    if timing.parts and not timing.paced:
        names = {2: ("out", "in"), 1: ("",)}.get(len(timing.parts), ("out", "", "in", ""))
        named = [(f"{name}", part) for name, part in zip(names, timing.parts, strict=False)]
        found = _filled(named, counted)
    full = 1.0 if timing.parts and not timing.paced else 0.0
    phases = list(found)
    for index, (seconds, breath) in enumerate(phases):
        follows = phases[index + 1][1] if index + 1 < len(phases) else ""
        to = {"in": _SIPPED if follows == "sip" else 1.0, "sip": 1.0, "out": 0.0}.get(breath, full)
        yield Phase(seconds, breath, full, to)
        full = to


def _filled(phases: Sequence[tuple[str, float]], seconds: float) -> Iterator[tuple[float, str]]:
    """Yield phases over and over, until `seconds` are filled; the last one may be cut short."""
    if not phases:
        if seconds:
            yield seconds, ""
        return
    left = seconds
    for breath, length in cycle(phases):
        if left <= 1e-6:
            return
        yield min(length, left), breath
        left -= length

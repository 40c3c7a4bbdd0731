"""Every movement of the packaged content, as poses with exact contacts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bot.domain.catalogue import Exercise
from bot.domain.motion import between, settled
from bot.domain.pose import Pose, swapped
from bot.domain.pose_reading import parse_pose
from content.loader import load, packaged

STEPS = 24  # on the way from each pose to the next


def movements() -> dict[str, tuple[Pose, ...]]:
    """Return the movements by entry and stage; the last pose of each is the first again."""
    found: dict[str, tuple[Pose, ...]] = {}
    for entry in load(packaged()).entries.values():
        stages = entry.stages if isinstance(entry, Exercise) else ()
        for names in dict.fromkeys((entry.movement, *(stage.movement for stage in stages))):
            if len(names) < 2:
                continue
            poses = settled([parse_pose(entry.poses[name]) for name in names])
            found[f"{entry.key}: {', '.join(names)}"] = (*poses, poses[0])
            if isinstance(entry, Exercise) and entry.sides.value == "alternating":
                other = settled([poses[0], *map(swapped, poses[1:])])
                found[f"{entry.key}, other side"] = (*other, other[0])
    return found


MOVEMENTS = movements()


def ways(poses: tuple[Pose, ...]) -> Iterator[tuple[Pose, Pose, list[Pose]]]:
    """Yield each pose, the next, and the body on its way from one to the other."""
    for a, b in pairwise(poses):
        yield a, b, [between(a, b, step / STEPS) for step in range(STEPS + 1)]

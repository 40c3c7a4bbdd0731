"""One position of the body: the direction of every bone, and from where it is seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from bot.domain.plane import Point
from bot.domain.props import Prop


class Seen(Enum):
    """From where a body is seen, and which way its front points; the value is how it is written."""

    SIDE = ""
    PRONE = "prone"
    ABOVE = "from above"  # lying on its side
    FRONT = "front view"
    SUPINE = "on the back from above"
    SITTING = "sitting from above"  # and looking up the page

    @property
    def overhead(self) -> bool:
        """Return whether one looks down from the ceiling, so that there is no line of a floor."""
        return self in (Seen.ABOVE, Seen.SUPINE, Seen.SITTING)

    @property
    def broad(self) -> bool:
        """Return whether hips and shoulders are seen beside each other, not one before another."""
        return self in (Seen.FRONT, Seen.SUPINE, Seen.SITTING)


@dataclass(frozen=True, slots=True)
class Limbs:
    """The directions of one leg and one arm, in degrees.

    `shares` say of each how much of its length is seen; a bone that points at the viewer is short.
    """

    thigh: float
    shin: float
    foot: float
    upper_arm: float
    forearm: float
    shares: tuple[float, float, float, float, float] = (1.0, 1.0, 1.0, 1.0, 1.0)

    @classmethod
    def of(cls, angles: Iterable[float], shares: Iterable[float] = (1.0,) * 5) -> Limbs:
        """Return limbs of five directions and five shares, thigh to forearm."""
        thigh, shin, foot, upper_arm, forearm = angles
        a, b, c, d, e = shares
        return cls(thigh, shin, foot, upper_arm, forearm, (a, b, c, d, e))

    @property
    def angles(self) -> tuple[float, float, float, float, float]:
        """Return all five directions, thigh to forearm."""
        return (self.thigh, self.shin, self.foot, self.upper_arm, self.forearm)


@dataclass(frozen=True, slots=True)
class Pose:
    """One position of the body: where the hip is, and the direction of everything else.

    `shares` are those of the trunk and of the head, as for limbs.
    """

    hip: Point
    lumbar: float
    chest: float
    head: float
    near: Limbs
    far: Limbs
    props: tuple[Prop, ...] = ()
    seen: Seen = Seen.SIDE
    shares: tuple[float, float] = (1.0, 1.0)

    @property
    def turn(self) -> int:
        """Return 1 where the front is clockwise of the trunk's direction, else -1."""
        return -1 if self.seen in (Seen.PRONE, Seen.ABOVE) else 1


def swapped(pose: Pose) -> Pose:
    """Return the same movement done by the other side, seen from where this one is seen."""
    if not pose.seen.broad:
        return replace(pose, near=pose.far, far=pose.near)
    axis = 0.0 if pose.seen is Seen.SUPINE else 90.0  # what lies left and right of it is exchanged

    def turned(angle: float) -> float:
        return (2 * axis - angle) % 360

    def other(limbs: Limbs) -> Limbs:
        return Limbs.of(map(turned, limbs.angles), limbs.shares)

    return replace(
        pose,
        lumbar=turned(pose.lumbar),
        chest=turned(pose.chest),
        head=turned(pose.head),
        near=other(pose.far),
        far=other(pose.near),
    )

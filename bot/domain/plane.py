"""Points of the drawing plane: x to the right, y upwards, angles in degrees anticlockwise."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the plane, in the units of the body (a trunk is 50 long)."""

    x: float
    y: float

    def toward(self, angle: float, distance: float) -> Point:
        """Return the point `distance` away in the direction of `angle` degrees."""
        turn = math.radians(angle)
        return Point(self.x + distance * math.cos(turn), self.y + distance * math.sin(turn))

    def distance(self, other: Point) -> float:
        """Return how far away `other` is."""
        return math.hypot(other.x - self.x, other.y - self.y)

    def angle(self, other: Point) -> float:
        """Return the direction from here to `other`, in degrees."""
        return math.degrees(math.atan2(other.y - self.y, other.x - self.x))

    def between(self, other: Point, share: float) -> Point:
        """Return the point that lies `share` of the way to `other`."""
        return Point(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)

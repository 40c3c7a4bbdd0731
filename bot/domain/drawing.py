"""What a picture is to show, as a value: a figure, one still of it, a card, a poster, a clip."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from bot.domain.catalogue import Media
from bot.domain.script import Timing


@dataclass(frozen=True, slots=True)
class Figure:
    """What an entry is drawn with: coded poses by name, its movement, what is highlighted."""

    poses: tuple[tuple[str, str], ...]
    movement: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    felt: str = ""

    def line(self, name: str) -> str:
        """Return the coded pose called `name`; raises KeyError where there is none."""
        return dict(self.poses)[name]


@dataclass(frozen=True, slots=True)
class Still:
    """One pose, with the one that its movement comes from faintly behind it."""

    figure: Figure
    pose: str
    ghost: str = ""
    mirrored: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """Up to four numbered positions side by side or one below the other."""

    figure: Figure
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Poster:
    """All figures of a routine in their order, each in the position named, with numbers."""

    figures: tuple[tuple[Figure, str], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All figures of a pack, each in the position named and with its title."""

    figures: tuple[tuple[Figure, str, str], ...]


@dataclass(frozen=True, slots=True)
class Clip:
    """A moving figure, with a timer where its `timing` counts anything."""

    figure: Figure
    timing: Timing
    mirrored: bool = False


@dataclass(frozen=True, slots=True)
class Trend:
    """Two values a week, from 0 to 10, where there are such, and what they are called."""

    weeks: tuple[tuple[float | None, float | None], ...]
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days by week, each week from Monday on, as marks of `domain.calendar`.

    `months` are names with the week they begin in, `days` a letter for each weekday, and `legend`
    marks with what they mean. The `trend` of the same weeks is drawn below them.
    """

    weeks: tuple[tuple[str, ...], ...]
    months: tuple[tuple[int, str], ...]
    days: tuple[str, ...]
    legend: tuple[tuple[str, str], ...]
    trend: Trend | None = None


Drawing = Still | Card | Poster | Sheet | Calendar | Clip | Media


def suffix(drawing: Drawing) -> str:
    """Return how a file of this drawing ends."""
    if isinstance(drawing, Media):
        return PurePath(drawing.path).suffix
    return ".mp4" if moves(drawing) else ".png"


def moves(drawing: Drawing) -> bool:
    """Return whether it is a clip rather than a picture."""
    return isinstance(drawing, Clip) or (isinstance(drawing, Media) and drawing.moves)

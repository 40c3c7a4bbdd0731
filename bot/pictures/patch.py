"""One painted piece of the figure."""

from __future__ import annotations

from dataclasses import dataclass

import skia

from bot.pictures.palette import Tone


@dataclass(frozen=True, slots=True)
class Patch:
    """An outline and what it is made of; `far` ones are paler."""

    path: skia.Path
    tone: Tone
    far: bool = False

    @property
    def colour(self) -> int:
        """Return the colour that the patch is painted in."""
        return self.tone.far if self.far else self.tone.near

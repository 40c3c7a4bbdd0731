"""From what a person typed to a time zone: a zone's name, a place, or an offset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.places.folding import fold
from bot.places.looks import LOOKS, Places
from bot.places.place import Place
from bot.places.short_names import BEFORE, BEHIND

MOST = 6  # places that are offered at once
LONGEST = 100  # signs of a text that are looked at


@dataclass(frozen=True, slots=True)
class Found:
    """The one place that is meant."""

    place: Place

    @property
    def zone(self) -> str:
        """Return the IANA name of its zone."""
        return self.place.zone


@dataclass(frozen=True, slots=True)
class Several:
    """Two to six places that may be meant, the most populous first."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class NotFound:
    """No zone, place or offset is called so."""


def find_zone(text: str, now: datetime) -> Found | Several | NotFound:
    """Return the zone that `text` names, in any language of the table and with small mistakes.

    It may be an IANA name, a city (its country or region may follow), a country, letters such
    as PST, or an offset from UTC, for which the zones that have it at `now` are looked at.
    """
    typed = " ".join(text[:LONGEST].split())
    folded = fold(typed)
    bare = _without_frame(folded)
    for said in (typed,) if bare == folded else (typed, bare):
        for look in LOOKS:
            if places := look(said, now):
                return _answer(places)
    return NotFound()


def _answer(places: Places) -> Found | Several:
    first_of_zone = {place.zone: place for place in reversed(places)}
    if len(first_of_zone) == 1:
        return Found(places[0])
    if len(places) > MOST:
        places = [place for place in places if first_of_zone[place.zone] is place]
    return Several(tuple(places[:MOST]))


def _without_frame(folded: str) -> str:
    for before in BEFORE:
        folded = folded.removeprefix(f"{before} ")
    for behind in BEHIND:
        folded = folded.removesuffix(f" {behind}")
    return folded

"""A zone and what to call it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.places.table import table

_FIXED = re.compile(r"Etc/GMT([+-])(\d+)")


@dataclass(frozen=True, slots=True)
class Place:
    """A zone and what to call it: "San José, Costa Rica"."""

    label: str
    zone: str


def place_of(zone: str) -> Place:
    """Return a zone with its largest city as label; with its own name where it has no city."""
    if fixed := _FIXED.fullmatch(zone):
        sign = "-" if fixed[1] == "+" else "+"
        return Place(f"UTC{sign}{fixed[2]}", zone)
    city = table().largest_of_zone(zone)
    return Place(table().label(city) if city else zone.removeprefix("Etc/"), zone)

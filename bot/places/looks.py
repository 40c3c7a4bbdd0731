"""The ways of looking for what a person typed, from a zone's own name to a misspelt city."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import chain

from bot.places.folding import fold
from bot.places.known_zones import (
    fixed_zone,
    in_zone,
    is_on_earth,
    offset_said,
    year_of,
    zone_called,
    zone_names,
    zones_ending,
)
from bot.places.place import Place, place_of
from bot.places.short_names import ZONES_BY_LETTERS
from bot.places.table import City, table

# How many times smaller than the largest city of that name a city may be and still be offered.
SMALLER = 20
SMALLER_ALSO_CALLED = 10

# What a misspelt name must be like: the shorter the name, the more can be meant.
SHORTEST_MISSPELT = 4
SHORT, SHORT_POPULATION = 6, 1_000_000
TWO_MISTAKES, TWO_MISTAKES_POPULATION = 8, 200_000

Places = Sequence[Place]


def _by_letters(said: str, now: datetime) -> Places:
    return [place_of(zone) for zone in ZONES_BY_LETTERS.get(fold(said), ())]


def _by_zone_path(said: str, now: datetime) -> Places:
    zone = zone_called(said) or zone_called(fold(said))
    return [place_of(zone)] if zone and "/" in zone else []


def _by_offset(said: str, now: datetime) -> Places:
    offset = offset_said(said)
    if offset is None:
        return []
    if fixed := fixed_zone(offset):
        return [place_of(fixed)]
    if not is_on_earth(offset):
        return []
    inhabited = [zone for zone in table().zones() if _has_offset(zone, offset, now)]
    zones = inhabited or sorted(zone for zone in zone_names() if _has_offset(zone, offset, now))
    return [place_of(zone) for zone in zones]


def _has_offset(zone: str, offset: timedelta, now: datetime) -> bool:
    return in_zone(now, zone).utcoffset() == offset


def _by_area(said: str, now: datetime) -> Places:
    folded = fold(said)
    areas = table().areas_named(folded)
    if len(folded) <= 2:  # a region's letters ("in", "me") mean it only behind a city
        areas = [area for area in areas if "-" not in area]
    if not areas:
        return []
    own, _ = table().cities_named(folded)
    return _in_areas(areas, own, now)


def _by_zone_word(said: str, now: datetime) -> Places:
    zone = zone_called(said)
    return [place_of(zone)] if zone else []


def _by_city(said: str, now: datetime) -> Places:
    return _of_cities(_prominent(*table().cities_named(fold(said))))


def _by_zone_ending(said: str, now: datetime) -> Places:
    return [place_of(zone) for zone in zones_ending(fold(said))]


def _by_city_and_area(said: str, now: datetime) -> Places:
    """Look for "Portland, Oregon" and "portland oregon"; before a comma, small towns are let be."""
    town, comma, behind = said.partition(",")
    if comma:
        areas = table().areas_named(fold(behind.partition(",")[0]))
        return _in(town, areas) or _in_areas(areas, [], now)
    words = fold(said).split()
    splits = range(len(words) - 1, 0, -1)
    tries = ((" ".join(words[:at]), " ".join(words[at:])) for at in splits)
    found = (_in(city, table().areas_named(area)) for city, area in tries)
    return next(filter(None, found), [])


def _in(town: str, areas: Sequence[str]) -> Places:
    own, other = table().cities_named(fold(town))
    inside = [[city for city in cities if _lies_in(city, areas)] for cities in (own, other)]
    return _of_cities(_prominent(*inside), region=True)


def _lies_in(city: City, areas: Sequence[str]) -> bool:
    return city.area in areas or city.country in areas


def _by_mistake(said: str, now: datetime) -> Places:
    folded = fold(said)
    if len(folded) < SHORTEST_MISSPELT:
        return []
    alike = table().alike(folded, 2 if len(folded) >= TWO_MISTAKES else 1)
    names = [name for name, mistakes in alike if mistakes == alike[0][1]]
    areas = [area for name in names if len(name) > 2 for area in table().areas_named(name)]
    if areas:
        return _in_areas(list(dict.fromkeys(areas)), [], now)
    cities = {city for name in names for city in chain(*table().cities_named(name))}
    least = _least_population(folded, mistakes=alike[0][1] if alike else 0)
    return _of_cities(_prominent([], [city for city in cities if city.population >= least]))


def _least_population(folded: str, mistakes: int) -> int:
    if len(folded) < SHORT:
        return SHORT_POPULATION
    return TWO_MISTAKES_POPULATION if mistakes > 1 else 0


def _prominent(own: Iterable[City], other: Iterable[City]) -> set[City]:
    """Leave out what is so much smaller than the largest that hardly anybody means it.

    A capital is never left out where it is called so itself.
    """
    own, other = set(own), set(other)
    most = max((city.population for city in own | other), default=0)
    return {city for city in own if city.capital or city.population * SMALLER >= most} | {
        city for city in other if city.population * SMALLER_ALSO_CALLED >= most
    }


def _in_areas(areas: Sequence[str], besides: Sequence[City], now: datetime) -> Places:
    """Return a place for each clock in the areas; an area with one clock by its own name."""
    if len(areas) == 1 and not besides:
        cities = _one_a_clock(table().largest(areas[0]), now)
        if len(cities) == 1:
            return [Place(table().area_name(areas[0]), cities[0].zone)]
    inside = chain.from_iterable(_one_a_clock(table().largest(area), now) for area in areas)
    return _of_cities({*inside, *besides})


def _one_a_clock(cities: Iterable[City], now: datetime) -> list[City]:
    first: dict[object, City] = {}
    for city in cities:
        first.setdefault(year_of(city.zone, now), city)
    return list(first.values())


def _of_cities(cities: Iterable[City], *, region: bool = False) -> Places:
    ordered = sorted(cities, key=lambda city: (-city.population, city.name))
    region = region or len({city.zone for city in ordered}) > 1
    labelled = {table().label(city, region=region): city for city in reversed(ordered)}
    return [Place(label, city.zone) for label, city in reversed(labelled.items())]


# The first that finds anything has the last word.
LOOKS: tuple[Callable[[str, datetime], Places], ...] = (
    _by_letters,
    _by_zone_path,
    _by_offset,
    _by_area,
    _by_zone_word,
    _by_city,
    _by_zone_ending,
    _by_city_and_area,
    _by_mistake,
)

"""The table of cities, countries and regions, searched as the text it is stored in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

PACKAGE = "bot.places"


class City(NamedTuple):
    """One city; `area` is its country's code, or country and region as in US-CA."""

    name: str
    area: str
    zone: str
    population: int
    capital: bool

    @property
    def country(self) -> str:
        """Return the code of the city's country."""
        return self.area[:2]


class Table:
    """Cities, the largest first, and areas (countries and regions), by their folded names.

    In the stored text every name stands between bars, and a row's own name comes first.
    """

    def __init__(self, cities: str, areas: str) -> None:
        self._cities = cities
        self._areas = areas

    def cities_named(self, folded: str) -> tuple[list[City], list[City]]:
        """Return the cities whose own name this is, and those that are also called so."""
        own: list[City] = []
        other: list[City] = []
        for row, first in _rows_with(self._cities, folded):
            (own if first else other).append(_city(row))
        return own, other

    def areas_named(self, folded: str) -> list[str]:
        """Return the codes of the countries and regions of that name."""
        return [row.split("\t", 1)[0] for row, _ in _rows_with(self._areas, folded)]

    def area_name(self, code: str) -> str:
        """Return an area's English name."""
        return self._area_names[code]

    def label(self, city: City, *, region: bool = False) -> str:
        """Return a city's name with its country, and with its region where asked and known."""
        country = self.area_name(city.country)
        if region and city.area != city.country:
            return f"{city.name}, {self.area_name(city.area)}, {country}"
        return city.name if city.name == country else f"{city.name}, {country}"

    def largest(self, area: str) -> tuple[City, ...]:
        """Return the largest city of each zone in an area, the largest first."""
        return tuple(self._largest.get(area, {}).values())

    def largest_of_zone(self, zone: str) -> City | None:
        """Return the largest city of a zone; None where no city of the table is in it."""
        return self._largest[""].get(zone)

    def zones(self) -> Iterator[str]:
        """Yield the zones that have cities, the zone of the largest city first."""
        return iter(self._largest[""])

    def alike(self, folded: str, distance: int) -> list[tuple[str, int]]:
        """Return names at most so many typing mistakes away, the nearest first, with how many."""
        lengths = range(len(folded) - distance, len(folded) + distance + 1)
        kinds = ((length, folded.isascii()) for length in lengths)
        choices = [name for kind in kinds for name in self._names.get(kind, ())]
        found = process.extract(
            folded, choices, scorer=OSA.distance, score_cutoff=distance, limit=None
        )
        return [(name, mistakes) for name, mistakes, _ in found]

    @cached_property
    def _area_names(self) -> dict[str, str]:
        rows = (row.split("\t", 2) for row in _rows(self._areas))
        return {code: name for code, name, _ in rows}

    @cached_property
    def _largest(self) -> dict[str, dict[str, City]]:
        """By area ("" is the world), the largest city of each zone."""
        found: dict[str, dict[str, City]] = {"": {}}
        for city in map(_city, _rows(self._cities)):
            for area in {"", city.country, city.area}:
                found.setdefault(area, {}).setdefault(city.zone, city)
        return found

    @cached_property
    def _names(self) -> dict[tuple[int, bool], list[str]]:
        """All names by their length and whether they are in plain Latin letters."""
        names: dict[tuple[int, bool], list[str]] = {}
        for row in (*_rows(self._cities), *_rows(self._areas)):
            for name in row[row.rindex("\t") + 2 : -1].split("|"):
                names.setdefault((len(name), name.isascii()), []).append(name)
        return {kind: list(dict.fromkeys(known)) for kind, known in names.items()}


@cache
def table() -> Table:
    """Return the table that is shipped."""
    return Table(_read("cities.tsv"), _read("countries.tsv"))


def _read(file: str) -> str:
    return "\n" + files(PACKAGE).joinpath(file).read_text(encoding="utf-8")


def _rows(text: str) -> Iterator[str]:
    return (row for row in text.split("\n") if row and not row.startswith("#"))


def _rows_with(text: str, folded: str) -> Iterator[tuple[str, bool]]:
    """Yield each row that holds the name, and whether it is the row's own."""
    framed = f"|{folded}|"
    at = text.find(framed) if folded else -1
    while at >= 0:
        end = text.index("\n", at)
        yield text[text.rindex("\n", 0, at) + 1 : end], text[at - 1] == "\t"
        at = text.find(framed, end)


def _city(row: str) -> City:
    name, area, zone, population, capital, _ = row.split("\t", 5)
    return City(name, area, zone, int(population), bool(capital))

"""The shipped table of places is whole, small, and in step with the code that reads it."""

from __future__ import annotations

from importlib.resources import files

import pytest

from bot.places.folding import fold
from bot.places.known_zones import zone_names

CITIES, COUNTRIES = (
    [
        row.split("\t")
        for row in files("bot.places").joinpath(file).read_text(encoding="utf-8").splitlines()
        if not row.startswith("#")
    ]
    for file in ("cities.tsv", "countries.tsv")
)


def test_names_are_folded_as_the_search_folds() -> None:
    """Every stored name is its own folding, and a city's first is that of its shown name."""
    for row in (*CITIES, *COUNTRIES):
        assert row[-1].startswith("|")
        assert row[-1].endswith("|")
        assert all(fold(name) == name for name in row[-1].strip("|").split("|"))
    assert all(row[-1].split("|")[1] == fold(row[0]) for row in CITIES)


def test_cities_point_to_known_areas_and_zones() -> None:
    """A city lies in a listed country or region and in a zone that Python knows."""
    areas = {row[0] for row in COUNTRIES}
    assert {row[1] for row in CITIES} <= areas
    assert {row[1][:2] for row in CITIES} <= areas
    assert {row[2] for row in CITIES} <= zone_names()


def test_cities_come_by_population() -> None:
    """The order of the rows is the order in which places are offered."""
    populations = [int(row[3]) for row in CITIES]
    assert populations == sorted(populations, reverse=True)
    assert sum(population >= 50_000 for population in populations) > 12_000


def test_the_table_is_small_and_names_its_source() -> None:
    """The licence asks for attribution; an installation has no room for the whole source."""
    package = files("bot.places")
    text = package.joinpath("cities.tsv").read_text(encoding="utf-8")
    assert len(text.encode()) < 2_000_000
    assert "GeoNames" in text.split("\n", 1)[0]
    assert "CC BY 4.0" in text.split("\n", 1)[0]
    assert "creativecommons.org/licenses/by/4.0" in package.joinpath(
        "LICENCE-cities.txt"
    ).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("São Paulo", "sao paulo"),
        ("Łódź", "lodz"),
        ("St. John's", "st johns"),
        ("Aix-en-Provence", "aix en provence"),
        ("Straße", "strasse"),
        ("ＮＹＣ", "nyc"),
        ("Ærø", "aero"),
        ("İstanbul", "istanbul"),
    ],
)
def test_fold(name: str, folded: str) -> None:
    """Spellings that people take for the same name fold into one."""
    assert fold(name) == folded

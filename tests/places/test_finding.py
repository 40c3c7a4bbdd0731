"""What people type for where they are becomes their time zone, or a short list to choose from."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.places import Found, NotFound, Place, Several, find_zone, place_of
from bot.places.known_zones import year_of, zone_names

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
JULY = datetime(2026, 7, 22, 12, tzinfo=UTC)
NAMES = sorted(zone_names())
CAPITALS = [
    row.split("\t")
    for row in (Path(__file__).parent / "capitals.tsv").read_text(encoding="utf-8").splitlines()
    if not row.startswith("#")
]


def offered(text: str, now: datetime = NOW) -> list[str]:
    """Return the zones that are found or offered for `text`."""
    answer = find_zone(text, now)
    match answer:
        case Found():
            return [answer.zone]
        case Several():
            return [place.zone for place in answer.places]
        case NotFound():
            return []


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe berlin", "Europe/Berlin"),
        ("America/new york", "America/New_York"),
        ("AMÉRICA/SÃO_PAULO", "America/Sao_Paulo"),
        ("america port au prince", "America/Port-au-Prince"),
        ("Etc/GMT-3", "Etc/GMT-3"),
        ("São Paulo", "America/Sao_Paulo"),
        ("sao paulo", "America/Sao_Paulo"),
        ("münchen", "Europe/Berlin"),
        ("Muenchen", "Europe/Berlin"),
        ("Moskva", "Europe/Moscow"),
        ("Москва", "Europe/Moscow"),
        ("東京", "Asia/Tokyo"),
        ("서울", "Asia/Seoul"),
        ("दिल्ली", "Asia/Kolkata"),
        ("القاهرة", "Africa/Cairo"),
        ("NYC", "America/New_York"),
        ("LA", "America/Los_Angeles"),
        ("Kopenhagen", "Europe/Copenhagen"),
        ("Kopenhagn", "Europe/Copenhagen"),
        ("Sidney", "Australia/Sydney"),
        ("berlni", "Europe/Berlin"),
        ("Los Angelas", "America/Los_Angeles"),
        ("ｂｅｒｌｉｎ", "Europe/Berlin"),
        ("  berlin  ", "Europe/Berlin"),
        ("I live in Berlin.", "Europe/Berlin"),
        ("London", "Europe/London"),
        ("St. Petersburg", "Europe/Moscow"),
        ("Germany", "Europe/Berlin"),
        ("Deutschland", "Europe/Berlin"),
        ("Germny", "Europe/Berlin"),
        ("日本", "Asia/Tokyo"),
        ("UK", "Europe/London"),
        ("Singapore", "Asia/Singapore"),
        ("Cuba", "America/Havana"),
        ("Bavaria, Germany", "Europe/Berlin"),
        ("Portland, Oregon", "America/Los_Angeles"),
        ("portland or", "America/Los_Angeles"),
        ("San José, Costa Rica", "America/Costa_Rica"),
        ("springfield illinois", "America/Chicago"),
        ("Lord Howe", "Australia/Lord_Howe"),
        ("Crete", "Europe/Athens"),
        ("PST", "America/Los_Angeles"),
        ("CET", "CET"),
        ("utc", "Etc/UTC"),
        ("GMT", "Etc/UTC"),
        ("+2", "Etc/GMT-2"),
        ("utc 2", "Etc/GMT-2"),
        ("UTC+02:00", "Etc/GMT-2"),
        ("GMT-3", "Etc/GMT+3"),
        ("−0300", "Etc/GMT+3"),
        ("+14", "Etc/GMT-14"),
        ("UTC+0", "Etc/UTC"),
        ("+5:45", "Asia/Kathmandu"),
    ],
)
def test_one_zone_is_meant(text: str, zone: str) -> None:
    """A name that means one zone is found at once, however it is written."""
    answer = find_zone(text, NOW)
    assert isinstance(answer, Found)
    assert answer.zone == zone


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        pytest.param(
            "San José",
            [
                "San Jose, California, United States",
                "San José, Costa Rica",
                "San Jose, Philippines",
            ],
            id="cities",
        ),
        pytest.param(
            "birmingham",
            ["Birmingham, England, United Kingdom", "Birmingham, Alabama, United States"],
            id="regions",
        ),
        pytest.param(
            "Georgia",
            ["Tbilisi, Georgia", "Atlanta, Georgia, United States", "Sokhumi, Georgia"],
            id="a country and a region",
        ),
        pytest.param("Spain", ["Madrid, Spain", "Las Palmas de Gran Canaria, Spain"], id="country"),
        pytest.param("+5.5", ["Mumbai, India", "Colombo, Sri Lanka"], id="offset"),
        pytest.param("EST", ["New York City, United States", "EST"], id="letters"),
    ],
)
def test_several_are_offered(text: str, labels: list[str]) -> None:
    """Where a name may mean several zones, they are offered, the most populous place first."""
    answer = find_zone(text, NOW)
    assert isinstance(answer, Several)
    assert [place.label for place in answer.places] == labels


@pytest.mark.parametrize(
    "text", ["", " ", "?", "asdf", "qwertz", "hello", "7:30", "2", "+15", "-13", "+3:25", "no idea"]
)
def test_none_is_said_plainly(text: str) -> None:
    """What names nothing is not turned into a guess."""
    assert find_zone(text, NOW) == NotFound()


def test_an_offset_is_looked_up_as_it_is_now() -> None:
    """St John's is half past in winter, and an hour later in summer."""
    assert offered("-3:30", NOW) == ["America/St_Johns"]
    assert offered("-2:30", NOW) == []
    assert offered("-2:30", JULY) == ["America/St_Johns"]


def test_a_large_country_offers_each_clock_once() -> None:
    """Zones of a country that show the same time all year are offered as one."""
    zones = offered("United States")
    assert zones[:4] == [
        "America/New_York",
        "America/Los_Angeles",
        "America/Chicago",
        "America/Phoenix",
    ]
    assert len({year_of(zone, NOW) for zone in zones}) == len(zones) == 6


@pytest.mark.parametrize("name", NAMES)
def test_every_zone_is_found_by_its_name(name: str) -> None:
    """An IANA name in any case gives that zone, or one whose clock is always the same."""
    for text in (name, name.upper(), name.lower().replace("_", " ")):
        assert year_of(name, NOW) in [year_of(zone, NOW) for zone in offered(text)]
        if "/" in name:
            assert offered(text) == [name]


@pytest.mark.parametrize(("code", "capital", "country"), CAPITALS)
def test_every_capital_is_found(code: str, capital: str, country: str) -> None:
    """A capital is found or offered by its name, and is the one with its country behind it."""
    answer = find_zone(f"{capital}, {country}", NOW)
    assert isinstance(answer, Found)
    assert answer.zone in offered(capital)


@given(
    st.text(max_size=60) | st.sampled_from(NAMES).flatmap(lambda n: st.permutations(n).map("".join))
)
@settings(deadline=None)
def test_any_text_has_an_answer(text: str) -> None:
    """Whatever is typed, the answer is at most six places with known zones, and never an error."""
    zones = offered(text)
    assert len(zones) <= 6
    assert set(zones) <= zone_names()


@given(st.sampled_from(NAMES))
def test_a_zone_has_a_label(zone: str) -> None:
    """Every zone can be shown to a person."""
    assert place_of(zone) == Place(place_of(zone).label, zone)
    assert place_of(zone).label
    assert ZoneInfo(zone).key == zone

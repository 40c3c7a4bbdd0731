"""A shared location becomes a zone without a network, and a first choice needs no typing."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.places import popular, zone_at
from bot.places.known_zones import zone_names
from bot.places.popular import ZONES_BY_LANGUAGE

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        pytest.param(52.52, 13.40, "Europe/Berlin", id="Berlin"),
        pytest.param(-23.55, -46.63, "America/Sao_Paulo", id="São Paulo"),
        pytest.param(27.70, 85.32, "Asia/Kathmandu", id="Kathmandu"),
        pytest.param(0.0, -30.0, "Etc/GMT+2", id="the Atlantic"),
        pytest.param(91.0, 0.0, None, id="beyond the pole"),
        pytest.param(0.0, float("nan"), None, id="no number"),
    ],
)
def test_zone_at(latitude: float, longitude: float, zone: str | None) -> None:
    """A point on land is in its zone, a point at sea in one of whole hours."""
    assert zone_at(latitude, longitude) == zone


@given(st.floats(), st.floats())
@settings(deadline=None)
def test_any_point_has_a_known_zone_or_none(latitude: float, longitude: float) -> None:
    """Whatever a client sends, the zone is one that Python knows, or none."""
    zone = zone_at(latitude, longitude)
    assert zone is None or zone in zone_names()


@pytest.mark.parametrize(
    ("language", "zone"),
    [
        (None, "Europe/London"),
        ("en", "America/New_York"),
        ("de", "Europe/Berlin"),
        ("pt-BR", "America/Sao_Paulo"),
        ("es", "America/Mexico_City"),
        ("fr", "Europe/Paris"),
        ("ru", "Europe/Moscow"),
        ("hi", "Asia/Kolkata"),
        ("ja", "Asia/Tokyo"),
        ("tlh", "Europe/London"),
        ("", "Asia/Kolkata"),
    ],
)
def test_popular_places_follow_the_language(language: str | None, zone: str) -> None:
    """The first buttons hold the zone of most speakers, or the world's where nothing is known."""
    assert zone in [place.zone for place in popular(NOW, language)]


@pytest.mark.parametrize("language", [*ZONES_BY_LANGUAGE, "xx"])
def test_popular_places_are_eight_from_west_to_east(language: str) -> None:
    """Eight different places with a label each, in the order of their clocks."""
    places = popular(NOW, language)
    assert len({place.zone for place in places}) == len({place.label for place in places}) == 8
    clocks = [NOW.astimezone(ZoneInfo(place.zone)).replace(tzinfo=None) for place in places]
    assert clocks == sorted(clocks)

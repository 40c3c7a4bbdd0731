"""From a shared location to its zone, offline."""

from __future__ import annotations

from bot.places.known_zones import zone_names


def zone_at(latitude: float, longitude: float) -> str | None:
    """Return the zone at a point in degrees; None where there is no such point.

    At sea it is an Etc zone of whole hours.
    """
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    # Loading the map of the world takes a while, and most processes are never sent a location.
    from tzfpy import get_tz

    zone = str(get_tz(longitude, latitude))
    return zone if zone in zone_names() else None

"""The few zones that are offered as buttons before anybody has typed anything."""

from __future__ import annotations

from datetime import datetime

from bot.places.known_zones import in_zone
from bot.places.place import Place, place_of

# By the language of a person's Telegram: where most of its speakers on Telegram live, and the
# zones that share the most people with the rest of the world.
ZONES_BY_LANGUAGE = {
    "en": (
        "America/Los_Angeles America/Chicago America/New_York Europe/London Europe/Berlin "
        "Africa/Lagos Asia/Kolkata Australia/Sydney"
    ),
    "de": (
        "Europe/Berlin Europe/Vienna Europe/Zurich Europe/London Atlantic/Canary Europe/Athens "
        "Asia/Dubai America/New_York"
    ),
    "es": (
        "Europe/Madrid America/Mexico_City America/Bogota America/Lima America/Santiago "
        "America/Caracas America/Argentina/Buenos_Aires America/New_York"
    ),
    "pt": (
        "America/Sao_Paulo America/Manaus America/Fortaleza Europe/Lisbon Africa/Luanda "
        "Africa/Maputo Europe/London America/New_York"
    ),
    "fr": (
        "Europe/Paris Europe/Brussels Europe/Zurich America/Toronto Africa/Casablanca "
        "Africa/Algiers Africa/Abidjan Indian/Reunion"
    ),
    "it": (
        "Europe/Rome Europe/Zurich Europe/London Europe/Athens America/New_York "
        "America/Argentina/Buenos_Aires America/Sao_Paulo Australia/Sydney"
    ),
    "ru": (
        "Europe/Kaliningrad Europe/Moscow Europe/Samara Asia/Yekaterinburg Asia/Novosibirsk "
        "Asia/Almaty Asia/Vladivostok Europe/Berlin"
    ),
    "uk": (
        "Europe/Kyiv Europe/Warsaw Europe/Berlin Europe/London Europe/Lisbon Asia/Jerusalem "
        "America/New_York America/Toronto"
    ),
    "tr": (
        "Europe/Istanbul Europe/Berlin Europe/London Europe/Athens Asia/Baku Asia/Dubai "
        "Asia/Tashkent America/New_York"
    ),
    "ar": (
        "Africa/Cairo Asia/Riyadh Asia/Dubai Asia/Baghdad Africa/Casablanca Africa/Algiers "
        "Asia/Beirut Europe/Berlin"
    ),
    "fa": (
        "Asia/Tehran Asia/Kabul Asia/Dubai Europe/Istanbul Europe/Berlin Europe/London "
        "America/New_York America/Los_Angeles"
    ),
    "hi": (
        "Asia/Kolkata Asia/Dubai Asia/Kathmandu Asia/Singapore Europe/London America/New_York "
        "America/Los_Angeles Australia/Sydney"
    ),
    "id": (
        "Asia/Jakarta Asia/Makassar Asia/Jayapura Asia/Kuala_Lumpur Asia/Singapore Asia/Riyadh "
        "Asia/Tokyo Australia/Sydney"
    ),
    "ja": (
        "Asia/Tokyo Asia/Shanghai Asia/Singapore Asia/Bangkok Australia/Sydney Europe/London "
        "America/Los_Angeles America/New_York"
    ),
    "ko": (
        "Asia/Seoul Asia/Tokyo Asia/Shanghai Asia/Singapore Australia/Sydney Europe/Berlin "
        "America/Los_Angeles America/New_York"
    ),
    "zh": (
        "Asia/Shanghai Asia/Taipei Asia/Hong_Kong Asia/Singapore Asia/Tokyo Australia/Sydney "
        "America/Los_Angeles America/New_York"
    ),
    "": (
        "America/Los_Angeles America/New_York America/Sao_Paulo Europe/London Europe/Berlin "
        "Europe/Moscow Asia/Kolkata Asia/Shanghai"
    ),
}


def popular(now: datetime, language_code: str | None = None) -> tuple[Place, ...]:
    """Return eight places for a person with this Telegram language, from west to east at `now`."""
    language = (language_code or "").lower().replace("_", "-").split("-")[0]
    zones = ZONES_BY_LANGUAGE.get(language, ZONES_BY_LANGUAGE[""]).split()
    local = sorted(zones, key=lambda zone: in_zone(now, zone).replace(tzinfo=None))
    return tuple(map(place_of, local))

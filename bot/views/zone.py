"""The time zone: which one it is, and how to change it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.callbacks import ChooseZone, FollowFor, GoHome, LiveHere, OpenPage
from bot.domain.person import Someone
from bot.domain.travel import digest, return_day
from bot.domain.typed_text import NotUnderstood, Reason
from bot.reply import Place, Reply
from bot.texts import Texts
from bot.views.keyboard import Key, grid, keyboard, to_settings
from bot.views.lines import paragraphs, place, reason
from bot.views.onboarding import zone_keys
from bot.views.reminders import next_line

# Trips that are offered by button: so many days, and the words for it.
TRIPS = {3: "button.trip_days", 7: "button.trip_week", 14: "button.trip_weeks"}


def zone(person: Someone, zones: Sequence[str], now: datetime, texts: Texts) -> Reply:
    """Show the person's zone, until when it counts, and offer others."""
    back = [[_go_home(person, texts, asked=False)]] if person.home_zone else []
    return Reply(
        paragraphs(
            texts("zone.now", zone=_zone(person), clock=texts.clock(now, person.zone)),
            _trip(person, texts),
        ),
        keyboard=keyboard(
            *back,
            *grid(zone_keys(zones, now, texts, first=False), 2),
            [(texts("button.share_location"), OpenPage("location"))],
            [to_settings(texts)],
        ),
    )


def zone_set(
    person: Someone, next_at: datetime | None, now: datetime, texts: Texts, label: str = ""
) -> Reply:
    """Echo the new zone with the time it is there, and ask for how long where that is open."""
    name = label or _zone(person)
    echo = texts(
        "zone.set",
        zone=name,
        clock=texts.clock(now, person.zone),
        next=next_line(next_at, person, now, texts),
    )
    if not person.undecided:
        return Reply(paragraphs(echo, _trip(person, texts)))
    journey = _journey(person)
    return Reply(
        paragraphs(echo, texts("travel.ask", zone=name)),
        keyboard=keyboard(
            [(texts(label), FollowFor(*journey, days)) for days, label in TRIPS.items()],
            [(texts("button.live_here"), LiveHere(*journey))],
            [_go_home(person, texts, asked=True)],
        ),
    )


def _trip(person: Someone, texts: Texts) -> Markup | None:
    """Say until when the trip lasts, for who has said so."""
    if not person.travels or person.home_at is None:
        return None
    names = person.zone_name or "UTC", person.home_zone or "UTC"
    day = texts.day(return_day(person.home_at, *names))
    return texts("travel.until", zone=place(names[0]), home=place(names[1]), day=day)


def _journey(person: Someone) -> tuple[int, int]:
    return digest(person.zone_name or "UTC"), digest(person.home_zone or "UTC")


def _go_home(person: Someone, texts: Texts, *, asked: bool) -> Key:
    label = texts("button.keep_home" if asked else "button.go_home", home=_home(person))
    return label, GoHome(*_journey(person), asked)


def followed(person: Someone, texts: Texts) -> Reply:
    """Confirm until when the zone of the trip counts."""
    return Reply(
        paragraphs(texts("travel.followed"), _trip(person, texts)),
        keyboard=keyboard([_go_home(person, texts, asked=False)]),
    )


def lives_here(person: Someone, texts: Texts) -> Reply:
    """Confirm that they moved."""
    return Reply(texts("travel.lives_here", zone=_zone(person)))


def returned(zone_name: str, now: datetime, texts: Texts) -> Reply:
    """Say that home's clock counts again by itself."""
    clock = texts.clock(now, ZoneInfo(zone_name))
    return Reply(texts("travel.returned", home=place(zone_name), clock=clock))


def date_not_understood(misread: NotUnderstood, texts: Texts) -> Reply:
    """Say which part was not understood and how a date is typed; the question stays open."""
    too_long = misread.reason is Reason.TOO_LONG
    why = texts("travel.too_long") if too_long else reason(misread, texts)
    return Reply(paragraphs(why, texts("travel.examples")))


def several_zones(places: Sequence[tuple[str, str]], texts: Texts, *, first: bool) -> Reply:
    """Ask which of several places was meant: (label, zone) each."""
    rows = [[(label, ChooseZone(name, first))] for label, name in places]
    return Reply(texts("zone.several"), keyboard=keyboard(*rows))


def no_zone(typed: str, texts: Texts) -> Reply:
    """Say that nothing was found, with examples."""
    return Reply(texts("zone.none", typed=typed[:60]))


def ask_location(texts: Texts) -> Reply:
    """Offer the button that shares a location."""
    return Reply(
        texts("zone.ask_location"),
        location_label=str(texts("button.my_location").unescape()),
        place=Place.BELOW,  # an edited message cannot bring a key below the text field
    )


def _zone(person: Someone) -> str:
    return place(person.zone_name or "UTC")


def _home(person: Someone) -> str:
    return place(person.home_zone or "UTC")

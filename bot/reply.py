"""What a view returns: one message as a value, not yet sent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup
from telegram import InlineKeyboardMarkup

from bot.domain.drawing import Drawing


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or clip to show: what its file is called, and what is drawn, not yet drawn.

    `meanwhile` is shown where this one takes too long to draw, or cannot be drawn.
    """

    name: str
    drawing: Drawing
    meanwhile: Drawing | None = None


EMPTY = Markup("")


class Place(StrEnum):
    """Where a reply to a tap goes; a reply to anything else is always a new message."""

    HERE = "here"  # the message of the button is edited
    BELOW = "below"  # a new message; the button's message stays as it is
    INSTEAD = "instead"  # a new message; the button's message loses its buttons


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: HTML text, an optional picture, an optional keyboard.

    `toast` is what the callback's answer says (as an alert where `alert`). A reply with neither
    text nor picture only answers the callback.
    """

    text: Markup = EMPTY
    picture: Picture | None = None
    keyboard: InlineKeyboardMarkup | None = None
    toast: str = ""
    alert: bool = False
    place: Place = Place.HERE
    location_label: str = ""
    document: tuple[str, bytes] | None = None  # a file's name and its bytes


@dataclass(frozen=True, slots=True)
class Shared:
    """Something to share in another chat: what the list says, what is sent, and a way to us."""

    key: str  # at most 64 bytes, unique in one list
    title: str
    description: str
    text: Markup
    picture: Picture | None = None
    link: tuple[str, str] | None = None  # a label and an address

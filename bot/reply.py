"""What a view returns: one message as a value, not yet sent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup
from telegram import InlineKeyboardMarkup


@dataclass(frozen=True, slots=True)
class Picture:
    """Names a picture without drawing it: `bot.pictures` turns it into bytes.

    `entry` is the key of an exercise or practice, `pose` one of its poses; `mirrored` shows the
    other side. An empty `pose` means the entry's card still. The key of a routine names its poster.
    """

    entry: str
    pose: str = ""
    mirrored: bool = False


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

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
    other side. An empty `pose` means the entry's card still.
    """

    entry: str
    pose: str = ""
    mirrored: bool = False


class Live(StrEnum):
    """Which row wants to know the id of the message that a reply becomes."""

    SESSION = "session"
    OCCURRENCE = "occurrence"


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: HTML text, an optional picture, an optional keyboard.

    `toast` is what the callback's answer says (an alert where `alert`); `fresh` asks for a new
    message even where a button's message could be edited; `live` names the row whose message
    this is. A reply with neither text nor picture only answers the callback.
    """

    text: Markup = Markup("")
    picture: Picture | None = None
    keyboard: InlineKeyboardMarkup | None = None
    toast: str = ""
    alert: bool = False
    fresh: bool = False
    live: tuple[Live, int] | None = None
    wants_location: bool = False  # adds a one-time keyboard with "share my location"

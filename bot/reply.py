"""What a view returns: one message as a value, not yet sent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from markupsafe import Markup
from telegram import InlineKeyboardMarkup

from bot.domain.drawing import Drawing
from bot.domain.paper import Paper
from bot.domain.recording import Form, Recording


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or clip to show: what its file is called, and what is drawn, not yet drawn.

    `meanwhile` is shown where this one takes longer to draw than somebody has `patience`, in
    seconds, or cannot be drawn. What is `personal` leaves no trace: no file id of it is kept.
    """

    name: str
    drawing: Drawing
    meanwhile: Drawing | None = None
    personal: bool = False
    patience: float | None = field(default=None, compare=False)  # None: that of a tap

    @property
    def stand_in(self) -> Picture | None:
        """Return what is shown in its place, None where nothing is."""
        return Picture(self.name, self.meanwhile) if self.meanwhile else None


@dataclass(frozen=True, slots=True)
class Track:
    """Something to listen to: what its file and itself are called, and what is heard.

    What is `personal` leaves no trace: neither its file nor a file id of it is kept.
    """

    name: str
    title: str
    drawing: Recording
    personal: bool = False

    @property
    def stand_in(self) -> Track | None:
        """Return the same without words, for where its engine does not speak."""
        wordless = replace(self, drawing=self.drawing.wordless)
        return wordless if self.drawing.engine else None

    @property
    def as_audio(self) -> Track:
        """Return the same for people who take no voice messages."""
        return replace(self, drawing=replace(self.drawing, form=Form.AUDIO))


EMPTY = Markup("")


class Place(StrEnum):
    """Where a reply to a tap goes; a reply to anything else is always a new message."""

    HERE = "here"  # the message of the button is edited
    BELOW = "below"  # a new message; the button's message stays as it is
    INSTEAD = "instead"  # a new message; the button's message loses its buttons
    KEYS = "keys"  # the message of the button gets other buttons, and stays as it is otherwise


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: HTML text, an optional picture or track, an optional keyboard.

    `toast` is what the callback's answer says (as an alert where `alert`). A reply with neither
    text nor picture only answers the callback. Of several documents the first carries the text.
    """

    text: Markup = EMPTY
    picture: Picture | None = None
    track: Track | None = None
    keyboard: InlineKeyboardMarkup | None = None
    toast: str = ""
    alert: bool = False
    place: Place = Place.HERE
    location_label: str = ""
    effect: str = ""  # what Telegram plays with a new message, by its id
    documents: tuple[tuple[str, bytes | Paper], ...] = ()  # by the name of each file


@dataclass(frozen=True, slots=True)
class Shared:
    """Something to share in another chat: what the list says, what is sent, and a way to us."""

    key: str  # at most 64 bytes, unique in one list
    title: str
    description: str
    text: Markup
    picture: Picture | None = None
    link: tuple[str, str] | None = None  # a label and an address

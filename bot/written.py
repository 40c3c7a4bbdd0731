"""A message as it goes over the wire, written once and sent past the library's objects."""

from __future__ import annotations

from dataclasses import dataclass

from telegram.constants import ParseMode

from bot.reply import Reply

# What the library adds by its defaults; a call past it says so itself.
FORMAT = {"parse_mode": ParseMode.HTML.value, "link_preview_options": '{"is_disabled": true}'}


@dataclass(frozen=True, slots=True)
class Written:
    """A text with its keyboard."""

    text: str
    keyboard: str = ""  # JSON


def write(reply: Reply) -> Written:
    """Return a reply without a picture as it goes over the wire."""
    return Written(str(reply.text), reply.keyboard.to_json() if reply.keyboard else "")

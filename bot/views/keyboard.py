"""Keyboards from rows of (label, button): the one place that makes Telegram's button types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.button import Button
from bot.callbacks import OpenPage
from bot.texts import Texts

Key = tuple[str, Button]


def keyboard(*rows: Sequence[Key]) -> InlineKeyboardMarkup | None:
    """Return an inline keyboard of the rows that are not empty; None where all are."""
    made = [[_key(label, button) for label, button in row] for row in rows if row]
    return InlineKeyboardMarkup(made) if made else None


def grid(keys: Iterable[Key], width: int) -> list[list[Key]]:
    """Return the keys in rows of `width`."""
    found = list(keys)
    return [found[start : start + width] for start in range(0, len(found), width)]


def to_settings(texts: Texts) -> Key:
    """Return the way back to the settings."""
    return texts("button.go_back"), OpenPage("settings")


def links(*rows: tuple[str, str]) -> InlineKeyboardMarkup:
    """Return a keyboard of (label, address), one a row."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, url=url)] for label, url in rows])


def _key(label: str, button: Button) -> InlineKeyboardButton:
    # Labels are plain text to Telegram; the catalogue gives them as HTML.
    plain = label.unescape() if isinstance(label, Markup) else label
    return InlineKeyboardButton(plain, callback_data=button.pack())

"""Telegram's limits: lengths of texts, and the shape of keyboards."""

from __future__ import annotations

from typing import Any

from sandbox.entities import formatted
from sandbox.errors import (
    BLANK_KEY,
    BLANK_LABEL,
    BLANK_TEXT,
    BUTTON_DATA,
    EMPTY_TEXT,
    INLINE_ONLY,
    INLINE_ROWS_NOT_LISTS,
    LOCATION_IN_GROUP,
    LONG_CAPTION,
    LONG_TEXT,
    MANY_BUTTONS,
    NO_ACTION,
    ROWS_NOT_LISTS,
    bad,
)
from sandbox.html_parts import link_detail, units
from sandbox.parameters import Given
from sandbox.store import Json

TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024
DATA_BYTES = 64
BUTTONS = 100
BUTTONS_IN_ROW = 8
STYLES = ("primary", "success", "danger")
ACTIONS = ("url", "callback_data", "web_app", "login_url", "copy_text", "pay", "callback_game")
INLINE_ACTIONS = ("switch_inline_query", "switch_inline_query_current_chat")
LOOKS = ("style", "icon_custom_emoji_id")


def message_text(given: Given) -> Json:
    """Return the text fields of a message from text, parse_mode and entities."""
    if not given.text("text"):
        raise EMPTY_TEXT
    text, entities = formatted(given.text("text"), given.text("parse_mode"), given.get("entities"))
    if not text:
        raise BLANK_TEXT
    if units(text) > TEXT_LENGTH:
        raise LONG_TEXT
    return {"text": text, **({"entities": entities} if entities else {})}


def caption(text: str, parse_mode: str, entities: list[Any] | None) -> Json:
    """Return the caption fields of a message; nothing for an empty caption."""
    text, found = formatted(text, parse_mode, entities)
    if units(text) > CAPTION_LENGTH:
        raise LONG_CAPTION
    if not text:
        return {}
    return {"caption": text, **({"caption_entities": found} if found else {})}


def inline_keyboard(markup: Json | None) -> Json | None:
    """Return the InlineKeyboardMarkup for an edited message; None takes the keyboard away."""
    if not markup:
        return None
    if "inline_keyboard" not in markup:
        raise INLINE_ONLY
    rows = rows_of(markup["inline_keyboard"], INLINE_ROWS_NOT_LISTS)
    kept = [[inline_button(button) for button in row] for row in rows if row]
    if sum(map(len, kept)) > BUTTONS or any(len(row) > BUTTONS_IN_ROW for row in kept):
        raise MANY_BUTTONS
    return {"inline_keyboard": kept} if kept else None


def rows_of(value: Any, refusal: Exception) -> list[list[Any]]:
    """Return the rows of a keyboard, or refuse what is not a list of lists."""
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise refusal
    return value


def text_of(button: Any, kind: str) -> str:
    """Return a button's label, or refuse what has none; the words are those of the JSON reader."""
    if not isinstance(button, dict):
        raise bad(f"can't parse {kind}: InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise bad(f"can't parse {kind}: Can't find field \"text\"")
    if not isinstance(button["text"], str):
        raise bad(f'can\'t parse {kind}: Field "text" must be of type String')
    return button["text"].strip()


def inline_button(button: Any) -> Json:
    """Return an inline button with what it does, or refuse it."""
    kind = "inline keyboard button"
    label = text_of(button, kind)
    action = next((name for name in ACTIONS if button.get(name)), None) or next(
        (name for name in INLINE_ACTIONS if name in button), None
    )
    if action is None:
        raise NO_ACTION
    if not label:
        raise BLANK_LABEL
    value = button[action]
    if action == "callback_data" and not is_data(value):
        raise BUTTON_DATA
    if action == "url":
        value = address(value)
    return {"text": label, action: value, **looks(button, kind)}


def is_data(value: Any) -> bool:
    """Tell whether a value may be a button's callback data: 1 to 64 bytes of text."""
    return isinstance(value, str) and 1 <= len(value.encode()) <= DATA_BYTES


def address(url: Any) -> str:
    """Return a button's address as Telegram keeps it."""
    entity: Json = {}
    if not isinstance(url, str) or not link_detail(entity, url):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return str(entity.get("url", url))


def looks(button: Json, kind: str) -> Json:
    """Return a button's colour and icon."""
    if button.get("style") and button["style"] not in STYLES:
        raise bad(f"can't parse {kind}: invalid button style specified")
    return {name: button[name] for name in LOOKS if button.get(name)}


def reply_keyboard(markup: Json, private: bool) -> Json:
    """Return the ReplyKeyboardMarkup to show below the text field, or refuse it."""
    rows = [row for row in rows_of(markup.get("keyboard"), ROWS_NOT_LISTS) if row]
    flags = ("is_persistent", "resize_keyboard", "one_time_keyboard", "selective")
    kept = {name: True for name in flags if markup.get(name)}
    placeholder = markup.get("input_field_placeholder")
    hint = {"input_field_placeholder": placeholder} if placeholder else {}
    return {"keyboard": [[key(each, private) for each in row] for row in rows], **kept, **hint}


def key(button: Any, private: bool) -> Json:
    """Return one key of a reply keyboard."""
    button = {"text": button} if isinstance(button, str) else button
    label = text_of(button, "keyboard button")
    if not label:
        raise BLANK_KEY
    if button.get("request_location") and not private:
        raise LOCATION_IN_GROUP
    requests = ("request_location", "request_contact")
    asks = {name: True for name in requests if button.get(name)}
    return {"text": label, **asks, **looks(button, "keyboard button")}

"""Methods that change a message of the bot in place."""

from __future__ import annotations

from sandbox.checks import caption, inline_keyboard, message_text
from sandbox.errors import (
    CANNOT_EDIT,
    NO_CAPTION_TO_EDIT,
    NO_MEDIA,
    NO_TEXT_TO_EDIT,
    NOT_MODIFIED,
    NOTHING_TO_EDIT,
    bad,
)
from sandbox.files import KINDS
from sandbox.inline_ids import by_inline_id
from sandbox.methods.media import CAPTION
from sandbox.parameters import Given, Kind, method
from sandbox.store import Json
from sandbox.world import World

EDIT = {
    "chat_id": Kind.CHAT,
    "message_id": Kind.INTEGER,
    "inline_message_id": Kind.TEXT,
    "reply_markup": Kind.OBJECT,
}
EDITABLE = ("photo", "animation", "document", "video", "audio")
CAPTIONED = (*EDITABLE, "voice")
# What an edit replaces; the rest (id, date, sender, the message answered) stays.
WORDS = ("text", "entities")
CAPTION_WORDS = ("caption", "caption_entities", "show_caption_above_media")
CONTENT = (*WORDS, *CAPTION_WORDS, *KINDS, "has_media_spoiler", "location")


def message_of(world: World, given: Given) -> Json:
    """Return the message that a call names, the bot's own or sent through it, or refuse it."""
    if given.get("chat_id") is None and not given.integer("message_id"):
        return by_inline_id(world, given.text("inline_message_id"))
    chat = given.chat()
    world.writable(chat)
    message = world.message(chat, given.integer("message_id"))
    if message is None:
        raise NOTHING_TO_EDIT
    if not world.is_bots(message):
        raise CANNOT_EDIT
    return message


def replace(
    world: World, message: Json, gone: tuple[str, ...], new: Json, given: Given
) -> Json | bool:
    """Put new content and the given keyboard in the place of the old; no keyboard removes it.

    Returns the message, or True where the bot knows it by an inline_message_id alone.
    """
    keyboard = inline_keyboard(given.get("reply_markup"))
    left_out = {*gone, "reply_markup"}
    kept = {name: value for name, value in message.items() if name not in left_out}
    edited = kept | new | ({"reply_markup": keyboard} if keyboard else {})
    if edited == message:
        raise NOT_MODIFIED
    edited["edit_date"] = world.now()
    world.put(edited, "edit")
    return True if "via_bot" in edited else edited


@method(
    "editMessageText",
    text=Kind.TEXT,
    parse_mode=Kind.TEXT,
    entities=Kind.LIST,
    link_preview_options=Kind.OBJECT,
    **EDIT,
)
def edit_message_text(world: World, given: Given) -> Json | bool:
    """Change the text of a text message."""
    words = message_text(given)
    message = message_of(world, given)
    if "text" not in message:
        raise NO_TEXT_TO_EDIT
    return replace(world, message, WORDS, words, given)


@method("editMessageCaption", show_caption_above_media=Kind.FLAG, **CAPTION, **EDIT)
def edit_message_caption(world: World, given: Given) -> Json | bool:
    """Change or remove the caption of a message with a file."""
    words = caption(given.text("caption"), given.text("parse_mode"), given.get("caption_entities"))
    message = message_of(world, given)
    if not any(kind in message for kind in CAPTIONED):
        raise NO_CAPTION_TO_EDIT
    above = {"show_caption_above_media": True} if given.flag("show_caption_above_media") else {}
    return replace(world, message, CAPTION_WORDS, words | above, given)


@method("editMessageReplyMarkup", **EDIT)
def edit_message_reply_markup(world: World, given: Given) -> Json | bool:
    """Change or remove the keyboard of a message."""
    return replace(world, message_of(world, given), (), {}, given)


@method("editMessageMedia", media=Kind.OBJECT, **EDIT)
def edit_message_media(world: World, given: Given) -> Json | bool:
    """Change the file and caption of a message, or turn a text message into one with a file."""
    media = given.get("media")
    if media is None:
        raise bad('parameter "media" is required')
    new_words = media_words(media)
    message = message_of(world, given)
    return replace(world, message, CONTENT, new_file(world, given, media) | new_words, given)


def media_words(media: Json) -> Json:
    """Return the caption and flags of an InputMedia, or refuse it."""
    if media.get("type") not in EDITABLE:
        raise bad(f'can\'t parse InputMedia: type "{media.get("type")}" is unsupported')
    words = caption(
        str(media.get("caption", "")),
        str(media.get("parse_mode", "")),
        media.get("caption_entities"),
    )
    above = {"show_caption_above_media": True} if media.get("show_caption_above_media") else {}
    return words | above | ({"has_media_spoiler": True} if media.get("has_spoiler") else {})


def new_file(world: World, given: Given, media: Json) -> Json:
    """Return the file fields of an InputMedia."""
    file = given.attached(str(media.get("media", ""))) or None
    if file is None:
        raise NO_MEDIA
    return world.files.content(media["type"], file, media)

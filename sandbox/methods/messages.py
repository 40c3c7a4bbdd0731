"""Methods that put messages without files into a chat, and take messages out of it."""

from __future__ import annotations

from typing import Any

from sandbox.checks import inline_keyboard, message_text, reply_keyboard
from sandbox.errors import (
    CANNOT_DELETE,
    LATITUDE,
    LONGITUDE,
    MANY_MESSAGE_IDS,
    MARKUP_NOT_OBJECT,
    NO_MESSAGE_ID,
    NO_MESSAGE_IDS,
    NO_REPLIED_MESSAGE,
    NOTHING_TO_COPY,
    NOTHING_TO_DELETE,
    REACTION,
    WRONG_ACTION,
    bad,
)
from sandbox.parameters import Given, Kind, method
from sandbox.store import Json
from sandbox.world import World

# What every send… method understands; the rest of Telegram's list changes nothing here.
SEND = {
    "chat_id": Kind.CHAT,
    "reply_markup": Kind.OBJECT,
    "reply_parameters": Kind.OBJECT,
    "protect_content": Kind.FLAG,
    "disable_notification": Kind.FLAG,
    "message_effect_id": Kind.TEXT,
}
DELETE_WITHIN = 48 * 3600  # seconds
MOST_IDS = 100
ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)
NOT_COPIED = (
    "message_id",
    "from",
    "chat",
    "date",
    "edit_date",
    "reply_markup",
    "reply_to_message",
    "via_bot",
)


def send(world: World, given: Given, content: Json) -> Json:
    """Put a message of the bot into the chat of a call and return it."""
    chat = given.chat()
    reply_to = reply_of(world, chat, given)
    private = str(chat) not in world.groups
    markup, keyboard = markup_of(given.get("reply_markup"), private)
    world.writable(chat)
    if given.flag("protect_content"):
        content = content | {"has_protected_content": True}
    if given.text("message_effect_id"):
        content = content | {"effect_id": given.text("message_effect_id")}
    message = world.post(chat, world.bot, content | markup, reply_to)
    if keyboard is not None:
        world.show_keyboard(chat, keyboard or None)
    return message


def reply_of(world: World, chat: int, given: Given) -> int | None:
    """Return the message that is answered, or None; it must exist unless the bot minds not."""
    parameters: Json = given.get("reply_parameters") or {}
    number = parameters.get("message_id")
    if number is None:
        return None
    if type(number) is not int:
        raise bad("can't parse reply parameters JSON object")
    if world.message(chat, number) is None:
        if parameters.get("allow_sending_without_reply"):
            return None
        raise NO_REPLIED_MESSAGE
    return number


def markup_of(markup: Any, private: bool) -> tuple[Json, Json | None]:
    """Return the inline keyboard's field, and the reply keyboard: None unchanged, empty removed."""
    if markup is None:
        return {}, None
    if not isinstance(markup, dict):
        raise MARKUP_NOT_OBJECT
    if markup.get("keyboard"):
        return {}, reply_keyboard(markup, private)
    if markup.get("remove_keyboard"):
        return {}, {}
    if "inline_keyboard" in markup:
        keyboard = inline_keyboard(markup)
        return ({"reply_markup": keyboard} if keyboard else {}), None
    return {}, None  # ForceReply changes nothing that a bot could see


@method(
    "sendMessage",
    text=Kind.TEXT,
    parse_mode=Kind.TEXT,
    entities=Kind.LIST,
    link_preview_options=Kind.OBJECT,
    **SEND,
)
def send_message(world: World, given: Given) -> Json:
    """Send a text."""
    return send(world, given, message_text(given))


@method(
    "sendLocation",
    latitude=Kind.NUMBER,
    longitude=Kind.NUMBER,
    horizontal_accuracy=Kind.NUMBER,
    **SEND,
)
def send_location(world: World, given: Given) -> Json:
    """Send a point on the map."""
    if given.get("latitude") is None:
        raise LATITUDE
    if given.get("longitude") is None:
        raise LONGITUDE
    place = {name: given.get(name) for name in ("latitude", "longitude")}
    return send(world, given, {"location": place})


@method("sendChatAction", chat_id=Kind.CHAT, action=Kind.TEXT)
def send_chat_action(world: World, given: Given) -> bool:
    """Show that the bot is doing something."""
    if given.text("action") not in ACTIONS:
        raise WRONG_ACTION
    chat = given.chat()
    world.writable(chat)
    world.events.publish(chat, "action", {"action": given.text("action")})
    return True


@method("copyMessage", from_chat_id=Kind.CHAT, message_id=Kind.INTEGER, **SEND)
def copy_message(world: World, given: Given) -> Json:
    """Send the content of a message again; returns only the new id."""
    source = world.message(given.chat("from_chat_id"), given.integer("message_id"))
    if source is None:
        raise NOTHING_TO_COPY
    content = {name: value for name, value in source.items() if name not in NOT_COPIED}
    return {"message_id": send(world, given, content)["message_id"]}


@method("deleteMessage", chat_id=Kind.CHAT, message_id=Kind.INTEGER)
def delete_message(world: World, given: Given) -> bool:
    """Delete one message that is not older than Telegram allows."""
    chat = given.chat()
    if not given.integer("message_id"):
        raise NO_MESSAGE_ID
    world.writable(chat)
    message = world.message(chat, given.integer("message_id"))
    if message is None:
        raise NOTHING_TO_DELETE
    if not deletable(world, message):
        raise CANNOT_DELETE
    world.remove(chat, message["message_id"])
    return True


@method("deleteMessages", chat_id=Kind.CHAT, message_ids=Kind.LIST)
def delete_messages(world: World, given: Given) -> bool:
    """Delete several messages; those that cannot be found are passed over."""
    chat, numbers = given.chat(), given.get("message_ids")
    if not numbers:
        raise NO_MESSAGE_IDS
    if len(numbers) > MOST_IDS:
        raise MANY_MESSAGE_IDS
    if not all(type(number) is int and number > 0 for number in numbers):
        raise bad("invalid message identifier specified")
    world.writable(chat)
    for number in numbers:
        message = world.message(chat, number)
        if message is not None and deletable(world, message):
            world.remove(chat, number)
    return True


def deletable(world: World, message: Json) -> bool:
    """Tell whether the bot may delete a message: young enough, and in a group its own."""
    young = world.now() - message["date"] <= DELETE_WITHIN
    return young and (world.is_bots(message) or message["chat"]["type"] == "private")


@method(
    "setMessageReaction",
    chat_id=Kind.CHAT,
    message_id=Kind.INTEGER,
    reaction=Kind.LIST,
    is_big=Kind.FLAG,
)
def set_message_reaction(world: World, given: Given) -> bool:
    """Accept at most one emoji as the bot's reaction; the page does not show it."""
    chat = given.chat()
    world.writable(chat)
    if world.message(chat, given.integer("message_id")) is None:
        raise bad("message to react not found")
    reactions = given.get("reaction") or []
    if len(reactions) > 1 or not all(is_emoji(each) for each in reactions):
        raise REACTION
    return True


def is_emoji(reaction: Any) -> bool:
    """Tell whether a reaction is one that a bot may give."""
    return isinstance(reaction, dict) and reaction.get("type") == "emoji"

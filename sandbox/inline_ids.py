"""Names messages that people sent through the bot, which it knows by an inline_message_id alone."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

from sandbox.errors import INLINE_MESSAGE_ID, NO_MESSAGE_ID
from sandbox.store import Json
from sandbox.world import World


def inline_id(message: Json) -> str:
    """Return the inline_message_id of a message."""
    place = f"{message['chat']['id']}/{message['message_id']}"
    return urlsafe_b64encode(place.encode()).decode().rstrip("=")


def by_inline_id(world: World, identity: str) -> Json:
    """Return the message of an inline_message_id, or refuse as Telegram does.

    Only a message with a keyboard can be meant: Telegram names no other to the bot.
    """
    if not identity:
        raise NO_MESSAGE_ID
    try:
        place = urlsafe_b64decode(identity + "=" * (-len(identity) % 4)).decode()
        chat, _, number = place.partition("/")
        message = world.message(int(chat), int(number))
    except ValueError:  # neither the alphabet nor the numbers of an id
        raise INLINE_MESSAGE_ID from None
    if message is None or "via_bot" not in message:
        raise INLINE_MESSAGE_ID
    return message

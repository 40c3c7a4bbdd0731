"""What people do in their chats, and the updates that Telegram makes of it."""

from __future__ import annotations

from sandbox.checks import is_data
from sandbox.entities import formatted
from sandbox.errors import bad
from sandbox.images import png
from sandbox.inline_ids import inline_id
from sandbox.multipart import Upload
from sandbox.store import Json
from sandbox.world import BOT_USERNAME, World

BUILT_IN_PHOTO = Upload("photo.png", "image/png", png(64, 48, (120, 150, 170)))
BUILT_IN_VOICE = Upload("voice.oga", "audio/ogg", b"OggS" + bytes(60))
BUILT_IN_STICKER = Upload("sticker.png", "image/png", png(512, 512, (230, 190, 90)))


def write(world: World, person: int, chat: int, content: Json, reply_to: int | None = None) -> Json:
    """Post what a person sent and tell the bot, if it may see it; return the message.

    Writing to the bot in private starts it, and lifts a block, as Telegram's own clients do.
    """
    with world.together():
        if chat == person:
            block(world, person, False)
            world.people[str(person)] = world.person(person) | {"started": True}
            drop_one_time_keyboard(world, chat)
        message = world.post(chat, world.user(person), content, reply_to)
        if chat == person or bot_sees(world, message):
            world.deliver("message", message)
    return message


def say(world: World, person: int, chat: int, text: str, reply_to: int | None = None) -> Json:
    """Send a text; commands, addresses and mentions in it are found as Telegram finds them."""
    words, entities = formatted(text, "", None)
    if not words:
        raise bad("message text is empty")
    found = {"entities": entities} if entities else {}
    return write(world, person, chat, {"text": words, **found}, reply_to)


def share_location(world: World, person: int, chat: int, latitude: float, longitude: float) -> Json:
    """Share where the person is."""
    place = {"latitude": latitude, "longitude": longitude, "horizontal_accuracy": 20.0}
    return write(world, person, chat, {"location": place})


def send_file(world: World, person: int, chat: int, kind: str, upload: Upload | None) -> Json:
    """Send a photo, a voice message, a sticker, or a document, which alone has no built-in."""
    built_in = {"photo": BUILT_IN_PHOTO, "voice": BUILT_IN_VOICE, "sticker": BUILT_IN_STICKER}
    file = upload or built_in.get(kind)
    if file is None:
        raise bad(f"there is no {kind} in the request")
    details = {"duration": 1, "width": 0, "height": 0}
    return write(world, person, chat, world.files.content(kind, file, details))


def tap(world: World, person: int, chat: int, message_id: int, data: str) -> str:
    """Tap a button that carries `data` (forged or not) and return the query's id.

    Of a message that was sent through it the bot is told the inline_message_id alone.
    """
    message = world.message(chat, message_id)
    if message is None:
        raise bad("message not found")
    if not is_data(data):
        raise bad("BUTTON_DATA_INVALID")
    with world.together():
        number = str((person << 32) + world.store.count("query"))
        world.queries[number] = {
            "person": person,
            "chat": chat,
            "at": world.now(),
            "answer": None,
        }
        through = "via_bot" in message
        query = {
            "id": number,
            "from": world.user(person),
            **({"inline_message_id": inline_id(message)} if through else {"message": message}),
            "chat_instance": str(-7_000_000_000_000 - abs(chat)),
            "data": data,
        }
        world.deliver("callback_query", query)
    return number


def block(world: World, person: int, blocked: bool) -> None:
    """Block the bot or lift the block; nothing happens where it is so already."""
    record = world.person(person)
    if record["blocked"] == blocked:
        return
    world.people[str(person)] = record | {"blocked": blocked}
    states: list[Json] = [
        {"status": "member", "user": world.bot},
        {"status": "kicked", "user": world.bot, "until_date": 0},
    ]
    member_changed(world, person, person, states[not blocked], states[blocked])


def refuse_voice(world: World, person: int, refused: bool) -> None:
    """Let no voice messages in any more, or let them in again."""
    world.people[str(person)] = world.person(person) | {"refuses_voice": refused}


def make_group(world: World, number: int, title: str, members: list[int]) -> Json:
    """Make a group with these people and add the bot to it."""
    kind = "supergroup" if str(number).startswith("-100") and number < -(10**12) else "group"
    chat = {"id": number, "type": kind, "title": title}
    known = str(number) in world.groups
    world.groups[str(number)] = {"chat": chat, "members": members}
    if not known and members:
        states = [{"status": status, "user": world.bot} for status in ("left", "member")]
        member_changed(world, number, members[0], *states)
        write(world, members[0], number, {"new_chat_members": [world.bot]})
    return chat


def member_changed(world: World, chat: int, who: int, old: Json, new: Json) -> None:
    """Tell the bot that its place in a chat changed."""
    change = {
        "chat": world.chat(chat),
        "from": world.user(who),
        "date": world.now(),
        "old_chat_member": old,
        "new_chat_member": new,
    }
    world.deliver("my_chat_member", change)


def bot_sees(world: World, message: Json) -> bool:
    """Tell whether a bot with privacy mode gets a message of a group.

    It gets service messages, what was sent through it, replies to its own, mentions, and commands
    but for those that name another bot.
    """
    if "new_chat_members" in message or "via_bot" in message:
        return True
    if world.is_bots(message.get("reply_to_message", {})):
        return True
    text = message.get("text", "").encode("utf-16-le")
    for entity in message.get("entities", []):
        begin, length = 2 * entity["offset"], 2 * entity["length"]
        word = text[begin : begin + length].decode("utf-16-le")
        named = word.partition("@")[2].lower()
        if entity["type"] == "bot_command" and named in ("", BOT_USERNAME):
            return True
        if entity["type"] == "mention" and named == BOT_USERNAME:
            return True
    return False


def drop_one_time_keyboard(world: World, chat: int) -> None:
    """Hide a keyboard that was for one use, as the person has answered."""
    keyboard = world.keyboards.get(str(chat))
    if keyboard and keyboard.get("one_time_keyboard"):
        world.show_keyboard(chat, None)

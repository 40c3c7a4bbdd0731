"""Methods that send files, and getFile."""

from __future__ import annotations

from sandbox.checks import caption
from sandbox.errors import BIG_FILE, NO_FILE_ID, NO_VOICE, bad
from sandbox.methods.messages import SEND, send
from sandbox.multipart import Upload
from sandbox.parameters import Given, Kind, method
from sandbox.store import Json
from sandbox.world import World

DOWNLOAD_BYTES = 20_000_000

CAPTION = {"caption": Kind.TEXT, "parse_mode": Kind.TEXT, "caption_entities": Kind.LIST}
SHOWN = {"show_caption_above_media": Kind.FLAG, "has_spoiler": Kind.FLAG}
SIZE = {"width": Kind.INTEGER, "height": Kind.INTEGER, "duration": Kind.INTEGER}
THUMBNAIL = {"thumbnail": Kind.FILE}
SONG = {"duration": Kind.INTEGER, "performer": Kind.TEXT, "title": Kind.TEXT}


def send_file(world: World, given: Given, kind: str, becomes: str = "") -> Json:
    """Send one file of a kind with its caption; it may come out as another kind."""
    file = given.file(kind)
    if file is None:
        raise bad(f"there is no {kind} in the request")  # [api] process_send_photo_query and kin
    words = caption(given.text("caption"), given.text("parse_mode"), given.get("caption_entities"))
    above = {"show_caption_above_media": True} if given.flag("show_caption_above_media") else {}
    spoiler = {"has_media_spoiler": True} if given.flag("has_spoiler") else {}
    world.writable(given.chat())
    content = world.files.content(becomes or kind, file, given.values)
    return send(world, given, content | words | above | spoiler)


@method("sendPhoto", photo=Kind.FILE, **CAPTION, **SHOWN, **SEND)
def send_photo(world: World, given: Given) -> Json:
    """Send a photo."""
    return send_file(world, given, "photo")


@method("sendAnimation", animation=Kind.FILE, **THUMBNAIL, **SIZE, **CAPTION, **SHOWN, **SEND)
def send_animation(world: World, given: Given) -> Json:
    """Send a silent clip or GIF."""
    return send_file(world, given, "animation")


@method("sendVideo", video=Kind.FILE, **THUMBNAIL, **SIZE, **CAPTION, **SHOWN, **SEND)
def send_video(world: World, given: Given) -> Json:
    """Send a video."""
    return send_file(world, given, "video")


@method("sendDocument", document=Kind.FILE, **THUMBNAIL, **CAPTION, **SEND)
def send_document(world: World, given: Given) -> Json:
    """Send any file."""
    return send_file(world, given, "document")


@method("sendAudio", audio=Kind.FILE, **THUMBNAIL, **SONG, **CAPTION, **SEND)
def send_audio(world: World, given: Given) -> Json:
    """Send music; Opus comes out as a voice message (telegram-bot-api, issue 781)."""
    file = given.file("audio")
    if isinstance(file, Upload) and b"OpusHead" in file.content[:64]:
        check_voice(world, given)
        return send_file(world, given, "audio", becomes="voice")
    return send_file(world, given, "audio")


@method("sendVoice", voice=Kind.FILE, duration=Kind.INTEGER, **CAPTION, **SEND)
def send_voice(world: World, given: Given) -> Json:
    """Send a voice message, to who takes any."""
    check_voice(world, given)
    return send_file(world, given, "voice")


def check_voice(world: World, given: Given) -> None:
    """Refuse a voice message to somebody who lets none in."""
    chat = given.chat()
    world.writable(chat)
    if world.refuses_voice(chat):
        raise NO_VOICE


@method("sendSticker", sticker=Kind.FILE, emoji=Kind.TEXT, **SEND)
def send_sticker(world: World, given: Given) -> Json:
    """Send a sticker."""
    return send_file(world, given, "sticker")


@method("getFile", file_id=Kind.TEXT)
def get_file(world: World, given: Given) -> Json:
    """Return where a file can be downloaded."""
    if not given.text("file_id"):
        raise NO_FILE_ID
    file = world.files.described(given.text("file_id"))
    if file["file_size"] > DOWNLOAD_BYTES:
        raise BIG_FILE
    return file

"""Files that bots and people sent: kept on disk, named by ids that can be sent again."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any

from sandbox.errors import (
    BIG_PHOTO,
    EMPTY_FILE,
    GONE_FILE,
    NOT_AN_IMAGE,
    PHOTO_SHAPE,
    UNREACHABLE_URL,
    WRONG_FILE,
)
from sandbox.images import Look, look
from sandbox.multipart import Upload
from sandbox.store import Json, Store

PHOTO_BYTES = 10_000_000
PHOTO_SIDES = 10_000
PHOTO_RATIO = 20

# How an id of each kind begins (ids are opaque, but bots' logs are read by people) and its folder.
KINDS = {
    "photo": ("AgACAgIAAxk", "photos", ".jpg"),
    "animation": ("CgACAgIAAxk", "animations", ".mp4"),
    "document": ("BQACAgIAAxk", "documents", ".bin"),
    "video": ("BAACAgIAAxk", "videos", ".mp4"),
    "audio": ("CQACAgIAAxk", "music", ".mp3"),
    "voice": ("AwACAgIAAxk", "voice", ".oga"),
    "sticker": ("CAACAgIAAxk", "stickers", ".webp"),
}
PICTURED = ("photo", "animation", "video", "sticker")
TIMED = ("animation", "video", "audio", "voice")
NAMED = ("animation", "document", "video", "audio")


class Files:
    """The files of one bot; an id works as long as the store does."""

    def __init__(self, store: Store, owner: str) -> None:
        self._store = store
        self._owner = owner
        self._shelf = store.shelf("file")

    def content(self, kind: str, given: Upload | str, details: Json) -> Json:
        """Return what a message of a kind carries: `{kind: …}`; an id must be of that kind.

        `details` may say width, height, duration, title, performer where bytes do not tell.
        """
        if isinstance(given, str):
            return self._again(kind, given)
        number = self._keep(kind, given, details)
        return self._shelf[number]["content"]  # type: ignore[no-any-return]

    def described(self, file_id: str) -> Json:
        """Return the File object of an id."""
        record = self._record(file_id)
        if record is None:
            raise GONE_FILE
        names = ("file_id", "file_unique_id", "file_size")
        return {name: record[name] for name in names} | {"file_path": record["path"]}

    def bytes_of(self, file_id: str) -> tuple[bytes, str] | None:
        """Return the bytes of an id and their media type, or None."""
        record = self._record(file_id)
        return (self._at(record["path"]).read_bytes(), record["mime"]) if record else None

    def download(self, path: str) -> tuple[bytes, str] | None:
        """Return the bytes at the path that a File object named, or None."""
        ids = (key for key, record in self._shelf.items() if record["path"] == path)
        return self.bytes_of(next(ids, ""))

    def _record(self, file_id: str) -> Json | None:
        record: Json | None = self._shelf.get(file_id)
        return record

    def _at(self, path: str) -> Path:
        return self._store.files / path.replace("/", "-")

    def _again(self, kind: str, given: str) -> Json:
        record = self._record(given)
        if record is not None and record["kind"] == kind:
            content: Json = record["content"]
            return content
        if given.startswith(("http://", "https://")):
            raise UNREACHABLE_URL  # the sandbox has no network, and says so as Telegram would
        raise WRONG_FILE

    def _keep(self, kind: str, upload: Upload, details: Json) -> str:
        if not upload.content:
            raise EMPTY_FILE
        seen = look(upload.content)
        if kind == "photo":
            check_photo(upload, seen)
        start, folder, suffix = KINDS[kind]
        number = self._store.count("file")
        print_of = hashlib.sha256(f"{self._owner}|{number}".encode()).digest()
        file_id = start + urlsafe_b64encode(print_of).decode().rstrip("=")
        path = f"{folder}/file_{number}{Path(upload.name).suffix or suffix}"
        self._at(path).write_bytes(upload.content)
        head: Json = {
            "file_id": file_id,
            "file_unique_id": urlsafe_b64encode(print_of[:11]).decode().rstrip("="),
            "file_size": len(upload.content),
        }
        mime = seen.mime if seen.mime != "application/octet-stream" else upload.content_type
        content = shape(kind, head, seen, upload.name, mime, details)
        self._shelf[file_id] = {
            **head,
            "kind": kind,
            "path": path,
            "mime": mime,
            "content": content,
        }
        return file_id


def check_photo(upload: Upload, seen: Look) -> None:
    """Refuse what Telegram would not take as a photo."""
    if len(upload.content) > PHOTO_BYTES:
        raise BIG_PHOTO
    if not seen.mime.startswith("image/") or not seen.width or not seen.height:
        raise NOT_AN_IMAGE
    long, short = max(seen.width, seen.height), min(seen.width, seen.height)
    if long + short > PHOTO_SIDES or long > PHOTO_RATIO * short:
        raise PHOTO_SHAPE


def shape(kind: str, head: Json, seen: Look, name: str, mime: str, details: Json) -> Json:
    """Return the fields of a message that carry a file of a kind."""
    media: Json = dict(head)
    if kind in PICTURED:
        media["width"] = details.get("width") or seen.width
        media["height"] = details.get("height") or seen.height
    if kind == "photo":
        return {"photo": [media]}
    if kind == "sticker":
        return {"sticker": media | {"type": "regular", "is_animated": False, "is_video": False}}
    if kind in TIMED:
        media["duration"] = details.get("duration") or seen.seconds
    if kind in NAMED and name:
        media["file_name"] = name
    media["mime_type"] = mime
    words: dict[str, Any] = {key: details[key] for key in ("title", "performer") if key in details}
    content: Json = {kind: media | (words if kind == "audio" else {})}
    if kind == "animation":  # repeated there for bots that know no animations
        plain = ("file_id", "file_unique_id", "file_size", "file_name", "mime_type")
        content["document"] = {key: media[key] for key in plain if key in media}
    return content

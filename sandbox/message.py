"""One message of a chat as tests look at it, and the search for a button."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sandbox.store import Json
from sandbox.world import World

MEDIA = ("photo", "animation", "voice", "audio", "document")


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it stands now; `raw` is the Bot API's Message."""

    id: int
    from_bot: bool
    text: str  # or the caption
    entities: list[Json]
    photo: str | None  # the file id of the largest size
    animation: str | None  # the file id
    voice: str | None  # the file id
    audio: str | None  # the file id
    document: str | None  # the file id
    buttons: list[list[tuple[str, str]]]  # rows of (label, callback data or address)
    edited: bool
    date: datetime
    raw: Json

    def __str__(self) -> str:
        who = "bot" if self.from_bot else "own"
        rows = " / ".join(" | ".join(label for label, _ in row) for row in self.buttons)
        media = "".join(f"<{kind}> " for kind in MEDIA if kind in self.raw)
        return f"{who} #{self.id}: {media}{self.text}" + (f"\n      [{rows}]" if rows else "")


def seen(world: World, raw: Json) -> Message:
    """Return a message as a value that later edits leave alone."""
    return Message(
        id=raw["message_id"],
        from_bot=world.is_bots(raw),
        text=str(raw.get("text") or raw.get("caption") or ""),
        entities=raw.get("entities") or raw.get("caption_entities") or [],
        photo=raw["photo"][-1]["file_id"] if "photo" in raw else None,
        animation=raw["animation"]["file_id"] if "animation" in raw else None,
        voice=raw["voice"]["file_id"] if "voice" in raw else None,
        audio=raw["audio"]["file_id"] if "audio" in raw else None,
        document=raw["document"]["file_id"] if "document" in raw else None,
        buttons=labels(raw),
        edited="edit_date" in raw,
        date=datetime.fromtimestamp(raw["date"], UTC),
        raw=raw,
    )


def labels(raw: Json) -> list[list[tuple[str, str]]]:
    """Return the rows of a message's buttons as (label, callback data or address)."""
    rows = raw.get("reply_markup", {}).get("inline_keyboard", [])
    return [[(b["text"], b.get("callback_data", b.get("url", ""))) for b in r] for r in rows]


def find(messages: list[Message], word: str) -> tuple[list[Message], str]:
    """Return the newest message with a button of that word, and the button's data.

    A label that is just the word goes before one that only contains it.
    """
    for message in reversed(messages):
        buttons = [button for row in message.buttons for button in row]
        exact = [data for label, data in buttons if plain(label) == plain(word)]
        close = [data for label, data in buttons if word.casefold() in label.casefold()]
        if exact or close:
            return [message], (exact or close)[0]
    return [], ""


def plain(label: str) -> str:
    """Return a label without emoji, signs and case."""
    return " ".join("".join(c if c.isalnum() else " " for c in label.casefold()).split())

"""Pictures on their way to Telegram: drawn off the event loop, uploaded once, then sent by id."""

from __future__ import annotations

import asyncio
from pathlib import Path

import structlog
from telegram import InputFile

from bot.deps import Deps
from bot.pictures.still import draw, fingerprint
from bot.reply import Picture
from db.queries import media

log = structlog.get_logger(__name__)


class NoPicture(Exception):  # noqa: N818 - says what happened
    """A picture cannot be drawn or read; what it stood beside is said without it."""


class Gallery:
    """Knows which pictures this bot has uploaded; file ids belong to one bot."""

    def __init__(self, deps: Deps, bot_id: int) -> None:
        self._deps = deps
        self._bot_id = bot_id
        self._known: dict[str, str] = {}  # only what is in the table too: saves reading it

    async def file_id(self, picture: Picture) -> str | None:
        """Return the file id of a picture uploaded before, or None."""
        key = fingerprint(picture)
        if key not in self._known:
            async with self._deps.read() as session:
                found = await media.find(session, self._bot_id, key)
            if found is None:
                return None
            self._known[key] = found
        return self._known[key]

    async def draw(self, picture: Picture) -> InputFile:
        """Return a picture ready for upload; raises NoPicture where it cannot be had."""
        suffix = Path(picture.file.path).suffix if picture.file else ".png"
        try:
            content = await asyncio.to_thread(draw, picture)
        except Exception as error:
            # Whatever is wrong with a picture, the words beside it are worth more.
            log.error("picture_failed", picture=picture.name, error=type(error).__name__)
            raise NoPicture(picture.name) from error
        return InputFile(content, filename=f"{picture.name}{suffix}", attach=True)

    async def keep(self, picture: Picture, file_id: str) -> None:
        """Remember the file id that an upload was given; forgotten, it is uploaded once more."""
        key = fingerprint(picture)
        try:
            async with self._deps.write() as session:
                await media.put(session, self._bot_id, key, file_id, self._deps.now())
        except Exception as error:
            # The message is out: to fail here would send it again.
            log.error("picture_not_kept", error=type(error).__name__)
        else:
            self._known[key] = file_id

    async def forget(self, picture: Picture) -> None:
        """Forget a file id that Telegram no longer takes."""
        key = fingerprint(picture)
        self._known.pop(key, None)
        async with self._deps.write() as session:
            await media.forget(session, self._bot_id, key)

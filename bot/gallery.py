"""What is on its way to Telegram: made off the event loop, uploaded once, then sent by its id."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from contextlib import suppress
from typing import Any, TypeVar

import structlog
from telegram import InputFile

from bot import metrics
from bot.deps import Deps
from bot.domain.drawing import Clip, suffix
from bot.pictures.draw import draw, fingerprint
from bot.reply import Picture, Track
from bot.studio import NotDrawn, Studio
from db.engine import Whose
from db.queries import media

Made = TypeVar("Made", Picture, Track)

PATIENCE = 0.3  # seconds that somebody who tapped waits for a clip before a still stands in

log = structlog.get_logger(__name__)


class NoPicture(Exception):  # noqa: N818 - says what happened
    """A picture or track cannot be made or read; what it stood beside is said without it."""


class Gallery:
    """Knows which pictures this bot has uploaded; file ids belong to one bot."""

    def __init__(self, deps: Deps, bot_id: int, studio: Studio, *, moving: bool) -> None:
        """Where nothing is `moving`, stills are shown in the place of clips."""
        self._deps = deps
        self._studio = studio
        self._moving = moving
        self._background: set[asyncio.Task[None]] = set()
        self._bot_id = bot_id
        self._known: dict[str, str] = {}  # only what is in the table too: saves reading it

    async def file_id(self, picture: Picture | Track) -> str | None:
        """Return the file id of what was uploaded before, or None."""
        key = fingerprint(picture.drawing)
        if key not in self._known:
            async with self._deps.read() as session:
                found = await media.find(session, self._bot_id, key)
            if found is None:
                return None
            self._known[key] = found
        return self._known[key]

    async def draw(self, picture: Picture | Track) -> InputFile:
        """Return what is ready for upload; raises NoPicture where it cannot be had."""
        if isinstance(picture, Track):
            return await self._record(picture)
        ending = suffix(picture.drawing)
        try:
            if isinstance(picture.drawing, Clip):
                content = await self._clip(picture.drawing, picture.patience or PATIENCE)
            else:
                content = await asyncio.to_thread(draw, picture.drawing)
                metrics.RENDERS.labels("still").inc()
        except TimeoutError:
            raise NoPicture(picture.name) from None  # it goes on being drawn, for the next time
        except Exception as error:
            # Whatever is wrong with a picture, the words beside it are worth more.
            log.error("picture_failed", picture=picture.name, error=type(error).__name__)
            raise NoPicture(picture.name) from error
        return InputFile(content, filename=f"{picture.name}{ending}", attach=True)

    def wanted(self, made: Made) -> Made:
        """Return what this bot shows: where nothing moves, what stands in for a clip."""
        if self._moving or isinstance(made, Track):
            return made
        return made.stand_in or made

    def prepare(self, pictures: Iterable[Picture]) -> None:
        """Have clips drawn in the background that will be asked for soon, in this order."""
        if self._moving:
            self.begin(self._prepare(pictures))

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something about pictures in the background, until this bot stops."""
        task = asyncio.create_task(_told(work), name="pictures")
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def late(self, picture: Picture) -> bool:
        """Wait for a clip that was not drawn in time; return whether it is there now."""
        if not self._moving or not isinstance(picture.drawing, Clip):
            return False
        if await self.file_id(picture) is not None:
            return False  # it was shown
        try:
            await self._studio.clip(picture.drawing)
        except (NotDrawn, OSError):
            return False
        return True

    async def close(self) -> None:
        """Stop what goes on in the background."""
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)

    async def _prepare(self, pictures: Iterable[Picture]) -> None:
        for picture in pictures:
            with suppress(Exception):  # it is logged where the picture is wanted
                if isinstance(picture.drawing, Clip) and await self.file_id(picture) is None:
                    await self._studio.clip(picture.drawing)

    async def _record(self, track: Track) -> InputFile:
        try:
            path = await self._studio.record(track.drawing, personal=track.personal)
            content = await asyncio.to_thread(path.read_bytes)
            if track.personal:
                await asyncio.to_thread(path.unlink, missing_ok=True)
        except (NotDrawn, OSError) as error:
            log.error("recording_failed", recording=track.name, error=str(error))
            raise NoPicture(track.name) from error
        return InputFile(content, filename=f"{track.name}{path.suffix}", attach=True)

    async def _clip(self, clip: Clip, patience: float) -> bytes:
        async with asyncio.timeout(patience):
            path = await self._studio.clip(clip)
        return await asyncio.to_thread(path.read_bytes)

    async def keep(self, picture: Picture | Track, file_id: str) -> None:
        """Remember the file id that an upload was given; forgotten, it is uploaded once more.

        What is personal is not remembered.
        """
        if picture.personal:
            return
        key = fingerprint(picture.drawing)
        try:
            async with self._deps.write(Whose.NOBODYS) as session:
                await media.put(session, self._bot_id, key, file_id, self._deps.now())
        except Exception as error:
            # The message is out: to fail here would send it again.
            log.error("picture_not_kept", error=type(error).__name__)
        else:
            self._known[key] = file_id

    async def forget(self, picture: Picture | Track) -> None:
        """Forget a file id that Telegram no longer takes."""
        key = fingerprint(picture.drawing)
        self._known.pop(key, None)
        async with self._deps.write(Whose.NOBODYS) as session:
            await media.forget(session, self._bot_id, key)


async def _told(work: Coroutine[Any, Any, None]) -> None:
    """Do background work whose failure nobody waits for, but somebody should hear of."""
    try:
        await work
    except Exception as error:
        log.error("pictures_failed", error=type(error).__name__)

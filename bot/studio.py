"""Has clips drawn by a process of its own, each once, and keeps them as files."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from pathlib import Path

from pydantic import TypeAdapter

from bot.domain.drawing import Clip
from bot.pictures.draw import fingerprint

LONGEST = 120.0  # seconds after which a clip is given up
KEPT = 300  # files; what was uploaded is seldom wanted again

_LASTING = ("PoseError", "KeyError", "ValueError")  # a full disk, or no memory, may pass

_CLIPS = TypeAdapter(Clip)


class NotDrawn(Exception):  # noqa: N818 - says what happened
    """A clip could not be drawn."""


class BadClip(NotDrawn):
    """It never will be: something is wrong with what it shows."""


class Studio:
    """Draws clips one at a time beside the bot, whose taps never wait for a drawing.

    A process of its own also keeps a crash of the drawing libraries from being one of the bot, and
    gives their memory back.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._underway: dict[str, asyncio.Task[Path]] = {}
        self._failed: set[str] = set()
        self._turn = asyncio.Lock()
        self._painter: Process | None = None

    async def clip(self, clip: Clip) -> Path:
        """Return the file of a clip, drawn now where it never was; raises NotDrawn, OSError.

        Whoever asks for one that is being drawn waits for that drawing; who stops waiting does not
        stop it.
        """
        key = fingerprint(clip)
        path = self._folder / f"{key}.mp4"
        if path.exists():
            return path
        if key in self._failed:
            raise NotDrawn(key)
        if key not in self._underway:
            task = asyncio.create_task(self._draw(clip, path), name="clip")
            self._underway[key] = task
            task.add_done_callback(lambda done: self._over(key, done))
        return await asyncio.shield(self._underway[key])

    async def close(self) -> None:
        """Stop drawing."""
        for task in list(self._underway.values()):
            task.cancel()
        await asyncio.gather(*self._underway.values(), return_exceptions=True)
        await self._dismiss()

    def _over(self, key: str, task: asyncio.Task[Path]) -> None:
        del self._underway[key]
        if not task.cancelled() and isinstance(task.exception(), BadClip):
            self._failed.add(key)

    async def _draw(self, clip: Clip, path: Path) -> Path:
        async with self._turn:
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                async with asyncio.timeout(LONGEST):
                    # The painter may have gone home for want of work just as it was asked.
                    said = await self._ask(clip, path) or await self._ask(clip, path)
            except (TimeoutError, ConnectionError, asyncio.CancelledError) as error:
                await self._dismiss()
                if isinstance(error, asyncio.CancelledError):
                    raise
                raise NotDrawn(path.name) from error
            if said != b"drawn\n":
                answer = said.decode(errors="replace").strip()
                raise (BadClip if answer in _LASTING else NotDrawn)(answer)
            self._forget_old()
            return path

    async def _ask(self, clip: Clip, path: Path) -> bytes:
        if self._painter is None or self._painter.returncode is not None:
            self._painter = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot.pictures.painter", stdin=PIPE, stdout=PIPE
            )
        painter = self._painter
        assert painter.stdin is not None
        assert painter.stdout is not None
        painter.stdin.write(f"{path}\t".encode() + _CLIPS.dump_json(clip) + b"\n")
        with suppress(ConnectionError):
            await painter.stdin.drain()
        said = await painter.stdout.readline()
        if not said:
            await self._dismiss()
        return said

    async def _dismiss(self) -> None:
        painter, self._painter = self._painter, None
        if painter is not None and painter.returncode is None:
            with suppress(ProcessLookupError):
                painter.kill()
            await painter.wait()

    def _forget_old(self) -> None:
        files = sorted(self._folder.glob("*.mp4"), key=lambda file: file.stat().st_mtime)
        for file in files[:-KEPT]:
            file.unlink(missing_ok=True)

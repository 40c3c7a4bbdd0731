"""Has clips and recordings made by processes of their own, each once, and keeps them as files."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot import metrics
from bot.domain.drawing import Clip
from bot.domain.recording import Form, Recording
from bot.passing import Passing
from bot.pictures.draw import fingerprint
from bot.workbench import Workbench

LONGEST = 120.0  # seconds after which a file is given up
KEPT = 300  # clips; what was uploaded is seldom wanted again
KEPT_RECORDINGS = 50  # ten times as large

_LASTING = ("PoseError", "KeyError", "ValueError", "SpeechFailed")  # no disk or memory may pass


class NotDrawn(Exception):  # noqa: N818 - says what happened
    """A clip or a recording could not be made."""


class BadClip(NotDrawn):
    """It never will be: something is wrong with what it shows, or with who speaks."""


class Studio:
    """Makes files one at a time of each kind beside the bot, whose taps never wait for a drawing.

    A process of its own also keeps a crash of the libraries from being one of the bot, and gives
    their memory back. Who wants to listen does not wait for clips that are drawn ahead.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._personal = Passing(folder)
        self._underway: dict[str, asyncio.Task[Path]] = {}
        self._failed: set[str] = set()
        self._clips = Workbench()
        self._recordings = Workbench()

    async def clip(self, clip: Clip) -> Path:
        """Return the file of a clip, drawn now where it never was; raises NotDrawn, OSError.

        Whoever asks for one that is being drawn waits for that drawing; who stops waiting does not
        stop it.
        """
        return await self._file(clip, ".mp4", self._folder)

    async def record(self, recording: Recording, *, personal: bool = False) -> Path:
        """Return the file of a recording as `clip` does of a clip.

        What is `personal` is for its taker to remove, and does not outlive this process.
        """
        folder = self._personal.folder if personal else self._folder
        return await self._file(recording, f".{recording.form.value}", folder)

    async def close(self) -> None:
        """Stop drawing and recording."""
        for task in list(self._underway.values()):
            task.cancel()
        await asyncio.gather(*self._underway.values(), return_exceptions=True)
        await self._clips.dismiss()
        await self._recordings.dismiss()
        self._personal.close()

    async def _file(self, made: Clip | Recording, ending: str, folder: Path) -> Path:
        key = fingerprint(made)
        path = folder / f"{key}{ending}"
        if path.exists():
            return path
        if key in self._failed:
            raise NotDrawn(key)
        if key not in self._underway:
            task = asyncio.create_task(self._make(made, path), name="studio")
            self._underway[key] = task
            task.add_done_callback(lambda done: self._over(key, done))
        return await asyncio.shield(self._underway[key])

    def _over(self, key: str, task: asyncio.Task[Path]) -> None:
        del self._underway[key]
        if not task.cancelled() and isinstance(task.exception(), BadClip):
            self._failed.add(key)

    async def _make(self, made: Clip | Recording, path: Path) -> Path:
        bench = self._clips if isinstance(made, Clip) else self._recordings
        try:
            said = await bench.make(made, path, LONGEST)
        except (TimeoutError, ConnectionError) as error:
            raise NotDrawn(path.name) from error
        if said != "made":
            raise (BadClip if said in _LASTING else NotDrawn)(said)
        metrics.RENDERS.labels("clip" if isinstance(made, Clip) else "recording").inc()
        self._forget_old()
        return path

    def _forget_old(self) -> None:
        recordings = (f".{form.value}" for form in Form)
        for endings, kept in (((".mp4",), KEPT), (tuple(recordings), KEPT_RECORDINGS)):
            files = [file for file in self._folder.iterdir() if file.suffix in endings]
            for file in sorted(files, key=lambda file: file.stat().st_mtime)[:-kept]:
                file.unlink(missing_ok=True)

"""The studio: each file is made once, by a process of its own whose end harms nobody."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import studio as studio_module
from bot.domain.drawing import Clip, Figure
from bot.domain.recording import Form, Recording
from bot.domain.score import Cue, Score, Sound
from bot.domain.script import Timing
from bot.studio import NotDrawn, Studio

LINE = "hip 0,9 | T 180 | H 180 | N 46/297/0 354/355 | F same"
CLIP = Clip(Figure((("hold", LINE),)), Timing(seconds=1))
LIVES = """
import sys, time, pathlib
from bot.passing import Passing
passing = Passing(pathlib.Path(sys.argv[1]))
(passing.folder / "voice.ogg").touch()
print(passing.folder, flush=True)
time.sleep(60)
"""
BROKEN = replace(CLIP, figure=Figure((("hold", "hip hop"),)))


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    """A studio with an empty folder."""
    found = Studio(tmp_path / "pictures")
    yield found
    await found.close()


async def test_two_who_ask_at_once_share_one_drawing(studio: Studio) -> None:
    """The same file for both, drawn once; later it is there at once."""
    asked = [asyncio.create_task(studio.clip(CLIP)) for _ in range(2)]
    await asyncio.sleep(0)
    assert len(studio._underway) == 1
    one, two = await asyncio.gather(*asked)
    assert one == two
    assert one.read_bytes()[4:8] == b"ftyp"
    written = one.stat().st_mtime_ns
    assert await studio.clip(CLIP) == one
    assert one.stat().st_mtime_ns == written


async def test_who_stops_waiting_does_not_stop_the_drawing(studio: Studio) -> None:
    """Somebody who had no patience finds the clip there the next time."""
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await studio.clip(CLIP)
    (drawing,) = studio._underway.values()
    assert (await drawing).exists()


async def test_one_that_cannot_be_drawn_is_told_and_not_tried_again(studio: Studio) -> None:
    """A bad pose is an error, quickly the second time, and the next clip is drawn all the same."""
    with pytest.raises(NotDrawn, match="PoseError"):
        await studio.clip(BROKEN)
    painter = studio._clips.process
    with pytest.raises(NotDrawn):
        await studio.clip(BROKEN)
    assert (await studio.clip(CLIP)).exists()
    assert studio._clips.process is painter


async def test_a_full_disk_may_pass(studio: Studio, tmp_path: Path) -> None:
    """What was wrong with the folder, not with the clip, is tried again."""
    folder = tmp_path / "pictures"
    await studio.clip(CLIP)
    other = replace(CLIP, timing=Timing(seconds=2))
    folder.rename(tmp_path / "elsewhere")
    folder.write_text("no folder")
    with pytest.raises((NotDrawn, OSError)):
        await studio.clip(other)
    folder.unlink()
    assert (await studio.clip(other)).exists()


async def test_a_painter_that_dies_is_replaced(studio: Studio) -> None:
    """A crash of the drawing process costs at most the clip in hand."""
    await studio.clip(CLIP)
    assert studio._clips.process is not None
    os.kill(studio._clips.process.pid, signal.SIGKILL)
    other = replace(CLIP, timing=Timing(seconds=2))
    assert (await studio.clip(other)).exists()


async def test_a_painter_that_hangs_is_given_up(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for ever, and no process is left behind."""
    await studio.clip(CLIP)
    painter = studio._clips.process
    assert painter is not None
    os.kill(painter.pid, signal.SIGSTOP)
    monkeypatch.setattr(studio_module, "LONGEST", 0.2)
    with pytest.raises(NotDrawn):
        await studio.clip(replace(CLIP, timing=Timing(seconds=3)))
    assert painter.returncode is not None


async def test_a_full_folder_forgets_the_oldest(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only so many files are kept."""
    monkeypatch.setattr(studio_module, "KEPT", 2)
    for seconds in (1, 2, 3):
        await studio.clip(replace(CLIP, timing=Timing(seconds=seconds)))
    assert len(list((tmp_path / "pictures").glob("*.mp4"))) == 2


async def test_the_painter_ends_with_the_studio(tmp_path: Path) -> None:
    """Closing leaves no process and no half a file."""
    studio = Studio(tmp_path)
    await studio.clip(CLIP)
    painter = studio._clips.process
    asked = asyncio.create_task(studio.clip(replace(CLIP, timing=Timing(seconds=600))))
    await asyncio.sleep(0.1)
    await studio.close()
    assert painter is not None
    assert painter.returncode is not None
    assert list(tmp_path.glob("*.mp4")) == [await studio.clip(CLIP)]
    asked.cancel()


RECORDING = Recording(Score((Cue(0.5, Sound.START),), 3.0))


async def test_a_recording_does_not_wait_for_clips(studio: Studio) -> None:
    """Who wants to listen is not behind the clips that are drawn ahead."""
    long = asyncio.create_task(studio.clip(replace(CLIP, timing=Timing(seconds=600))))
    await asyncio.sleep(0.1)
    path = await asyncio.wait_for(studio.record(RECORDING), 20)
    assert path.read_bytes()[:4] == b"OggS"
    assert not long.done()
    long.cancel()


async def test_each_form_is_a_file_of_its_own(studio: Studio) -> None:
    """A voice message and the same as audio are kept side by side."""
    audio = await studio.record(replace(RECORDING, form=Form.AUDIO))
    voice = await studio.record(RECORDING)
    assert (audio.suffix, voice.suffix) == (".m4a", ".ogg")
    assert audio.exists()


async def test_an_engine_that_fails_is_not_asked_again(studio: Studio) -> None:
    """Words that are not spoken are told, the second time at once; the next recording is made."""
    score = Score((Cue(0.5, Sound.SAY, "word"),), 3.0)
    for _ in range(2):
        with pytest.raises(NotDrawn):
            await studio.record(Recording(score, ("false",)))
    assert (await studio.record(Recording(score, ("false",)).wordless)).exists()


async def test_recordings_are_forgotten_by_themselves(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many clips push out no recording, and the other way round."""
    monkeypatch.setattr(studio_module, "KEPT_RECORDINGS", 1)
    await studio.clip(CLIP)
    for seconds in (3.0, 4.0):
        await studio.record(replace(RECORDING, score=replace(RECORDING.score, seconds=seconds)))
    kept = sorted(file.suffix for file in (tmp_path / "pictures").iterdir())
    assert kept == [".mp4", ".ogg"]


async def test_what_is_personal_goes_with_the_studio(studio: Studio, tmp_path: Path) -> None:
    """A person's own recording that nobody took is gone after a stop; others' are not."""
    path = await studio.record(RECORDING, personal=True)
    shared = await studio.record(replace(RECORDING, form=Form.AUDIO))
    assert path.exists()
    await studio.close()
    assert not path.exists()
    assert shared.exists()


async def test_what_is_personal_does_not_outlive_the_process(tmp_path: Path) -> None:
    """What a kill left is gone after the next start, and what a living process has is not."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", LIVES, str(tmp_path)), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    folder = Path((await process.stdout.readline()).decode().strip())
    await Studio(tmp_path).close()
    assert folder.exists()
    process.kill()
    await process.wait()
    await Studio(tmp_path).close()
    assert not folder.exists()

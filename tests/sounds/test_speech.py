"""Who speaks: the engine of the setting, espeak-ng where it is there, or nobody."""

from __future__ import annotations

import io
import os
import shutil
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
from structlog.testing import capture_logs

from bot import speech
from bot.sounds import speech as spoken
from bot.sounds.speech import SpeechFailed, speak
from bot.sounds.tones import RATE

ESPEAK = shutil.which("espeak-ng")

needs_espeak = pytest.mark.skipif(
    ESPEAK is None and not os.environ.get("REQUIRE_BROWSER"), reason="no espeak-ng here"
)


def wav(seconds: float, rate: int = 16_000) -> bytes:
    """Return a WAV file with half a second of silence, then a tone."""
    time = np.arange(round(seconds * rate)) / rate
    samples = np.concatenate([np.zeros(rate // 2), 0.3 * np.sin(2 * np.pi * 300 * time)])
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    return made.getvalue()


@pytest.fixture
def engine(tmp_path: Path) -> tuple[str, ...]:
    """A command that says the same whatever it is told, and notes what it was told."""
    (tmp_path / "said.wav").write_bytes(wav(1.0))
    script = tmp_path / "engine.py"
    script.write_text(
        "import pathlib, sys\n"
        "here = pathlib.Path(__file__).parent\n"
        "(here / 'told').write_bytes(sys.stdin.buffer.read())\n"
        "sys.stdout.buffer.write((here / 'said.wav').read_bytes())\n"
    )
    return (sys.executable, str(script))


def test_an_engine_gets_the_text(engine: tuple[str, ...], tmp_path: Path) -> None:
    """The text is its input, in UTF-8; its sound comes back at our rate, without the silence."""
    made = speak(engine, "Hüftbeuger, left side")
    assert (tmp_path / "told").read_text() == "Hüftbeuger, left side"
    assert made.size / RATE == pytest.approx(1.0, abs=0.02)
    assert 0.3 < float(np.abs(made).max()) < 0.4


@pytest.mark.parametrize(
    "command",
    [
        ("/nowhere/engine",),
        (sys.executable, "-c", "raise SystemExit(1)"),
        (sys.executable, "-c", "print('no sound')"),
        (sys.executable, "-c", "pass"),
        ("sleep", "5"),
    ],
    ids=["missing", "fails", "no sound", "nothing", "hangs"],
)
def test_an_engine_that_says_nothing_is_told(
    command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is wrong with it is one kind of error, and nobody waits for ever."""
    monkeypatch.setattr(spoken, "LONGEST", 0.5)
    with pytest.raises(SpeechFailed):
        speak(command, "word")


@needs_espeak
def test_espeak_speaks() -> None:
    """The usual engine says a name in a second or two."""
    command = tuple(part.replace("{language}", "en") for part in speech.speech_engine(""))
    made = speak(command, "Half-kneeling hip stretch. left side")
    assert 1.0 < made.size / RATE < 4.0


@needs_espeak
def test_espeak_is_the_usual_one() -> None:
    """Where nothing is set, espeak-ng speaks, in the person's language."""
    assert speech.speech_engine("") == speech.USUAL
    assert "{language}" in speech.USUAL


def test_nobody_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """With `off`, or without espeak-ng, there are no words, and nothing is wrong with that."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with capture_logs() as lines:
        assert speech.speech_engine("off") == speech.speech_engine("OFF") == ()
        assert speech.speech_engine("") == ()
    assert lines == []


def test_an_engine_that_is_not_there_is_logged() -> None:
    """Somebody who names an engine that is missing finds one line about it."""
    with capture_logs() as lines:
        assert speech.speech_engine("no-such-engine --loud") == ()
    assert [line["event"] for line in lines] == ["speech_engine_missing"]


def test_a_command_has_arguments() -> None:
    """A setting is read as a shell reads a command, quotes and all."""
    assert speech.speech_engine(f"{sys.executable} -c 'a b'") == (sys.executable, "-c", "a b")

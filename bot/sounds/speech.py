"""Spoken words: a speech engine gets a text on its input and writes a sound file to its output."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Sequence

import av
import numpy as np

from bot.sounds.tones import RATE, Wave

LONGEST = 20.0  # seconds that an engine may take for one text
_MOST = 15.0  # seconds of speech that are kept of one text
_LOUD = 0.35  # below the bells
_SILENT = 0.01  # of the loudest: what comes before is cut off, so that the word begins in time
_FADE = 0.01  # seconds


class SpeechFailed(Exception):  # noqa: N818 - says what happened
    """The engine said nothing that can be heard."""


def speak(engine: Sequence[str], text: str) -> Wave:
    """Return what the engine makes of a text, mono and at our rate; raises SpeechFailed."""
    try:
        done = subprocess.run(  # noqa: S603 - the operator named it
            engine, input=text.encode(), capture_output=True, timeout=LONGEST, check=True
        )
        made = _decoded(done.stdout)
    except (OSError, subprocess.SubprocessError, av.FFmpegError) as error:
        raise SpeechFailed(type(error).__name__) from error
    peak = float(np.abs(made).max(initial=0.0))
    if not peak:
        raise SpeechFailed("silence")
    heard = np.nonzero(np.abs(made) > _SILENT * peak)[0]
    made = made[heard[0] : heard[-1] + 1][: round(_MOST * RATE)] * (_LOUD / peak)
    edge = min(round(_FADE * RATE), made.size)
    made[-edge:] *= np.linspace(1.0, 0.0, edge, dtype=np.float32)
    return made


def _decoded(content: bytes) -> Wave:
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    pieces: list[Wave] = []
    with av.open(io.BytesIO(content), "r") as file:
        for frame in file.decode(audio=0):
            pieces += [_samples(one) for one in resampler.resample(frame)]
        pieces += [_samples(one) for one in resampler.resample(None)]
    return np.concatenate(pieces) if pieces else np.zeros(0, np.float32)


def _samples(frame: av.AudioFrame) -> Wave:
    return frame.to_ndarray().reshape(-1).astype(np.float32)

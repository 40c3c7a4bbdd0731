"""Ears for tests: what was encoded is decoded, and each bell is found by its own frequency."""

from __future__ import annotations

import io

import av
import numpy as np
from numpy.typing import NDArray

from bot.domain.score import Sound
from bot.sounds.tones import BELLS, RATE

HOP = 48  # samples: a millisecond
WINDOW = 1440  # samples that are listened to at once: 30 ms, enough to tell 740 Hz from 880
AGAIN = 0.6  # seconds within which a second strike is of the same bell

Samples = NDArray[np.float32]


def decoded(content: bytes) -> Samples:
    """Return the samples of a file, mono, at 48 kHz, as a player would put them out."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    with av.open(io.BytesIO(content), "r") as file:
        frames = [one for frame in file.decode(audio=0) for one in resampler.resample(frame)]
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames])


def strikes(heard: Samples, bell: Sound, quiet: float = 0.25) -> list[float]:
    """Return the seconds at which a bell begins to sound.

    Its frequency is listened to alone; it begins where that grows within 40 ms by `quiet` of how
    loud the bell is, halfway up.
    """
    level = _level(heard, BELLS[bell].pitch)
    step = 20
    grows = np.zeros(level.size)
    grows[step:-step] = level[2 * step :] - level[: -2 * step]
    least = quiet * BELLS[bell].loud * 0.5
    found: list[float] = []
    for at in np.nonzero(grows > least)[0]:
        if found and at * HOP / RATE - found[-1] < AGAIN:
            continue
        before, after = level[max(at - 60, 0)], level[at : at + 60].max()
        middle = (before + after) / 2
        rises = max(at - 60, 0) + int(np.argmax(level[max(at - 60, 0) : at + 60] >= middle))
        found.append(rises * HOP / RATE)
    return found


def _level(heard: Samples, pitch: float) -> NDArray[np.float64]:
    """Return how loud a frequency is, a value a millisecond."""
    hops = heard[: heard.size // HOP * HOP].reshape(-1, HOP)
    turn = np.exp(-2j * np.pi * pitch * np.arange(HOP) / RATE).astype(np.complex64)
    turned = np.exp(-2j * np.pi * pitch * np.arange(len(hops)) * HOP / RATE)
    window = np.hanning(WINDOW // HOP + 2)[1:-1]
    return 2 * np.abs(np.convolve(hops @ turn * turned, window, "same")) / window.sum() / HOP

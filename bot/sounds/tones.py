"""How bells and the tones of the breath sound: sums of decaying sines, without a click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.domain.score import Sound

RATE = 48_000  # samples a second: what Opus works with
ATTACK = 0.005  # seconds in which a bell swells
_RELEASE = 0.03  # seconds in which what is left of it fades
_SHIMMER = 1.003  # two sines that close beat slowly, as in a bowl that is not quite round
_PARTIALS = ((1.0, 0.62), (_SHIMMER, 0.18), (2.71, 0.2), (5.15, 0.06))  # of a bowl: ratio, share

Wave = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Bell:
    """One bell: its frequency in Hz, seconds until a third is left, loudness, and its strikes."""

    pitch: float
    decay: float
    loud: float
    strikes: Sequence[float] = (0.0,)

    @property
    def lasts(self) -> float:
        """Return the seconds until it is no longer heard."""
        return self.strikes[-1] + 4.5 * self.decay


# Far enough apart to be told by ear (and by a test), and in one key, so that nothing jars; the
# loudest that fall together, an end and a switch, stay below what can be played.
BELLS = {
    Sound.START: Bell(880.0, 0.9, 0.5),
    Sound.HALF: Bell(1174.7, 0.5, 0.4),
    Sound.SWITCH: Bell(1480.0, 0.45, 0.38, (0.0, 0.32)),
    Sound.END: Bell(740.0, 1.1, 0.5),
}
_LOW, _HIGH = 440.0, 587.3  # Hz of the two tones of a breath
_TONE, _APART = 0.34, 0.26  # seconds of a tone, and from one to the next
_SOFT = 0.11


def wave(sound: Sound) -> Wave:
    """Return the samples of a bell, or of a breath's two tones: up for in, down for out."""
    if sound in BELLS:
        return _bell(BELLS[sound])
    pitches = (_LOW, _HIGH) if sound is Sound.IN else (_HIGH, _LOW)
    made = np.zeros(round((_APART + _TONE) * RATE), np.float32)
    for number, pitch in enumerate(pitches):
        tone = _tone(pitch)
        begin = round(number * _APART * RATE)
        made[begin : begin + tone.size] += tone
    return made


def _bell(bell: Bell) -> Wave:
    time = np.arange(round(bell.lasts * RATE)) / RATE
    struck = np.zeros(time.size)
    for ratio, share in _PARTIALS:
        fading = np.exp(-time / (bell.decay / np.sqrt(ratio)))  # what is high fades sooner
        struck += share * fading * np.sin(2 * np.pi * bell.pitch * ratio * time)
    struck *= _swell(time, ATTACK)
    made = np.zeros(time.size)
    for strike in bell.strikes:
        begin = round(strike * RATE)
        made[begin:] += struck[: time.size - begin]
    made *= _swell(time[::-1], _RELEASE)
    loud: Wave = (bell.loud * made / np.abs(made).max()).astype(np.float32)
    return loud


def _tone(pitch: float) -> Wave:
    time = np.arange(round(_TONE * RATE)) / RATE
    shape = np.sin(np.pi * time / _TONE) ** 2
    made: Wave = (_SOFT * shape * np.sin(2 * np.pi * pitch * time)).astype(np.float32)
    return made


def _swell(time: NDArray[np.float64], seconds: float) -> NDArray[np.float64]:
    """Return how loud at each time: from nothing to all in so many seconds."""
    return (1 - np.cos(np.pi * np.clip(time / seconds, 0.0, 1.0))) / 2

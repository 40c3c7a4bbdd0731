"""Puts a score's sounds together, a second at a time, and encodes them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence

import av
import numpy as np

from bot.domain.recording import Form, Recording
from bot.domain.score import Score, Sound
from bot.sounds.speech import speak
from bot.sounds.tones import RATE, Wave, wave

_LOUDEST = 0.97  # for the rare words that a bell cuts short

# What is encoded how: container, codec, sample format, bits a second, the codec's own options.
_FORMS = {
    Form.VOICE: ("ogg", "libopus", "flt", 24_000, {"application": "audio", "vbr": "on"}),
    Form.AUDIO: ("ipod", "aac", "fltp", 48_000, {}),
}


def record(recording: Recording) -> bytes:
    """Return a recording's file; raises SpeechFailed where its engine does not speak."""
    container, codec, samples, rate, options = _FORMS[recording.form]
    content = io.BytesIO()
    with av.open(content, "w", format=container) as file:
        stream = file.add_stream(codec, rate=RATE, layout="mono", options=options)
        assert isinstance(stream, av.AudioStream)
        stream.bit_rate = rate
        stream.format = samples
        at = 0
        for block in blocks(recording.score, _sounds(recording.engine)):
            frame = av.AudioFrame.from_ndarray(block.reshape(1, -1), format=samples, layout="mono")
            frame.sample_rate, frame.pts = RATE, at
            at += block.size
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return content.getvalue()


def blocks(score: Score, sounds: Callable[[Sound, str], Wave]) -> Iterator[Wave]:
    """Yield the samples a second at a time, so that a long session takes no more memory."""
    placed = [(round(cue.second * RATE), sounds(cue.sound, cue.text)) for cue in score.cues]
    samples = round(score.lasts * RATE)
    for begin in range(0, samples, RATE):
        yield _mixed(placed, begin, min(begin + RATE, samples))


def _mixed(placed: Sequence[tuple[int, Wave]], begin: int, end: int) -> Wave:
    """Return the samples from `begin` to `end`, of all that sounds then."""
    block = np.zeros(end - begin, np.float32)
    for at, made in placed:
        if at < end and at + made.size > begin:
            start, stop = max(at, begin), min(at + made.size, end)
            block[start - begin : stop - begin] += made[start - at : stop - at]
    return np.clip(block, -_LOUDEST, _LOUDEST)


def _sounds(engine: Sequence[str]) -> Callable[[Sound, str], Wave]:
    """Return what makes each sound, once."""
    made: dict[tuple[Sound, str], Wave] = {}

    def sound(kind: Sound, text: str) -> Wave:
        if (kind, text) not in made:
            made[kind, text] = speak(engine, text) if kind is Sound.SAY else wave(kind)
        return made[kind, text]

    return sound

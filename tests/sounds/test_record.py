"""What is recorded is what was planned: heard in the decoded file, bell by bell."""

from __future__ import annotations

import functools
import sys

import numpy as np
import pytest

from bot.domain.plan import Known, Means, plan
from bot.domain.player import expand
from bot.domain.recording import Form, Recording
from bot.domain.score import BELLS, Cue, Part, Score, Sound, score
from bot.sounds.record import blocks, record
from bot.sounds.tones import RATE, Wave, wave
from content.loader import load, packaged
from tests.sounds.hearing import Samples, decoded, strikes

OFF_BY = 0.05  # seconds that a bell may be off its plan
MOST_BYTES = 50_000_000  # Bot API

# Says half a second of noise-like hum, so that words stand beside bells as those of a voice do.
ENGINE = (
    sys.executable,
    "-c",
    "import sys, wave, math, struct; f = wave.open(sys.stdout.buffer, 'wb');"
    "f.setnchannels(1); f.setsampwidth(2); f.setframerate(22050);"
    "f.writeframes(b''.join(struct.pack('<h', int(9000 * math.sin(n * n / 9e5)))"
    " for n in range(11025)))",
)


def whole(key: str, said: str = "") -> Score:
    """Return the score of a shipped routine, every gate passed and every thing there."""
    pack = load(packaged())
    known = Known(entries=pack.entries, things=pack.things)
    means = Means(passed=pack.safety.gates, has=pack.things)
    return score(
        [
            Part(step, pack.entries[step.entry], pack.practices.get(step.breathing or ""), said)
            for step in expand(plan(pack.items(pack.routines[key]), known, means))
        ]
    )


@functools.cache
def daily(form: Form) -> tuple[Score, bytes, Samples]:
    """Return the whole daily routine, its file, and what is heard of it."""
    planned = whole("daily-psoas-12")
    content = record(Recording(planned, form=form))
    return planned, content, decoded(content)


@pytest.mark.parametrize("bell", BELLS)
@pytest.mark.parametrize("form", Form)
def test_bells_ring_when_they_are_to(form: Form, bell: Sound) -> None:
    """In the whole daily-psoas-12 each bell is within 50 ms of the plan, and no other is heard."""
    planned, _, heard = daily(form)
    wanted = [cue.second for cue in planned.cues if cue.sound is bell]
    assert wanted
    rung = strikes(heard, bell)
    assert len(rung) == len(wanted)
    assert np.abs(np.subtract(rung, wanted)).max() < OFF_BY


def test_words_move_no_bell() -> None:
    """With something said before each step, every bell still is within 50 ms of the plan."""
    planned = whole("desk-reset-5", "anything")
    heard = decoded(record(Recording(planned, ENGINE)))
    for bell in BELLS:
        rung = np.array(strikes(heard, bell))
        for cue in planned.cues:
            if cue.sound is bell:
                assert np.abs(rung - cue.second).min() < OFF_BY


@pytest.mark.parametrize("form", Form)
def test_a_file_is_as_long_as_planned_and_small(form: Form) -> None:
    """It lasts until the last bell has rung out, and takes a twentieth of what Telegram allows."""
    planned, content, heard = daily(form)
    assert heard.size / RATE == pytest.approx(planned.lasts, abs=0.05)
    assert len(content) < MOST_BYTES / 20


def test_a_voice_message_is_opus_in_ogg() -> None:
    """Telegram shows only that as a voice message; audio is AAC in M4A, as it wants it."""
    assert daily(Form.VOICE)[1][:4] == b"OggS"
    assert b"OpusHead" in daily(Form.VOICE)[1][:64]
    assert daily(Form.AUDIO)[1][4:11] == b"ftypM4A"


def test_the_same_is_recorded_alike() -> None:
    """Two recordings of one score are equal to the sample."""
    planned = Score((Cue(1.0, Sound.START), Cue(2.0, Sound.IN)), 3.0)
    one, two = (decoded(record(Recording(planned))) for _ in range(2))
    assert np.array_equal(one, two)


@pytest.mark.parametrize("sound", [*BELLS, Sound.IN, Sound.OUT])
def test_nothing_clicks(sound: Sound) -> None:
    """Every sound begins and ends in silence, and swells over milliseconds."""
    made = wave(sound)
    assert abs(made[0]) < 1e-3
    assert abs(made[-1]) < 1e-3
    loudest = float(np.abs(made).max())
    assert float(np.abs(made[: RATE // 1000]).max()) < 0.3 * loudest


def test_bells_are_louder_than_breath() -> None:
    """A bell is heard from the floor; a breath's tone does not startle."""
    tone = max(float(np.abs(wave(sound)).max()) for sound in (Sound.IN, Sound.OUT))
    assert min(float(np.abs(wave(bell)).max()) for bell in BELLS) > 3 * tone


def test_up_for_in_and_down_for_out() -> None:
    """Of the two tones the second is the higher one when breathing in."""
    for sound, rises in ((Sound.IN, True), (Sound.OUT, False)):
        made = wave(sound)
        first, second = made[: made.size // 3], made[-made.size // 3 :]
        assert (pitch(second) > pitch(first)) is rises


def pitch(made: Wave) -> float:
    """Return the loudest frequency, in Hz."""
    return float(np.argmax(np.abs(np.fft.rfft(made, RATE))))


def test_a_long_session_takes_no_more_memory_at_once() -> None:
    """Samples come a second at a time; what sounds across the seam goes on in the next."""
    planned = Score((Cue(0.9, Sound.END),), 10.0)
    made = list(blocks(planned, lambda sound, _: wave(sound)))
    assert {block.size for block in made} == {RATE}
    whole_bell = np.concatenate(made)[round(0.9 * RATE) :][: wave(Sound.END).size]
    assert np.array_equal(whole_bell, wave(Sound.END))


def test_together_they_are_not_too_loud() -> None:
    """The end of one side and the switch to the other ring at once, undistorted."""
    planned = Score((Cue(0.5, Sound.END), Cue(0.5, Sound.SWITCH), Cue(0.5, Sound.IN)), 3.0)
    made = np.concatenate(list(blocks(planned, lambda sound, _: wave(sound))))
    assert float(np.abs(made).max()) < 0.97

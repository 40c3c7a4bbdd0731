"""A session to be listened to, as a value: what is heard, who speaks, what kind of file it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.score import Part, Score, Sound
from bot.domain.session import Titled, Wanted

SOUND_VERSION = 1  # one more whenever the same score comes out as a different sound


class Form(StrEnum):
    """What kind of file: Telegram takes Opus for voice messages only, and AAC for the rest."""

    VOICE = "ogg"
    AUDIO = "m4a"


@dataclass(frozen=True, slots=True)
class Recording:
    """A score as it sounds; `engine` is the command that speaks, empty where nobody does."""

    score: Score
    engine: tuple[str, ...] = ()
    form: Form = Form.VOICE

    @property
    def wordless(self) -> Recording:
        """Return the same with bells and tones alone."""
        cues = tuple(cue for cue in self.score.cues if cue.sound is not Sound.SAY)
        return replace(self, score=replace(self.score, cues=cues), engine=())


@dataclass(frozen=True, slots=True)
class Audible:
    """What somebody wants to listen to; `gate` where its questions are open: without its steps."""

    wanted: Wanted
    title: Titled
    parts: tuple[Part, ...]
    gate: str | None = None

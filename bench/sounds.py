"""How long an audio session takes to record, how large it is, and what memory it takes."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import replace

from bot.domain.plan import Known, Means, plan
from bot.domain.player import expand
from bot.domain.recording import Form, Recording
from bot.domain.score import Part, Score, Sound, score
from bot.sounds.record import record
from bot.speech import speech_engine
from content.loader import load, packaged

ROUTINES = ("daily-psoas-12", "full-article-25")


async def measure() -> list[str]:
    """Return the figures as lines; each recording in a process of its own, for its memory."""
    lines = []
    for key in ROUTINES:
        voice = await _apart(key, "ogg")
        silent = await _apart(key, "silence")
        lines += [
            f"audio session of {voice['minutes']:.0f} min ({voice['cues']:.0f} cues): "
            f"{voice['seconds']:.2f} s, {voice['kilobytes']:.0f} kB, {voice['memory']:.0f} MB",
            f"the same, silence alone: {silent['seconds']:.2f} s, {silent['kilobytes']:.0f} kB",
            f"ratio: {voice['seconds'] / silent['seconds']:.2f}",
        ]
    spoken, audio = await _apart(ROUTINES[0], "spoken"), await _apart(ROUTINES[0], "m4a")
    words = f"{spoken['seconds']:.2f} s" if spoken["words"] else "no engine here"
    lines.append(f"with spoken names: {words}; as M4A: {audio['seconds']:.2f} s")
    return lines


async def _apart(key: str, kind: str) -> dict[str, float]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.sounds", key, kind),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    said, _ = await process.communicate()
    found: dict[str, float] = json.loads(said)
    return found


def _figures(key: str, kind: str) -> dict[str, object]:
    import resource

    recording = _recording(key, kind)
    begun = time.perf_counter()
    content = record(recording)
    return {
        "seconds": time.perf_counter() - begun,
        "kilobytes": len(content) / 1000,
        "minutes": recording.score.seconds / 60,
        "cues": len(recording.score.cues),
        "words": sum(cue.sound is Sound.SAY for cue in recording.score.cues),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _recording(key: str, kind: str) -> Recording:
    pack = load(packaged())
    known = Known(entries=pack.entries, things=pack.things)
    means = Means(passed=pack.safety.gates, has=pack.things)
    planned = score(
        [
            Part(
                step,
                pack.entries[step.entry],
                pack.practices.get(step.breathing or ""),
                pack.entries[step.entry].name,
            )
            for step in expand(plan(pack.items(pack.routines[key]), known, means))
        ]
    )
    engine = speech_engine("" if kind == "spoken" else "off")
    spoken = Recording(planned, tuple(part.replace("{language}", "en") for part in engine))
    if kind == "silence":  # what the encoder alone takes
        return Recording(Score(seconds=planned.seconds))
    form = Form.AUDIO if kind == "m4a" else Form.VOICE
    made = spoken if engine else spoken.wordless
    return replace(made, form=form)


if __name__ == "__main__":
    print(json.dumps(_figures(*sys.argv[1:])))

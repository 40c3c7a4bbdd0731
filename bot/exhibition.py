"""Writes a pack's pictures and clips as files for coaches to look at: `limber render`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.domain.catalogue import Catalogue, Entry, Practice, Routine
from bot.domain.dose import Level
from bot.domain.drawing import Clip, Drawing, suffix
from bot.domain.player import expand_entry
from bot.domain.script import Timing
from bot.domain.step import Step
from bot.pictures.draw import draw
from bot.running import say
from bot.views import pictures
from content.faults import PackError, meant
from content.loader import load


def run(folder: Path, key: str | None, out: Path) -> int:
    """Write the pictures of the pack in `folder`, or of `key` alone; return the exit status."""
    try:
        catalogue = load(folder)
    except PackError as refusal:
        say(str(refusal))
        return 1
    known = [*catalogue.entries, *catalogue.routines]
    if key is not None and key not in known:
        say(f"there is nothing called {key}{meant(key, known)}")
        return 1
    try:
        out.mkdir(parents=True, exist_ok=True)
        if key is None:
            overview = pictures.sheet(catalogue.exercises.values())
            _write(out, overview.name, overview.drawing)
        for wanted in [key] if key else known:
            for name, drawing in exhibits(catalogue, wanted):
                _write(out, name, drawing)
    except OSError as error:
        say(f"{error.filename or out} cannot be written: {error.strerror}")
        return 1
    return 0


def _write(out: Path, name: str, drawing: Drawing) -> None:
    path = out / f"{name}{suffix(drawing)}"
    path.write_bytes(draw(drawing))
    say(str(path))


def exhibits(catalogue: Catalogue, key: str) -> Iterator[tuple[str, Drawing]]:
    """Yield the name and the drawing of every picture and clip of an entry or a routine."""
    entry, routine = catalogue.entry(key), catalogue.routines.get(key)
    if entry is not None:
        yield from _of_entry(catalogue, entry)
    elif routine is not None:
        yield from _of_routine(catalogue, routine)


def _of_entry(catalogue: Catalogue, entry: Entry) -> Iterator[tuple[str, Drawing]]:
    card = pictures.card(entry, catalogue.media)
    if card is None:
        return
    yield entry.key, card.drawing
    clips: dict[Drawing, str] = {}
    for step in expand_entry(entry, Level.STANDARD):
        shown = pictures.clip(step, entry, None, catalogue.media)
        if shown is not None and isinstance(shown.drawing, Clip):
            clips.setdefault(shown.drawing, _name(entry, step))
    # The side that the poses are written for, the right one, goes by the plain name.
    plain = next((clip for clip in clips if not getattr(clip, "mirrored", False)), None)
    for clip, name in clips.items():
        yield (entry.key if clip == plain else name), clip
    if len(entry.movement) > 1:
        yield f"{entry.key}-loop", Clip(pictures.figure(entry), Timing())


def _name(entry: Entry, step: Step) -> str:
    parts = [entry.key]
    if step.stage is not None:
        parts.append(f"stage-{step.stage}")
    if step.side is not None and not isinstance(entry, Practice):
        parts.append(step.side.value)
    if step.rest:
        parts.append("rested")
    return "-".join(parts)


def _of_routine(catalogue: Catalogue, routine: Routine) -> Iterator[tuple[str, Drawing]]:
    entries = [catalogue.entry(item.entry) for item in catalogue.items(routine)]
    shown = {entry.key: entry for entry in entries if entry is not None}
    if found := pictures.poster(routine.key, shown.values()):
        yield routine.key, found.drawing

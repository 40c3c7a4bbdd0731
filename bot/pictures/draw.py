"""Turns a picture's value into bytes, and into a name for what those bytes depend on."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.domain.catalogue import Media
from bot.domain.drawing import Calendar, Card, Clip, Drawing, Poster, Sheet, Still
from bot.domain.recording import SOUND_VERSION, Recording
from bot.pictures.calendar import render_calendar
from bot.pictures.sheet import render_sheet
from bot.pictures.still import render_card, render_poster, render_still

DRAWING_VERSION = 2  # one more whenever the same value comes out as a different picture


def draw(drawing: Drawing) -> bytes:
    """Return a PNG, an MP4 for what moves, or the bytes of a pack's own file.

    Raises KeyError where it has no such pose, PoseError where a pose cannot be read, OSError
    where a file is gone.
    """
    match drawing:
        case Media():
            return Path(drawing.path).read_bytes()
        case Still():
            return render_still(drawing)
        case Card():
            return render_card(drawing)
        case Poster():
            return render_poster(drawing)
        case Sheet():
            return render_sheet(drawing)
        case Calendar():
            return render_calendar(drawing)
        case Clip():
            from bot.pictures.clip import render_clip  # an encoder of a hundred megabytes

            return render_clip(drawing)


def fingerprint(made: Drawing | Recording) -> str:
    """Return a hash of all that decides the bytes of a file, without making it."""
    if isinstance(made, Media):
        return made.digest
    version = SOUND_VERSION if isinstance(made, Recording) else DRAWING_VERSION
    return hashlib.sha256(repr((version, made)).encode()).hexdigest()

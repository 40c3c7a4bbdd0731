"""The process that draws clips: a request a line on its input, an answer a line on its output."""

from __future__ import annotations

import os
import select
import sys
from pathlib import Path

from pydantic import TypeAdapter

from bot.domain.drawing import Clip
from bot.pictures.clip import render_clip

_IDLE = 60.0  # seconds without a request after which it ends, and gives its memory back
_KINDNESS = 10  # how much it stands back behind the bot


def main() -> None:
    """Draw what is asked for until nobody asks any more; ends with whoever started it."""
    os.nice(_KINDNESS)
    clips = TypeAdapter(Clip)
    requests = sys.stdin.fileno()
    while select.select([requests], [], [], _IDLE)[0]:
        line = _line(requests)
        if not line:
            return
        path, _, asked = line.decode().partition("\t")
        try:
            _write(Path(path), render_clip(clips.validate_json(asked)))
            answer = "drawn"
        except Exception as error:  # whatever is wrong with one clip, the next may be fine
            answer = type(error).__name__
        print(answer, flush=True)  # noqa: T201 - this is how it answers


def _line(source: int) -> bytes:
    """Return the next request, empty where the asker is gone; there is one at a time."""
    found = b""
    while not found.endswith(b"\n"):
        piece = os.read(source, 65536)
        if not piece:
            return b""
        found += piece
    return found


def _write(path: Path, content: bytes) -> None:
    """Put a file in its place whole, or not at all."""
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)


if __name__ == "__main__":
    main()

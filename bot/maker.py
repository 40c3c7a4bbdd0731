"""The process that makes clips and recordings: a request a line in, an answer a line out."""

from __future__ import annotations

import os
import select
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from bot.domain.drawing import Clip
from bot.domain.recording import Recording

_IDLE = 60.0  # seconds without a request after which it ends, and gives its memory back
_KINDNESS = 10  # how much it stands back behind the bot

KINDS: dict[str, TypeAdapter[Any]] = {
    made.__name__.lower(): TypeAdapter(made) for made in (Clip, Recording)
}


def main() -> None:
    """Make what is asked for until nobody asks any more; ends with whoever started it."""
    os.nice(_KINDNESS)
    requests = sys.stdin.fileno()
    while select.select([requests], [], [], _IDLE)[0]:
        line = _line(requests)
        if not line:
            return
        path, kind, asked = line.decode().split("\t", 2)
        try:
            _write(Path(path), _make(KINDS[kind].validate_json(asked)))
            answer = "made"
        except Exception as error:  # whatever is wrong with one, the next may be fine
            answer = type(error).__name__
        print(answer, flush=True)  # noqa: T201 - this is how it answers


def request(path: Path, made: Clip | Recording) -> bytes:
    """Return the line that asks for a file."""
    kind = type(made).__name__.lower()
    return f"{path}\t{kind}\t".encode() + KINDS[kind].dump_json(made) + b"\n"


def _make(made: Clip | Recording) -> bytes:
    # Each kind has libraries of a hundred megabytes that the other does without.
    if isinstance(made, Clip):
        from bot.pictures.clip import render_clip

        return render_clip(made)
    from bot.sounds.record import record

    return record(made)


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

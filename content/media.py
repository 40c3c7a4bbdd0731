"""A pack's own pictures and clips: found, looked at as far as Telegram would, and hashed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.domain.catalogue import Media
from content.faults import Fault
from content.picture_files import jpeg_fault, mp4_fault
from content.strays import LEADS_OUT, MEDIA, leads_out

# Bot API: sendPhoto takes 10 MB; a clip as large as that is no clip for a phone either.
LARGEST = 10_000_000
SUFFIXES = (".jpg", ".mp4")


def media(folder: Path, name: Callable[[str], str]) -> tuple[dict[str, Media], list[Fault]]:
    """Return the files of media/ by their names, and what is wrong with any; `name` says paths."""
    found: dict[str, Media] = {}
    faults: list[Fault] = []
    for file in _files(folder / MEDIA):
        text = _wrong(file, folder)
        if text:
            faults.append(Fault(name(f"{MEDIA}/{file.name}"), 1, text))
        else:
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            found[file.name] = Media(path=str(file), digest=digest)
    return found, faults


def _files(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not file.name.startswith("."):
            yield file


def _wrong(file: Path, folder: Path) -> str:
    if leads_out(file, folder):
        return LEADS_OUT
    if file.suffix not in SUFFIXES or not file.is_file():
        return f"a picture ends in {' or a clip in '.join(SUFFIXES)}"
    if file.stat().st_size > LARGEST:
        return f"the file is too large: {LARGEST // 1_000_000} MB at most"
    look = jpeg_fault if file.suffix == ".jpg" else mp4_fault
    return look(file.read_bytes())

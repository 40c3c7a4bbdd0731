"""Which picture stands beside what is shown: an entry's still, a routine's poster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.domain.catalogue import Entry, Media
from bot.reply import Picture


def still(
    entry: Entry, media: Mapping[str, Media], pose: str = "", *, mirrored: bool = False
) -> Picture | None:
    """Return the still of an entry, or the pack's own picture of it; None where there is none.

    The coded poses face right, so the near, working side is the right one.
    """
    if entry.picture is not None:
        file = media.get(entry.picture)
        return Picture(entry.key, file=file) if file else None
    if not entry.poses:
        return None
    known = pose if pose in entry.poses else ""
    return Picture(entry.key, tuple(entry.poses.items()), known, mirrored)


def poster(name: str, entries: Iterable[Entry]) -> Picture | None:
    """Return one picture of all entries that are drawn; None where none is."""
    lines = tuple(_last(entry.poses) for entry in entries if entry.poses)
    return Picture(name, poster=lines) if lines else None


def _last(poses: Mapping[str, str]) -> str:
    """Return the position that a movement ends in, as a still alone shows it."""
    return poses.get("end") or list(poses.values())[-1]

"""Looks into a pack's own JPEG and MP4 files as far as Telegram would before it takes them."""

from __future__ import annotations

import struct
from collections.abc import Iterator

# Bot API, sendPhoto: width and height together, and how much longer one may be than the other.
_LARGEST_SIDES = 10_000
_NARROWEST = 20

_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # markers before the size of the picture
_ALONE = {0x01, *range(0xD0, 0xDA)}  # markers with nothing after them


def jpeg_fault(data: bytes) -> str:
    """Return what keeps these bytes from being a picture, or nothing."""
    if not data.startswith(b"\xff\xd8\xff"):
        return "this is no JPEG picture, whatever its name says"
    frame = next((start for marker, start in _segments(data) if marker in _FRAMES), None)
    if frame is None or data.rfind(b"\xff\xd9") < frame:
        return "the picture is cut short: save or copy it again"
    height, width = struct.unpack_from(">HH", data, frame + 3)
    if not width or not height or max(width, height) > _NARROWEST * min(width, height):
        return f"the picture is too narrow: one side may be {_NARROWEST} times the other"
    if width + height > _LARGEST_SIDES:
        return f"the picture is too large: {_LARGEST_SIDES} for width and height together"
    return ""


def mp4_fault(data: bytes) -> str:
    """Return what keeps these bytes from being a clip, or nothing."""
    if data[4:8] != b"ftyp":
        return "this is no MP4 clip, whatever its name says"
    boxes = list(_boxes(data))
    if not any(kind == b"moov" for kind, _ in boxes) or boxes[-1][1] > len(data):
        return "the clip is cut short: save or copy it again"
    return ""


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield each marker of a JPEG up to its first scan, and where what it holds begins."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker == 0xDA:
            return
        yield marker, at + 2
        at += 2 if marker in _ALONE else 2 + struct.unpack_from(">H", data, at + 2)[0]


def _boxes(data: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield the kind of each outer box of an MP4, and where it ends."""
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if size == 1 and at + 16 <= len(data):
            size = struct.unpack_from(">Q", data, at + 8)[0]
        at = at + size if size >= 8 else len(data)  # 0 stands for all the rest
        yield kind, at

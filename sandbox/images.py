"""Tells what bytes are: their media type and, for pictures and clips, their size."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

MARKS = ((b"OggS", "audio/ogg"), (b"ID3", "audio/mpeg"), (b"%PDF", "application/pdf"))


@dataclass(frozen=True, slots=True)
class Look:
    """What could be told from bytes: media type, pixels, whole seconds; zero where unknown."""

    mime: str
    width: int = 0
    height: int = 0
    seconds: int = 0


def look(content: bytes) -> Look:
    """Return what the first bytes say; anything unknown is application/octet-stream."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        return Look("image/png", *struct.unpack(">II", content[16:24]))
    if content.startswith((b"GIF87a", b"GIF89a")) and len(content) >= 10:
        return Look("image/gif", *gif_size(content), 1)
    if content.startswith(b"\xff\xd8"):
        return Look("image/jpeg", *jpeg_size(content))
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Look("image/webp", *webp_size(content))
    if content[4:8] == b"ftyp":
        return mp4(content)
    for mark, mime in (
        (b"OggS", "audio/ogg"),
        (b"ID3", "audio/mpeg"),
        (b"%PDF", "application/pdf"),
    ):
        if content.startswith(mark):
            return Look(mime)
    return Look("application/octet-stream")


def gif_size(content: bytes) -> tuple[int, int]:
    """Return width and height of a GIF."""
    return int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little")


def jpeg_size(content: bytes) -> tuple[int, int]:
    """Return width and height from the first frame header of a JPEG."""
    position = 2
    while position + 9 < len(content) and content[position] == 0xFF:
        marker, length = content[position + 1], int.from_bytes(content[position + 2 : position + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height
        position += 2 + length
    return 0, 0


def webp_size(content: bytes) -> tuple[int, int]:
    """Return width and height of the three kinds of WebP."""
    kind = content[12:16]
    if kind == b"VP8X":
        return (
            1 + int.from_bytes(content[24:27], "little"),
            1 + int.from_bytes(content[27:30], "little"),
        )
    if kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 " and len(content) >= 30:
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return 0, 0


def mp4(content: bytes) -> Look:
    """Return the size of the first track with pixels and the length of a clip in whole seconds."""
    seconds = width = height = 0
    header = content.find(b"mvhd")
    if header > 0 and content[header + 4] == 0:
        scale, length = struct.unpack(">II", content[header + 16 : header + 24])
        seconds = max(1, round(length / scale)) if scale else 0
    track = content.find(b"tkhd")
    while track > 0 and not width:
        end = track + (88 if content[track + 4] == 0 else 100)
        if len(content) < end:
            break
        width, height = (side >> 16 for side in struct.unpack(">II", content[end - 8 : end]))
        track = content.find(b"tkhd", end)
    return Look("video/mp4", width, height, seconds)


def png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """Return a PNG of one colour: the photo of a person who sends no file of their own."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + bytes(colour) * width) * height
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body

"""Pictures and clips as a coach may put them into a pack, and broken ones."""

from __future__ import annotations

import struct
from functools import cache

import skia


@cache
def jpeg(width: int = 64, height: int = 48) -> bytes:
    """Return a grey JPEG of this size."""
    picture = skia.Surface(width, height).makeImageSnapshot()
    return bytes(picture.encodeToData(skia.kJPEG, 80))


def mp4(*kinds: bytes) -> bytes:
    """Return an MP4 of empty boxes, by default those that a clip cannot do without."""
    kinds = kinds or (b"ftyp", b"moov", b"mdat")
    return b"".join(struct.pack(">I4s8x", 16, kind) for kind in kinds)

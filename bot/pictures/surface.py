"""Blank pictures to draw on, and their bytes."""

from __future__ import annotations

import skia


def surface(width: int, height: int) -> skia.Surface:
    """Return an opaque surface: without an alpha channel the PNG is smaller and sooner made."""
    return skia.Surface.MakeRaster(
        skia.ImageInfo.Make(width, height, skia.kN32_ColorType, skia.kOpaque_AlphaType)
    )


def flipped(image: skia.Image) -> skia.Image:
    """Return the exact mirror image; a mirrored drawing would have its edges smoothed anew."""
    pixels = image.toarray(colorType=skia.kN32_ColorType)[:, ::-1].copy()
    return skia.Image.fromarray(pixels, skia.kN32_ColorType, skia.kOpaque_AlphaType)


def png(image: skia.Image) -> bytes:
    """Return a picture as a PNG."""
    return bytes(image.encodeToData(skia.EncodedImageFormat.kPNG, 100))

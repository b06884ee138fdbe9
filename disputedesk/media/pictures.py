"""Strangers' pictures: opened by few readers, and brought to plain points.

Whoever opens one looks at its size before anything is decoded. Pillow's own warning of large
pictures is an error wherever this is imported.
"""

from __future__ import annotations

import contextlib
import struct
import warnings
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

from PIL import Image, JpegImagePlugin

warnings.simplefilter("error", Image.DecompressionBombWarning)

FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
MOST_POINTS: Final = 50_000_000
"""Points decoded at once; in colours they take three bytes each, twice while being converted."""

ORIENTATION: Final = 0x0112
"""The EXIF tag that says how the camera was held."""

DAMAGED: Final = (OSError, ValueError, SyntaxError, EOFError, OverflowError, TypeError, KeyError,
                  IndexError, ZeroDivisionError, AttributeError, struct.error, zlib.error,
                  Image.DecompressionBombError, Image.DecompressionBombWarning)  # fmt: skip
"""What Pillow's readers raise over files that are not what they say; `TypeError` and
`AttributeError` come from its EXIF and TIFF directories, where any value may stand."""

_JPEG: Final = b"\xff\xd8\xff"
_WIDE_WHITE: Final = 65_535.0
"""White where a point has sixteen bits."""


@contextlib.contextmanager
def opened_picture(stream: BinaryIO) -> Iterator[Image.Image]:
    """The picture, its size known and nothing decoded; whoever opens it refuses what is too large.

    A JPEG is opened by its own reader: Pillow's warning of large pictures, which whoever shows the
    photos of today's telephones would hear all the time, comes from the road around it.
    """
    is_jpeg = stream.read(len(_JPEG)) == _JPEG
    stream.seek(0)
    found: Image.Image
    if is_jpeg:
        found = JpegImagePlugin.JpegImageFile(stream)
    else:
        found = Image.open(stream, formats=FORMATS)
    with found:
        yield found


def flat(image: Image.Image) -> Image.Image:
    """Grey or colour with eight bits, white where it was transparent."""
    if image.mode.startswith("I") or image.mode == "F":
        return _eight_bits(image)
    if image.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in image.info:
        shown = image.convert("RGBA")
        white = Image.new("RGBA", shown.size, "white")
        white.alpha_composite(shown)
        return white.convert("RGB")
    if image.mode in {"L", "RGB"}:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """A picture of more than eight bits; plain conversion would cut instead of scaling."""
    wide = image.convert("F") if image.mode != "F" else image
    highest = float(wide.getextrema()[1])  # type: ignore[arg-type] # one band, one pair
    counted = image.mode != "F" or highest > 1
    most = max(_WIDE_WHITE, highest) if counted else 1.0
    return wide.point(lambda value: value * (255 / most)).convert("L")

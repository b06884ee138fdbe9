"""Pictures made smaller for a destination: fewer points, fewer colours, coded anew; never blown up.

The files here are strangers'. Few formats are opened, never more points than memory allows, and
what cannot be read stays as it is: the writer of the bundle says what cannot be printed.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

from disputedesk.media.pictures import FORMATS, MOST_POINTS, flat
from disputedesk.papers.packets.profile import Colour

_MOST_SHEETS: Final = 60
_HARDLY: Final = 0.98
"""The part of its points from which on a picture counts as not made coarser."""

_WIDE: Final = ("I", "F")
"""First letters of the modes with more than eight bits."""


@dataclasses.dataclass(frozen=True, slots=True)
class Wish:
    """How a picture shall come out.

    Attributes:
        scale: The part of its points across that is kept, 1 for all.
        quality: JPEG's quality; 0 takes only what loses nothing.
        sharp: Whether it shows words: colours are kept as fine as lines.
        most_pixels: Points at most; `None` for any.
    """

    scale: float
    quality: int
    colour: Colour = Colour.ANY
    sharp: bool = True
    most_pixels: int | None = None


def read_sheets(path: Path) -> list[Image.Image]:
    """The picture of a file, upright and on white, or of a scan its several sheets.

    Raises:
        OSError: It is damaged, too large, or no picture; so do the others of `DAMAGED`.
    """
    with Image.open(path, formats=FORMATS) as image:
        return [_plain(sheet) for sheet in _sheets(image)]


def _sheets(image: Image.Image) -> Iterator[Image.Image]:
    count = min(getattr(image, "n_frames", 1), _MOST_SHEETS + 1) if image.format == "TIFF" else 1
    if count > _MOST_SHEETS:
        message = "too many sheets"
        raise OSError(message)
    for number in range(count):
        image.seek(number)
        if image.width * image.height > MOST_POINTS:
            message = "too large"
            raise OSError(message)
        yield image


def _plain(image: Image.Image) -> Image.Image:
    """Grey or colour with eight bits, upright, white where it was transparent."""
    if image.mode[0] in _WIDE:
        message = "more than eight bits"
        raise OSError(message)
    return flat(ImageOps.exif_transpose(image) or image)


def shrunk(image: Image.Image, wish: Wish) -> Image.Image:
    """The plain picture with the points and colours that are wished for, never with more."""
    scale = wish.scale
    if wish.most_pixels is not None:
        scale = min(scale, (wish.most_pixels / (image.width * image.height)) ** 0.5)
    made = image
    if scale < _HARDLY:
        size = (max(1, int(image.width * scale)), max(1, int(image.height * scale)))
        made = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    if wish.colour is not Colour.ANY and made.mode != "L":
        made = made.convert("L")
    if wish.colour is Colour.BW:
        made = ImageOps.autocontrast(made, cutoff=1).convert("1")
    return made


def coded(image: Image.Image, wish: Wish) -> tuple[bytes, str]:
    """The picture's bytes and its ending: JPEG, or PNG where that is smaller or loses nothing."""
    if image.mode == "1" or not wish.quality:
        return _as_png(image), "png"
    jpeg = as_jpeg(image, wish)
    png = _as_png(image) if _has_few_colours(image) else jpeg
    return (png, "png") if len(png) < len(jpeg) else (jpeg, "jpg")


def _as_png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def as_jpeg(image: Image.Image, wish: Wish) -> bytes:
    """The picture as JPEG; colours as fine as lines where it shows words."""
    out = io.BytesIO()
    plain = image.convert("L") if image.mode == "1" else image
    plain.save(out, "JPEG", quality=wish.quality, optimize=True, progressive=False,
               subsampling=0 if wish.sharp else 2)  # fmt: skip
    return out.getvalue()


def _has_few_colours(image: Image.Image) -> bool:
    """Whether it is a drawing or a screenshot rather than a photograph."""
    small = image.copy()
    small.thumbnail((256, 256), Image.Resampling.NEAREST)
    return small.getcolors(4096) is not None

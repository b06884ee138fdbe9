"""What a picture's own head tells: its size, and whether a camera made it; nothing is decoded."""

from __future__ import annotations

import dataclasses
import warnings
from pathlib import Path
from typing import Final

_FORMATS: Final = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/gif": "GIF",
    "image/bmp": "BMP",
    "image/tiff": "TIFF",
}
_MAKER: Final = (271, 272)
"""EXIF: who made the camera, and which it is."""


@dataclasses.dataclass(frozen=True, slots=True)
class PictureClues:
    """What a picture's head says.

    Attributes:
        camera: Whether it names the camera that made it.
    """

    width: int
    height: int
    camera: bool


def picture_clues(path: Path, media_type: str) -> PictureClues | None:
    """Size and origin of a picture; `None` for what is none, or none we look into."""
    form = _FORMATS.get(media_type)
    if form is None:
        return None
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            with Image.open(path, formats=(form,)) as image:
                exif = image.getexif()
                camera = any(str(exif.get(tag, "")).strip(" \0") for tag in _MAKER)
                return PictureClues(image.width, image.height, camera)
        except (OSError, ValueError, SyntaxError, KeyError, TypeError, Image.DecompressionBombError,
                Warning, OverflowError, MemoryError):  # fmt: skip
            return None

"""Small pictures of kept files, made without trusting them: a JPEG with nothing in it but points.

Sizes are looked at before anything is decoded, JPEGs are decoded at the scale that is needed, and
what belongs to the file but not to the picture (place, camera, remarks) does not come along. So
screens show strangers' pictures without a decoder of the screen ever meeting a stranger's bytes.
"""

from __future__ import annotations

import io
import mmap
from pathlib import Path
from typing import BinaryIO, Final

from PIL import Image

from disputedesk.media import pdfium
from disputedesk.media.pictures import DAMAGED, MOST_POINTS, ORIENTATION, flat, opened_picture
from disputedesk.media.redaction import PDF, PICTURES

_MOST_JPEG_POINTS: Final = 220_000_000
"""A JPEG told in one go is decoded line by line; its size costs time, not memory."""

_MOST_DEEP_POINTS: Final = 20_000_000
"""Points of more than eight bits take four bytes each, twice while being converted."""

_MOST_BYTES: Final = 256 << 20
_MOST_SCANS: Final = 100
"""Times a progressive JPEG may go over its points; pictures have about ten."""

_START_OF_SCAN: Final = b"\xff\xda"
_MANY_POINTS: Final = 12_000_000
_SPARE: Final = 4
"""How many times finer than wanted a large picture with colours to be looked up stays."""

_QUALITY: Final = 85
_BROKEN: Final = (*DAMAGED, RuntimeError, UserWarning, MemoryError)
"""What decoders raise over files that are not what they say; PDFium's error is a `RuntimeError`."""


def is_pictured(media_type: str) -> bool:
    """Whether files of this kind can have a small picture."""
    return media_type in PICTURES or media_type == PDF


def thumbnail(path: Path, media_type: str, side: int) -> bytes | None:
    """A JPEG of the picture or of the first page, upright, no side longer than `side`.

    Args:
        path: The file; it is only read.
        media_type: What its bytes were found to be.
        side: Points; a smaller picture is not made larger.

    Returns:
        `None` for other kinds, and for what is broken, too large or not what it says.
    """
    try:
        if media_type in PICTURES:
            return _coded(_upright(path, side))
        if media_type == PDF:
            return _coded(_first_page(path, side))
    except _BROKEN:
        return None
    return None


def _upright(path: Path, side: int) -> Image.Image:
    with path.open("rb") as stream, opened_picture(stream) as image:
        _refuse_bombs(image, stream)
        wanted = _fitted(image.size, side)
        image.draft(None, wanted)
        image.load()
        turn = _turn_of(image)
        plain = flat(_thinned(image, wanted))
        return _turned(_shrunk(plain, side), turn)


def _refuse_bombs(image: Image.Image, stream: BinaryIO) -> None:
    """Does nothing for a picture that can be decoded in the memory and time we give it.

    Raises:
        ValueError: It cannot.
    """
    points = image.width * image.height
    most = MOST_POINTS
    if image.format == "JPEG" and not image.info.get("progressive"):
        most = _MOST_JPEG_POINTS
    if image.mode.startswith("I") or image.mode == "F":
        most = _MOST_DEEP_POINTS
    size = stream.seek(0, io.SEEK_END)
    if points > most or size > _MOST_BYTES:
        message = f"{points} points in {size} bytes are more than are decoded."
        raise ValueError(message)
    if image.info.get("progressive") and _scans(stream) > _MOST_SCANS:
        message = "It goes over its points too often."
        raise ValueError(message)


def _scans(stream: BinaryIO) -> int:
    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        count, at = 0, data.find(_START_OF_SCAN)
        while at >= 0 and count <= _MOST_SCANS:
            count, at = count + 1, data.find(_START_OF_SCAN, at + 2)
    return count


def _fitted(size: tuple[int, int], side: int) -> tuple[int, int]:
    """`size` made to fit a square, never larger, no side less than a point."""
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _turn_of(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except _BROKEN:
        return 1


def _thinned(image: Image.Image, wanted: tuple[int, int]) -> Image.Image:
    """A huge picture with rows and columns left out, so that converting it stays within bounds."""
    step = max(
        1, min(have // (_SPARE * want) for have, want in zip(image.size, wanted, strict=True))
    )
    if step == 1 or image.mode in {"L", "RGB"} or image.width * image.height <= _MANY_POINTS:
        return image
    smaller = (max(1, image.width // step), max(1, image.height // step))
    return image.resize(smaller, Image.Resampling.NEAREST)


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    size = _fitted(image.size, side)
    if size == image.size:
        return image
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _turned(image: Image.Image, turn: int) -> Image.Image:
    """The picture as the camera meant it to be seen."""
    way = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(turn)  # fmt: skip
    return image if way is None else image.transpose(way)


def _first_page(path: Path, side: int) -> Image.Image:
    import pypdfium2

    with pdfium.LOCK:
        document = pypdfium2.PdfDocument(path)
        try:
            page = document[0]
            longest = max(page.get_size())
            bitmap = page.render(scale=side / max(longest, 1.0), may_draw_forms=False)
            try:
                image: Image.Image = bitmap.to_pil().convert("RGB")
            finally:
                bitmap.close()
            page.close()
        finally:
            document.close()
    return image


def _coded(image: Image.Image) -> bytes:
    """The points as a JPEG; what the file said beside them is dropped."""
    image.info.clear()
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()

"""Pictures as a PDF holds them: JPEG and plain PNG bytes as they are, others decoded, lossless.

Only a few formats are opened, never more points than memory allows, and nothing that belongs to the
file but not to the picture (place, camera, remarks, hidden colours under transparency) comes along.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from PIL import Image

from disputedesk.common.texts import tr
from disputedesk.media.pictures import DAMAGED, MOST_POINTS, ORIENTATION, flat, opened_picture
from disputedesk.papers.pdf.blobs import Blob, Spool
from disputedesk.papers.pdf.jpeg import BareJpeg, bare_jpeg
from disputedesk.papers.pdf.png import BarePng, chunks, png_of

_MOST_JPEG_POINTS: Final = 178_000_000
"""A JPEG is not decoded here, but must be by whoever opens the PDF."""

_MOST_PASSED_BYTES: Final = 80 << 20
_MOST_FRAMES: Final = 60
_MOST_ACROSS: Final = 2400
"""Points across the shorter side that a sheet can show (350 to the inch); more is made smaller."""

_MATRICES: Final = {
    2: (-1, 0, 0, 1, 1, 0), 3: (-1, 0, 0, -1, 1, 1), 4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1), 6: (0, -1, 1, 0, 0, 1), 7: (0, 1, 1, 0, 0, 0), 8: (0, 1, -1, 0, 1, 0),
}  # fmt: skip
"""EXIF orientation to the matrix that turns the unit square upright."""

UPRIGHT: Final = (1, 0, 0, 1, 0, 0)
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})


class Unprintable(Exception):
    """A file that no page can be made of; its text is one whole sentence that says why."""


@dataclasses.dataclass(frozen=True, slots=True)
class Picture:
    """One picture, ready to be put on a page.

    Attributes:
        blob: Its bytes as the PDF stores them.
        entries: What the PDF says about them.
        width: Points across, upright.
        height: Points down, upright.
        matrix: Turns the stored picture upright, on the unit square.
    """

    blob: Blob
    entries: dict[str, Any]
    width: int
    height: int
    matrix: tuple[int, ...] = UPRIGHT


def read_pictures(
    path: Path, spool: Spool, read: Callable[[Path], bytes] = Path.read_bytes
) -> tuple[Picture, ...]:
    """The picture of a file, or of a scan of several sheets each one.

    Args:
        path: The file.
        spool: Takes what had to be decoded.
        read: Gives the bytes of the file, where all of them must be looked at.

    Raises:
        Unprintable: It is damaged, too large, or no picture.
    """
    try:
        with path.open("rb") as stream, opened_picture(stream) as image:
            width, height = image.size
            jpeg = image.format in {"JPEG", "MPO"}
            if width * height > (_MOST_JPEG_POINTS if jpeg else MOST_POINTS):
                raise Unprintable(tr("This picture is too large to be printed."))
            turn = int(image.getexif().get(ORIENTATION, 1))
            passed = _passed(path, image, turn, read)
            if passed is not None:
                return (passed,)
            if width * height > MOST_POINTS:
                raise Unprintable(tr("This picture is too large to be printed."))
            return tuple(_lossless(frame, turn, spool) for frame in _frames(image))
    except DAMAGED as error:
        raise Unprintable(
            tr("This picture is damaged, or of a kind that cannot be printed.")
        ) from error


def _passed(
    path: Path, image: Image.Image, turn: int, read: Callable[[Path], bytes]
) -> Picture | None:
    """The picture with its file's own bytes; `None` where it must be decoded."""
    if path.stat().st_size > _MOST_PASSED_BYTES:
        return None
    if image.format == "PNG":
        bare_png = png_of(read(path))
        return None if bare_png is None else _png(path, bare_png, turn)
    if image.format in {"JPEG", "MPO"}:
        bare = bare_jpeg(read(path))
        return None if bare is None else _jpeg(path, bare, turn)
    return None


def _jpeg(path: Path, bare: BareJpeg, turn: int) -> Picture:
    space = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}[bare.components]
    entries: dict[str, Any] = {"/Filter": "/DCTDecode", "/ColorSpace": space}
    if bare.components == 4 and bare.adobe:
        entries["/Decode"] = [1, 0] * 4
    return _picture(Blob(path, bare.ranges), entries, (bare.width, bare.height), turn)


def _png(path: Path, bare: BarePng, turn: int) -> Picture:
    space: Any = "/DeviceRGB" if bare.colours == 3 else "/DeviceGray"
    if bare.palette:
        space = ["/Indexed", "/DeviceRGB", len(bare.palette) // 3 - 1, bare.palette]
    entries = {
        "/Filter": "/FlateDecode", "/ColorSpace": space, "/BitsPerComponent": bare.bits,
        "/DecodeParms": {"/Predictor": 15, "/Colors": bare.colours,
                         "/BitsPerComponent": bare.bits, "/Columns": bare.width},
    }  # fmt: skip
    return _picture(Blob(path, bare.ranges), entries, (bare.width, bare.height), turn)


def _frames(image: Image.Image) -> Iterator[Image.Image]:
    """The sheets of a scan; of moving pictures the first."""
    yield image
    if image.format != "TIFF":
        return
    for number in range(1, _MOST_FRAMES + 1):
        try:
            image.seek(number)
        except EOFError:
            return
        if number == _MOST_FRAMES:
            raise Unprintable(tr("This file has too many pictures to be printed."))
        if image.width * image.height > MOST_POINTS:
            raise Unprintable(tr("This picture is too large to be printed."))
        yield image


def _lossless(image: Image.Image, turn: int, spool: Spool) -> Picture:
    """The decoded picture on white, coded as PNG does."""
    shown = flat(image)
    shorter = min(shown.size)
    if shorter > _MOST_ACROSS:
        width, height = (round(side * _MOST_ACROSS / shorter) for side in shown.size)
        shown = shown.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    colours = len(shown.getbands())
    out = io.BytesIO()
    shown.save(out, "PNG")
    entries = {
        "/Filter": "/FlateDecode",
        "/ColorSpace": "/DeviceRGB" if colours == 3 else "/DeviceGray",
        "/DecodeParms": {"/Predictor": 15, "/Colors": colours, "/BitsPerComponent": 8,
                         "/Columns": shown.width},
    }  # fmt: skip
    return _picture(spool.keep(_coded(out.getvalue())), entries, shown.size, turn)


def _coded(png: bytes) -> bytes:
    """The data of a PNG's picture; a PDF reads the same coding."""
    return b"".join(png[body:end] for kind, body, end in chunks(png) if kind == b"IDAT")


def _picture(blob: Blob, entries: dict[str, Any], size: tuple[int, int], turn: int) -> Picture:
    width, height = size
    stored = {"/Type": "/XObject", "/Subtype": "/Image", "/Width": width, "/Height": height,
              "/BitsPerComponent": 8}  # fmt: skip
    if turn in _SIDEWAYS:
        width, height = height, width
    return Picture(blob, {**stored, **entries}, width, height, _MATRICES.get(turn, UPRIGHT))

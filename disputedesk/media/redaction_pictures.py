"""Pictures with parts painted over: decoded, turned upright, painted, and coded anew.

The new file is made of points alone: nothing is copied from the old one but colours. Sizes are
looked at before anything is decoded.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageOps, TiffImagePlugin

from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.media.pictures import DAMAGED, MOST_POINTS, ORIENTATION, flat, opened_picture
from disputedesk.media.redaction import Redacted
from disputedesk.media.redaction_boxes import Box, Unredactable, checked_boxes, covered

GRID: Final = 8
"""JPEG codes squares of so many points; boxes end between them, so that none mixes what is covered
with what is not."""

_MOST_BYTES: Final = 256 << 20
_MOST_SHEETS: Final = 60
_QUALITY: Final = 93
_BLACK: Final = "black"
_GREY: Final = "#808080"


def redact_pictures(
    path: Path,
    boxes: Sequence[Box],
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Redacted:
    """The picture, or each sheet of a scan, with its boxes painted over.

    Raises:
        Unredactable: It is damaged or too large, or a box is on a page that does not exist.
    """
    with _told_of_damage(), _opened(path) as image:
        sheets = _count(image)
        wanted = checked_boxes(boxes, sheets)
        moving = sheets == 1 and getattr(image, "n_frames", 1) > 1 and image.format != "MPO"
        if sheets > 1:
            data, media = _scan(image, sheets, wanted, progress, cancel), "image/tiff"
        elif image.format in {"JPEG", "MPO"}:
            data, media = jpeg(painted(_upright(image), wanted, GRID)), "image/jpeg"
        else:
            data, media = png(painted(_upright(image), wanted)), "image/png"
    notes = (tr("Of the moving picture only the first one is in the copy."),) if moving else ()
    return Redacted(data, media, sheets, wanted, notes=notes)


def count_pictures(path: Path) -> int:
    """How many sheets a file has that can take boxes; of moving pictures only the first can.

    Raises:
        Unredactable: It is damaged or too large.
    """
    with _told_of_damage(), _opened(path) as image:
        return _count(image)


def upright_picture(source: Path | bytes, page: int, side: int) -> Image.Image:
    """A sheet as it is seen, no side longer than `side`.

    Raises:
        Unredactable: It is damaged or too large.
    """
    with _told_of_damage(), _opened(source, draft=side) as image:
        image.seek(page - 1)
        seen = _upright(image)
        seen.thumbnail((side, side), reducing_gap=2.0)
        return seen


def decoded(source: bytes, page: int) -> Image.Image:
    """A sheet of a copy, all its points, as other programs decode them.

    Raises:
        Unredactable: It cannot be decoded.
    """
    with _told_of_damage(), _opened(source) as image:
        image.seek(page - 1)
        return _upright(image)


def painted(image: Image.Image, boxes: Sequence[Box], grid: int = 1) -> Image.Image:
    """`image` with the boxes painted black, each with a hairline around it to be seen on black."""
    draw = ImageDraw.Draw(image)
    places = [covered(box, image.width, image.height, grid) for box in boxes]
    for left, top, right, bottom in places:
        draw.rectangle((left - 1, top - 1, right, bottom), outline=_GREY)
    for left, top, right, bottom in places:
        draw.rectangle((left, top, right - 1, bottom - 1), fill=_BLACK)
    return image


def jpeg(image: Image.Image) -> bytes:
    """The picture as JPEG, its colours as fine as its light, with nothing beside it."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    return out.getvalue()


def png(image: Image.Image) -> bytes:
    """The picture as PNG, with nothing beside it."""
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@contextlib.contextmanager
def _told_of_damage() -> Iterator[None]:
    """A block in which damage becomes a sentence."""
    try:
        yield
    except DAMAGED as error:
        raise Unredactable(
            tr("This picture is damaged, or of a kind that cannot be redacted here.")
        ) from error


@contextlib.contextmanager
def _opened(source: Path | bytes, draft: int = 0) -> Iterator[Image.Image]:
    """The picture, not decoded yet; a large JPEG will be decoded at a part of its size.

    Raises:
        Unredactable: It has too many points or bytes.
    """
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > _MOST_BYTES:
        raise Unredactable(tr("This picture is too large to be redacted here."))
    with (
        io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as stream,
        opened_picture(stream) as image,
    ):
        if draft and image.format in {"JPEG", "MPO"}:
            image.draft(None, (draft, draft))
        elif _points(image) > MOST_POINTS and image.format in {"JPEG", "MPO"}:
            image.draft(None, (image.width // 2, image.height // 2))
        _refuse_large(image)
        yield image


def _points(image: Image.Image) -> int:
    return image.width * image.height


def _refuse_large(image: Image.Image) -> None:
    if _points(image) > MOST_POINTS:
        raise Unredactable(tr("This picture is too large to be redacted here."))


def _count(image: Image.Image) -> int:
    """Sheets of a scan; anything else is one picture."""
    if image.format != "TIFF":
        return 1
    sheets = int(getattr(image, "n_frames", 1))
    if sheets > _MOST_SHEETS:
        raise Unredactable(
            tr("This scan has {pages} pages; that is too many to be redacted here.", pages=sheets)
        )
    return sheets


def _scan(
    image: Image.Image,
    sheets: int,
    boxes: Sequence[Box],
    progress: Progress,
    cancel: CancelToken | None,
) -> bytes:
    """All sheets painted, one after another, as one TIFF."""
    out = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(out, new=True) as writer:
        for number in range(1, sheets + 1):
            if cancel is not None:
                cancel.check()
            image.seek(number - 1)
            _refuse_large(image)
            here = [box for box in boxes if box.page == number]
            painted(_upright(image), here).save(writer, "TIFF", compression="tiff_deflate")
            writer.newFrame()
            progress(tr("Covering pages"), number, sheets)
    return out.getvalue()


def _upright(image: Image.Image) -> Image.Image:
    """The points alone, as they are seen: upright, grey or in colours, white where transparent."""
    turn = image.getexif().get(ORIENTATION, 1)
    shown = flat(image if turn == 1 else ImageOps.exif_transpose(image))
    clean = Image.new(shown.mode, shown.size)
    clean.paste(shown)
    return clean

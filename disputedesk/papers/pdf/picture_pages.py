"""Pictures put on pages: whole where that is legible, a long strip cut over several pages."""

from __future__ import annotations

import dataclasses
import io
import math
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from disputedesk.papers.pdf.pictures import UPRIGHT, Picture

Frame: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""

_LARGEST: Final = 72 / 100
"""Points per picture point: coarser than 100 to the inch, a screenshot looks blown up."""

_LEGIBLE: Final = 0.6
"""The part of its best width down to which a picture is made smaller to stay on one page."""

_OVERLAP: Final = 14.0
"""Points shown twice where a strip is cut, so that no line of text is lost in the cut."""

_MOST_CUTS: Final = 30
_UNDER_HEAD: Final = 8.0


@dataclasses.dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a picture on one page.

    Attributes:
        size: Of the whole picture, in points.
        corner: Left edge and top of the part on the page.
        skipped: How much of the picture stands on earlier pages.
        shown: How much of it is seen here.
    """

    picture: Picture
    size: tuple[float, float]
    corner: tuple[float, float]
    skipped: float
    shown: float

    def drawing(self, name: str) -> bytes:
        """The page's operators that draw the part, and nothing outside it."""
        (width, height), (left, top) = self.size, self.corner
        parts = [
            f"q {left:.3f} {top - self.shown:.3f} {width:.3f} {self.shown:.3f} re W n",
            f"{width:.3f} 0 0 {height:.3f} {left:.3f} {top + self.skipped - height:.3f} cm",
        ]
        if self.picture.matrix != UPRIGHT:
            parts.append(f"{' '.join(map(str, self.picture.matrix))} cm")
        return " ".join([*parts, f"{name} Do Q"]).encode("ascii")


def picture_pages(
    pictures: Sequence[Picture],
    *,
    size: tuple[float, float],
    frame: Frame,
    maker: Callable[..., Canvas],
    first: Sequence[Flowable],
    later: Sequence[Flowable],
) -> bytes:
    """A PDF with every picture on pages of its own.

    Args:
        pictures: In order.
        size: The sheet, in points.
        frame: What may be used of it.
        maker: Makes the canvas.
        first: The head of the first page.
        later: The head of the others.
    """
    out = io.BytesIO()
    canvas = maker(out, pagesize=size)
    pieces: list[_Piece] = []
    tops = (frame[3] - _height(first, frame), frame[3] - _height(later, frame))
    for picture in pictures:
        for piece in _cut(picture, frame, tops if not pieces else (tops[1], tops[1])):
            _draw_head(canvas, first if not pieces else later, frame)
            canvas.showPage()
            pieces.append(piece)
    canvas.save()
    return _with_pictures(out.getvalue(), pieces)


def _height(head: Sequence[Flowable], frame: Frame) -> float:
    width = frame[2] - frame[0]
    return _UNDER_HEAD + sum(
        part.getSpaceBefore() + part.wrap(width, 1000)[1] + part.getSpaceAfter() for part in head
    )


def _draw_head(canvas: Canvas, head: Sequence[Flowable], frame: Frame) -> None:
    y = frame[3]
    for part in head:
        y -= part.getSpaceBefore() + part.wrap(frame[2] - frame[0], 1000)[1]
        part.drawOn(canvas, frame[0], y)
        y -= part.getSpaceAfter()


def _cut(picture: Picture, frame: Frame, tops: tuple[float, float]) -> list[_Piece]:
    """The picture's parts, page by page; one where it is legible on one.

    Args:
        picture: What is cut.
        frame: The room on a page.
        tops: Where room begins on the picture's first page and on its later ones.
    """
    room = frame[2] - frame[0]
    heights = (tops[0] - frame[1], tops[1] - frame[1])
    best = min(room / picture.width, _LARGEST)
    whole = min(best, heights[0] / picture.height)
    if whole >= best * _LEGIBLE:
        return [_piece(picture, whole, frame, tops[0], (0.0, picture.height * whole))]
    step = heights[1] - _OVERLAP
    scale = min(best, (heights[0] + (_MOST_CUTS - 1) * step) / picture.height)
    total = picture.height * scale
    count = 1 + max(0, math.ceil((total - heights[0]) / step))
    pieces = []
    for number in range(count):
        skipped = 0.0 if number == 0 else heights[0] + (number - 1) * step - _OVERLAP
        shown = min(heights[min(number, 1)], total - skipped)
        pieces.append(_piece(picture, scale, frame, tops[min(number, 1)], (skipped, shown)))
    return pieces


def _piece(
    picture: Picture, scale: float, frame: Frame, top: float, part: tuple[float, float]
) -> _Piece:
    """One part: how much of the picture is left out above it, and how much is shown."""
    width = picture.width * scale
    left = (frame[0] + frame[2] - width) / 2
    return _Piece(picture, (width, picture.height * scale), (left, top), *part)


def _with_pictures(data: bytes, pieces: Sequence[_Piece]) -> bytes:
    """The pages with their pictures; one that is cut is stored once."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as document:
        stored: dict[int, Any] = {}
        for number, (page, piece) in enumerate(zip(document.pages, pieces, strict=True), 1):
            key = id(piece.picture)
            if key not in stored:
                stored[key] = _stored(document, piece.picture)
            name = pikepdf.Name(f"/DeskPicture{number}")
            page.add_resource(stored[key], pikepdf.Name.XObject, name)
            page.contents_add(piece.drawing(str(name)))
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _stored(document: Any, picture: Picture) -> Any:
    import pikepdf

    stream = pikepdf.Stream(document, picture.data)
    for name, value in picture.entries.items():
        stream[name] = _object(value)
    return document.make_indirect(stream)


def _object(value: Any) -> Any:
    """A name, number, list or table as a PDF writes it."""
    import pikepdf

    if isinstance(value, str):
        return pikepdf.Name(value)
    if isinstance(value, dict):
        return pikepdf.Dictionary({name: _object(each) for name, each in value.items()})
    if isinstance(value, list):
        return pikepdf.Array([_object(each) for each in value])
    return value

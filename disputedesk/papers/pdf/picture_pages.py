"""Pictures put on pages: whole where that is legible, a long strip cut over several pages."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from typing import Final, TypeAlias

from disputedesk.papers.pdf.pictures import UPRIGHT, Picture

Frame: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""

_LARGEST: Final = 72 / 150
"""Points per picture point: coarser than 150 to the inch, words in a screenshot blur in print."""

_LEGIBLE: Final = 0.6
"""The part of its best width down to which a picture is made smaller to stay on one page."""

_OVERLAP: Final = 14.0
"""Points shown twice where a strip is cut, so that no line of text is lost in the cut."""

_MOST_CUTS: Final = 30
_UNDER_HEAD: Final = 8.0


@dataclasses.dataclass(frozen=True, slots=True)
class PicturePart:
    """A part of a picture on one page.

    Attributes:
        picture: The picture.
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


def picture_parts(
    pictures: Sequence[Picture], frame: Frame, heads: tuple[float, float]
) -> list[PicturePart]:
    """The parts of all pictures of a file, one for each of its pages.

    Args:
        pictures: In order.
        frame: What may be used of a page.
        heads: What the head of the first page takes of it, and that of the others, in points.
    """
    parts: list[PicturePart] = []
    first, later = (frame[3] - _UNDER_HEAD - head for head in heads)
    for picture in pictures:
        parts += _cut(picture, frame, (later if parts else first, later))
    return parts


def _cut(picture: Picture, frame: Frame, tops: tuple[float, float]) -> list[PicturePart]:
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
) -> PicturePart:
    """One part: how much of the picture is left out above it, and how much is shown."""
    width = picture.width * scale
    left = (frame[0] + frame[2] - width) / 2
    return PicturePart(picture, (width, picture.height * scale), (left, top), *part)

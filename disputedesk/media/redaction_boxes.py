"""Boxes of a redaction: parts of a page as it is seen upright, and the points they cover."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Sequence
from typing import Any, Final

from disputedesk.common.texts import tr

MOST_BOXES: Final = 2000
_LEAST: Final = 0.0005
"""Less of a page than this cannot be meant, nor painted."""


class Unredactable(Exception):
    """A file or a wish that no copy can be made of; its text is whole sentences that say why."""


@dataclasses.dataclass(frozen=True, slots=True)
class Box:
    """A part of a page to be removed.

    Attributes:
        page: The page or picture, from 1.
        left: From the page's left edge, as a part of its width; 0 to 1, like the others.
        top: From the page's upper edge, as a part of its height.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Box) -> bool:
        """Whether the middle of `other` is under this box."""
        across, down = (other.left + other.right) / 2, (other.top + other.bottom) / 2
        inside = self.left <= across <= self.right and self.top <= down <= self.bottom
        return inside and self.page == other.page

    def meets(self, other: Box) -> bool:
        """Whether the two have any point in common."""
        beside = self.right <= other.left or other.right <= self.left
        apart = self.bottom <= other.top or other.bottom <= self.top
        return self.page == other.page and not beside and not apart


def straightened(box: Box) -> Box:
    """`box` with its sides in order and inside the page.

    Raises:
        Unredactable: Nothing is left of it, or a side is no number.
    """
    sides = (box.left, box.top, box.right, box.bottom)
    if not all(map(math.isfinite, sides)):
        raise Unredactable(tr("A side of a box is no number."))
    left, right = sorted(min(max(side, 0.0), 1.0) for side in (box.left, box.right))
    top, bottom = sorted(min(max(side, 0.0), 1.0) for side in (box.top, box.bottom))
    if right - left < _LEAST or bottom - top < _LEAST:
        raise Unredactable(
            tr("A box on page {page} covers nothing: draw it larger.", page=box.page)
        )
    return Box(box.page, left, top, right, bottom)


def checked_boxes(boxes: Sequence[Box], pages: int) -> tuple[Box, ...]:
    """The boxes straightened, each once, by page.

    Raises:
        Unredactable: There is none, there are too many, or one is on a page that does not exist.
    """
    if not boxes:
        raise Unredactable(tr("Nothing is covered yet: draw a box over what must not be seen."))
    if len(boxes) > MOST_BOXES:
        raise Unredactable(tr("These are too many boxes for one copy."))
    for box in boxes:
        if not 1 <= box.page <= pages:
            raise Unredactable(
                tr("There is no page {page}; the file has {pages}.", page=box.page, pages=pages)
            )
    straight = dict.fromkeys(straightened(box) for box in boxes)
    return tuple(sorted(straight, key=lambda box: (box.page, box.top, box.left)))


def covered(box: Box, width: int, height: int, grid: int = 1) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the points a box covers, the right and lower ones excluded.

    Args:
        box: The box; a point it only touches is covered.
        width: Points across the page, upright.
        height: Points down.
        grid: The sides are moved outward to multiples of it, or to the page's edge.
    """
    left = math.floor(box.left * width / grid + _SLACK) * grid
    top = math.floor(box.top * height / grid + _SLACK) * grid
    right = math.ceil(box.right * width / grid - _SLACK) * grid
    bottom = math.ceil(box.bottom * height / grid - _SLACK) * grid
    left, top = min(left, width - 1), min(top, height - 1)
    return left, top, min(max(right, left + 1), width), min(max(bottom, top + 1), height)


_SLACK: Final = 1e-6
"""What sides lose when they are written down and read again; no whole point."""


def boxes_text(boxes: Sequence[Box]) -> str:
    """Boxes as JSON, to be kept with what was made."""
    return json.dumps(
        {"boxes": [[box.page, *(round(side, 6) for side in _sides(box))] for box in boxes]},
        separators=(",", ":"),
    )


def boxes_of(text: str) -> tuple[Box, ...]:
    """Boxes as they were kept; what is no box is left out."""
    try:
        kept = json.loads(text)["boxes"]
        return tuple(Box(int(page), *map(float, sides)) for page, *sides in kept)
    except (ValueError, TypeError, KeyError):
        return ()


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom


def box_of(page: int, sides: Sequence[Any]) -> Box:
    """A box of a page and four sides."""
    left, top, right, bottom = (float(side) for side in sides)
    return Box(page, left, top, right, bottom)

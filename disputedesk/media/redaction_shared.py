"""Pictures a PDF draws on several pages: what a box hides of one is hidden wherever it is drawn.

The pages' drawings are followed with the turning and stretching in force, so that a box on one page
is known as a part of the picture under it, and that part is found again on the other pages.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

from disputedesk.media.redaction_boxes import Box
from disputedesk.media.redaction_pages import too_large

Matrix: TypeAlias = "tuple[float, float, float, float, float, float]"
Span: TypeAlias = "tuple[float, float, float, float]"
"""Left, bottom, right, top."""

UPRIGHT: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEEPEST: Final = 8
_MOST_DRAWN: Final = 20_000
_WHOLE: Final[Span] = (0.0, 0.0, 1.0, 1.0)


@dataclasses.dataclass(frozen=True, slots=True)
class Drawn:
    """A picture where a page draws it.

    Attributes:
        mark: Tells the picture, by its bytes.
        matrix: Takes the picture's unit square to the page's own measure.
    """

    mark: str
    matrix: Matrix


@dataclasses.dataclass(frozen=True, slots=True)
class Sheet:
    """What is seen of a page: its span in its own measure, and its turning in degrees."""

    span: Span
    turn: int

    def own(self, box: Box) -> Span:
        """A box of the page as it is seen, in the page's own measure."""
        return _around(
            self._own(u, v) for u in (box.left, box.right) for v in (box.top, box.bottom)
        )

    def seen(self, number: int, points: Sequence[tuple[float, float]]) -> Box | None:
        """The box around points in the page's own measure; `None` where none of it is seen."""
        left, top, right, bottom = _around(self._seen(x, y) for x, y in points)
        left, top, right, bottom = max(left, 0.0), max(top, 0.0), min(right, 1.0), min(bottom, 1.0)
        return Box(number, left, top, right, bottom) if left < right and top < bottom else None

    def _own(self, u: float, v: float) -> tuple[float, float]:
        left, bottom, right, top = self.span
        across, up = {0: (u, 1 - v), 90: (v, u), 180: (1 - u, v), 270: (1 - v, 1 - u)}[self.turn]
        return left + across * (right - left), bottom + up * (top - bottom)

    def _seen(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self.span
        across, up = (x - left) / (right - left), (y - bottom) / (top - bottom)
        return {0: (across, 1 - up), 90: (up, across), 180: (1 - across, up),
                270: (1 - up, 1 - across)}[self.turn]  # fmt: skip


def sheet_of(page: Any) -> Sheet:
    """What is seen of a page.

    Raises:
        ValueError: It has no size.
    """
    crop, media = (_straight(box) for box in (page.cropbox, page.mediabox))
    span = (max(crop[0], media[0]), max(crop[1], media[1]), min(crop[2], media[2]),
            min(crop[3], media[3]))  # fmt: skip
    if span[2] - span[0] < 1 or span[3] - span[1] < 1:
        message = "a page without a size"
        raise ValueError(message)
    return Sheet(span, int(page.rotation) % 360 // 90 * 90)


def hidden_parts(page: Any, boxes: Sequence[Box]) -> dict[str, list[Span]]:
    """What boxes hide of the pictures of a page: each picture's mark and parts of its square."""
    sheet = sheet_of(page)
    spans = [sheet.own(box) for box in boxes]
    found: dict[str, list[Span]] = {}
    for drawn in pictures_of(page):
        back = _inverse(drawn.matrix)
        if back is None:
            continue
        for span in spans:
            part = _common(_around(_moved(back, *corner) for corner in _corners(span)), _WHOLE)
            if part is not None:
                found.setdefault(drawn.mark, []).append(part)
    return found


def carried(page: Any, number: int, hidden: dict[str, list[Span]]) -> tuple[Box, ...]:
    """The boxes that hide on this page what was hidden of the same pictures on another."""
    if not hidden:
        return ()
    sheet = sheet_of(page)
    boxes = [
        sheet.seen(number, [_moved(drawn.matrix, *corner) for corner in _corners(part)])
        for drawn in pictures_of(page)
        for part in hidden.get(drawn.mark, ())
    ]
    return tuple(box for box in boxes if box is not None)


def mark_of(stream: Any) -> str:
    """A picture's mark: the hash of its bytes as they lie in the file."""
    return hashlib.sha256(bytes(stream.read_raw_bytes())).hexdigest()


def pictures_of(page: Any) -> Iterator[Drawn]:
    """The pictures that a page draws, those inside its drawings too.

    Raises:
        Unredactable: It draws more than anybody could see.
    """
    for count, drawn in enumerate(_drawn(page.obj, page.resources, UPRIGHT, 0)):
        if count > _MOST_DRAWN:
            raise too_large()
        yield drawn


def _drawn(stream: Any, resources: Any, matrix: Matrix, depth: int) -> Iterator[Drawn]:
    import pikepdf

    named = resources.get("/XObject", {}) if resources is not None else {}
    if not len(named) or depth > _DEEPEST:
        return
    kept: list[Matrix] = []
    for instruction in pikepdf.parse_content_stream(stream, "q Q cm Do"):
        match str(instruction.operator):
            case "q":
                kept.append(matrix)
            case "Q" if kept:
                matrix = kept.pop()
            case "cm":
                matrix = _product(_matrix(instruction.operands), matrix)
            case "Do" if str(instruction.operands[0]) in named:
                used = named[str(instruction.operands[0])]
                yield from _used(used, resources, matrix, depth)


def _used(used: Any, resources: Any, matrix: Matrix, depth: int) -> Iterator[Drawn]:
    """One drawing or picture that is used."""
    if used.get("/Subtype") == "/Image":
        yield Drawn(mark_of(used), matrix)
    elif used.get("/Subtype") == "/Form":
        inner = _product(_matrix(used.get("/Matrix", UPRIGHT)), matrix)
        yield from _drawn(used, used.get("/Resources", resources), inner, depth + 1)


def _matrix(numbers: Any) -> Matrix:
    a, b, c, d, e, f = (float(each) for each in numbers)
    return a, b, c, d, e, f


def _product(first: Matrix, second: Matrix) -> Matrix:
    """The two one after the other."""
    a, b, c, d, e, f = first
    x, y = _moved(second, e, f)
    return (a * second[0] + b * second[2], a * second[1] + b * second[3],
            c * second[0] + d * second[2], c * second[1] + d * second[3], x, y)  # fmt: skip


def _inverse(matrix: Matrix) -> Matrix | None:
    """The way back; `None` where everything fell onto a line."""
    a, b, c, d, e, f = matrix
    size = a * d - b * c
    if not size:
        return None
    return (d / size, -b / size, -c / size, a / size, (c * f - d * e) / size,
            (b * e - a * f) / size)  # fmt: skip


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _corners(span: Span) -> tuple[tuple[float, float], ...]:
    left, bottom, right, top = span
    return (left, bottom), (left, top), (right, bottom), (right, top)


def _around(points: Iterator[tuple[float, float]]) -> Span:
    across, up = zip(*points, strict=True)
    return min(across), min(up), max(across), max(up)


def _common(one: Span, other: Span) -> Span | None:
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    right, top = min(one[2], other[2]), min(one[3], other[3])
    return (left, bottom, right, top) if left < right and bottom < top else None


def _straight(box: Any) -> Span:
    left, bottom, right, top = (float(side) for side in box)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)

"""Pictures where they stand in a PDF: how large each is printed, and with how many points.

Pages are walked as they are drawn: matrices, and drawings inside drawings. A stranger's PDF may be
long or turn in circles; the walk is bounded, and what lies beyond is not seen.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

Matrix: TypeAlias = tuple[float, float, float, float, float, float]

_UPRIGHT: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEEPEST: Final = 6
_MOST_BYTES: Final = 8 << 20
"""Bytes of one drawing that are read; pictures stand in short ones."""

_MOST_DRAWN: Final = 5_000
"""Drawings that are looked into for one file."""


@dataclasses.dataclass(slots=True)
class Placed:
    """One picture of a PDF and the largest size it is printed in.

    Attributes:
        stream: The picture itself, a pikepdf stream.
        page: The first page it is printed on, from 1.
        width: Points of the picture across.
        inches: How wide and high it is printed, at the largest.
    """

    stream: Any
    page: int
    width: int
    height: int
    inches: tuple[float, float]

    @property
    def dpi(self) -> float:
        """Points to the inch as printed, of the denser side."""
        across, down = self.inches
        return max(self.width / max(across, 1e-6), self.height / max(down, 1e-6))


@dataclasses.dataclass(slots=True)
class _Walk:
    """What is known so far, and how much looking is left."""

    found: dict[tuple[int, int], Placed]
    left: int = _MOST_DRAWN
    page: int = 0


def placed_pictures(document: Any) -> list[Placed]:
    """The pictures printed in an open pikepdf document, in the order they are met."""
    walk = _Walk({})
    for number, page in enumerate(document.pages, 1):
        unit = float(page.obj.get("/UserUnit", 1))
        start = (unit, 0.0, 0.0, unit, 0.0, 0.0)
        walk.page = number
        _look(walk, page, page.obj.get("/Resources") or _inherited(page), start)
    return list(walk.found.values())


def _inherited(page: Any) -> Any:
    try:
        return page.resources
    except (AttributeError, KeyError):
        return {}


def _look(walk: _Walk, drawing: Any, resources: Any, matrix: Matrix, deep: int = 0) -> None:
    """Notes the pictures of one drawing, and looks into the drawings it shows."""
    things = resources.get("/XObject", {}) if resources is not None else {}
    if not len(things) or walk.left <= 0 or deep > _DEEPEST:
        return
    walk.left -= 1
    for name, here in _shown(drawing, matrix):
        thing = things.get(name)
        if thing is None:
            continue
        kind = thing.get("/Subtype")
        if kind == "/Image":
            _note(walk, thing, here)
        elif kind == "/Form":
            inner = _matrix(thing.get("/Matrix"))
            own = thing.get("/Resources", resources)
            _look(walk, thing, own, _times(inner, here), deep + 1)


def _note(walk: _Walk, image: Any, matrix: Matrix) -> None:
    width, height = int(image.get("/Width", 0)), int(image.get("/Height", 0))
    inches = (math.hypot(matrix[0], matrix[1]) / 72, math.hypot(matrix[2], matrix[3]) / 72)
    if width < 1 or height < 1 or min(inches) <= 0:
        return
    known = walk.found.get(image.objgen)
    if known is None:
        walk.found[image.objgen] = Placed(image, walk.page, width, height, inches)
    elif inches[0] * inches[1] > known.inches[0] * known.inches[1]:
        known.inches = inches


def _shown(drawing: Any, start: Matrix) -> Iterator[tuple[str, Matrix]]:
    """Names of what a drawing shows, each with the matrix in force there."""
    import pikepdf

    if _length(drawing) > _MOST_BYTES:
        return
    matrix = start
    kept: list[Matrix] = []
    for step in pikepdf.parse_content_stream(drawing, "q Q cm Do"):
        operands: Any = step.operands
        match str(step.operator):
            case "q":
                kept.append(matrix)
            case "Q" if kept:
                matrix = kept.pop()
            case "cm" if len(operands) == len(_UPRIGHT):
                matrix = _times(_matrix(operands), matrix)
            case "Do" if operands:
                yield str(operands[0]), matrix


def _length(drawing: Any) -> int:
    """Bytes of a drawing as stored; of a page those of all its contents."""
    import pikepdf

    if isinstance(drawing, pikepdf.Page):
        contents: Any = drawing.obj.get("/Contents", pikepdf.Array())
        parts = contents if isinstance(contents, pikepdf.Array) else [contents]
        return sum(
            int(part.get("/Length", 0)) for part in parts if isinstance(part, pikepdf.Stream)
        )
    return int(drawing.get("/Length", 0))


def _matrix(numbers: Any) -> Matrix:
    if numbers is None or len(numbers) != len(_UPRIGHT):
        return _UPRIGHT
    a, b, c, d, e, f = (float(number) for number in numbers)
    return a, b, c, d, e, f


def _times(first: Matrix, then: Matrix) -> Matrix:
    """What it is to do `first` and `then` the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
            e * g + f * i + k, e * h + f * j + m)  # fmt: skip

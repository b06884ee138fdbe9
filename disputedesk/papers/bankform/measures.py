"""Lengths: what is kept in tenths of a millimetre is drawn in points."""

from __future__ import annotations

from typing import Final

TENTH: Final = 72 / 254
"""Points of a tenth of a millimetre."""


def points(tenths: tuple[int, int, int, int]) -> tuple[float, float, float, float]:
    """A box in points, from the page's top left as before."""
    left, top, width, height = tenths
    return left * TENTH, top * TENTH, width * TENTH, height * TENTH

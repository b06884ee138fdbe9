"""A reference as a QR code: black squares, drawn by us, so that a scanner finds the case.

What stands in it is the reference and nothing else; no name, no address, no sum.
"""

from __future__ import annotations

import itertools
from typing import Any, Final

from reportlab.graphics.barcode import qrencoder
from reportlab.pdfgen.canvas import Canvas

from disputedesk.papers.pdf.text import INK

_QUIET: Final = 4
"""Squares left white on every side (ISO/IEC 18004)."""


def draw_code(canvas: Canvas, text: str, at: tuple[float, float], side: float) -> None:
    """Draws `text` as a QR code.

    Args:
        canvas: The page.
        text: What a scanner reads.
        at: The lower left corner of code and white border, in points.
        side: How wide it is with its border, in points.
    """
    code: Any = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    count = code.getModuleCount()
    step = side / (count + 2 * _QUIET)
    left, bottom = at
    canvas.setFillColor(INK)
    for row in range(count):
        y = bottom + side - (row + _QUIET + 1) * step
        place = 0
        for dark, run in itertools.groupby(code.isDark(row, column) for column in range(count)):
            length = len(list(run))
            if dark:
                x = left + (place + _QUIET) * step
                canvas.rect(x, y, length * step, step, stroke=0, fill=1)
            place += length

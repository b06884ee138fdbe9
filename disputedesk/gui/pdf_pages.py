"""Pages of a PDF as pictures, drawn in reader jobs within bounds; what is broken is told in words.

The functions here run off the GUI thread and give `QImage`s, which may cross threads.
"""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QImage

from disputedesk.common.texts import tr
from disputedesk.media import pdfium

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_MOST_PAGES: Final = 2_000
_MOST_POINTS: Final = 24_000_000
_LARGEST_SCALE: Final = 8.0
_LONGEST: Final = 12.0
"""How many times as long as wide a page is shown at most."""


class UnreadablePages(ValueError):
    """Bytes that are no PDF we can show; the message says so."""


@dataclasses.dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF, in memory or as a file, and the sizes of its pages in points.

    Attributes:
        pages: How many it has; `sizes` holds no more than are shown.
    """

    data: bytes | Path
    sizes: tuple[tuple[float, float], ...]
    pages: int


def measure(data: bytes | Path) -> Pdf:
    """`data` with the sizes of its pages.

    Raises:
        UnreadablePages: It is no PDF, or a broken one.
    """
    import pypdfium2

    with pdfium.LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise UnreadablePages(tr("This file cannot be shown as pages.")) from error
        try:
            count = len(document)
            sizes = [document.get_page_size(at) for at in range(min(count, _MOST_PAGES))]
        finally:
            document.close()
    return Pdf(data, tuple(_shown(*size) for size in sizes), count)


def _shown(wide: float, high: float) -> tuple[float, float]:
    wide, high = max(1.0, wide), max(1.0, high)
    return wide, min(high, wide * _LONGEST)


def page_image(data: bytes | Path, at: int, width: int) -> QImage:
    """Page `at` of a PDF, `width` pixels wide.

    Raises:
        UnreadablePages: The page cannot be drawn.
    """
    import pypdfium2

    with pdfium.LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
            try:
                page = document[at]
                bitmap = page.render(
                    scale=_scale(page.get_size(), width), rev_byteorder=True, prefer_bgrx=True
                )
                image = QImage(
                    bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride,
                    QImage.Format.Format_RGBX8888,
                ).copy()  # fmt: skip
                bitmap.close()
                page.close()
            finally:
                document.close()
        except pypdfium2.PdfiumError as error:
            raise UnreadablePages(tr("This page cannot be shown.")) from error
    return image


def _scale(size: tuple[float, float], width: int) -> float:
    """How many pixels a point takes, so that no page outgrows memory."""
    wide, high = (max(1.0, side) for side in size)
    return min(width / wide, _LARGEST_SCALE, math.sqrt(_MOST_POINTS / (wide * high)))


def read_page(desk: Desk, data: bytes | Path, at: int, width: int) -> tuple[int, int, QImage]:
    """A job that draws one page: its number, its width, its picture."""
    return at, width, page_image(data, at, width)

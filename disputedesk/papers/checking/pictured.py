"""Words in the pictures of a bundle, read by the user's own `tesseract`; without it none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disputedesk.media import tesseract
from disputedesk.media.pdfium import LOCK
from disputedesk.papers.checking.seen import SeenPage

if TYPE_CHECKING:
    from PIL import Image

_DPI: Final = 200
_MOST_DOTS: Final = 16_000_000
_MOST_PAGES: Final = 150
_LARGE: Final = 0.04


def read_pictures(path: Path, pages: Sequence[SeenPage]) -> tuple[tuple[int, str], ...] | None:
    """Page and words of each page with a picture; `None` where nothing here can read them."""
    known = tesseract.languages()
    if not known:
        return None
    wanted = [page for page in pages if any(
        each.box.area > _LARGE * page.width * page.height for each in page.pictures)]  # fmt: skip
    return tuple(
        (page.number, tesseract.told(_drawn(path, page), (), speaking=known) or "")
        for page in wanted[:_MOST_PAGES]
    )


def _drawn(path: Path, page: SeenPage) -> Image.Image:
    """A page in grey, large enough to be read."""
    import pypdfium2

    scale = min(_DPI / 72, (_MOST_DOTS / (page.width * page.height)) ** 0.5)
    with LOCK, pypdfium2.PdfDocument(path) as document:
        bitmap = document[page.number - 1].render(scale=scale, grayscale=True)
        image: Image.Image = bitmap.to_pil().convert("L")
    return image

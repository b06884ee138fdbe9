"""PDF pages as they are seen: drawn as pictures, and their letters with the places they stand at.

Whoever calls holds `pdfium.LOCK` wherever a page is given.
"""

from __future__ import annotations

import contextlib
import ctypes
import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from disputedesk.common.texts import tr
from disputedesk.media import pdf_bounds
from disputedesk.media.pdfium import LOCK
from disputedesk.media.redaction_boxes import Box, Unredactable

if TYPE_CHECKING:
    from PIL import Image

DPI: Final = 200
_POINTS_PER_INCH: Final = 72
_MOST_POINTS: Final = 24_000_000
_PLACES: Final = 1_000_000
"""Steps a page is divided into when PDFium says where something is seen."""

MOST_LETTERS: Final = 200_000
"""Letters read of one page; a page with more is drawn for nobody to read."""


@dataclasses.dataclass(frozen=True, slots=True)
class Letter:
    """One character of a page and where it is seen; a made-up space stands nowhere."""

    text: str
    box: Box | None


@contextlib.contextmanager
def opened_pdf(path: Path) -> Iterator[Any]:
    """The PDF, open in pikepdf.

    Raises:
        Unredactable: It is locked, damaged or too large, or has no pages.
    """
    try:
        with pdf_bounds.opened_pdf(path) as source:
            yield source
    except pdf_bounds.LockedPdfError as error:
        raise Unredactable(
            tr("This PDF is locked with a password. Save it without one, and add that file.")
        ) from error
    except pdf_bounds.UnfitPdfError as error:
        raise Unredactable(str(error)) from error


def too_large() -> Unredactable:
    """What to raise over a file beyond the bounds."""
    return Unredactable(tr("This PDF is too large to be opened here."))


def _damaged() -> Unredactable:
    return Unredactable(tr("This PDF is damaged."))


@contextlib.contextmanager
def pdfium_of(source: Path | bytes) -> Iterator[Any]:
    """The PDF, open in PDFium, its lock held as long as the block.

    Raises:
        Unredactable: PDFium cannot read it.
    """
    import pypdfium2

    with LOCK, pdf_bounds.told_of_damage(_damaged):
        document = pypdfium2.PdfDocument(source)
        try:
            if document.get_formtype():
                document.init_forms()
            yield document
        finally:
            document.close()


def count_pdf_pages(path: Path) -> int:
    """How many pages a PDF has.

    Raises:
        Unredactable: It is locked, damaged or too large.
    """
    with opened_pdf(path) as source:
        return len(source.pages)


def page_picture(source: Path | bytes, number: int, side: int) -> Image.Image:
    """A page as it is seen, its longer side about `side` points.

    Raises:
        Unredactable: It cannot be drawn.
    """
    with pdfium_of(source) as document:
        page = document[number - 1]
        return drawn(page, side / max(1.0, *page.get_size()))


def drawn(page: Any, scale: float = DPI / _POINTS_PER_INCH) -> Image.Image:
    """The page with its comments and form fields, upright, `scale` points for each of its own.

    Raises:
        Unredactable: It has no size.
    """
    width, height = page.get_size()
    if width < 1 or height < 1:
        raise Unredactable(tr("This PDF has a page without a size."))
    most = (_MOST_POINTS / (width * height)) ** 0.5
    bitmap = page.render(scale=min(scale, most), rev_byteorder=True)
    seen: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return seen


def letters_of(page: Any, number: int) -> tuple[Letter, ...]:
    """The page's characters in reading order.

    Raises:
        Unredactable: It has more of them than anybody could read.
    """
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    try:
        count = text.count_chars()
        if count > MOST_LETTERS:
            raise too_large()
        return tuple(
            Letter(_sign(pdfium.FPDFText_GetUnicode(text, at)), _place(page, text, at, number))
            for at in range(count)
        )
    finally:
        text.close()


def text_of(page: Any) -> str:
    """The page's words."""
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()


def _sign(code: int) -> str:
    """A character; what is none becomes the sign for that."""
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _place(page: Any, text: Any, at: int, number: int) -> Box | None:
    """Where a character is seen, in parts of the page; `None` for one that stands nowhere."""
    import pypdfium2.raw as pdfium

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not pdfium.FPDFText_GetCharBox(text, at, left, right, bottom, top):
        return None
    first = _seen(page, left.value, top.value)
    second = _seen(page, right.value, bottom.value)
    if first == second:
        return None
    across, down = sorted((first[0], second[0])), sorted((first[1], second[1]))
    return Box(number, across[0], down[0], across[1], down[1])


def _seen(page: Any, x: float, y: float) -> tuple[float, float]:
    """A place in the page's own measure as parts of the page as it is seen."""
    import pypdfium2.raw as pdfium

    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, _PLACES, _PLACES, 0, x, y, across, down)
    return across.value / _PLACES, down.value / _PLACES


def joined(letters: Sequence[Letter], number: int) -> tuple[Box, ...]:
    """The boxes around letters, one for each line they stand on, a little larger than they."""
    lines: list[Box] = []
    for letter in letters:
        if letter.box is None:
            continue
        one = letter.box
        last = lines[-1] if lines else None
        if last is not None and _same_line(last, one):
            lines[-1] = Box(
                number, min(last.left, one.left), min(last.top, one.top),
                max(last.right, one.right), max(last.bottom, one.bottom),
            )  # fmt: skip
        else:
            lines.append(one)
    return tuple(_widened(line, number) for line in lines)


def _same_line(line: Box, one: Box) -> bool:
    """Whether a letter stands beside others, upright or turned, not far from them."""
    room = 2 * max(one.bottom - one.top, one.right - one.left, 0.01)
    beside = min(line.bottom, one.bottom) > max(line.top, one.top)
    under = min(line.right, one.right) > max(line.left, one.left)
    if beside:
        return one.left - line.right < room and line.left - one.right < room
    return under and one.top - line.bottom < room and line.top - one.bottom < room


def _widened(line: Box, number: int) -> Box:
    more = 0.25 * min(line.bottom - line.top, line.right - line.left) + 0.001
    return Box(number, max(0.0, line.left - more), max(0.0, line.top - more),
               min(1.0, line.right + more), min(1.0, line.bottom + more))  # fmt: skip

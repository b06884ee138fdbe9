"""The words of a page with their places, and whether each leaves a trace when it is printed."""

from __future__ import annotations

import ctypes
import dataclasses
import math
from collections.abc import Iterator, Sequence
from typing import Any, Final

from disputedesk.papers.checking.drawing import Matrix, corners, placed, times
from disputedesk.papers.checking.seen import Box, Piece

_DOTS: Final = 110 / 72
"""Dots of the looked-at picture of a page to a point."""

_MOST_DOTS: Final = 4_000_000
_MOST_CHARACTERS: Final = 60_000
_SAME_LINE: Final = 0.6
_GAP: Final = 1.3
"""A wider gap, in sizes of the letters, begins another column."""

_TOGETHER: Final = 4
"""So many letters are looked at at once."""

_NO_TRACE: Final = 14
"""Less difference in grey than that is no letter."""

_DARK: Final = 110
_SLANT: Final = 0.05


@dataclasses.dataclass(frozen=True, slots=True)
class _Letter:
    sign: str
    box: Box
    baseline: float


def pieces_of(page: Any, turn: Matrix) -> tuple[tuple[Piece, ...], bool]:
    """The runs of text on a PDFium page, and whether there were too many to look at all.

    Args:
        page: PDFium's page.
        turn: What brings the page's own lengths to the page as it is shown.
    """
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    try:
        count = text.count_chars()
        letters = _letters(pdfium, text.raw, min(count, _MOST_CHARACTERS), turn)
        runs = list(_runs(pdfium, text.raw, letters, turn))
    finally:
        text.close()
    picture = _printed(page) if runs else None
    height = page.get_height()
    return tuple(_piece(run, picture, height) for run in runs), count > _MOST_CHARACTERS


def _letters(pdfium: Any, raw: Any, count: int, turn: Matrix) -> Iterator[tuple[int, _Letter]]:
    """Each sign that has a place."""
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    for at in range(count):
        code = pdfium.FPDFText_GetUnicode(raw, at)
        if code in {0, 10, 13, 0xFFFE}:
            continue
        if not pdfium.FPDFText_GetCharBox(raw, at, left, right, bottom, top):
            continue
        pdfium.FPDFText_GetCharOrigin(raw, at, x, y)
        lost = pdfium.FPDFText_HasUnicodeMapError(raw, at) == 1 or 0xD800 <= code < 0xE000
        sign = "\ufffd" if lost or code > 0x10FFFF else chr(code)
        sides = (left.value, bottom.value, right.value, top.value)
        origin = placed(turn, [(x.value, y.value)])
        yield at, _Letter(sign, placed(turn, corners(sides)), origin.bottom)


@dataclasses.dataclass(slots=True)
class _Run:
    size: float
    upright: bool
    letters: list[_Letter]


def _runs(
    pdfium: Any, raw: Any, letters: Iterator[tuple[int, _Letter]], turn: Matrix
) -> Iterator[_Run]:
    """Letters that stand on one line without a wide gap."""
    run: _Run | None = None
    for at, letter in letters:
        if letter.sign.isspace():
            if run is not None:
                run.letters.append(letter)
            continue
        if run is None or not _continues(run, letter):
            if run is not None:
                yield run
            run = _Run(*_size(pdfium, raw, at, turn), [])
        run.letters.append(letter)
    if run is not None:
        yield run


def _continues(run: _Run, letter: _Letter) -> bool:
    last = next((each for each in reversed(run.letters) if not each.sign.isspace()), None)
    if last is None or abs(last.baseline - letter.baseline) > _SAME_LINE:
        return False
    return -run.size <= letter.box.left - last.box.right <= run.size * _GAP


def _size(pdfium: Any, raw: Any, at: int, turn: Matrix) -> tuple[float, bool]:
    """The size a letter is printed in, and whether it reads from left to right."""
    matrix = pdfium.FS_MATRIX()
    size = float(pdfium.FPDFText_GetFontSize(raw, at))
    if not pdfium.FPDFText_GetMatrix(raw, at, matrix):
        return size, True
    own = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
    a, b, c, d, _, _ = times(own, turn)
    return size * math.hypot(c, d), a > 0 and abs(b) < _SLANT * a


def _printed(page: Any) -> Any:
    """The page in grey as a black-and-white printer would have it."""
    width, height = page.get_size()
    scale = min(_DOTS, math.sqrt(_MOST_DOTS / max(width * height, 1)))
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    picture = bitmap.to_pil().convert("L")
    bitmap.close()
    return picture


def _piece(run: _Run, picture: Any, height: float) -> Piece:
    letters = run.letters
    while letters and letters[-1].sign.isspace():
        letters = letters[:-1]
    seen = [letter for letter in letters if not letter.sign.isspace()]
    text = "".join(letter.sign for letter in letters).replace("\u0002", "-")
    hidden, dark, contrast = _traces(seen, picture, height)
    return Piece(text, _around(seen), seen[0].baseline, run.size, run.upright, hidden, dark,
                 contrast)  # fmt: skip


def _around(letters: Sequence[_Letter]) -> Box:
    boxes = [letter.box for letter in letters]
    return Box(
        min(box.left for box in boxes), min(box.bottom for box in boxes),
        max(box.right for box in boxes), max(box.top for box in boxes),
    )  # fmt: skip


def _traces(letters: Sequence[_Letter], picture: Any, height: float) -> tuple[int, bool, int]:
    """How many letters cannot be seen, whether it is dark there, and the weakest contrast."""
    if picture is None:
        return 0, False, 255
    dots = picture.height / height
    hidden, dark, weakest = 0, False, 255
    for start in range(0, len(letters), _TOGETHER):
        some = letters[start : start + _TOGETHER]
        place = _dots_of(_around(some), dots, picture)
        if place is None:
            continue
        low, high = picture.crop(place).getextrema()
        if high - low < _NO_TRACE:
            hidden += len(some)
            dark = dark or high < _DARK
        else:
            weakest = min(weakest, high - low)
    return hidden, dark, weakest


def _dots_of(box: Box, dots: float, picture: Any) -> tuple[int, int, int, int] | None:
    """The rectangle in the picture; `None` for one outside of it or too small to see."""
    left, right = max(0, int(box.left * dots)), min(picture.width, math.ceil(box.right * dots))
    top = max(0, int(picture.height - box.top * dots))
    bottom = min(picture.height, math.ceil(picture.height - box.bottom * dots))
    if right - left < 2 or bottom - top < 2:
        return None
    return left, top, right, bottom

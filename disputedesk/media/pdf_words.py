"""The words of a PDF: what stands on its pages, and what it says beside them.

PDFium is held for one page at a time, so that a long document keeps nobody waiting. Fields, notes,
names of enclosed files and the document's own data are read too: they go where the file goes.
"""

from __future__ import annotations

import ctypes
import io
import zlib
from collections.abc import Iterator
from typing import Any, Final

from disputedesk.common.secrets import find_secrets
from disputedesk.media.pdf_limits import MOST_BYTES, TooLargeError, refuse_bombs
from disputedesk.media.pdfium import LOCK
from disputedesk.media.places import Allowance, Box, Place, TooMuchError
from disputedesk.media.words import decoded

_MOST_PAGES: Final = 3_000
_MOST_STRINGS: Final = 100_000
_MOST_ENCLOSED: Final = 4 << 20
_GRID: Final = 100_000
_DEEPEST: Final = 20
_DATES: Final = frozenset({"/CreationDate", "/ModDate", "/M", "/ID", "/Lang", "/DA", "/Cert"})


class NotReadableError(Exception):
    """A file that is damaged or locked."""


def read_pdf(data: bytes, allowance: Allowance) -> tuple[tuple[Place, ...], int, bool]:
    """The places of a PDF that say anything, its pages, and whether some page has only pictures.

    Raises:
        NotReadableError: It is damaged, or locked with a password.
        TooMuchError: It is larger than an honest file is, or takes too long.
    """
    places = [allowance.take(place) for place in _beside(data, allowance)]
    words, count, wordless = _on_pages(data, allowance)
    return (*words, *places), count, wordless


def _on_pages(data: bytes, allowance: Allowance) -> tuple[list[Place], int, bool]:
    import pypdfium2

    places: list[Place] = []
    wordless = False
    try:
        with LOCK:
            document = pypdfium2.PdfDocument(data)
        try:
            count = len(document)
            for number in range(1, count + 1):
                allowance.check()
                with LOCK:
                    text, boxes, drawn = _page(document, number - 1)
                if text.strip():
                    place = Place(f"page {number}", text, number, boxes=boxes)
                    places.append(allowance.take(place))
                else:
                    wordless = wordless or drawn
        finally:
            with LOCK:
                document.close()
    except pypdfium2.PdfiumError as error:
        raise NotReadableError from error
    return places, count, wordless


def _page(document: Any, index: int) -> tuple[str, tuple[tuple[int, int, Box], ...], bool]:
    """A page's text, where its signs stand if it holds anything to hide, and if it is drawn on."""
    page = document[index]
    words = page.get_textpage()
    try:
        text = words.get_text_range()
        boxes: tuple[tuple[int, int, Box], ...] = ()
        if find_secrets(text, ibans=True):
            text, boxes = _with_boxes(page, words)
        drawn = not text.strip() and next(page.get_objects(max_depth=2), None) is not None
    finally:
        words.close()
        page.close()
    return text, boxes, drawn


def _with_boxes(page: Any, words: Any) -> tuple[str, tuple[tuple[int, int, Box], ...]]:
    """The page's text sign by sign, each digit's and letter's box with it.

    Each costs calls of PDFium, so this is done only for pages on which something was found.
    """
    from pypdfium2 import raw

    signs: list[str] = []
    boxes: list[tuple[int, int, Box]] = []
    for index in range(words.count_chars()):
        code = raw.FPDFText_GetUnicode(words, index)
        sign = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
        signs.append(sign)
        if sign.isalnum():
            boxes.append((index, index + 1, _shown_box(page, words.get_charbox(index, loose=True))))
    return "".join(signs), tuple(boxes)


def _shown_box(page: Any, corners: tuple[float, float, float, float]) -> Box:
    """A box of the page's own coordinates as parts of the page as it is shown."""
    left, bottom, right, top = corners
    xs, ys = zip(_shown(page, left, bottom), _shown(page, right, top), strict=True)
    return (max(0.0, min(xs)), max(0.0, min(ys)), min(1.0, max(xs)), min(1.0, max(ys)))


def _shown(page: Any, x: float, y: float) -> tuple[float, float]:
    from pypdfium2 import raw

    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(
        page, 0, 0, _GRID, _GRID, 0, x, y, ctypes.byref(across), ctypes.byref(down)
    )
    return across.value / _GRID, down.value / _GRID


def _beside(data: bytes, allowance: Allowance) -> Iterator[Place]:
    """What the file says outside its pages' drawings."""
    import pikepdf

    if len(data) > MOST_BYTES:
        raise TooMuchError
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as source:
            refuse_bombs(source, most_pages=_MOST_PAGES)
            yield from _own_data(source)
            yield from _notes(source, allowance)
            yield from _enclosed(source)
    except TooLargeError as error:
        raise TooMuchError from error
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, KeyError, IndexError,
            AttributeError, RuntimeError, OverflowError, zlib.error) as error:  # fmt: skip
        raise NotReadableError from error


def _own_data(source: Any) -> Iterator[Place]:
    """Title, author and the like, by name; and what stands in the document's catalogue."""
    for key, value in source.docinfo.items():
        if str(key) not in _DATES:
            yield Place(f"metadata {str(key)[1:40]}", str(value), searched=str(key) == "/Title")
    packet = source.Root.get("/Metadata")
    if packet is not None:
        yield Place("metadata XMP", _stream_text(packet), searched=False)


def _stream_text(stream: Any) -> str:
    return decoded(bytes(stream.read_bytes())[:_MOST_ENCLOSED])


def _notes(source: Any, allowance: Allowance) -> Iterator[Place]:
    """Fields and notes of each page, then every other text of the file."""
    import pikepdf

    seen: set[tuple[int, int]] = set()
    left = [_MOST_STRINGS]
    for number, page in enumerate(source.pages, 1):
        allowance.check()
        notes = page.obj.get("/Annots")
        if isinstance(notes, pikepdf.Array):
            texts = list(_strings(notes, seen, left, 0))
            if texts:
                yield Place(f"page {number}", "\n".join(texts), number)
    rest: list[str] = []
    for each in source.objects:
        allowance.check()
        rest += _strings(each, seen, left, 0)
    if rest:
        yield Place("metadata", "\n".join(rest), searched=False)


def _strings(value: Any, seen: set[tuple[int, int]], left: list[int], depth: int) -> Iterator[str]:
    """The texts inside an object, those of objects seen before left out."""
    import pikepdf

    if depth > _DEEPEST or left[0] <= 0:
        return
    if isinstance(value, pikepdf.Object) and value.is_indirect:
        if value.objgen in seen:
            return
        seen.add(value.objgen)
    if isinstance(value, pikepdf.String):
        left[0] -= 1
        yield str(value)
    elif isinstance(value, pikepdf.Array):
        for each in value.as_list():
            yield from _strings(each, seen, left, depth + 1)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key, each in value.items():
            if key not in _DATES | {"/Parent", "/P", "/Popup", "/IRT", "/Prev", "/Next", "/Font"}:
                yield from _strings(each, seen, left, depth + 1)


def _enclosed(source: Any) -> Iterator[Place]:
    """Names and texts of files that lie inside the PDF."""
    for number, (name, spec) in enumerate(source.attachments.items(), 1):
        yield Place(f"attachment {number}", name)
        data = spec.get_file().read_bytes()[:_MOST_ENCLOSED]
        if b"\0" not in data[:4096]:
            yield Place(f"attachment {number}: text", decoded(data))

"""The words of pictures and scans, read by the user's own `tesseract` where it is installed.

It is given a clean grey picture and runs at low priority. Without it pictures keep no words.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from disputedesk.common.work import CancelToken
from disputedesk.media import tesseract
from disputedesk.media.metadata import FORMATS
from disputedesk.media.pdfium import LOCK
from disputedesk.media.places import Box, FileWords, Place
from disputedesk.model.evidence import ReadState

if TYPE_CHECKING:
    from PIL import Image

_MOST_PICTURES: Final = 40
_MOST_POINTS: Final = 50_000_000
_LONGEST_SIDE: Final = 3_600
_SMALL_SIDE: Final = 1_000
_DOTS: Final = 200 / 72
_SURE: Final = 20.0
_WORDS: Final = ("--psm", "3", "tsv")
_NUMBERS: Final = ("--psm", "11", "tsv")
"""Read once more for numbers, at half the size and without guessing columns: what comes out as a
word at one size is seen at the other (of 76 drawn cards 72 were read once, all 76 in the two)."""

_MOST_WORDS: Final = 50_000
_LEVEL_OF_WORDS: Final = "5"


def can_read_pictures() -> bool:
    """Whether pictures can be read on this machine."""
    return bool(tesseract.languages())


def read_pictures(path: Path, media_type: str, *, cancel: CancelToken | None = None) -> FileWords:
    """The words of a picture, or of those pages of a PDF that hold only pictures.

    Args:
        path: The file; it is only read.
        media_type: What it is, by content.
        cancel: Asked ten times a second; stops the reading.

    Raises:
        Cancelled: `cancel` was set.
    """
    places: list[Place] = []
    state = ReadState.READ
    try:
        for number, image in _pictures(path, media_type):
            if cancel is not None:
                cancel.check()
            name = f"page {number}" if media_type == "application/pdf" else "picture"
            if _is_blank(image):
                places.append(Place(name, "", number))
                continue
            with image:
                table = _told(image, _WORDS, cancel)
                numbers = _told(_other_size(image), _NUMBERS, cancel)
            if table is None:
                state = ReadState.WITHOUT_WORDS
                continue
            places.append(_place(name, number, table))
            if numbers is not None:
                again = _place(name, number, numbers)
                places.append(dataclasses.replace(again, searched=False))
    except _damage():
        state = ReadState.UNREADABLE if not places else state
    return FileWords(state, "ocr", tuple(places))


def _damage() -> tuple[type[Exception], ...]:
    """What opening a damaged picture or PDF raises."""
    import pypdfium2
    from PIL import Image

    return (OSError, ValueError, SyntaxError, EOFError, OverflowError, TypeError, KeyError,
            IndexError, ZeroDivisionError, Image.DecompressionBombError,
            Image.DecompressionBombWarning, pypdfium2.PdfiumError)  # fmt: skip


def _pictures(path: Path, media_type: str) -> Iterator[tuple[int, Image.Image]]:
    """Grey pictures of a size that can be read, numbered from 1."""
    if media_type == "application/pdf":
        yield from _scanned_pages(path)
        return
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(path, formats=FORMATS) as image:
            for number in range(1, min(getattr(image, "n_frames", 1), _MOST_PICTURES) + 1):
                if number > 1:
                    image.seek(number - 1)
                if image.width * image.height > _MOST_POINTS:
                    raise ValueError(number)
                image.draft("L", (_LONGEST_SIDE, _LONGEST_SIDE))
                yield number, _fitted(ImageOps.exif_transpose(image))


def _fitted(image: Image.Image) -> Image.Image:
    """The picture in grey on white, no larger than can be read in good time, nor too small."""
    from PIL import Image

    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        over = image.convert("RGBA")
        ground = Image.new("RGBA", over.size, "white")
        image = Image.alpha_composite(ground, over)
    grey = image.convert("L")
    longest = max(grey.size)
    if longest > _LONGEST_SIDE:
        grey.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    elif longest < _SMALL_SIDE:
        grey = grey.resize((grey.width * 2, grey.height * 2))
    return grey


def _is_blank(image: Image.Image) -> bool:
    """Whether a grey picture is of one shade, so that nothing can be written on it."""
    low, high = image.getextrema()
    return low == high


def _other_size(image: Image.Image) -> Image.Image:
    """The picture as it is read for numbers."""
    return image.resize((max(1, image.width // 2), max(1, image.height // 2)))


def _scanned_pages(path: Path) -> Iterator[tuple[int, Image.Image]]:
    """The pages of a PDF that have no text of their own, drawn."""
    import pypdfium2

    with LOCK:
        document = pypdfium2.PdfDocument(path)
    drawn = 0
    try:
        for index in range(len(document)):
            with LOCK:
                image = _drawn(document, index)
            if image is not None:
                drawn += 1
                yield index + 1, image
            if drawn >= _MOST_PICTURES:
                return
    finally:
        with LOCK:
            document.close()


def _drawn(document: Any, index: int) -> Image.Image | None:
    page = document[index]
    words = page.get_textpage()
    try:
        if words.get_text_range().strip() or next(page.get_objects(max_depth=2), None) is None:
            return None
        scale = min(_DOTS, _LONGEST_SIDE / max(1.0, *page.get_size()))
        picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
        return picture
    finally:
        words.close()
        page.close()


def _told(image: Image.Image, how: Sequence[str], cancel: CancelToken | None) -> str | None:
    """What the program says of a picture; `None` where it fails or takes too long.

    Args:
        image: The picture.
        how: What to read in it: `_WORDS` or `_NUMBERS`.
        cancel: Asked ten times a second.

    Raises:
        Cancelled: `cancel` was set.
    """
    return tesseract.told(image, how, speaking=tesseract.languages(), gently=True, cancel=cancel)


def _place(name: str, number: int, table: str) -> Place:
    """The words of one picture, a line for each line of it, with their boxes."""
    pieces: list[str] = []
    boxes: list[tuple[int, int, Box]] = []
    size = (1.0, 1.0)
    length = 0
    line = ""
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in rows:
        left, top, width, height = (_number(row.get(key)) for key in _SIDES)
        if row.get("level") == "1":
            size = (max(width, 1.0), max(height, 1.0))
        word = (row.get("text") or "").strip()
        if row.get("level") != _LEVEL_OF_WORDS or not word or _number(row.get("conf")) < _SURE:
            continue
        here = " ".join(str(row.get(key)) for key in ("block_num", "par_num", "line_num"))
        pieces.append(" " if here == line else "\n")
        line = here
        length += 1
        box = (left / size[0], top / size[1], (left + width) / size[0], (top + height) / size[1])
        boxes.append((length, length + len(word), box))
        pieces.append(word)
        length += len(word)
        if len(boxes) >= _MOST_WORDS:
            break
    return Place(name, "".join(pieces), number, boxes=tuple(boxes))


_SIDES: Final = ("left", "top", "width", "height")


def _number(text: str | None) -> float:
    try:
        return float(text or "0")
    except ValueError:
        return 0.0

"""PDFs with parts removed: pages with a box become pictures, the others keep what they draw.

The copy is a new file. A page with a box is drawn as a viewer shows it, painted, and put in as one
picture of the same size, with the words outside the boxes for the search. What a box hides is
followed to the other pages: the same picture drawn elsewhere, the same number written elsewhere.
"""

from __future__ import annotations

import dataclasses
import io
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from disputedesk.common.texts import tr, trn
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.media.redaction import Redacted
from disputedesk.media.redaction_boxes import Box, checked_boxes
from disputedesk.media.redaction_kept import bare_page, without_extras
from disputedesk.media.redaction_layer import add_words
from disputedesk.media.redaction_pages import (
    Letter,
    drawn,
    letters_of,
    opened_pdf,
    pdfium_of,
    text_of,
)
from disputedesk.media.redaction_shared import carried, hidden_parts
from disputedesk.media.redaction_words import numbers_in, phrases_in, same_numbers, words_under

if TYPE_CHECKING:
    from PIL import Image

_CLEAR: Final = 0.005
"""Part of a page that painting may reach beyond a box, and a bad scan's words may be off."""


_PACKING: Final = 3
_SMALL: Final = 8
"""Lossless is small enough at one byte for so many points."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Found:
    """What the boxes mean for the whole file.

    Attributes:
        boxes: Those asked for and those that follow.
        redrawn: Pages that become pictures.
        removed: Words under the boxes.
        gone: Marks of the pictures hidden in part.
        elsewhere: Pages on which words from under a box stand too, uncovered.
    """

    boxes: tuple[Box, ...]
    redrawn: frozenset[int]
    removed: tuple[str, ...]
    gone: frozenset[str]
    elsewhere: tuple[int, ...]


def redact_pdf(
    path: Path,
    boxes: Sequence[Box],
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Redacted:
    """The PDF's copy without what is under the boxes.

    Raises:
        Unredactable: It is locked, damaged or too large, or a box is on a page that is not there.
    """
    import pikepdf

    token = cancel or CancelToken()
    with opened_pdf(path) as source:
        pages = len(source.pages)
        wanted = checked_boxes(boxes, pages)
        found = _follow(path, source, wanted, token)
        _flatten(source)
        copy = pikepdf.new()
        for number in range(1, pages + 1):
            token.check()
            if number in found.redrawn:
                here = [box for box in found.boxes if box.page == number]
                _put_picture(copy, path, number, here, source.pages[number - 1])
            else:
                copy.pages.append(bare_page(source.pages[number - 1]))
            progress(tr("Covering pages"), number, pages)
        without_extras(copy)
        out = io.BytesIO()
        copy.save(out, deterministic_id=True)
    return Redacted(
        out.getvalue(), "application/pdf", pages, found.boxes, found.redrawn, found.removed,
        found.gone, _notes(wanted, found),
    )  # fmt: skip


def _flatten(source: Any) -> None:
    """Draws comments and filled-in fields onto their pages, as they are seen."""
    if "/AcroForm" in source.Root:
        source.generate_appearance_streams()
    source.flatten_annotations("screen")


def _follow(path: Path, source: Any, wanted: Sequence[Box], token: CancelToken) -> _Found:
    """What the boxes asked for mean for the other pages."""
    asked = {box.page for box in wanted}
    hidden: dict[str, list[tuple[float, float, float, float]]] = {}
    for number in sorted(asked):
        here = [box for box in wanted if box.page == number]
        for mark, parts in hidden_parts(source.pages[number - 1], here).items():
            hidden.setdefault(mark, []).extend(parts)
    boxes = list(wanted)
    for number, page in enumerate(source.pages, 1):
        token.check()
        if hidden:
            boxes += carried(page, number, hidden)
    removed = _words_under(path, boxes)
    also, pages, elsewhere = _elsewhere(path, removed, boxes, token)
    boxes += also
    redrawn = pages | {box.page for box in boxes}
    if _has_hidden_layers(source):
        redrawn |= set(range(1, len(source.pages) + 1))
    return _Found(_each_once(boxes), frozenset(redrawn), removed, frozenset(hidden), elsewhere)


def _words_under(path: Path, boxes: Sequence[Box]) -> tuple[str, ...]:
    """The words under all boxes."""
    words: list[str] = []
    with pdfium_of(path) as document:
        for number in sorted({box.page for box in boxes}):
            here = [box for box in boxes if box.page == number]
            words += words_under(letters_of(document[number - 1], number), here)
    return tuple(dict.fromkeys(words))


def _elsewhere(
    path: Path, removed: Sequence[str], boxes: Sequence[Box], token: CancelToken
) -> tuple[list[Box], set[int], tuple[int, ...]]:
    """Where the same stands: boxes for numbers, their pages, and pages with the same words."""
    numbers = numbers_in(removed)
    phrases = [each.casefold() for each in phrases_in(removed) if not numbers_in([each])]
    also: list[Box] = []
    pages: set[int] = set()
    told: list[int] = []
    if not numbers and not phrases:
        return also, pages, ()
    covered = {box.page for box in boxes}
    with pdfium_of(path) as document:
        for number in range(1, len(document) + 1):
            token.check()
            page = document[number - 1]
            stands, here = same_numbers(page, number, numbers) if numbers else (False, ())
            also += here
            if stands:
                pages.add(number)
            plain = text_of(page).casefold()
            if number not in covered and any(each in plain for each in phrases):
                told.append(number)
            page.close()
    return also, pages, tuple(told)


def _has_hidden_layers(source: Any) -> bool:
    """Whether parts are switched off, which would come to light without the switch."""
    layers = source.Root.get("/OCProperties", {}).get("/D", {})
    return bool(len(layers.get("/OFF", []))) or str(layers.get("/BaseState", "/ON")) != "/ON"


def _each_once(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Boxes by page; those inside another are left out."""
    once = list(dict.fromkeys(boxes))
    kept = [
        box
        for box in once
        if not any(other is not box and _holds(other, box) for other in once)
    ]  # fmt: skip
    return tuple(sorted(kept, key=lambda box: (box.page, box.top, box.left)))


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.page == inner.page
        and outer.left <= inner.left
        and outer.top <= inner.top
        and outer.right >= inner.right
        and outer.bottom >= inner.bottom
    )


def _put_picture(copy: Any, path: Path, number: int, boxes: Sequence[Box], old: Any) -> None:
    """Adds the page as a picture of itself with the boxes painted."""
    from disputedesk.media.redaction_pictures import GRID, painted

    with pdfium_of(path) as document:
        page = document[number - 1]
        width, height = page.get_size()
        image = painted(drawn(page), boxes, GRID)
        letters = letters_of(page, number)
    sheet = copy.add_blank_page(page_size=(width, height))
    unit = old.obj.get("/UserUnit", None)
    if unit is not None:
        sheet.obj["/UserUnit"] = unit
    _put_image(copy, sheet, image, (width, height))
    add_words(copy, sheet, _outside(letters, boxes), (width, height))


def _outside(letters: Sequence[Letter], boxes: Sequence[Box]) -> list[Letter]:
    """The letters that stand clear of every box; in place of the others is a gap."""
    return [each if _is_clear(each, boxes) else Letter(" ", None) for each in letters]


def _is_clear(letter: Letter, boxes: Sequence[Box]) -> bool:
    """Whether a letter keeps a distance of a part of its height from every box."""
    one = letter.box
    if one is None:
        return True
    more = max(_CLEAR, (one.bottom - one.top) / 4)
    wide = Box(one.page, one.left - more, one.top - more, one.right + more, one.bottom + more)
    return not any(box.meets(wide) for box in boxes)


def _put_image(copy: Any, sheet: Any, image: Image.Image, size: tuple[float, float]) -> None:
    """Draws the picture over the whole sheet."""
    import pikepdf

    data, entries = _coded(image)
    stream = pikepdf.Stream(copy, data)
    for key, value in {
        "/Type": pikepdf.Name("/XObject"), "/Subtype": pikepdf.Name("/Image"),
        "/Width": image.width, "/Height": image.height, "/BitsPerComponent": 8, **entries,
    }.items():  # fmt: skip
        stream[key] = value
    sheet.resources["/XObject"] = pikepdf.Dictionary({"/Page": stream})
    drawing = f"q {size[0]:.4f} 0 0 {size[1]:.4f} 0 0 cm /Page Do Q\n"
    sheet.obj["/Contents"] = copy.make_stream(drawing.encode())


def _coded(image: Image.Image) -> tuple[bytes, Mapping[str, Any]]:
    """The picture's bytes: lossless where that is small, as pages of text are; else as JPEG."""
    import pikepdf

    from disputedesk.media.redaction_pictures import jpeg

    shown = image if _has_colours(image) else image.convert("L")
    space = {"/ColorSpace": pikepdf.Name("/DeviceGray" if shown.mode == "L" else "/DeviceRGB")}
    data, way = zlib.compress(shown.tobytes(), _PACKING), "/FlateDecode"
    if len(data) > image.width * image.height // _SMALL:
        photo = jpeg(shown)
        data, way = (photo, "/DCTDecode") if len(photo) < len(data) else (data, way)
    return data, {**space, "/Filter": pikepdf.Name(way)}


def _has_colours(image: Image.Image) -> bool:
    """Whether it is more than light and dark."""
    from PIL import ImageChops

    red, green, blue = image.split()
    lights = [ImageChops.difference(red, other).getextrema()[1] for other in (green, blue)]
    return any(isinstance(most, tuple) or most > 0 for most in lights)


def _notes(wanted: Sequence[Box], found: _Found) -> tuple[str, ...]:
    """What the user should know of the copy."""
    notes = []
    asked = {box.page for box in wanted}
    more = sorted({box.page for box in found.boxes} - asked)
    if more:
        notes.append(
            tr("The same stands on page {pages} too, and is covered there as well.",
               pages=", ".join(map(str, more)))
        )  # fmt: skip
    if found.elsewhere:
        notes.append(
            tr("Words from under a box also stand on page {pages}, where nothing is covered.",
               pages=", ".join(map(str, found.elsewhere)))
        )  # fmt: skip
    notes.append(
        trn("{count} page became a picture of itself.", "{count} pages became pictures of "
            "themselves.", len(found.redrawn))
    )  # fmt: skip
    return tuple(notes)

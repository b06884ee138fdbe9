"""Other people's PDFs as pages of a bundle: seen as they were, on our sheet, with nothing live.

Each page becomes a drawing on a sheet of the bundle's size, upright, above a free strip for the
page number. Only what is drawn is taken over: scripts, actions, links, attachments, outlines, form
fields and metadata stay behind with the old document; what fields and comments show is drawn.
"""

from __future__ import annotations

import contextlib
import dataclasses
import tempfile
from collections.abc import Sequence
from typing import Any, Final

from reportlab.lib.units import mm

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.media.pdf_bounds import (
    TooLargeError,
    refuse_bombs,
    refuse_large,
    shown_box,
    told_of_damage,
)
from disputedesk.media.scanning import scan
from disputedesk.papers.bundle import BundleExhibit
from disputedesk.papers.paper import Paper
from disputedesk.papers.pdf.archival import not_archival
from disputedesk.papers.pdf.overlay import lay_over
from disputedesk.papers.pdf.pictures import Unprintable

FREE: Final = 14.0
"""Millimetres at the foot of every sheet that belong to the page number."""

_DEEPEST: Final = 4
"""Drawings inside drawings that are looked into for fonts."""

_EXTRAS: Final = (
    "/Ref", "/OPI", "/PieceInfo", "/Metadata", "/AF", "/StructParent", "/StructParents",
    "/LastModified", "/F", "/FFilter", "/FDecodeParms", "/Alternates",
)  # fmt: skip
"""What a drawing may carry along or fetch from elsewhere."""


@dataclasses.dataclass(frozen=True, slots=True)
class ForeignPage:
    """Where a page of a foreign PDF is drawn.

    Attributes:
        page: The page; its document must stay open until it was drawn and saved.
        size: The sheet it is drawn on, in points.
        box: The room on that sheet.
    """

    page: Any
    size: tuple[float, float]
    box: tuple[float, float, float, float]


@dataclasses.dataclass(frozen=True, slots=True)
class ForeignPdf:
    """A foreign PDF that was found fit to be drawn; whoever opened it closes `source`.

    Attributes:
        not_archival: Why what is drawn of it is no PDF/A, in sentences.
        wordless: How many of its pages use no font: scans and drawings, without text to search.
    """

    source: Any
    pages: tuple[ForeignPage, ...]
    not_archival: tuple[str, ...] = ()
    wordless: int = 0


def open_foreign(item: BundleExhibit, paper: Paper) -> ForeignPdf:
    """The exhibit's pages, each with its place on a sheet of `paper`.

    Raises:
        Unprintable: It is locked, damaged or too large.
        Refused: A full card number can be read in it; names exhibit and page.
    """
    import pikepdf

    try:
        refuse_large(item.shown)
        with told_of_damage(_damaged), contextlib.ExitStack() as room:
            source = room.enter_context(pikepdf.open(item.shown, suppress_warnings=True))
            refuse_bombs(source)
            _refuse_hidden(source)
            _refuse_secrets(item)
            source.flatten_annotations("screen")
            pages = tuple(_placed(page, paper) for page in source.pages)
            against = _tried(pages)
            wordless = sum(not _uses_fonts(page.resources, 0) for page in source.pages)
            room.pop_all()
            return ForeignPdf(source, pages, against, wordless)
    except pikepdf.PasswordError as error:
        raise Unprintable(tr("This PDF is locked with a password.")) from error
    except TooLargeError as error:
        raise Unprintable(str(error)) from error


def _damaged() -> Unprintable:
    return Unprintable(tr("This PDF is damaged."))


def _tried(pages: Sequence[ForeignPage]) -> tuple[str, ...]:
    """Draws the pages once where damage can still be told; gives why they are no PDF/A."""
    import pikepdf

    with pikepdf.new() as trial:
        for number, page in enumerate(pages):
            sheet = trial.add_blank_page(page_size=page.size)
            lay_over(sheet, page.page, page.box, f"/DeskPage{number}")
        strip_extras(trial)
        with tempfile.TemporaryFile() as out:
            trial.save(out)
            out.seek(0)
            with pikepdf.open(out) as drawn:
                return not_archival(drawn)


def _uses_fonts(resources: Any, deep: int) -> bool:
    """Whether a page, or a drawing in it, may write something."""
    if resources is None or deep > _DEEPEST:
        return False
    if len(resources.get("/Font", {})):
        return True
    drawings = resources.get("/XObject", {}).values()
    return any(_uses_fonts(each.get("/Resources"), deep + 1) for each in drawings)


def strip_extras(document: Any) -> None:
    """Takes from every drawing what it carries along or fetches from elsewhere."""
    import pikepdf

    for found in document.objects:
        if isinstance(found, pikepdf.Stream):
            for name in _EXTRAS:
                if name in found:
                    del found[name]


def _refuse_hidden(source: Any) -> None:
    """Does nothing for a file without hidden layers; on a new sheet they would come to light.

    Raises:
        Unprintable: It has some.
    """
    layers = source.Root.get("/OCProperties", {}).get("/D", {})
    if len(layers.get("/OFF", [])) or str(layers.get("/BaseState", "/ON")) != "/ON":
        raise Unprintable(tr("This PDF has hidden layers; print it into a new PDF first."))


def _refuse_secrets(item: BundleExhibit) -> None:
    """Does nothing when no card number, code or track can be seen in the file, or it was cleared.

    Raises:
        Refused: One can; names exhibit and page, never the number.
    """
    if item.cleared:
        return
    for found in scan(item.shown, "application/pdf").dangerous:
        if found.page:
            raise Refused(
                tr("A full card number or code can be read on page {page}.", page=found.page),
                tr("exhibit {number}", number=item.exhibit.number),
                tr("Black it out in a copy of the file, and put the copy in its place."),
            )


def _placed(page: Any, paper: Paper) -> ForeignPage:
    """`page` on a sheet: upright, at most in its own size, at the top, in the middle."""
    import pikepdf

    left, bottom, right, top = shown_box(page)
    page.TrimBox = pikepdf.Array([left, bottom, right, top])
    unit = float(page.obj.get("/UserUnit", 1))
    width, height = (right - left) * unit, (top - bottom) * unit
    if int(page.rotation) % 180:
        width, height = height, width
    side, other = (each * mm for each in paper.size_mm)
    sheet_width, sheet_height = (other, side) if width > height else (side, other)
    scale = min(1.0, sheet_width / width, (sheet_height - FREE * mm) / height)
    shown_width, shown_height = width * scale, height * scale
    x = (sheet_width - shown_width) / 2
    y = sheet_height - shown_height
    return ForeignPage(page, (sheet_width, sheet_height), (x, y, x + shown_width, y + shown_height))

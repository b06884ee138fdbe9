"""Letter, index and exhibits as one PDF: numbered from 1 on the first sheet, linked, bookmarked."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from disputedesk.common.cleaning import clean_line
from disputedesk.common.errors import DeskError, Refused
from disputedesk.common.secrets import mask_text
from disputedesk.common.texts import tr, using
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.papers.bundle import BundleMade, BundleOrder
from disputedesk.papers.letter import Letter
from disputedesk.papers.paper import Paper, paper_for
from disputedesk.papers.pdf import fonts
from disputedesk.papers.pdf.exhibits import MARGIN, caption_of, exhibit_pdf
from disputedesk.papers.pdf.index import Index, Piece, make_index, spans
from disputedesk.papers.pdf.letter import render_letter
from disputedesk.papers.pdf.overlay import lay_over
from disputedesk.papers.pdf.printable import printable
from disputedesk.papers.pdf.rendered import ExhibitPages
from disputedesk.papers.pdf.text import INK, draw_line

_ROUNDS: Final = 4
"""The letter names pages, so its length may move them; it settles within so many renderings."""

_STAMP_Y: Final = 9.5
"""Millimetres from the foot to the page number: inside what printers print, under all content."""

_STAMP_SIZE: Final = 8.5


def write_bundle(
    order: BundleOrder,
    target: Path,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> BundleMade:
    """Writes the bundle to `target`; the same order gives the same bytes.

    Args:
        order: What it is made of.
        target: A file in a folder of our own; replaced if it is there.
        progress: Told after every exhibit.
        cancel: Asked between exhibits.

    Raises:
        Refused: There is nothing to bundle, or an exhibit shows a full card number.
        DeskError: The file cannot be written.
    """
    order = dataclasses.replace(order, title=_line(order.title), reference=_line(order.reference))
    with using(order.language):
        letter = order.letter_with(())
        if not order.exhibits and letter is None:
            raise Refused(
                tr("There is nothing to bundle."), "", tr("Add exhibits, or begin with a letter.")
            )
        paper = _paper(order, letter)
        token = cancel or CancelToken()
        pieces = _pieces(order, paper, progress, token)
        front, index = _settled(order, paper, pieces, token)
        return _write(order, target, front, index, pieces)


def _line(text: str) -> str:
    """`text` as one harmless line that can be printed."""
    return mask_text(printable(clean_line(text)))


def _pieces(
    order: BundleOrder, paper: Paper, progress: Progress, cancel: CancelToken
) -> list[Piece]:
    pieces = []
    for number, item in enumerate(order.exhibits, 1):
        cancel.check()
        pieces.append(Piece(item, exhibit_pdf(order, item, paper)))
        progress(tr("Setting exhibits"), number, len(order.exhibits))
    return pieces


def _paper(order: BundleOrder, letter: Letter | None) -> Paper:
    if order.paper is not None:
        return order.paper
    return paper_for(letter.recipient_country if letter is not None else "")


def _settled(
    order: BundleOrder, paper: Paper, pieces: Sequence[Piece], cancel: CancelToken
) -> tuple[bytes, Index]:
    """Letter and index that name the pages on which the exhibits really stand.

    A letter that grows when it names later pages and shrinks when it names earlier ones would
    never settle; it is printed without pages then, which the index has in any case.
    """
    before = 0
    for _ in range(_ROUNDS):
        cancel.check()
        index = make_index(order, pieces, paper, before + 1)
        places = spans(pieces, before + index.pages + 1)
        data, pages = _letter(order, paper, [(first, last - first + 1) for first, last in places])
        if pages == before:
            return data, index
        before = pages
    data, pages = _letter(order, paper, ())
    return data, make_index(order, pieces, paper, pages + 1)


def _letter(
    order: BundleOrder, paper: Paper, places: Sequence[tuple[int, int]]
) -> tuple[bytes, int]:
    """The letter for where the exhibits stand, and how many pages it has; nothing without one."""
    letter = order.letter_with(places)
    if letter is None:
        return b"", 0
    rendered = render_letter(letter, paper=paper, stamp=order.stamp, numbered=False)
    return rendered.data, rendered.pages


def _write(
    order: BundleOrder, target: Path, front: bytes, index: Index, pieces: Sequence[Piece]
) -> BundleMade:
    import pikepdf

    bundle = pikepdf.new()
    letter_pages = _append(bundle, front) if front else 0
    _append(bundle, index.data)
    places = spans(pieces, letter_pages + index.pages + 1)
    for piece in pieces:
        _append(bundle, piece.data)
    _stamp(order, bundle, _labels(order, len(bundle.pages), pieces, places))
    _link(bundle, index, letter_pages, places)
    _bookmark(bundle, letter_pages, pieces, places)
    _describe(order, bundle)
    try:
        bundle.save(target, deterministic_id=True, compress_streams=True)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise DeskError(
            tr("The bundle could not be written: {why}.", why=error.strerror or error),
            str(target),
            tr("Make room on the disk and try again."),
        ) from error
    numbers = [piece.item.exhibit.number for piece in pieces]
    exhibits = tuple(
        ExhibitPages(number, first, last)
        for number, (first, last) in zip(numbers, places, strict=True)
    )
    return BundleMade(len(bundle.pages), letter_pages, letter_pages + 1, exhibits)


def _append(bundle: Any, data: bytes) -> int:
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as part:
        bundle.pages.extend(part.pages)
        return len(part.pages)


def _labels(
    order: BundleOrder, total: int, pieces: Sequence[Piece], places: Sequence[tuple[int, int]]
) -> list[str]:
    """What is printed at the foot of each page: exhibit, reference, number."""
    owner = {
        page: piece.item.exhibit.number
        for piece, (first, last) in zip(pieces, places, strict=True)
        for page in range(first, last + 1)
    }
    labels = []
    for page in range(1, total + 1):
        told = {"reference": order.reference, "page": page, "pages": total}
        labels.append(
            tr("Exhibit {number} · {reference} · page {page} of {pages}",
               number=owner[page], **told)
            if page in owner
            else tr("{reference} · page {page} of {pages}", **told)
        )  # fmt: skip
    return labels


def _stamp(order: BundleOrder, bundle: Any, labels: Sequence[str]) -> None:
    """Reference and number on every page, in the same corner, on the strip that is kept free."""
    import pikepdf

    out = io.BytesIO()
    font: Any = fonts.REGULAR  # reportlab's types want a number here
    canvas = Canvas(out, invariant=1, initialFontName=font, lang=order.language)
    for page, label in zip(bundle.pages, labels, strict=True):
        width, height = (float(side) for side in page.mediabox[2:])
        canvas.setPageSize((width, height))
        draw_line(
            canvas, label, width - MARGIN * mm, _STAMP_Y * mm, _STAMP_SIZE,
            bold=True, right=True, place="stamp",
        )  # fmt: skip
        canvas.setFillColor(INK)
        canvas.showPage()
    canvas.save()
    with pikepdf.open(io.BytesIO(out.getvalue())) as stamps:
        for number, (page, stamp) in enumerate(zip(bundle.pages, stamps.pages, strict=True), 1):
            whole = (0.0, 0.0, float(page.mediabox[2]), float(page.mediabox[3]))
            lay_over(page, stamp, whole, f"/DeskStamp{number}")


def _link(bundle: Any, index: Index, letter_pages: int, places: Sequence[tuple[int, int]]) -> None:
    """A link over each line of the index to the page it names."""
    import pikepdf

    for (page_number, box), (first, _) in zip(index.rows, places, strict=True):
        page = bundle.pages[letter_pages + page_number - 1]
        annotation = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=[round(side, 2) for side in box],
            Border=[0, 0, 0],
            Dest=_top_of(bundle, first),
        )
        if "/Annots" not in page:
            page.Annots = pikepdf.Array()
        page.Annots.append(bundle.make_indirect(annotation))


def _top_of(bundle: Any, page: int) -> Any:
    """The head of a page, in the size the reader has chosen."""
    import pikepdf

    sheet = bundle.pages[page - 1]
    return pikepdf.Array([sheet.obj, pikepdf.Name.XYZ, 0, float(sheet.mediabox[3]), 0])


def _bookmark(
    bundle: Any,
    letter_pages: int,
    pieces: Sequence[Piece],
    places: Sequence[tuple[int, int]],
) -> None:
    """An outline with the page number in every line."""
    import pikepdf

    entries = [(tr("Letter, page {page}", page=1), 1)] if letter_pages else []
    entries.append((tr("Index, page {page}", page=letter_pages + 1), letter_pages + 1))
    for piece, (first, _) in zip(pieces, places, strict=True):
        title = tr("Exhibit {number}: {caption}, page {page}", page=first,
                   number=piece.item.exhibit.number, caption=caption_of(piece.item))  # fmt: skip
        entries.append((title, first))
    with bundle.open_outline() as outline:
        outline.root.extend(
            pikepdf.OutlineItem(title, _top_of(bundle, page)) for title, page in entries
        )


def _describe(order: BundleOrder, bundle: Any) -> None:
    """Title, language and dates; no author, no path, no program of the machine."""
    import pikepdf

    bundle.Root.Lang = order.language
    bundle.Root.PageMode = pikepdf.Name.UseOutlines
    bundle.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    made = f"D:{order.stamp.astimezone(dt.UTC):%Y%m%d%H%M%S}Z"
    bundle.docinfo["/Title"] = order.title
    bundle.docinfo["/Producer"] = "DisputeDesk"
    bundle.docinfo["/CreationDate"] = made
    bundle.docinfo["/ModDate"] = made
    at = f"{order.stamp.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
    with bundle.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
        told["dc:title"] = order.title
        told["dc:language"] = {order.language}
        told["xmp:CreateDate"] = at
        told["xmp:ModifyDate"] = at
        told["pdf:Producer"] = "DisputeDesk"

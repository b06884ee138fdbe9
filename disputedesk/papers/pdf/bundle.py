"""Letter, index and exhibits as one PDF: numbered from 1 on the first sheet, linked, bookmarked."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from disputedesk.common.errors import DeskError, Refused
from disputedesk.common.texts import tr, using
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.papers.bundle import BundleMade, BundleOrder
from disputedesk.papers.cleaning import clean_line
from disputedesk.papers.letter import Letter
from disputedesk.papers.paper import Paper, paper_for
from disputedesk.papers.pdf import fonts
from disputedesk.papers.pdf.exhibits import MARGIN, exhibit_pdf
from disputedesk.papers.pdf.index import Index, Piece, make_index, spans
from disputedesk.papers.pdf.letter import render_letter
from disputedesk.papers.pdf.rendered import ExhibitPages
from disputedesk.papers.pdf.text import INK, draw_line

_ROUNDS: Final = 5
"""The letter names pages, so its length may move them; it settles within so many renderings."""
_STAMP_Y: Final = 5.2
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
    with using(order.language):
        pieces = _pieces(order, progress, cancel)
        front, index = _settled(order, pieces)
        return _write(order, target, front, index, pieces)


def _pieces(order: BundleOrder, progress: Progress, cancel: CancelToken | None) -> list[Piece]:
    if not order.exhibits and order.letter_with(()) is None:
        raise Refused(
            tr("There is nothing to bundle."), "", tr("Add exhibits, or begin with a letter.")
        )
    paper = _paper(order, order.letter_with(()))
    pieces = []
    for number, item in enumerate(order.exhibits, 1):
        if cancel is not None:
            cancel.check()
        pieces.append(Piece(item, exhibit_pdf(order, item, paper)))
        progress(tr("Setting exhibits"), number, len(order.exhibits))
    return pieces


def _paper(order: BundleOrder, letter: Letter | None) -> Paper:
    if order.paper is not None:
        return order.paper
    return paper_for(letter.recipient_country if letter is not None else "")


def _settled(order: BundleOrder, pieces: Sequence[Piece]) -> tuple[bytes, Index]:
    """Letter and index that name the pages on which the exhibits really stand."""
    before = 1
    data = b""
    index = make_index(order, pieces, _paper(order, None), before)
    for _ in range(_ROUNDS):
        places = spans(pieces, before + index.pages)
        letter = order.letter_with([(first, last - first + 1) for first, last in places])
        paper = _paper(order, letter)
        pages = 0
        if letter is not None:
            rendered = render_letter(letter, paper=paper, stamp=order.stamp)
            data, pages = rendered.data, rendered.pages
        settled = pages + 1 == before
        index = make_index(order, pieces, paper, pages + 1)
        if settled:
            break
        before = pages + 1
    return data, index


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
    _stamp(order, bundle)
    _link(bundle, index, letter_pages, places)
    _bookmark(bundle, letter_pages, pieces, places)
    _describe(order, bundle)
    try:
        bundle.save(target, deterministic_id=True, compress_streams=True)
    except OSError as error:
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


def _stamp(order: BundleOrder, bundle: Any) -> None:
    """Reference and number on every page, in the same corner, over nothing."""
    import pikepdf

    total = len(bundle.pages)
    out = io.BytesIO()
    font: Any = fonts.REGULAR  # reportlab's types want a number here
    canvas = Canvas(out, invariant=1, initialFontName=font)
    for number, page in enumerate(bundle.pages, 1):
        box = [float(side) for side in page.trimbox]
        canvas.setPageSize((box[2] - box[0], box[3] - box[1]))
        text = tr("{reference} · page {page} of {pages}", reference=order.reference,
                  page=number, pages=total)  # fmt: skip
        draw_line(
            canvas, text, box[2] - box[0] - MARGIN * mm, _STAMP_Y * mm, _STAMP_SIZE,
            bold=True, right=True, place="stamp",
        )  # fmt: skip
        canvas.setFillColor(INK)
        canvas.showPage()
    canvas.save()
    with pikepdf.open(io.BytesIO(out.getvalue())) as stamps:
        for page, stamp in zip(bundle.pages, stamps.pages, strict=True):
            page.add_overlay(stamp)


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
            Dest=[bundle.pages[first - 1].obj, pikepdf.Name.Fit],
        )
        if "/Annots" not in page:
            page.Annots = pikepdf.Array()
        page.Annots.append(bundle.make_indirect(annotation))


def _bookmark(
    bundle: Any,
    letter_pages: int,
    pieces: Sequence[Piece],
    places: Sequence[tuple[int, int]],
) -> None:
    """An outline with the page number in every line."""
    import pikepdf

    with bundle.open_outline() as outline:
        if letter_pages:
            outline.root.append(pikepdf.OutlineItem(tr("Letter, page {page}", page=1), 0))
        outline.root.append(
            pikepdf.OutlineItem(tr("Index, page {page}", page=letter_pages + 1), letter_pages)
        )
        for piece, (first, _) in zip(pieces, places, strict=True):
            exhibit = piece.item.exhibit
            title = tr("Exhibit {number}: {caption}, page {page}", number=exhibit.number,
                       caption=clean_line(exhibit.caption or exhibit.evidence.name),
                       page=first)  # fmt: skip
            outline.root.append(pikepdf.OutlineItem(title, first - 1))


def _describe(order: BundleOrder, bundle: Any) -> None:
    """Title, language and dates; no author, no path, no program of the machine."""
    import pikepdf

    bundle.Root.Lang = order.language
    bundle.Root.PageMode = pikepdf.Name.UseOutlines
    bundle.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    made = f"D:{order.stamp:%Y%m%d%H%M%S}Z"
    bundle.docinfo["/Title"] = order.title
    bundle.docinfo["/Producer"] = "DisputeDesk"
    bundle.docinfo["/CreationDate"] = made
    bundle.docinfo["/ModDate"] = made

"""Letter, index and exhibits as one PDF: numbered from 1 on the first sheet, linked, bookmarked."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer

from disputedesk.common.errors import DeskError, Refused
from disputedesk.common.hashing import sha256_of_record
from disputedesk.common.texts import tr, trn, using
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.papers.bundle import BundleExhibit, BundleMade, BundleOrder
from disputedesk.papers.cleaning import clean_line
from disputedesk.papers.letter import Letter
from disputedesk.papers.paper import Paper, paper_for
from disputedesk.papers.pdf.canvas import numbered_canvas
from disputedesk.papers.pdf.exhibits import MARGIN, exhibit_pdf, printable
from disputedesk.papers.pdf.letter import render_letter
from disputedesk.papers.pdf.rendered import ExhibitPages
from disputedesk.papers.pdf.text import INK, RULE, TextStyle, draw_line, para, table

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
        letter, front, index = _settled(order, pieces)
        return _write(order, target, letter, front, index, pieces)


class _Piece:
    """One exhibit's own PDF and how many pages it has."""

    def __init__(self, item: BundleExhibit, data: bytes) -> None:
        import pikepdf

        self.item = item
        self.data = data
        with pikepdf.open(io.BytesIO(data)) as document:
            self.pages = len(document.pages)


def _pieces(order: BundleOrder, progress: Progress, cancel: CancelToken | None) -> list[_Piece]:
    if not order.exhibits and order.letter_with(()) is None:
        raise Refused(
            tr("There is nothing to bundle."), "", tr("Add exhibits, or begin with a letter.")
        )
    paper = _paper(order, order.letter_with(()))
    pieces = []
    for number, item in enumerate(order.exhibits, 1):
        if cancel is not None:
            cancel.check()
        pieces.append(_Piece(item, exhibit_pdf(order, item, paper)))
        progress(tr("Setting exhibits"), number, len(order.exhibits))
    return pieces


def _paper(order: BundleOrder, letter: Letter | None) -> Paper:
    if order.paper is not None:
        return order.paper
    return paper_for(letter.recipient_country if letter is not None else "")


class _Index:
    """The index as PDF, and where on its pages each row stands."""

    def __init__(self, data: bytes, pages: int, rows: list[tuple[int, tuple[float, ...]]]) -> None:
        self.data = data
        self.pages = pages
        self.rows = rows


def _settled(order: BundleOrder, pieces: Sequence[_Piece]) -> tuple[Letter | None, bytes, _Index]:
    """Letter and index that name the pages on which the exhibits really stand."""
    before = 1
    letter: Letter | None = None
    data = b""
    index = _make_index(order, pieces, _paper(order, None), before)
    for _ in range(_ROUNDS):
        spans = _spans(pieces, before + index.pages)
        letter = order.letter_with([(first, last - first + 1) for first, last in spans])
        paper = _paper(order, letter)
        pages = 0
        if letter is not None:
            rendered = render_letter(letter, paper=paper, stamp=order.stamp)
            data, pages = rendered.data, rendered.pages
        settled = pages + 1 == before
        index = _make_index(order, pieces, paper, pages + 1)
        if settled:
            break
        before = pages + 1
    return letter, data, index


def _spans(pieces: Sequence[_Piece], first: int) -> list[tuple[int, int]]:
    spans = []
    for piece in pieces:
        spans.append((first, first + piece.pages - 1))
        first += piece.pages
    return spans


class _Row(Flowable):  # type: ignore[misc] # reportlab ships no types for its base
    """One line of the index; notes where it was drawn, so that a link can lie over it."""

    def __init__(self, inner: Flowable, noted: list[tuple[int, tuple[float, ...]]]) -> None:
        super().__init__()
        self._inner = inner
        self._noted = noted
        self._size = (0.0, 0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The inner line's size."""
        self._size = self._inner.wrap(width, height)
        return self._size

    def draw(self) -> None:
        """Draws the line and notes page and rectangle."""
        canvas: Any = self.canv
        x, y = canvas.absolutePosition(0, 0)
        width, height = self._size
        self._noted.append((canvas.getPageNumber(), (x, y, x + width, y + height)))
        self._inner.drawOn(canvas, 0, 0)


def _make_index(
    order: BundleOrder, pieces: Sequence[_Piece], paper: Paper, first_page: int
) -> _Index:
    """The index: title, what the bundle holds, one line per exhibit, and the manifest's hash."""
    noted: list[tuple[int, tuple[float, ...]]] = []
    pages: list[int] = []
    index_pages = 1
    out = io.BytesIO()
    for _ in range(_ROUNDS):
        noted.clear()
        pages.clear()
        out = io.BytesIO()
        spans = _spans(pieces, first_page + index_pages)
        _build_index(order, pieces, spans, paper, out, noted, pages)
        if len(pages) == index_pages:
            break
        index_pages = len(pages)
    return _Index(out.getvalue(), index_pages, list(noted))


def _build_index(
    order: BundleOrder,
    pieces: Sequence[_Piece],
    spans: Sequence[tuple[int, int]],
    paper: Paper,
    out: io.BytesIO,
    noted: list[tuple[int, tuple[float, ...]]],
    pages: list[int],
) -> None:
    width, height = (side * mm for side in paper.size_mm)
    room = width - 2 * MARGIN * mm
    flow: list[Flowable] = [
        para(tr("Index of exhibits"), TextStyle(size=15, leading=19, bold=True, after=4), place=""),
        para(printable(order.title), TextStyle(size=10, leading=13, after=2), place="title"),
        para(_counted(pieces), TextStyle(size=9, leading=12, faint=True, after=8), place=""),
    ]
    for piece, span in zip(pieces, spans, strict=True):
        flow.append(_Row(_index_row(piece, span, room), noted))
    flow.append(Spacer(0, 10))
    flow.append(para(_manifest(pieces), TextStyle(size=7.5, leading=10, faint=True), place=""))
    frame = Frame(
        MARGIN * mm, 18 * mm, room, height - 36 * mm,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    document = BaseDocTemplate(out, pagesize=(width, height))
    document.addPageTemplates([PageTemplate("index", [frame])])
    maker = numbered_canvas(
        title=order.title,
        language=order.language,
        stamp=order.stamp,
        draw=lambda _canvas, number, _count: pages.append(number),
    )
    document.build(flow, canvasmaker=maker)


def _counted(pieces: Sequence[_Piece]) -> str:
    exhibits = trn("{count} exhibit", "{count} exhibits", len(pieces))
    pages = trn("{count} page", "{count} pages", sum(piece.pages for piece in pieces))
    return tr("{exhibits} on {pages}; copies, the originals stay with the sender.",
              exhibits=exhibits, pages=pages)  # fmt: skip


def _index_row(piece: _Piece, span: tuple[int, int], room: float) -> Flowable:
    exhibit, evidence = piece.item.exhibit, piece.item.exhibit.evidence
    first, last = span
    where = str(first) if first == last else f"{first}–{last}"
    caption = printable(clean_line(exhibit.caption or evidence.name))
    when = "" if evidence.captured_at is None else f"{evidence.captured_at:%Y-%m-%d}"
    detail = " · ".join(part for part in (printable(clean_line(evidence.name)), when) if part)
    cells = [
        [
            para(str(exhibit.number), TextStyle(size=11, leading=14, bold=True), place=""),
            [
                para(caption, TextStyle(size=10, leading=13, after=1), place="caption"),
                para(detail, TextStyle(size=8, leading=10, faint=True, after=0), place="file"),
                para(
                    f"SHA-256 {evidence.sha256}",
                    TextStyle(size=6, leading=8, faint=True, after=0),
                    place="",
                ),
            ],
            para(where, TextStyle(size=10, leading=13, right=True), place=""),
        ]
    ]
    style: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ("LEFTPADDING", (0, 0), (0, 0), 0),
        ("RIGHTPADDING", (-1, 0), (-1, 0), 0),
    ]
    return table(cells, [14 * mm, room - 38 * mm, 24 * mm], style)


def manifest_hash(exhibits: Sequence[BundleExhibit]) -> str:
    """The hash over number and SHA-256 of every exhibit, in order."""
    fields: list[str] = []
    for item in exhibits:
        fields += [str(item.exhibit.number), item.exhibit.evidence.sha256]
    return sha256_of_record(fields)


def _manifest(pieces: Sequence[_Piece]) -> str:
    return tr("Hash of this list (numbers and SHA-256 values in order): {hash}",
              hash=manifest_hash([piece.item for piece in pieces]))  # fmt: skip


def _write(
    order: BundleOrder,
    target: Path,
    letter: Letter | None,
    front: bytes,
    index: _Index,
    pieces: Sequence[_Piece],
) -> BundleMade:
    import pikepdf

    bundle = pikepdf.new()
    letter_pages = 0
    if letter is not None:
        letter_pages = _append(bundle, front)
    _append(bundle, index.data)
    spans = _spans(pieces, letter_pages + index.pages + 1)
    for piece in pieces:
        _append(bundle, piece.data)
    _stamp(order, bundle)
    _link(bundle, index, letter_pages, spans)
    _bookmark(bundle, letter_pages, index, pieces, spans)
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
    places = tuple(
        ExhibitPages(number, first, last)
        for number, (first, last) in zip(numbers, spans, strict=True)
    )
    return BundleMade(len(bundle.pages), letter_pages, letter_pages + 1, places)


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
    canvas = Canvas(out, invariant=1, initialFontName="DeskSans")
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


def _link(bundle: Any, index: _Index, letter_pages: int, spans: Sequence[tuple[int, int]]) -> None:
    """A link over each line of the index to the page it names."""
    import pikepdf

    for (page_number, box), (first, _) in zip(index.rows, spans, strict=True):
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
    index: _Index,
    pieces: Sequence[_Piece],
    spans: Sequence[tuple[int, int]],
) -> None:
    """An outline with the page number in every line."""
    import pikepdf

    with bundle.open_outline() as outline:
        if letter_pages:
            outline.root.append(pikepdf.OutlineItem(tr("Letter, page {page}", page=1), 0))
        outline.root.append(
            pikepdf.OutlineItem(tr("Index, page {page}", page=letter_pages + 1), letter_pages)
        )
        for piece, (first, _) in zip(pieces, spans, strict=True):
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

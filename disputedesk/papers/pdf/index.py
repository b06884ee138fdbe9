"""The index of a bundle: one line per exhibit with its page, and where each line was drawn."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer

from disputedesk.common.hashing import sha256_of_record
from disputedesk.common.texts import tr, trn
from disputedesk.papers.bundle import BundleExhibit, BundleOrder
from disputedesk.papers.paper import Paper
from disputedesk.papers.pdf.canvas import numbered_canvas
from disputedesk.papers.pdf.exhibits import MARGIN, ExhibitSet, caption_of, origin_of
from disputedesk.papers.pdf.text import RULE, TextStyle, para, table

_ROUNDS: Final = 5
"""The index names pages behind itself, so its own length moves them; it settles within so many."""
Place: TypeAlias = tuple[int, tuple[float, ...]]
"""A page of the index, from 1, and a rectangle on it in points."""


class Piece:
    """One exhibit's own PDF, how many pages it has, and what the index says about them."""

    def __init__(self, item: BundleExhibit, made: ExhibitSet) -> None:
        import pikepdf

        self.item = item
        self.data = made.data
        self.remark = made.remark
        with pikepdf.open(io.BytesIO(made.data)) as document:
            self.pages = len(document.pages)


@dataclasses.dataclass(frozen=True, slots=True)
class Index:
    """The index as PDF, how many pages it has, and where each line stands."""

    data: bytes
    pages: int
    rows: list[Place]


@dataclasses.dataclass(slots=True)
class _Drawn:
    """What one setting of the index drew."""

    rows: list[Place] = dataclasses.field(default_factory=list)
    pages: list[int] = dataclasses.field(default_factory=list)


def spans(pieces: Sequence[Piece], first: int) -> list[tuple[int, int]]:
    """First and last page of each piece, the first one beginning on page `first`."""
    found = []
    for piece in pieces:
        found.append((first, first + piece.pages - 1))
        first += piece.pages
    return found


class _Row(Flowable):
    """One line of the index; notes where it was drawn, so that a link can lie over it."""

    def __init__(self, inner: Flowable, noted: list[Place]) -> None:
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


def make_index(order: BundleOrder, pieces: Sequence[Piece], paper: Paper, first_page: int) -> Index:
    """The index: title, what the bundle holds, one line per exhibit, and the manifest's hash."""
    drawn = _Drawn()
    data = b""
    index_pages = 1
    for _ in range(_ROUNDS):
        drawn = _Drawn()
        places = spans(pieces, first_page + index_pages)
        data = _build_index(order, list(zip(pieces, places, strict=True)), paper, drawn)
        if len(drawn.pages) == index_pages:
            break
        index_pages = len(drawn.pages)
    return Index(data, index_pages, drawn.rows)


def _build_index(
    order: BundleOrder,
    lines: Sequence[tuple[Piece, tuple[int, int]]],
    paper: Paper,
    drawn: _Drawn,
) -> bytes:
    """The index as PDF; notes in `drawn` what was drawn where."""
    width, height = (side * mm for side in paper.size_mm)
    room = width - 2 * MARGIN * mm
    flow: list[Flowable] = [
        para(tr("Index of exhibits"), TextStyle(size=15, leading=19, bold=True, after=4), place=""),
        para(
            order.title,
            TextStyle(size=10, leading=13, after=2),
            place="title",
        ),
        para(
            _counted([piece for piece, _ in lines]),
            TextStyle(size=9, leading=12, faint=True, after=8),
            place="",
        ),
    ]
    flow += [
        _Row(_index_row(piece, span, room, order.language), drawn.rows) for piece, span in lines
    ]
    flow.append(Spacer(0, 10))
    flow.append(
        para(
            _manifest([piece for piece, _ in lines]),
            TextStyle(size=7.5, leading=10, faint=True),
            place="",
        )
    )
    frame = Frame(
        MARGIN * mm, 18 * mm, room, height - 36 * mm,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    maker = numbered_canvas(
        title=order.title,
        language=order.language,
        stamp=order.stamp,
        draw=lambda _canvas, number, _count: drawn.pages.append(number),
    )
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=(width, height))
    document.addPageTemplates([PageTemplate("index", [frame])])
    document.build(flow, canvasmaker=maker)
    return out.getvalue()


def _counted(pieces: Sequence[Piece]) -> str:
    exhibits = trn("{count} exhibit", "{count} exhibits", len(pieces))
    pages = trn("{count} page", "{count} pages", sum(piece.pages for piece in pieces))
    return tr("{exhibits} on {pages}; copies, the originals stay with the sender.",
              exhibits=exhibits, pages=pages)  # fmt: skip


def _index_row(piece: Piece, span: tuple[int, int], room: float, language: str) -> Flowable:
    exhibit = piece.item.exhibit
    first, last = span
    where = str(first) if first == last else f"{first}–{last}"
    origin = origin_of(piece.item, language, exact=False)
    detail = " · ".join(part for part in (origin, piece.remark) if part)
    cells = [
        [
            para(str(exhibit.number), TextStyle(size=11, leading=14, bold=True), place=""),
            [
                para(
                    caption_of(piece.item), TextStyle(size=10, leading=13, after=1), place="caption"
                ),
                para(detail, TextStyle(size=8, leading=10, faint=True, after=0), place="file"),
                para(
                    f"SHA-256 {exhibit.evidence.sha256}",
                    TextStyle(size=7, leading=9, faint=True, after=0),
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


def _manifest(pieces: Sequence[Piece]) -> str:
    return tr("Hash of this list (numbers and SHA-256 values in order): {hash}",
              hash=manifest_hash([piece.item for piece in pieces]))  # fmt: skip

"""Several papers as one file for the printer: each page as it is, a sheet before each paper."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm

from disputedesk.common.texts import language, tr, trn
from disputedesk.papers.paper import Paper
from disputedesk.papers.pdf.canvas import numbered_canvas
from disputedesk.papers.pdf.printable import printable
from disputedesk.papers.pdf.rendered import RenderedPdf
from disputedesk.papers.pdf.text import TextStyle, para

_HEAD: Final = TextStyle(size=9, leading=12, faint=True, after=14)
_WHO: Final = TextStyle(size=26, leading=32, bold=True, after=10)
_LINE: Final = TextStyle(size=14, leading=19, after=6)
_TOP: Final = 60.0


@dataclasses.dataclass(frozen=True, slots=True)
class PrintPiece:
    """One paper of a print job.

    Attributes:
        who: Whose case it is, for the sheet before it.
        case_number: Which case.
        title: What the paper is.
        data: Its PDF.
        pages: How many pages it has.
    """

    who: str
    case_number: int
    title: str
    data: bytes
    pages: int


def join_for_print(
    pieces: Sequence[PrintPiece], *, separators: bool, stamp: dt.datetime
) -> RenderedPdf:
    """One PDF of all these papers, in this order; the same papers give the same bytes.

    Args:
        pieces: The papers.
        separators: Whether a sheet stands before each that says whose it is and how long.
        stamp: The instant the PDF says it was made at; aware.
    """
    import pikepdf

    title = tr("Papers to be printed")
    with pikepdf.new() as whole:
        for number, piece in enumerate(pieces, 1):
            with pikepdf.open(io.BytesIO(piece.data)) as paper:
                if separators:
                    wide = float(paper.pages[0].mediabox[2])
                    sheet = _separator(piece, number, len(pieces), wide, stamp)
                    with pikepdf.open(io.BytesIO(sheet)) as before:
                        whole.pages.extend(before.pages)
                whole.pages.extend(paper.pages)
        whole.docinfo["/Title"] = title
        whole.docinfo["/Producer"] = "DisputeDesk"
        count = len(whole.pages)
        out = io.BytesIO()
        whole.save(out, deterministic_id=True, compress_streams=True)
    return RenderedPdf(out.getvalue(), count, Paper.A4, title)


def _separator(
    piece: PrintPiece, number: int, count: int, wide: float, stamp: dt.datetime
) -> bytes:
    """A sheet that says whose paper comes next, of the paper's own size."""
    sheet = Paper.LETTER if wide > 604 else Paper.A4
    width, height = sheet.size_mm
    told = tr("Sheet between papers: take it out before you send them")
    maker = numbered_canvas(title=told, language=language(), stamp=stamp, draw=lambda *_page: None)
    out = io.BytesIO()
    canvas = maker(out, pagesize=(width * mm, height * mm))
    top = (height - _TOP) * mm
    lines = (
        (told, _HEAD),
        (piece.who, _WHO),
        (tr("Case {number}", number=piece.case_number), _LINE),
        (piece.title, _LINE),
        (trn("{count} page", "{count} pages", piece.pages), _LINE),
        (tr("Paper {number} of {count}", number=number, count=count), _LINE),
    )
    for text, style in lines:
        made = para(printable(text) or "–", style, place="separator")
        top -= made.wrap((width - 50) * mm, 800)[1]
        made.drawOn(canvas, 25 * mm, top)
        top -= style.after
    canvas.showPage()
    canvas.save()
    return out.getvalue()

"""Letters on paper: address in the window, summary in a box, signature never alone."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import io
from typing import Final

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageTemplate
from reportlab.platypus.doctemplate import LayoutError

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.papers.letter import Letter
from disputedesk.papers.masking import refuse_secrets
from disputedesk.papers.paper import Layout, Paper, layout_for, paper_for
from disputedesk.papers.pdf import fonts
from disputedesk.papers.pdf.address import PlacedWords, address_lines, return_line
from disputedesk.papers.pdf.canvas import numbered_canvas
from disputedesk.papers.pdf.rendered import RenderedPdf
from disputedesk.papers.pdf.sender import Placed, SenderBlock, draw_logo, sender_block, stacked
from disputedesk.papers.pdf.story import story
from disputedesk.papers.pdf.text import FAINT, INK, TextStyle, draw_line, labelled, para

_LATER_TOP: Final = 27.0
"""Where the text of later pages begins, in millimetres from the top."""

_FOOT: Final = 22.0
"""What is kept free under the text, in millimetres."""

_PAGE_NUMBER: Final = 14.0
_LAST_LINE: Final = 9.5

_GAP: Final = 6.0
_HEAD_SIZE: Final = 8.5

_LONGEST_HEAD: Final = 150.0
"""How far down sender and references may reach, in millimetres; more is refused."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Sheet:
    """One letter on one paper; millimetres from the top left become points from the bottom left."""

    letter: Letter
    paper: Paper
    layout: Layout
    numbered: bool = True
    code: bool = False

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.paper.size_mm
        return width * mm, height * mm

    def y(self, from_top: float) -> float:
        return (self.paper.size_mm[1] - from_top) * mm

    @property
    def lift(self) -> float:
        """How much higher the foot stands so that the shorter sheet holds it too."""
        shorter = min(paper.size_mm[1] for paper in Paper)
        return self.paper.size_mm[1] - shorter if self.layout.both_papers else 0.0

    @property
    def text_width(self) -> float:
        return (self.paper.size_mm[0] - self.layout.margin_left - self.layout.margin_right) * mm

    def frame(self, top: float) -> Frame:
        left, height = self.layout.margin_left, self.paper.size_mm[1]
        foot = _FOOT + self.lift
        return Frame(left * mm, foot * mm, self.text_width, (height - top - foot) * mm,
                     leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)  # fmt: skip


def render_letter(
    letter: Letter, *, paper: Paper | None = None, stamp: dt.datetime,
    layout: Layout | None = None, numbered: bool = True, code: bool = False,
) -> RenderedPdf:  # fmt: skip
    """The letter as a PDF; the same letter, paper, layout and stamp give the same bytes.

    Args:
        letter: What `compose_letter` gave.
        paper: `None` takes the sheet `layout` was made for, else what the recipient's country uses.
        stamp: The instant the PDF says it was made at; aware.
        layout: `None` takes the one for the recipient's country.
        numbered: Whether it bears page numbers of its own; in a bundle the bundle's are enough.
        code: Whether the reference also stands on the first page as a QR code; nothing else does.

    Raises:
        Refused: A character cannot be printed, the address does not fit its window, or a card
            number stands in the letter; names the place.
    """
    refuse_secrets(letter)
    fonts.register()
    sheet = _Sheet(
        letter,
        paper or (layout and layout.paper) or paper_for(letter.recipient_country),
        layout or layout_for(letter.recipient_country),
        numbered,
        code,
    )
    fonts.refuse_unprintable(letter.title, "title")
    head = _head(sheet)
    lowest = max(head.sender.bottom, *(part.bottom for part in head.info))
    top = max(sheet.layout.body_top, lowest + _GAP)
    if top > _LONGEST_HEAD:
        raise _too_long("sender and references")
    pages: list[int] = []

    def draw(canvas: Canvas, number: int, count: int) -> None:
        pages.append(number)
        _draw_frame(sheet, canvas, number, count)

    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=sheet.size)
    first = functools.partial(_draw_first, sheet, head)
    document.addPageTemplates([
        PageTemplate("first", [sheet.frame(top)], onPage=first, autoNextPageTemplate="later"),
        PageTemplate("later", [sheet.frame(_LATER_TOP)]),
    ])  # fmt: skip
    flow: list[Flowable] = [NextPageTemplate("later"), *story(letter, sheet.text_width)]
    maker = numbered_canvas(title=letter.title, language=letter.language, stamp=stamp, draw=draw)
    try:
        document.build(flow, canvasmaker=maker)
    except LayoutError as error:
        raise _too_long("text") from error
    return RenderedPdf(out.getvalue(), len(pages), sheet.paper, letter.title)


def _too_long(place: str) -> Refused:
    what = tr("One part of the letter is too long to be set on a page.")
    return Refused(what, place, tr("Shorten it."))


@dataclasses.dataclass(frozen=True, slots=True)
class _Head:
    """What stands at fixed places on the first page."""

    sender: SenderBlock
    info: list[Placed]
    address: list[PlacedWords]


def _head(sheet: _Sheet) -> _Head:
    """The sender's block, date and references, and the address in the window.

    All is placed before the first page is begun: what is refused there would lose its sentence.

    Raises:
        Refused: The sender's block would reach into the window, the address does not fit it, or a
            line cannot be printed.
    """
    letter, layout = sheet.letter, sheet.layout
    for line in letter.recipient:
        fonts.refuse_unprintable(line, "recipient")
    for line in letter.return_address:
        fonts.refuse_unprintable(line, "sender")
    small = TextStyle(size=8.5, leading=11.4)
    info = [
        para(letter.place_date, TextStyle(size=9.5, leading=13, bold=True), place="date"),
        *([para(letter.delivery, small, place="delivery note")] if letter.delivery else []),
        *(labelled(row.label, row.value, small, place=row.name) for row in letter.references),
    ]
    return _Head(
        sender_block(letter, layout.sender), stacked(info, layout.info),
        address_lines(letter.recipient, layout.address, stands=layout.stands),
    )  # fmt: skip


def _draw_first(
    sheet: _Sheet,
    head: _Head,
    canvas: Canvas,
    _document: BaseDocTemplate,
) -> None:
    if sheet.letter.logo is not None and head.sender.logo is not None:
        draw_logo(canvas, sheet.letter.logo, head.sender.logo, sheet.paper.size_mm[1])
    for part in (*head.sender.lines, *head.info):
        part.flowable.drawOn(canvas, part.left * mm, sheet.y(part.bottom))
    layout = sheet.layout
    for text, size, left, baseline in head.address:
        draw_line(canvas, text, left * mm, sheet.y(baseline), size, place="recipient")
    if layout.return_line is not None:
        for text, size, left, baseline in return_line(
            sheet.letter.return_address, layout.return_line
        ):
            draw_line(canvas, text, left * mm, sheet.y(baseline), size, faint=True, place="sender")
            canvas.setStrokeColor(FAINT)
            canvas.setLineWidth(0.4)
            below = sheet.y(baseline) - 2
            canvas.line(left * mm, below, (left + layout.return_line.width) * mm, below)
    if sheet.code:
        from disputedesk.papers.pdf.code import draw_code

        box = layout.code
        draw_code(canvas, sheet.letter.reference, (box.left * mm, sheet.y(box.bottom)),
                  box.width * mm)  # fmt: skip
    if sheet.paper is layout.paper:
        _draw_marks(sheet, canvas)


def _draw_marks(sheet: _Sheet, canvas: Canvas) -> None:
    """Fold and punch marks at the left edge."""
    canvas.setStrokeColor(FAINT)
    canvas.setLineWidth(0.4)
    for mark in sheet.layout.fold_marks:
        canvas.line(4 * mm, sheet.y(mark), 8 * mm, sheet.y(mark))
    if sheet.layout.punch_mark is not None:
        y = sheet.y(sheet.layout.punch_mark)
        canvas.line(4 * mm, y, 10 * mm, y)


def _draw_frame(sheet: _Sheet, canvas: Canvas, number: int, count: int) -> None:
    """Page x of y; on later pages reference and date; on the last the small last line."""
    letter, layout = sheet.letter, sheet.layout
    right = (sheet.paper.size_mm[0] - layout.margin_right) * mm
    left = layout.margin_left * mm
    canvas.setStrokeColor(FAINT)
    canvas.setLineWidth(0.4)
    if sheet.numbered:
        label = letter.labels.page.replace("{page}", str(number)).replace("{pages}", str(count))
        draw_line(
            canvas,
            label,
            right,
            (_PAGE_NUMBER + sheet.lift) * mm,
            8,
            right=True,
            place="page number",
        )
    if number > 1:
        told = f"{letter.reference} · {letter.place_date}"
        used = fonts.width(told, _HEAD_SIZE)
        size = min(_HEAD_SIZE, _HEAD_SIZE * (right - left) / used)
        draw_line(canvas, told, right, sheet.y(17), size, right=True, place="reference")
        if used + fonts.width(letter.sender[0], _HEAD_SIZE) + _GAP * mm <= right - left:
            draw_line(canvas, letter.sender[0], left, sheet.y(17), _HEAD_SIZE, place="sender")
        canvas.line(left, sheet.y(19.5), right, sheet.y(19.5))
    if number == count:
        draw_line(canvas, letter.disclaimer, left, (_LAST_LINE + sheet.lift) * mm, 6.5, faint=True,
                  place="last line")  # fmt: skip
    canvas.setFillColor(INK)

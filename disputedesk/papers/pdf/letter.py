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

from disputedesk.papers.letter import Letter
from disputedesk.papers.masking import refuse_secrets
from disputedesk.papers.paper import Box, Layout, Paper, layout_for, paper_for
from disputedesk.papers.pdf import fonts
from disputedesk.papers.pdf.address import address_lines, return_line
from disputedesk.papers.pdf.canvas import numbered_canvas
from disputedesk.papers.pdf.rendered import RenderedPdf
from disputedesk.papers.pdf.story import story
from disputedesk.papers.pdf.text import INK, RULE, TextStyle, draw_line, labelled, para

_LATER_TOP: Final = 27.0
"""Where the text of later pages begins, in millimetres from the top."""

_FOOT: Final = 22.0
"""What is kept free under the text, in millimetres."""

_GAP: Final = 6.0


@dataclasses.dataclass(frozen=True, slots=True)
class _Sheet:
    """One letter on one paper; millimetres from the top left become points from the bottom left."""

    letter: Letter
    paper: Paper
    layout: Layout

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.paper.size_mm
        return width * mm, height * mm

    def y(self, from_top: float) -> float:
        return (self.paper.size_mm[1] - from_top) * mm

    @property
    def text_width(self) -> float:
        return (self.paper.size_mm[0] - self.layout.margin_left - self.layout.margin_right) * mm

    def frame(self, top: float) -> Frame:
        left, height = self.layout.margin_left, self.paper.size_mm[1]
        return Frame(left * mm, _FOOT * mm, self.text_width, (height - top - _FOOT) * mm,
                     leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)  # fmt: skip


def render_letter(
    letter: Letter, *, paper: Paper | None = None, stamp: dt.datetime, layout: Layout | None = None
) -> RenderedPdf:
    """The letter as a PDF; the same letter, paper, layout and stamp give the same bytes.

    Args:
        letter: What `compose_letter` gave.
        paper: `None` takes the sheet the recipient's country uses.
        stamp: The instant the PDF says it was made at; aware.
        layout: `None` takes the one for the recipient's country.

    Raises:
        Refused: A character cannot be printed, the address does not fit its window, or a card
            number stands in the letter; names the place.
    """
    refuse_secrets(letter)
    fonts.register()
    sheet = _Sheet(
        letter,
        paper or paper_for(letter.recipient_country),
        layout or layout_for(letter.recipient_country),
    )
    fonts.refuse_unprintable(letter.title, "title")
    head = _head(sheet)
    drawn = max((bottom for bottom, _ in head), default=0.0) + _GAP
    top = max(sheet.layout.body_top, drawn)
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
    document.build(flow, canvasmaker=numbered_canvas(
        title=letter.title, language=letter.language, stamp=stamp, draw=draw))  # fmt: skip
    return RenderedPdf(out.getvalue(), len(pages), sheet.paper, letter.title)


def _head(sheet: _Sheet) -> list[tuple[float, tuple[Flowable, Box, float]]]:
    """What stands at fixed places on the first page: bottom in millimetres, flowable, box, top."""
    letter, layout = sheet.letter, sheet.layout
    name = TextStyle(size=10.5, leading=13, bold=True)
    line = TextStyle(size=9, leading=11.8)
    small = TextStyle(size=8.5, leading=11.4)
    columns: list[tuple[Box, list[Flowable]]] = [
        (layout.sender, [
            para(text, line if index else name, place=f"sender, line {index + 1}")
            for index, text in enumerate(letter.sender)
        ]),
        (layout.info, [
            para(letter.place_date, TextStyle(size=9.5, leading=13, bold=True), place="date"),
            *([para(letter.delivery, small, place="delivery note")] if letter.delivery else []),
            *(labelled(row.label, row.value, small, place=row.name) for row in letter.references),
        ]),
    ]  # fmt: skip
    placed: list[tuple[float, tuple[Flowable, Box, float]]] = []
    for box, flowables in columns:
        top = box.top
        for flowable in flowables:
            _width, height = flowable.wrap(box.width * mm, sheet.size[1])
            placed.append((top + height / mm, (flowable, box, top)))
            top += height / mm
    return placed


def _draw_first(
    sheet: _Sheet,
    head: list[tuple[float, tuple[Flowable, Box, float]]],
    canvas: Canvas,
    _document: BaseDocTemplate,
) -> None:
    for bottom, (flowable, box, _top) in head:
        flowable.drawOn(canvas, box.left * mm, sheet.y(bottom))
    layout = sheet.layout
    for text, size, left, baseline in address_lines(sheet.letter.recipient, layout.address):
        draw_line(canvas, text, left * mm, sheet.y(baseline), size, place="recipient")
    if layout.return_line is not None:
        for text, size, left, baseline in return_line(sheet.letter.sender, layout.return_line):
            draw_line(canvas, text, left * mm, sheet.y(baseline), size, faint=True, place="sender")
            canvas.setStrokeColor(RULE)
            canvas.setLineWidth(0.4)
            below = sheet.y(baseline) - 2
            canvas.line(left * mm, below, (left + layout.return_line.width) * mm, below)
    if sheet.paper is Paper.A4:
        _draw_marks(sheet, canvas)


def _draw_marks(sheet: _Sheet, canvas: Canvas) -> None:
    """Fold and punch marks at the left edge."""
    canvas.setStrokeColor(RULE)
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
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.4)
    label = letter.labels.page.replace("{page}", str(number)).replace("{pages}", str(count))
    draw_line(canvas, label, right, 14 * mm, 8, right=True, place="page number")
    if number > 1:
        told = f"{letter.reference} · {letter.place_date}"
        draw_line(canvas, letter.sender[0], left, sheet.y(17), 8.5, place="sender, line 1")
        draw_line(canvas, told, right, sheet.y(17), 8.5, right=True, place="reference")
        canvas.line(left, sheet.y(19.5), right, sheet.y(19.5))
    if number == count:
        draw_line(canvas, letter.disclaimer, left, 9.5 * mm, 6.5, faint=True, place="last line")
    canvas.setFillColor(INK)

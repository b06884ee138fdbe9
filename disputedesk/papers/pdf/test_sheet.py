"""A sheet to try printer and envelope with: the window as a frame, rulers, marks, and what to do.

One page for each layout, printed and folded as a letter is. Envelopes differ from maker to maker,
and printers shift and shrink; no file can know that, so the sheet lets the eye see it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from disputedesk.common.texts import day_text, language, tr
from disputedesk.papers.paper import Box, Layout, Paper, get_layout
from disputedesk.papers.pdf.address import address_lines, return_line
from disputedesk.papers.pdf.canvas import numbered_canvas
from disputedesk.papers.pdf.rendered import RenderedPdf
from disputedesk.papers.pdf.text import FAINT, INK, TextStyle, draw_line, para

_ADDRESS: Final = (
    "Example Bank plc",
    "Card disputes",
    "Building 4, Second Floor",
    "12 Long Lane",
    "Sometown AB1 2CD",
    "UNITED KINGDOM",
)
_SENDER: Final = ("Jane Sample", "12 Long Lane", "Sometown AB1 2CD")

_RULER_AT: Final = 7.0
"""How far from the edge the rulers stand, in millimetres: most printers reach no further out."""

_CONTROL: Final = 100.0
_GAP: Final = 3.0
_SOLID: Final[tuple[float, ...]] = ()
_DASHED: Final = (4.0, 2.0)
_DOTTED: Final = (0.6, 2.0)
_STEP: Final = TextStyle(size=9.5, leading=12.5, after=2, indent=16)
_SMALL: Final = TextStyle(size=7.5, leading=9.6, faint=True, after=1)


@dataclasses.dataclass(frozen=True, slots=True)
class _Page:
    """One layout on its sheet; millimetres from the top left become points."""

    canvas: Canvas
    layout: Layout
    paper: Paper

    def at(self, left: float, top: float) -> tuple[float, float]:
        return left * mm, (self.paper.size_mm[1] - top) * mm

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.4) -> None:
        self.canvas.setLineWidth(width)
        self.canvas.line(*self.at(x0, y0), *self.at(x1, y1))

    def word(self, text: str, left: float, top: float, size: float = 7.0, *,
             faint: bool = False, right: bool = False) -> None:  # fmt: skip
        draw_line(self.canvas, text, *self.at(left, top), size, faint=faint, right=right,
                  place="test sheet")  # fmt: skip


def render_test_sheet(
    names: Sequence[str], *, stamp: dt.datetime, paper: Paper | None = None
) -> RenderedPdf:
    """A test sheet of each of these layouts, in the language in force.

    Args:
        names: Ids of layouts.
        stamp: The instant the PDF says it was made at; aware.
        paper: `None` takes the sheet each layout was made for, else A4.

    Raises:
        Refused: There is no such layout.
    """
    chosen = [get_layout(name) for name in names]
    title = tr("Test sheet for window envelopes")
    out = io.BytesIO()
    maker = numbered_canvas(title=title, language=language(), stamp=stamp, draw=lambda *_page: None)
    canvas = maker(out)
    sheet = Paper.A4
    for layout in chosen:
        sheet = paper or layout.paper or Paper.A4
        width, height = sheet.size_mm
        canvas.setPageSize((width * mm, height * mm))
        _draw(_Page(canvas, layout, sheet))
        canvas.showPage()
    canvas.save()
    return RenderedPdf(out.getvalue(), len(chosen), sheet, title)


def _draw(page: _Page) -> None:
    layout, canvas = page.layout, page.canvas
    canvas.setStrokeColor(INK)
    _rulers(page)
    if layout.window is not None:
        _frame(page, layout.window, _SOLID)
    for box, dashes in ((layout.always_seen, _DASHED), (layout.ever_seen, _DOTTED)):
        if box is not None and box != layout.window:
            _frame(page, box, dashes)
    for text, size, left, baseline in address_lines(_ADDRESS, layout.address, stands=layout.stands):
        page.word(text, left, baseline, size)
    if layout.return_line is not None:
        for text, size, left, baseline in return_line(_SENDER, layout.return_line):
            page.word(text, left, baseline, size, faint=True)
    if page.paper is layout.paper:
        _marks(page)
    _told(page)


def _rulers(page: _Page) -> None:
    """Millimetres along the upper and the right edge, from the corners of the sheet."""
    width, height = page.paper.size_mm
    for step in range(5, int(width) - 5):
        long = 3.5 if step % 10 == 0 else 2.5 if step % 5 == 0 else 1.4
        page.line(step, _RULER_AT, step, _RULER_AT + long, 0.25)
        if step % 10 == 0 and step < width - 15:
            page.word(str(step), step + 0.4, _RULER_AT + 5.4, 5.5, faint=True)
    edge = width - _RULER_AT
    for step in range(15, int(height) - 5):
        long = 3.5 if step % 10 == 0 else 2.5 if step % 5 == 0 else 1.4
        page.line(edge - long, step, edge, step, 0.25)
        if step % 10 == 0:
            page.word(str(step), edge - 4.0, step + 0.9, 5.5, faint=True, right=True)


def _frame(page: _Page, box: Box, dashes: tuple[float, ...]) -> None:
    page.canvas.setDash(list(dashes))
    page.canvas.setLineWidth(0.9 if dashes == _SOLID else 0.6)
    page.canvas.rect(*page.at(box.left, box.bottom), box.width * mm, box.height * mm)
    page.canvas.setDash([])


def _marks(page: _Page) -> None:
    """Fold and punch marks, each with its distance from the top."""
    layout = page.layout
    marks = [(mark, tr("fold")) for mark in layout.fold_marks]
    if layout.punch_mark is not None:
        marks.append((layout.punch_mark, tr("punch")))
    for mark, name in marks:
        page.line(4, mark, 10, mark)
        page.word(f"{name} {mark:g}", 11, mark + 0.9, 6.0, faint=True)


def _told(page: _Page) -> None:
    """Title, the line to be measured, what to do, and who says what stands where."""
    layout = page.layout
    left, top = layout.margin_left, layout.body_top + 4
    page.word(tr(layout.title), left, top, 12.5)
    top += 9
    page.canvas.setStrokeColor(INK)
    page.line(left, top, left + _CONTROL, top, 0.8)
    for end in (left, left + _CONTROL):
        page.line(end, top - 2, end, top + 2, 0.8)
    page.word(tr("this line is 100 mm long"), left + _CONTROL + _GAP, top + 1, 8.0)
    top += 5
    wide = (page.paper.size_mm[0] - left - layout.margin_right - 6) * mm
    for number, text in enumerate(_steps(layout), 1):
        top = _put(page, text, _STEP, (left, top), wide, number=f"{number}.")
    top += _GAP
    if layout.note:
        top = _put(page, "! " + tr(layout.note), TextStyle(size=9.5, leading=12.5, bold=True),
                   (left, top), wide) + 1  # fmt: skip
    for text in (*_legend(layout), *_sources(layout)):
        top = _put(page, text, _SMALL, (left, top), wide)
    page.canvas.setStrokeColor(FAINT)


def _put(page: _Page, text: str, style: TextStyle, at: tuple[float, float], wide: float,
         *, number: str = "") -> float:  # fmt: skip
    """Draws a paragraph with its upper left corner at a place; gives where the next one begins."""
    left, top = at
    made = para(text, style, place="test sheet", number=number)
    height = made.wrap(wide, 800)[1] / mm
    made.drawOn(page.canvas, *page.at(left, top + height))
    return top + height + style.after / mm


def _steps(layout: Layout) -> tuple[str, ...]:
    first = (
        tr("Print this sheet at 100 %, without “fit to page”."),
        tr("Measure the line above: it must be 100 mm long. If it is not, the printer has changed "
           "the size."),
    )  # fmt: skip
    if layout.window is None:
        return (*first, tr("This layout is for envelopes without a window: write or stick the "
                           "address on the envelope."))  # fmt: skip
    fold = (
        tr("Fold the sheet at the two fold marks at its left edge and put it into the envelope.")
        if layout.fold_marks
        else tr("Fold the sheet into three equal parts and put it into the envelope.")
    )
    return (
        *first,
        fold,
        tr("The address must show whole. Tap the envelope on each side and look again."),
        tr("If it does not, choose another layout, or correct the figures in "
           "forms/layouts.toml."),
    )  # fmt: skip


def _legend(layout: Layout) -> tuple[str, ...]:
    if layout.window is None:
        return ()
    return (
        tr("Solid frame: what the window shows while the sheet lies in the lower left corner of "
           "the envelope. Dashed: what it shows wherever the sheet lies. Dotted: what it can show "
           "at all."),
    )  # fmt: skip


def _sources(layout: Layout) -> tuple[str, ...]:
    return tuple(
        tr("{figures}: {source}; looked up {day}", figures=", ".join(each.figures),
           source=" ".join(filter(None, (each.text, each.url))), day=day_text(each.checked_on))
        for each in layout.source
        if each.url or each.text != "our own"
    )  # fmt: skip

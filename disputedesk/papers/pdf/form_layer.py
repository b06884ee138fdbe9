"""The sheets that lie over a bank's form: our words, crosses and lines, nothing else."""

from __future__ import annotations

import datetime as dt
import functools
import io
from collections.abc import Sequence
from typing import Final

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from disputedesk.papers.bankform.marks import Cross, Ground, Mark, Rule, Words
from disputedesk.papers.pdf.canvas import numbered_canvas
from disputedesk.papers.pdf.text import INK, RULE, draw_line

_INSET: Final = 0.18
"""Part of a box that a cross leaves free on each side."""


def render_layer(
    sizes: Sequence[tuple[float, float]], marks: Sequence[Mark], *, title: str, language: str,
    stamp: dt.datetime,
) -> bytes:  # fmt: skip
    """A PDF with a sheet for each page of the form, and on it what belongs there.

    Args:
        sizes: Width and height of each sheet, in points.
        marks: What is drawn; in this order, so that a ground comes before its words.
        title: The PDF's title.
        language: Code of the text's language.
        stamp: The instant the PDF says it was made at; aware.

    Raises:
        Refused: A character cannot be printed.
    """
    out = io.BytesIO()
    maker = numbered_canvas(title=title, language=language, stamp=stamp, draw=_nothing)
    canvas = maker(out)
    for number, size in enumerate(sizes, 1):
        canvas.setPageSize(size)
        for each in marks:
            if each.page == number:
                _draw(each, canvas, size[1])
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _nothing(canvas: Canvas, number: int, count: int) -> None:
    """It is the bank's form: no number of ours stands on it."""


@functools.singledispatch
def _draw(mark: Mark, canvas: Canvas, height: float) -> None:
    """Draws one mark on a sheet `height` points tall."""
    raise TypeError(mark)


@_draw.register
def _draw_words(mark: Words, canvas: Canvas, height: float) -> None:
    draw_line(canvas, mark.text, mark.left, height - mark.baseline, mark.size, place=mark.place)


@_draw.register
def _draw_cross(mark: Cross, canvas: Canvas, height: float) -> None:
    left, top, width, tall = mark.box
    side = min(width, tall) * (1 - 2 * _INSET)
    x, y = left + (width - side) / 2, height - top - (tall + side) / 2
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(max(0.8, side / 8))
    canvas.line(x, y, x + side, y + side)
    canvas.line(x, y + side, x + side, y)


@_draw.register
def _draw_ground(mark: Ground, canvas: Canvas, height: float) -> None:
    frame, (left, top, width, tall) = mark.frame, mark.box
    half = frame.width / 2 if frame.stroke else 0.0
    if frame.fill:
        canvas.setFillColor(Color(*frame.fill))
        canvas.rect(left, height - top - tall, width, tall, stroke=0, fill=1)
    if frame.stroke and frame.width:
        canvas.setStrokeColor(Color(*frame.stroke))
        canvas.setLineWidth(frame.width)
        canvas.rect(left + half, height - top - tall + half, max(width - 2 * half, 0),
                    max(tall - 2 * half, 0), stroke=1, fill=0)  # fmt: skip


@_draw.register
def _draw_rule(mark: Rule, canvas: Canvas, height: float) -> None:
    left, top, width, tall = mark.box
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.4)
    canvas.line(left, height - top - tall + 1, left + width, height - top - tall + 1)

"""The sheets of a bundle: set in any order, numbered when all are known, one document of fonts."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame
from reportlab.platypus.doctemplate import LayoutError

from disputedesk.papers.paper import Paper
from disputedesk.papers.pdf import fonts
from disputedesk.papers.pdf.text import INK, draw_line

MARGIN: Final = 20.0
"""Millimetres left free at the sides."""

TOP: Final = 18.0
FOOT: Final = 18.0
"""Millimetres left free above and below what is set here."""

_STAMP_Y: Final = 9.5
"""Millimetres from the foot to the page number: inside what printers print, under all content."""

_STAMP_SIZE: Final = 8.5

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""


@dataclasses.dataclass(slots=True)
class Sheet:
    """One page that is set but not numbered yet.

    Attributes:
        state: What the canvas holds of it.
        size: Width and height in points.
        noted: What was noted while it was drawn, with where it stands.
    """

    state: dict[str, Any]
    size: tuple[float, float]
    noted: list[tuple[int, Box]]


class Noted(Flowable):
    """A flowable that leaves a note of where it was drawn, so that a link can lie over it."""

    def __init__(self, inner: Flowable, note: int) -> None:
        super().__init__()
        self._inner = inner
        self._note = note
        self._size = (0.0, 0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The inner flowable's size."""
        self._size = self._inner.wrap(width, height)
        return self._size

    def getSpaceBefore(self) -> float:  # noqa: N802 - reportlab's name
        """What the inner flowable wants above it."""
        return float(self._inner.getSpaceBefore())

    def getSpaceAfter(self) -> float:  # noqa: N802 - reportlab's name
        """What the inner flowable wants below it."""
        return float(self._inner.getSpaceAfter())

    def draw(self) -> None:
        """Draws it and notes its rectangle."""
        canvas: Any = self.canv
        x, y = canvas.absolutePosition(0, 0)
        width, height = self._size
        canvas.noted.append((self._note, (x, y, x + width, y + height)))
        self._inner.drawOn(canvas, 0, 0)


class _Canvas(Canvas):
    """Keeps each page's state, and what was noted on it, until it is finished."""

    noted: list[tuple[int, Box]]

    def keep(self) -> Sheet:
        """The page just drawn; the next one begins."""
        state = dict(self.__dict__)
        sheet = Sheet(state, state["_pagesize"], self.noted)
        self.noted = []
        start: Any = self
        start._startPage()  # noqa: SLF001 - as reportlab's own showPage does
        return sheet

    def finish(self, sheet: Sheet) -> None:
        """Goes back to a kept page; `showPage` ends it."""
        self.__dict__.update(sheet.state)


class Sheets:
    """One document of which the pages are set first and put in order last; lives on one thread.

    Args:
        paper: The sheet.
        language: Code of the text's language.
    """

    def __init__(self, paper: Paper, language: str) -> None:
        fonts.register()
        self._out = io.BytesIO()
        font: Any = fonts.REGULAR  # reportlab's types want a number here
        self._canvas = _Canvas(
            self._out, invariant=1, pageCompression=0, initialFontName=font, lang=language
        )
        self._canvas.noted = []
        width, height = paper.size_mm
        self.size = (width * mm, height * mm)

    @property
    def room(self) -> float:
        """The width between the margins, in points."""
        return self.size[0] - 2 * MARGIN * mm

    @property
    def frame(self) -> Box:
        """What may be used of a sheet."""
        return (MARGIN * mm, FOOT * mm, self.size[0] - MARGIN * mm, self.size[1] - TOP * mm)

    def flow(self, flowables: Iterable[Flowable]) -> list[Sheet]:
        """Sets flowables over as many sheets as they take; at least one."""
        left = list(flowables)
        made: list[Sheet] = []
        while left or not made:
            before = len(left)
            self._canvas.setPageSize(self.size)
            low = self.frame
            frame = Frame(low[0], low[1], low[2] - low[0], low[3] - low[1], leftPadding=0,
                          rightPadding=0, topPadding=0, bottomPadding=0)  # fmt: skip
            first = left[0] if left else None
            frame.addFromList(left, self._canvas)
            if left:
                pieces = frame.split(left[0], self._canvas)
                if len(pieces) > 1 and frame.add(pieces[0], self._canvas):
                    left[:1] = pieces[1:]
            if left and len(left) == before and left[0] is first:
                message = "a part is too long for a page"
                raise LayoutError(message)
            made.append(self._canvas.keep())
        return made

    def headed(self, head: Sequence[Flowable]) -> Sheet:
        """A sheet that bears only a head."""
        self._canvas.setPageSize(self.size)
        left, _, right, y = self.frame
        for part in head:
            y -= part.getSpaceBefore() + part.wrap(right - left, 1000)[1]
            part.drawOn(self._canvas, left, y)
            y -= part.getSpaceAfter()
        return self._canvas.keep()

    def blank(self, size: tuple[float, float] | None = None) -> Sheet:
        """An empty sheet."""
        self._canvas.setPageSize(size or self.size)
        return self._canvas.keep()

    def height_of(self, head: Sequence[Flowable]) -> float:
        """How much of a sheet a head takes, in points."""
        return sum(
            part.getSpaceBefore() + part.wrap(self.room, 1000)[1] + part.getSpaceAfter()
            for part in head
        )

    def finished(self, numbered: Sequence[tuple[Sheet, str]]) -> bytes:
        """The document of these sheets in this order, each with its stamp; called once."""
        for sheet, label in numbered:
            self._canvas.finish(sheet)
            draw_line(
                self._canvas, label, sheet.size[0] - MARGIN * mm, _STAMP_Y * mm, _STAMP_SIZE,
                bold=True, right=True, place="stamp",
            )  # fmt: skip
            self._canvas.setFillColor(INK)
            self._canvas.showPage()
        self._canvas.save()
        return self._out.getvalue()

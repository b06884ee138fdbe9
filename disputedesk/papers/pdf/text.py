"""The one way for text onto a page: checked, set in fonts that have its glyphs.

A value can hold markup, templates or anything; it is printed letter by letter as it stands.
reportlab's own paragraphs, which read markup, are not used anywhere.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any, Final

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Table

from disputedesk.papers.pdf import fonts

INK: Final = Color(0, 0, 0)
FAINT: Final = Color(0.35, 0.35, 0.35)
RULE: Final = Color(0.55, 0.55, 0.55)
SHADE: Final = Color(0.955, 0.955, 0.955)

_BOX_SIDE: Final = 6.0
_BOX_FOOT: Final = 5.0
"""Points between a frame and what stands in it."""

_LEAST_LINES: Final = 2
"""Lines of a paragraph that stand on a page at the least, where it is split."""


@dataclasses.dataclass(frozen=True, slots=True)
class TextStyle:
    """How a paragraph is set; sizes in points.

    Attributes:
        indent: Left indent; a `number` hangs in it.
        boxed: Framed and shaded: somebody's own words.
    """

    size: float = 10
    leading: float = 13.6
    bold: bool = False
    faint: bool = False
    before: float = 0
    after: float = 5
    indent: float = 0
    right: bool = False
    boxed: bool = False


def para(text: str, style: TextStyle, *, place: str, number: str = "") -> Text:
    """`text` as a paragraph; line breaks in it stay.

    Args:
        text: Anything; nothing in it is read as markup.
        style: How it is set.
        place: What the text is, for the message if it cannot be printed.
        number: Hangs before the first line.

    Raises:
        Refused: A character has no glyph, or its script cannot be set; names it and `place`.
    """
    fonts.refuse_unprintable(text, place)
    fonts.refuse_unprintable(number, place)
    return Text(text, style, number=number)


def labelled(label: str, text: str, style: TextStyle, *, place: str) -> Text:
    """`text` after its `label` in faint letters, on one line as far as it fits."""
    told = f"{label}: "
    fonts.refuse_unprintable(told + text, place)
    return Text(told + text, style, faint_first=len(told))


class Text(Flowable):
    """A paragraph of plain text: set letter by letter, split over pages two lines at the least.

    There is no markup in it and no parser behind it, so nothing a person wrote can be read as one.
    Only `para` and `labelled` make it, from text that was found to be printable.

    Args:
        text: What it says.
        style: How it is set.
        number: Hangs before the first line.
        faint_first: So many characters at the beginning are faint.
        lines: Its lines where they are known: a part of another paragraph.
    """

    def __init__(
        self, text: str, style: TextStyle, *, number: str = "", faint_first: int = 0,
        lines: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        super().__init__()
        self._text, self._style = text, style
        self._number, self._faint_first = number, faint_first
        self._left = style.indent + _BOX_SIDE * style.boxed
        self._lines = lines
        self._is_part = bool(lines)
        self._wide = 0.0

    def getSpaceBefore(self) -> float:  # noqa: N802 - reportlab's name
        """What its style leaves above it."""
        return self._style.before + _BOX_SIDE * self._style.boxed

    def getSpaceAfter(self) -> float:  # noqa: N802 - reportlab's name
        """What its style leaves below it."""
        return self._style.after + _BOX_FOOT * self._style.boxed

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Its size when it is `width` points wide."""
        del height
        if width != self._wide and not self._is_part:
            style = self._style
            room = width - self._left - _BOX_SIDE * style.boxed
            self._lines = tuple(set_lines(self._text, style.size, room, bold=style.bold))
        self._wide = width
        self.width, self.height = width, self._style.leading * len(self._lines)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Its first lines, which fit into `height`, and the others; nothing where it stays whole.

        Neither part is a single line.
        """
        self.wrap(width, height)
        fitting = min(int((height + 0.01) / self._style.leading), len(self._lines) - _LEAST_LINES)
        if fitting < _LEAST_LINES:
            return []
        parts = (self._lines[:fitting], self._lines[fitting:])
        first = Text(self._text, self._style, number=self._number, faint_first=self._faint_first,
                     lines=parts[0])  # fmt: skip
        return [first, Text(self._text, self._style, lines=parts[1])]

    def draw(self) -> None:
        """Draws its frame, number and lines."""
        style = self._style
        canvas: Any = self.canv
        if style.boxed:
            canvas.setFillColor(SHADE)
            canvas.setStrokeColor(RULE)
            canvas.setLineWidth(0.5)
            canvas.rect(self._left - _BOX_SIDE, -5, self._wide - self._left + _BOX_SIDE,
                        self.height + 9, fill=1)  # fmt: skip
        top = self.height - style.size
        canvas.setFillColor(FAINT if style.faint else INK)
        if self._number:
            _put(canvas, self._number, (0.0, top), style)
        at = 0
        if self._faint_first:
            self._draw_labelled(canvas, top)
            at = 1
        left = self._left
        drawn = canvas.beginText(left, top - at * style.leading)
        drawn.setFont(fonts.BOLD if style.bold else fonts.REGULAR, style.size, style.leading)
        for line in self._lines[at:]:
            if style.right:
                gap = self._wide - fonts.width(line, style.size, bold=style.bold)
                drawn.setTextOrigin(gap, top - at * style.leading)
            _write(drawn, line, style)
            at += 1
        canvas.drawText(drawn)

    def _draw_labelled(self, canvas: Any, top: float) -> None:
        """Draws the first line, its label faint."""
        first, cut = self._lines[0], self._faint_first
        faint = dataclasses.replace(self._style, faint=True, bold=False)
        _put(canvas, first[:cut], (self._left, top), faint)
        x = self._left + fonts.width(first[:cut], self._style.size)
        _put(canvas, first[cut:], (x, top), self._style)


def _write(drawn: Any, line: str, style: TextStyle) -> None:
    """Writes one line into a text object, each run in the font that has it."""
    runs = fonts.runs(line, bold=style.bold)
    for name, piece in runs:
        if len(runs) > 1:
            drawn.setFont(name, style.size, style.leading)
        drawn.textOut(piece)
    if len(runs) > 1:
        drawn.setFont(fonts.BOLD if style.bold else fonts.REGULAR, style.size, style.leading)
    drawn.textLine()


def set_lines(text: str, size: float, width: float, *, bold: bool = False) -> Iterator[str]:
    """The lines of `text` within `width` points: cut at breaks, at spaces, and in long words."""
    space = fonts.width(" ", size, bold=bold)
    for segment in text.split("\n"):
        row: list[str] = []
        used = 0.0
        for word in segment.split(" "):
            if not word:
                continue
            wide = fonts.word_width(word, size, bold)
            if row and used + space + wide <= width:
                row.append(word)
                used += space + wide
                continue
            if row:
                yield " ".join(row)
            if wide > width:
                *whole, last = _broken(word, size, width, bold=bold)
                yield from whole
                row, used = [last], fonts.width(last, size, bold=bold)
            else:
                row, used = [word], wide
        yield " ".join(row)


def _broken(word: str, size: float, width: float, *, bold: bool) -> Iterator[str]:
    """The pieces of a word that alone is wider than a line; each has one character at least."""
    start, used = 0, 0.0
    for at, char in enumerate(word):
        wide = fonts.word_width(char, size, bold)
        if used + wide > width and at > start:
            yield word[start:at]
            start, used = at, 0.0
        used += wide
    yield word[start:]


def table(
    cells: Sequence[Sequence[Any]],
    widths: Sequence[float],
    style: Sequence[Any] = (),
    *,
    heights: Sequence[float] | None = None,
) -> Table:
    """A table of flowables in our own font; without it reportlab names Helvetica on every page.

    Args:
        cells: Rows of flowables or lists of them; an empty cell is `[]`, never a string.
        widths: One per column, in points.
        style: reportlab's commands.
        heights: One per row; `None` lets the cells decide.
    """
    font = ("FONTNAME", (0, 0), (-1, -1), fonts.REGULAR)
    rows = [list(row) for row in cells]
    return Table(rows, colWidths=list(widths), rowHeights=list(heights) if heights else None,
                 style=[font, *style])  # fmt: skip


class Plain(Flowable):
    """Short text without any markup, wrapped at spaces: a paragraph that costs a tenth of one.

    It is not split over pages. Indent and box of its style do not count.

    Raises:
        Refused: A character has no glyph, or its script cannot be set.
    """

    def __init__(self, text: str, style: TextStyle, *, place: str) -> None:
        super().__init__()
        fonts.refuse_unprintable(text, place)
        self._text = text
        self._style = style
        self._lines: list[str] = []
        self._wide = 0.0

    def getSpaceBefore(self) -> float:  # noqa: N802 - reportlab's name
        """What its style leaves above it."""
        return self._style.before

    def getSpaceAfter(self) -> float:  # noqa: N802 - reportlab's name
        """What its style leaves below it."""
        return self._style.after

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Its size when it is `width` points wide."""
        del height
        self._wide = width
        self._lines = wrapped(self._text, self._style.size, width, bold=self._style.bold)
        return width, self.height_set

    @property
    def height_set(self) -> float:
        """How tall it is, in points, since it was wrapped."""
        return self._style.leading * len(self._lines)

    def draw(self) -> None:
        """Draws its lines."""
        style = self._style
        canvas: Any = self.canv
        for at, line in enumerate(self._lines):
            y = style.leading * (len(self._lines) - at) - style.size
            x = self._wide - fonts.width(line, style.size, bold=style.bold) if style.right else 0.0
            _put(canvas, line, (x, y), style)


def wrapped(line: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """`line` cut at spaces, and inside words that alone are wider than `width` points."""
    if fonts.width(line, size, bold=bold) <= width:
        return [line] if line else []
    done: list[str] = []
    rest = ""
    for word in line.split(" "):
        tried = f"{rest} {word}" if rest else word
        if fonts.width(tried, size, bold=bold) <= width:
            rest = tried
            continue
        if rest:
            done.append(rest)
        rest = word
        while fonts.width(rest, size, bold=bold) > width:
            cut = _fitting(rest, size, width, bold=bold)
            done.append(rest[:cut])
            rest = rest[cut:]
    return [*done, rest] if rest else done


def _fitting(word: str, size: float, width: float, *, bold: bool) -> int:
    cut = 1
    while cut < len(word) and fonts.width(word[: cut + 1], size, bold=bold) <= width:
        cut += 1
    return cut


def draw_line(canvas: Canvas, text: str, x: float, y: float, size: float, *, bold: bool = False,
              right: bool = False, faint: bool = False, place: str = "") -> None:  # fmt: skip
    """Draws one line of `text` with its baseline at `y`; from `x` on, or up to `x` if `right`.

    Raises:
        Refused: A character has no glyph, or its script cannot be set.
    """
    fonts.refuse_unprintable(text, place)
    if right:
        x -= fonts.width(text, size, bold=bold)
    _put(canvas, text, (x, y), TextStyle(size=size, bold=bold, faint=faint))


def _put(canvas: Canvas, text: str, at: tuple[float, float], style: TextStyle) -> None:
    """Draws text that was found to be printable, its baseline beginning at `at`."""
    x, y = at
    canvas.setFillColor(FAINT if style.faint else INK)
    for name, piece in fonts.runs(text, bold=style.bold):
        canvas.setFont(name, style.size)
        canvas.drawString(x, y, piece)
        x += canvas.stringWidth(piece, name, style.size)

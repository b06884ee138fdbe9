"""The one way for text onto a page: escaped, checked, set in fonts that have its glyphs.

`Paragraph` is built here and nowhere else. A value can hold markup, templates or anything; it is
printed letter by letter as it stands.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Table

from disputedesk.papers.pdf import fonts

INK: Final = Color(0, 0, 0)
FAINT: Final = Color(0.35, 0.35, 0.35)
RULE: Final = Color(0.55, 0.55, 0.55)
SHADE: Final = Color(0.955, 0.955, 0.955)


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


def para(text: str, style: TextStyle, *, place: str, number: str = "") -> Paragraph:
    """`text` as a paragraph; line breaks in it stay.

    Args:
        text: Anything; escaped here.
        style: How it is set.
        place: What the text is, for the message if it cannot be printed.
        number: Hangs before the first line.

    Raises:
        Refused: A character has no glyph, or its script cannot be set; names it and `place`.
    """
    return Paragraph(markup(text, bold=style.bold, place=place), _style(style),
                     bulletText=number or None)  # fmt: skip


def labelled(label: str, text: str, style: TextStyle, *, place: str) -> Paragraph:
    """`text` after its `label` in faint letters, on one line as far as it fits."""
    told = markup(f"{label}: ", bold=False, place=place)
    colour = FAINT.hexval().replace("0x", "#")
    value = markup(text, bold=style.bold, place=place)
    return Paragraph(f'<font color="{colour}">{told}</font>{value}', _style(style))


def markup(text: str, *, bold: bool, place: str) -> str:
    """`text` for a paragraph: escaped, each run in a font that has it. The only escape there is.

    Raises:
        Refused: A character has no glyph, or its script cannot be set.
    """
    fonts.refuse_unprintable(text, place)
    pieces: list[str] = []
    for name, piece in fonts.runs(text, bold=bold):
        safe = escape(piece).replace("\n", "<br/>")
        pieces.append(safe if name != fonts.SIGNS else f'<font name="{name}">{safe}</font>')
    return "".join(pieces)


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


def _style(style: TextStyle) -> ParagraphStyle:
    face = fonts.BOLD if style.bold else fonts.REGULAR
    boxed: dict[str, Any] = {}
    if style.boxed:
        boxed = {"backColor": SHADE, "borderColor": RULE, "borderWidth": 0.5,
                 "borderPadding": (4, 6, 5, 6), "rightIndent": 6}  # fmt: skip
    return ParagraphStyle(
        name="text", fontName=face, fontSize=style.size, leading=style.leading,
        textColor=FAINT if style.faint else INK,
        spaceBefore=style.before + 6 * style.boxed, spaceAfter=style.after + 5 * style.boxed,
        leftIndent=style.indent + 6 * style.boxed,
        bulletFontName=face, bulletFontSize=style.size, bulletIndent=0,
        alignment=TA_RIGHT if style.right else TA_LEFT, splitLongWords=1,
        allowWidows=0, allowOrphans=0, **boxed,
    )  # fmt: skip

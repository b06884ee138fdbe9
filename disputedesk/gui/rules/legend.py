"""The legend of the calendar: every look and sign that is in it, with its words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from disputedesk.common.texts import day_text, tr
from disputedesk.deadlines.days import DayCount, DayMarkKind, DayState
from disputedesk.desk import day_words
from disputedesk.gui import tokens
from disputedesk.gui.labels import label
from disputedesk.gui.rules.day_cells import SIGNS, Cell, look_title, looks_in, paint_cell
from disputedesk.gui.theme import colours_of, sized
from disputedesk.gui.tokens import Type

_SIDE = 26
_COLOURED = frozenset(
    {
        DayMarkKind.ANCHOR, DayMarkKind.OPENS, DayMarkKind.FILE_BY, DayMarkKind.CLOSES,
        DayMarkKind.ARGUABLE,
    }
)  # fmt: skip


class _Sample(QWidget):
    """One day as the calendar paints it; says nothing of its own."""

    def __init__(self, cell: Cell, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._cell, self._text = cell, text
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A small square."""
        line = max(_SIDE, self.fontMetrics().height() + 8)
        return QSize(line, line)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the sample."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized(self.font(), Type.SMALL))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        paint_cell(painter, box, self._text, self._cell, colours_of(self))
        painter.end()


def legend_lines(count: DayCount) -> list[tuple[Cell, str, str]]:
    """The samples with their words: first what is marked, then how days count."""
    inside = {day.day for day in count.days}
    lines: list[tuple[Cell, str, str]] = []
    for one in count.marks:
        if one.day not in inside or one.kind is DayMarkKind.ROLLED_TO:
            continue
        text = tr("{name}: {day}", name=day_words.mark_name(one.kind),
                  day=day_text(one.day, weekday=True))  # fmt: skip
        if one.kind is DayMarkKind.ANCHOR:
            text = tr("{text}, {what}", text=text, what=one.text)
        look = f"mark {one.kind}" if one.kind in _COLOURED else "out"
        sign = SIGNS.get(one.kind, "")
        number = str(one.day.day) if one.kind is DayMarkKind.TODAY else sign
        lines.append((Cell(look, "", one.kind is DayMarkKind.TODAY), number, text))
    lines += [(Cell(look), "", look_title(look)) for look in looks_in(count)]
    if any(not day.sure and day.state is not DayState.AFTER for day in count.days):
        lines.append((Cell("out", unsure=True), "", tr("not settled yet")))
    return lines


class Legend(QWidget):
    """The legend of one count; made anew for another."""

    def __init__(self, count: DayCount, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.GAP_CARD)
        grid.setVerticalSpacing(tokens.GAP_CHIP)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for at, (cell, sign, text) in enumerate(legend_lines(count)):
            row = QHBoxLayout()
            row.setSpacing(tokens.GAP)
            row.addWidget(_Sample(cell, sign, self))
            row.addWidget(label(text, ink="second", size=Type.SMALL, wrap=True), 1)
            grid.addLayout(row, at // 2, at % 2)

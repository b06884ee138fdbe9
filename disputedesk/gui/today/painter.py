"""Paints the lines of *Today*: cards of rows under small headings, one button on each row."""

from __future__ import annotations

import dataclasses
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPainterPath,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from disputedesk.gui import tokens
from disputedesk.gui.chips import chip_width, paint_chip
from disputedesk.gui.labels import tip_text
from disputedesk.gui.rows import Index, RowRole
from disputedesk.gui.theme import colours_of, line_height, sized
from disputedesk.gui.today.lines import Entry, Heading, Line
from disputedesk.gui.tokens import Colours, Type

_HEAD: Final = 18
_AIR: Final = 18
_AIR_DENSE: Final = 16
_LEAST_LINE: Final = 20
_PAD: Final = 14
BAR: Final = 14
_GAP: Final = 16
_NARROW_LINES: Final = 37
_LOOSE: Final = int(Qt.TextFlag.TextDontClip)
_MIDDLE: Final = _LOOSE | int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT: Final = _LOOSE | int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_CENTRE: Final = int(Qt.AlignmentFlag.AlignCenter)


@dataclasses.dataclass(frozen=True, slots=True)
class _Places:
    """Where the parts of one row stand."""

    count: QRectF
    title: QRectF
    avenue: QRectF
    money: QRectF
    button: QRectF


class LinePainter(QStyledItemDelegate):
    """Paints headings and rows; measures the widest countdown and button so columns line up.

    Attributes:
        dense: Whether a row takes one line.
        hovered: The index under the mouse, and whether it is over the button.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.dense = False
        self.hovered: tuple[int, bool] = (-1, False)
        self._count_width = 120.0
        self._button_width = 110.0
        self._money_width = 80.0
        self._line = float(_LEAST_LINE)

    def measure(self, entries: tuple[Entry, ...], font: QFont) -> None:
        """Fits the columns to what will be shown."""
        self._line = float(_unit(font))
        large = QFontMetricsF(sized(font, Type.COUNT, strong=True))
        small = QFontMetricsF(sized(font, Type.SMALL))
        body = QFontMetricsF(sized(font, Type.BODY, strong=True))
        lines = [entry for entry in entries if isinstance(entry, Line)]
        counts = [
            max(large.horizontalAdvance(line.large), small.horizontalAdvance(line.small))
            for line in lines
        ]
        buttons = [body.horizontalAdvance(line.row.step.button) + 30 for line in lines]
        sums = [body.horizontalAdvance(line.money) for line in lines]
        self._count_width = min(9.5 * self._line, max([96.0, *counts]) + 4)
        self._button_width = min(12.5 * self._line, max([90.0, *buttons]) + 2)
        self._money_width = min(7.5 * self._line, max([70.0, *sums]) + 2)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Headings are low, rows as the density says, and narrow ones a line higher."""
        entry: Entry = index.data(RowRole)
        unit = _unit(option.widget.font())
        if isinstance(entry, Heading):
            return QSize(200, unit + _HEAD)
        if self.dense:
            return QSize(200, unit + _AIR_DENSE)
        lines = 3 if option.widget.width() < _NARROW_LINES * unit else 2
        return QSize(200, lines * unit + _AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints one entry."""
        entry: Entry = index.data(RowRole)
        view = option.widget
        colours = colours_of(view)
        area = _card_area(option.rect, view.width())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(entry, Heading):
            self._paint_heading(painter, area, entry, view.font(), colours)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            focused = chosen and bool(view.hasFocus())
            self._paint_surface(painter, area, entry, colours, chosen=chosen)
            if focused:
                self._paint_ring(painter, area, colours)
            self._paint_line(painter, area, entry, view.font(), colours)
            primary = chosen
            hot = self.hovered == (index.row(), True)
            self._paint_button(
                painter,
                self.button_area(option.rect, view.width()),
                entry,
                view.font(),
                colours,
                primary=primary,
                hot=hot,
            )
        painter.restore()

    def _paint_heading(
        self, painter: QPainter, area: QRectF, entry: Heading, font: QFont, colours: Colours
    ) -> None:
        painter.setFont(sized(font, Type.BODY, strong=True))
        painter.setPen(QColor(colours.text_2))
        words = area.adjusted(0, 10, 0, 0)
        painter.drawText(words, _MIDDLE, entry.title)
        after = painter.fontMetrics().horizontalAdvance(entry.title) + tokens.GAP
        painter.setFont(font)
        painter.setPen(QColor(colours.mute))
        painter.drawText(words.adjusted(after, 0, 0, 0), _MIDDLE, str(entry.count))

    def _paint_surface(
        self, painter: QPainter, area: QRectF, line: Line, colours: Colours, *, chosen: bool
    ) -> None:
        """The row's part of its group's card: round at the ends, a hairline between rows."""
        box = area.adjusted(0.5, 0.5 if line.first else -0.5, -0.5, -0.5)
        path = _card(box, top=line.first, bottom=line.last)
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.setBrush(QColor(colours.accent_soft if chosen else colours.base))
        painter.drawPath(path)
        if chosen:
            painter.save()
            painter.setClipPath(path)
            painter.fillRect(QRectF(box.x(), box.y(), 4, box.height() + 1), QColor(colours.accent))
            painter.restore()

    def _paint_ring(self, painter: QPainter, area: QRectF, colours: Colours) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.accent), tokens.RING))
        painter.drawRoundedRect(area.adjusted(2, 2, -2, -2), tokens.RADIUS, tokens.RADIUS)

    def _places(self, area: QRectF) -> _Places:
        inner = area.adjusted(_PAD + 2, 0, -_PAD, 0)
        button = min(self._button_width, inner.width() * 0.32)
        narrow = area.width() + BAR < _NARROW_LINES * self._line
        left = inner.x() + self._count_width + _GAP
        right = inner.right() - button - _GAP
        money = QRectF(right - self._money_width, inner.y(), self._money_width, inner.height())
        under = narrow and not self.dense
        middle = max(60.0, (right if under else money.x() - _GAP) - left)
        share = middle if narrow or self.dense else middle * 0.5
        return _Places(
            count=QRectF(inner.x(), inner.y(), self._count_width, inner.height()),
            title=QRectF(left, inner.y(), share - (0 if narrow else _GAP / 2), inner.height()),
            avenue=QRectF(
                left + share + _GAP / 2, inner.y(), middle - share - _GAP / 2, inner.height()
            ),
            money=money,
            button=QRectF(inner.right() - button, inner.y(), button, inner.height()),
        )

    def button_area(self, row: QRect, width: int) -> QRectF:
        """Where the button of a row stands, in a list `width` wide."""
        whole = _card_area(row, width)
        place = self._places(whole).button
        high = min(whole.height() - 6, max(26.0, self._line + (4 if self.dense else 12)))
        return QRectF(place.x(), whole.center().y() - high / 2, place.width(), high)

    def _paint_line(
        self, painter: QPainter, area: QRectF, line: Line, font: QFont, colours: Colours
    ) -> None:
        narrow = area.width() + BAR < _NARROW_LINES * self._line
        places = self._places(area)
        small = sized(font, Type.SMALL)
        strong = sized(font, Type.BODY, strong=True)
        if self.dense:
            self._paint_dense(painter, places, line, font, colours)
            return
        unit = _unit(font)
        top = area.center().y() - (1.5 if narrow else 1) * unit
        count = sized(font, Type.COUNT, strong=True)
        large = unit + 3
        _words(
            painter, _row(places.count, top - 1, large), line.large, count, line.tone.ink(colours)
        )
        below = _row(places.count, top + large - 1, unit)
        _words(painter, below, line.small, small, colours.text_2)
        _words(painter, _row(places.title, top, unit), line.row.title, strong, colours.text)
        second = _row(places.title, top + unit, unit)
        _words(painter, second, line.second, small, colours.text_2)
        chip_font = sized(font, Type.SMALL, strong=True)
        chip = _row(places.title if narrow else places.avenue, top, unit - 1)
        if narrow:
            chip.translate(0, 2 * unit + 1)
        else:
            nothing = _row(places.avenue, top + unit, unit)
            _words(painter, nothing, line.row.nothing, small, colours.text_2)
        paint_chip(painter, chip, line.chip, chip_font, colours)
        if narrow:
            _words(painter, below.translated(0, unit), line.money, strong, colours.text)
        else:
            _words(painter, places.money, line.money, strong, colours.text, side=_RIGHT)

    def _paint_dense(
        self, painter: QPainter, places: _Places, line: Line, font: QFont, colours: Colours
    ) -> None:
        strong = sized(font, Type.BODY, strong=True)
        chip_font = sized(font, Type.SMALL, strong=True)
        _words(painter, places.count, line.large, strong, line.tone.ink(colours))
        chip = min(chip_width(chip_font, line.chip) + 1, places.title.width() * 0.42)
        box = places.title
        words = box.adjusted(0, 0, -chip - tokens.GAP, 0)
        _words(painter, words, line.row.title, font, colours.text)
        high = self._line - 1
        place = QRectF(box.right() - chip, box.center().y() - high / 2, chip, high)
        paint_chip(painter, place, line.chip, chip_font, colours)
        _words(painter, places.money, line.money, strong, colours.text, side=_RIGHT)

    def _paint_button(
        self,
        painter: QPainter,
        box: QRectF,
        line: Line,
        font: QFont,
        colours: Colours,
        *,
        primary: bool,
        hot: bool,
    ) -> None:
        if primary:
            fill, ink, edge = colours.accent, colours.on_accent, colours.accent
            fill = colours.accent_hover if hot else fill
        else:
            fill, ink, edge = colours.base, colours.text, colours.mute
            fill = colours.alt if hot else fill
        written = sized(font, Type.BODY, strong=primary)
        wide = QFontMetricsF(written).horizontalAdvance(line.row.step.button) + 28
        wide = min(wide, box.width())
        shape = QRectF(box.right() - wide, box.y(), wide, box.height()).adjusted(
            0.5, 0.5, -0.5, -0.5
        )
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(shape, tokens.RADIUS, tokens.RADIUS)
        _words(
            painter, shape.adjusted(10, 0, -10, 0), line.row.step.button, written, ink, side=_CENTRE
        )

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Says on hover what is cut, and the exact day over the countdown."""
        entry = index.data(RowRole)
        if event.type() != QEvent.Type.ToolTip or not isinstance(entry, Line):
            return super().helpEvent(event, view, option, index)
        places = self._places(_card_area(option.rect, view.width()))
        spot = QPointF(event.pos())
        if places.count.contains(spot):
            text = entry.exact
        elif places.title.contains(spot):
            text = "\n".join((entry.row.title, entry.second))
        elif places.button.contains(spot):
            text = entry.row.step.button
        else:
            text = "\n".join(part for part in (entry.chip.text, entry.row.nothing) if part)
        QToolTip.showText(event.globalPos(), tip_text(text), view)
        return True


def _unit(font: QFont) -> int:
    """The height of one line of a row in `font`."""
    return max(_LEAST_LINE, line_height(font) + 1)


def _card_area(row: QRect, width: int) -> QRectF:
    """A row without the place kept free for the scroll bar, so nothing moves when it comes."""
    return QRectF(row.x(), row.y(), min(row.width(), width - BAR), row.height())


def _row(place: QRectF, top: float, height: float) -> QRectF:
    return QRectF(place.x(), top, place.width(), height)


def _words(
    painter: QPainter, box: QRectF, text: str, font: QFont, ink: str, *, side: int = _MIDDLE
) -> None:
    painter.setFont(font)
    painter.setPen(QColor(ink))
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, side, shown)


def _card(box: QRectF, *, top: bool, bottom: bool) -> QPainterPath:
    """A rectangle with round corners at the ends that are asked for."""
    path = QPainterPath()
    radius = tokens.RADIUS_CARD
    if top and bottom:
        path.addRoundedRect(box, radius, radius)
        return path
    if not top and not bottom:
        path.addRect(box)
        return path
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(box, radius, radius)
    half = box.adjusted(0, 0 if bottom else radius, 0, 0 if top else -radius)
    square = QPainterPath()
    if top:
        square.addRect(QRectF(box.x(), box.y() + radius, box.width(), box.height() - radius))
    else:
        square.addRect(QRectF(half.x(), box.y(), box.width(), box.height() - radius))
    return path.united(square)

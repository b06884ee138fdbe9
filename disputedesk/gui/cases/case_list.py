"""The list of cases: how long is left, what it is, how much, where it stands."""

from __future__ import annotations

import datetime as dt
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from disputedesk.common.texts import tr
from disputedesk.deadlines.words import Status
from disputedesk.desk.views import CaseRow
from disputedesk.desk.words import money_text
from disputedesk.gui import tokens
from disputedesk.gui.chips import tone_of
from disputedesk.gui.dates import countdown_text, day_in_words
from disputedesk.gui.rows import Column, RowModel, RowRole
from disputedesk.gui.theme import colours_of, sized
from disputedesk.gui.tokens import Tone, Type

Index = QModelIndex | QPersistentModelIndex
_HIGH: Final = 60
_LEFT: Final = 128
_RIGHT: Final = 150


def tone_of_case(row: CaseRow, today: dt.date) -> Tone:
    """How urgent a case is, by the day to act."""
    if row.asked and not row.closed:
        return Tone.SOON
    return Tone.WAIT if row.closed else tone_of(Status.OPEN, row.act_by, today)


def large_words(row: CaseRow, today: dt.date) -> str:
    """The large words of a line: the countdown, or that it is over."""
    if row.closed:
        return tr("closed")
    if row.asked:
        return tr("which day?")
    if row.act_by is None:
        return tr("no date")
    return countdown_text(row.act_by, today)


def spoken(row: CaseRow, today: dt.date) -> str:
    """A line as one sentence."""
    parts = [large_words(row, today), tr("Case {number}", number=row.number), row.title]
    parts += [row.stage_title, money_text(row.money) if row.money else "", row.subtitle]
    return ", ".join(part for part in parts if part)


def tip_of(row: CaseRow, today: dt.date) -> str:
    """The exact day, and everything that may be cut."""
    lines = [row.title, row.subtitle]
    if row.asked and not row.closed:
        lines.append(tr("Your answer is asked; the day stands in their letter: tell it."))
    if row.act_by is not None and not row.closed:
        lines.append(tr("Act by {day}", day=day_in_words(row.act_by, today)))
    return "\n".join(lines)


def columns_for(today: dt.date) -> tuple[Column[CaseRow], ...]:
    """The one column of the list, with what is spoken and shown on hover."""
    return (
        Column(
            "case",
            tr("Case"),
            lambda row: spoken(row, today),
            tip=lambda row: tip_of(row, today),
        ),
    )


class CasePainter(QStyledItemDelegate):
    """Paints one case as two lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.today = dt.date.min

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines with air."""
        font = getattr(option, "font")  # noqa: B009 - the stubs lack the field
        line = sized(font, Type.STRONG).pointSizeF()
        return QSize(200, max(_HIGH, int(line * 4.6)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints countdown, words, sum and stage."""
        row = index.data(RowRole)
        widget = self.parent()
        if not isinstance(row, CaseRow) or not isinstance(widget, QWidget):
            return
        rect, state = getattr(option, "rect"), getattr(option, "state")  # noqa: B009 - stubs
        font = getattr(option, "font")  # noqa: B009 - the stubs lack the field
        colours = colours_of(widget)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(rect).adjusted(1, 2, -1, -2)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.setPen(QColor(colours.accent if chosen and widget.hasFocus() else colours.border))
        painter.setBrush(QColor(colours.accent_soft if chosen else colours.base))
        painter.drawRoundedRect(area, tokens.RADIUS_CARD, tokens.RADIUS_CARD)
        middle = Qt.AlignmentFlag.AlignVCenter
        tone = tone_of_case(row, self.today)
        painter.setPen(QColor(tone.ink(colours)))
        painter.setFont(sized(font, Type.STRONG, strong=True))
        large = f"{tone.shape} {large_words(row, self.today)}"
        box = area.adjusted(12, 0, 0, 0)
        box.setWidth(_LEFT - 16)
        painter.drawText(box, int(middle), _cut(painter, large, box.width()))
        self._words(painter, row, area, font, widget)
        self._sum(painter, row, area, font, widget)
        painter.restore()

    def _words(
        self, painter: QPainter, row: CaseRow, area: QRectF, font: object, widget: QWidget
    ) -> None:
        colours = colours_of(widget)
        top = area.adjusted(_LEFT, 8, -_RIGHT - 12, -area.height() / 2)
        below = area.adjusted(_LEFT, area.height() / 2, -_RIGHT - 12, -8)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(sized(widget.font(), Type.BODY, strong=True))
        painter.setPen(QColor(colours.text))
        painter.drawText(top, middle, _cut(painter, row.title, top.width()))
        painter.setFont(widget.font())
        painter.setPen(QColor(colours.text_2))
        second = tr("Case {number}", number=row.number) + f" · {row.subtitle}"
        painter.drawText(below, middle, _cut(painter, second, below.width()))

    def _sum(
        self, painter: QPainter, row: CaseRow, area: QRectF, font: object, widget: QWidget
    ) -> None:
        colours = colours_of(widget)
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        side = area.adjusted(area.width() - _RIGHT - 12, 8, -12, -area.height() / 2)
        painter.setFont(sized(widget.font(), Type.BODY, strong=True))
        painter.setPen(QColor(colours.text))
        painter.drawText(side, right, money_text(row.money) if row.money else "")
        below = area.adjusted(area.width() - _RIGHT - 12, area.height() / 2, -12, -8)
        painter.setFont(widget.font())
        painter.setPen(QColor(colours.text_2))
        painter.drawText(below, right, _cut(painter, row.stage_title, below.width()))


def _cut(painter: QPainter, text: str, width: float) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width))


class CaseList(QListView):
    """The list itself: arrows or J and K move, Enter or a click opens.

    Signals:
        case_opened(row): A case was opened.
    """

    case_opened = Signal(object)

    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plain")
        self.setAccessibleName(tr("Cases"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setUniformItemSizes(True)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.cases = RowModel[CaseRow](columns_for(today), lambda row: row.id, self)
        self.setModel(self.cases)
        self._painter = CasePainter(self)
        self._painter.today = today
        self.setItemDelegate(self._painter)

    def set_rows(self, rows: tuple[CaseRow, ...], today: dt.date) -> None:
        """Shows `rows`; the chosen one stays chosen."""
        self._painter.today = today
        self.cases.set_rows(rows)
        if rows and not self.currentIndex().isValid():
            self.setCurrentIndex(self.cases.index(0, 0))
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves with J and K, opens with Enter."""
        move = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}.get(Qt.Key(event.key()))
        if move is not None and not event.modifiers():
            at = min(max(0, self.currentIndex().row() + move), self.cases.rowCount() - 1)
            self.setCurrentIndex(self.cases.index(at, 0))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Opens what is under the mouse."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._open(self.indexAt(event.position().toPoint()))

    def _open(self, index: QModelIndex) -> None:
        row = index.data(RowRole)
        if isinstance(row, CaseRow):
            self.case_opened.emit(row)

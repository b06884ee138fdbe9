"""The list of a review: headings, lines with tick boxes, and what each would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from disputedesk.common.texts import tr
from disputedesk.gui.intake.entries import Entry, Heading, Row, key_of
from disputedesk.gui.rows import Column, RowModel, RowRole
from disputedesk.gui.theme import colours_of, sized
from disputedesk.gui.tokens import Colours, Type

Index = QModelIndex | QPersistentModelIndex
_BOX: Final = 18
_LEFT: Final = 40
_GAP: Final = 8
_WRAP: Final = int(
    Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
)


class ReviewModel(RowModel[Row]):
    """Rows with ticks; headings cannot be chosen. Lives on the GUI thread."""

    ticked = Signal()

    def __init__(self, parent: QWidget) -> None:
        column: Column[Row] = Column("line", tr("Found"), _spoken, tip=_spoken)
        super().__init__((column,), key_of, parent)
        self.keys: set[str] = set()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Lines can be chosen, and ticked where there is something to keep."""
        row = self.row_at(index)
        if not isinstance(row, Entry):
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if row.can_keep else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a line answers; its tick too."""
        row = self.row_at(index)
        if role == Qt.ItemDataRole.CheckStateRole and isinstance(row, Entry) and row.can_keep:
            on = row.line.key in self.keys
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return super().data(index, role)

    def tick(self, row: Entry, *, on: bool) -> None:
        """Ticks or unticks a line."""
        if not row.can_keep:
            return
        (self.keys.add if on else self.keys.discard)(row.line.key)
        at = self.index(self.find(row.line.key), 0)
        self.dataChanged.emit(at, at, [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit()

    def tick_all(self, *, on: bool) -> None:
        """Ticks what is proposed, or unticks everything."""
        self.keys = {
            row.line.key
            for row in self.rows
            if on and isinstance(row, Entry) and row.can_keep and row.line.default_keep
        }
        last = self.index(self.rowCount() - 1, 0)
        self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit()


def _spoken(row: Row) -> str:
    return f"{row.title}, {row.count}" if isinstance(row, Heading) else row.spoken


class ReviewPainter(QStyledItemDelegate):
    """Paints headings and lines; lines are as high as their words."""

    def __init__(self, parent: ReviewList) -> None:
        super().__init__(parent)
        self._list = parent

    def _wide(self) -> float:
        return max(120.0, self._list.viewport().width() - _LEFT - 20.0)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line for a heading; a title and its details for a line."""
        row = index.data(RowRole)
        strong = QFontMetricsF(sized(self._list.font(), Type.BODY, strong=True))
        if not isinstance(row, Entry):
            return QSize(100, int(strong.height() + 26))
        small = QFontMetricsF(sized(self._list.font(), Type.SMALL))
        box = QRectF(0, 0, self._wide(), 10_000)
        high = strong.boundingRect(box, _WRAP, row.title).height()
        for text in row.details:
            high += small.boundingRect(box, _WRAP, text).height() + 1
        return QSize(100, int(high + 2 * _GAP + 4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints one row."""
        row = index.data(RowRole)
        rect, state = getattr(option, "rect"), getattr(option, "state")  # noqa: B009 - stubs
        colours = colours_of(self._list)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(rect)
        if isinstance(row, Heading):
            self._heading(painter, row, area, colours)
        elif isinstance(row, Entry):
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            self._entry(painter, row, area, colours, chosen=chosen)
        painter.restore()

    def _heading(self, painter: QPainter, row: Heading, area: QRectF, colours: Colours) -> None:
        painter.setFont(sized(self._list.font(), Type.BODY, strong=True))
        painter.setPen(QColor(row.tone.ink(colours)))
        title = f"{row.tone.shape} {row.title} · {row.count}"
        box = area.adjusted(8, 12, -8, 0)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), title)
        wide = painter.fontMetrics().horizontalAdvance(title) + 12
        painter.setFont(sized(self._list.font(), Type.SMALL))
        painter.setPen(QColor(colours.mute))
        rest = box.adjusted(wide, 0, 0, 0)
        text = painter.fontMetrics().elidedText(
            row.hint, Qt.TextElideMode.ElideRight, int(rest.width())
        )
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), text)

    def _entry(
        self, painter: QPainter, row: Entry, area: QRectF, colours: Colours, *, chosen: bool
    ) -> None:
        card = area.adjusted(1, 2, -1, -2)
        lit = chosen and self._list.hasFocus()
        painter.setPen(QPen(QColor(colours.accent if lit else colours.border), 1))
        painter.setBrush(QColor(colours.accent_soft if chosen else colours.base))
        painter.drawRoundedRect(card, 6, 6)
        if row.can_keep:
            self._box(painter, card, colours, on=row.line.key in self._list.keys)
        top = card.top() + _GAP
        strong = sized(self._list.font(), Type.BODY, strong=True)
        small = sized(self._list.font(), Type.SMALL)
        for at, text in enumerate((row.title, *row.details)):
            painter.setFont(small if at else strong)
            painter.setPen(QColor(colours.text_2 if at else colours.text))
            box = QRectF(card.left() + _LEFT, top, self._wide(), 10_000)
            used = painter.boundingRect(box, _WRAP, text)
            painter.drawText(box, _WRAP, text)
            top += used.height() + (1 if at else 0)

    def _box(self, painter: QPainter, card: QRectF, colours: Colours, *, on: bool) -> None:
        box = QRectF(card.left() + 11, card.top() + _GAP, _BOX, _BOX)
        painter.setPen(QPen(QColor(colours.accent if on else colours.mute), 1.5))
        painter.setBrush(QColor(colours.accent if on else colours.base))
        painter.drawRoundedRect(box, 4, 4)
        if on:
            painter.setPen(QPen(QColor(colours.on_accent), 2))
            left, top = box.left(), box.top()
            corners = (QPointF(left + 4, top + 9), QPointF(left + 8, top + 13))
            painter.drawPolyline([*corners, QPointF(left + 14, top + 5)])


class ReviewList(QListView):
    """The list: Space ticks, Enter keeps, a click on the box or the line ticks.

    Signals:
        ticked(): Other lines are ticked now.
        keep_wanted(): Enter was pressed.
    """

    ticked = Signal()
    keep_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("plain")
        self.setAccessibleName(tr("What was found"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.viewport().setAutoFillBackground(False)
        self.found = ReviewModel(self)
        self.found.ticked.connect(self.ticked)
        self.found.ticked.connect(self.viewport().update)
        self.setModel(self.found)
        self.setItemDelegate(ReviewPainter(self))

    @property
    def keys(self) -> set[str]:
        """The keys of the ticked lines."""
        return self.found.keys

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Shows a review with its ticks as it proposes them."""
        self.found.keys = {
            row.line.key
            for row in rows
            if isinstance(row, Entry) and row.can_keep and row.line.default_keep
        }
        self.found.set_rows(rows)
        for at, row in enumerate(rows):
            if isinstance(row, Entry):
                self.setCurrentIndex(self.found.index(at, 0))
                self.scrollToTop()
                return

    def tick_all(self, *, on: bool) -> None:
        """Ticks what is proposed, or none; what needs a decision is left to the user."""
        self.found.tick_all(on=on)

    def _flip(self, row: Entry) -> None:
        self.found.tick(row, on=row.line.key not in self.keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Enter keeps."""
        row = self.currentIndex().data(RowRole)
        if event.key() == Qt.Key.Key_Space and isinstance(row, Entry):
            self._flip(row)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ticks the line under the mouse."""
        super().mouseReleaseEvent(event)
        row = self.indexAt(event.position().toPoint()).data(RowRole)
        if event.button() is Qt.MouseButton.LeftButton and isinstance(row, Entry):
            self._flip(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Breaks the words anew at another width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

"""A contact sheet of any length: cells of one size, so that nothing is ever laid out.

Qt's own list lays out every item when it opens and again at every new width (0.3 s for 100,000);
here the place of a cell is a multiplication. Geometry alone is replaced: selection, keyboard, wheel
and what a screen reader is told remain those of `QListView`.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

Index = QModelIndex | QPersistentModelIndex
_STEPS: Final = 3
_Cursor = QAbstractItemView.CursorAction


class Grid(QListView):
    """The base of contact sheets; a subclass paints one cell.

    Args:
        cell: The least size of a cell; its width grows so that rows are filled.

    Signals:
        looked_at(first, last): Other lines are in view; the last one is included.
        opened(index): Enter or a double click.
        glanced(index): Space.
    """

    looked_at = Signal(int, int)
    opened = Signal(QModelIndex)
    glanced = Signal(QModelIndex)

    def __init__(self, cell: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cell = cell
        self._shown = (0, -1)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(0)
        self._telling.timeout.connect(self._tell)
        self.doubleClicked.connect(self.opened)

    def paint_cell(self, painter: QPainter, place: QRect, at: int, *, chosen: bool) -> None:
        """Paints line `at` into `place`."""
        raise NotImplementedError

    # -- where cells are

    @property
    def columns(self) -> int:
        """How many cells stand side by side."""
        return max(1, self.viewport().width() // self._cell.width())

    def _count(self) -> int:
        model: QAbstractItemModel | None = self.model()
        return 0 if model is None else model.rowCount()

    def _place(self, at: int) -> QRect:
        columns = self.columns
        wide, high = self.viewport().width() // columns, self._cell.height()
        row, column = divmod(at, columns)
        if self.isRightToLeft():
            column = columns - 1 - column
        return QRect(column * wide, row * high - self.verticalOffset(), wide, high)

    def lines_in_view(self) -> tuple[int, int]:
        """The first and the last line that can be seen; the last is before the first in none."""
        high, columns = self._cell.height(), self.columns
        top = self.verticalOffset()
        first = top // high * columns
        last = ((top + self.viewport().height() - 1) // high + 1) * columns - 1
        return first, min(last, self._count() - 1)

    def visualRect(self, index: Index) -> QRect:  # noqa: N802 - Qt's own name
        """The place of a cell on the screen."""
        return self._place(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802 - Qt's own name
        """The cell at a point."""
        columns = self.columns
        column = point.x() // max(1, self.viewport().width() // columns)
        if self.isRightToLeft():
            column = columns - 1 - column
        at = (point.y() + self.verticalOffset()) // self._cell.height() * columns + column
        if 0 <= column < columns and 0 <= at < self._count():
            return self.model().index(at, 0)
        return QModelIndex()

    def horizontalOffset(self) -> int:  # noqa: N802 - Qt's own name
        """Nothing is ever wider than the sheet."""
        return 0

    def verticalOffset(self) -> int:  # noqa: N802 - Qt's own name
        """How far the sheet is scrolled."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: Index) -> bool:  # noqa: N802 - Qt's own name
        """No cell is hidden."""
        return False

    def doItemsLayout(self) -> None:  # noqa: N802 - Qt's own name
        """Only the scroll bar follows; there is nothing to lay out."""
        QAbstractItemView.doItemsLayout(self)
        self._telling.start()

    def updateGeometries(self) -> None:  # noqa: N802 - Qt's own name
        """Fits the scroll bar to the number of rows."""
        high, bar = self._cell.height(), self.verticalScrollBar()
        rows = -(-self._count() // self.columns)
        bar.setSingleStep(high // _STEPS)
        bar.setPageStep(max(high, self.viewport().height() // high * high))
        bar.setRange(0, max(0, rows * high - self.viewport().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the topmost cell at the top when the number of columns changes."""
        before = max(1, event.oldSize().width() // self._cell.width())
        first = self.verticalOffset() // self._cell.height() * before
        super().resizeEvent(event)
        self.updateGeometries()
        if before != self.columns:
            self.verticalScrollBar().setValue(first // self.columns * self._cell.height())
        self._telling.start()

    def scrollContentsBy(self, _dx: int, dy: int) -> None:  # noqa: N802 - Qt's own name
        """Moves what is painted already."""
        self.viewport().scroll(0, dy)
        self._telling.start()

    def scrollTo(  # noqa: N802 - Qt's own name
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Brings a cell into view."""
        if not index.isValid():
            return
        self.executeDelayedItemsLayout()
        place, bar, room = self._place(index.row()), self.verticalScrollBar(), self.viewport()
        if hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + place.center().y() - room.height() // 2)
        elif place.top() < 0 or hint is QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(bar.value() + place.top())
        elif place.bottom() >= room.height():
            bar.setValue(bar.value() + place.bottom() - room.height() + 1)

    # -- the keyboard

    def moveCursor(  # noqa: N802 - Qt's own name
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """The cell an arrow, Home, End or a page leads to."""
        count, columns = self._count(), self.columns
        if not count:
            return QModelIndex()
        now = max(0, self.currentIndex().row())
        page = max(1, self.viewport().height() // self._cell.height()) * columns
        ahead = -1 if self.isRightToLeft() else 1
        steps = {
            _Cursor.MoveUp: -columns, _Cursor.MoveDown: columns, _Cursor.MoveLeft: -ahead,
            _Cursor.MoveRight: ahead, _Cursor.MovePrevious: -1, _Cursor.MoveNext: 1,
            _Cursor.MovePageUp: -page, _Cursor.MovePageDown: page,
            _Cursor.MoveHome: -count, _Cursor.MoveEnd: count,
        }  # fmt: skip
        at = now + steps[action] if self.currentIndex().isValid() else 0
        if action in {_Cursor.MoveUp, _Cursor.MovePageUp} and at < 0:
            at = now % columns
        if action is _Cursor.MoveDown and at >= count:
            at = count - 1 if now // columns < (count - 1) // columns else now
        return self.model().index(min(max(0, at), count - 1), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space shows quickly; nothing here is copied by a key."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.opened.emit(index)
        elif event.key() == Qt.Key.Key_Space and index.isValid():
            self.glanced.emit(index)
        elif event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _text: str) -> None:  # noqa: N802 - Qt's own name
        """Letters do nothing: Qt would read every row to find one that begins with them."""

    # -- selection

    def setSelection(  # noqa: N802 - Qt's own name
        self, area: QRect, command: QItemSelectionModel.SelectionFlag
    ) -> None:
        """Chooses the cell under the mouse."""
        index = self.indexAt(area.bottomRight())
        chosen = QItemSelection(index, index) if index.isValid() else QItemSelection()
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(  # noqa: N802 - Qt's own name
        self, selection: QItemSelection
    ) -> QRegion:
        """Where the chosen cells are, as far as they can be seen."""
        region = QRegion()
        for index in selection.indexes():
            region += self._place(index.row()) & self.viewport().rect()
        return region

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the cells in view."""
        first, last = self.lines_in_view()
        now = self.currentIndex().row()
        painter = QPainter(self.viewport())
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        for at in range(first, last + 1):
            place = self._place(at)
            if place.intersects(event.rect()):
                self.paint_cell(painter, place, at, chosen=at == now)
        painter.end()

    def _tell(self) -> None:
        self.looked_at.emit(*self.lines_in_view())

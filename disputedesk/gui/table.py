"""Tables people work in: rows of one height, columns to choose, copied as text for sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QColor,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from disputedesk.common.texts import tr
from disputedesk.gui import tokens
from disputedesk.gui.labels import tip_text
from disputedesk.gui.places import Places
from disputedesk.gui.rows import Column, Index, ToneRole
from disputedesk.gui.theme import colours_of, line_height
from disputedesk.gui.tokens import Tone

_SIDE: Final = 10
_FIRST: Final = 200
_USUAL_LINE: Final = 19


class CellPainter(QStyledItemDelegate):
    """Paints plain words, cut with an ellipsis, and an urgency as shape and colour."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints one cell."""
        view: Any = option.widget
        colours = colours_of(view)
        area: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(area, QColor(colours.accent_soft))
        current = view.currentIndex().row() == index.row()
        if current and view.horizontalHeader().visualIndex(index.column()) == 0:
            painter.fillRect(area.x(), area.y(), 4, area.height(), QColor(colours.accent))
        if current and view.hasFocus():
            painter.setPen(QColor(colours.accent))
            painter.drawLine(area.topLeft(), area.topRight())
            painter.drawLine(area.bottomLeft(), area.bottomRight())
        else:
            painter.setPen(QColor(colours.alt))
            painter.drawLine(area.bottomLeft(), area.bottomRight())
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        word = index.data(ToneRole)
        ink = colours.text if index.column() == 0 else colours.text_2
        if word is not None:
            tone = Tone(word)
            text, ink = f"{tone.shape} {text}", tone.ink(colours)
        painter.setPen(QColor(ink))
        painter.setFont(view.font())
        words = area.adjusted(_SIDE, 0, -_SIDE, 0)
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        side = index.data(Qt.ItemDataRole.TextAlignmentRole) or int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(words, side, cut)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Says on hover what is cut, or the exact form where there is one."""
        if event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        shown = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        tip = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        room = option.rect.width() - 2 * _SIDE
        cut = view.fontMetrics().horizontalAdvance(shown) > room - 14
        if tip and (cut or tip != tip_text(shown)):
            QToolTip.showText(event.globalPos(), tip, view)
        else:
            QToolTip.hideText()
        return True


class Table(QTableView):
    """A table with a name, whose columns are remembered under that name.

    Signals:
        copy_wanted(): The marked rows are to be copied; the owner knows their words.
        opened(index): Enter or a double click on a row.
    """

    copy_wanted = Signal()
    opened = Signal(QModelIndex)

    def __init__(
        self,
        columns: Sequence[Column[Any]],
        name: str,
        places: Places,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._name = name
        self._places = places
        self.setItemDelegate(CellPainter(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(max(tokens.ROW_DENSE + 2, line_height(self.font()) + 14))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsMovable(True)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._head_menu)
        head.setAccessibleName(tr("Columns"))
        self.doubleClicked.connect(self.opened)

    def arrange(self) -> None:
        """Gives the columns their widths; call once the model is set."""
        head = self.horizontalHeader()
        head.setMinimumSectionSize(48)
        kept = self._places.bytes_of(f"columns/{self._name}")
        if kept.isEmpty() or not head.restoreState(kept):
            for at, column in enumerate(self._columns):
                self.setColumnWidth(at, self._scaled(column.width))
                self.setColumnHidden(at, not column.shown)
        self._fit()
        head.sectionResized.connect(self._resized)
        head.sectionMoved.connect(self._remember)

    @Slot(int, int, int)
    def _resized(self, section: int, old: int, new: int) -> None:
        if section != 0:
            self._fit()
        self._remember()

    def _scaled(self, width: int) -> int:
        """A width meant for the usual type size, in the size in force."""
        return max(width, round(width * self.fontMetrics().height() / _USUAL_LINE))

    def _fit(self) -> None:
        """Gives the first column what the others leave, and enough to be read."""
        others = sum(
            self.columnWidth(at)
            for at in range(1, len(self._columns))
            if not self.isColumnHidden(at)
        )
        wide = max(_FIRST, self.viewport().width() - others)
        if wide != self.columnWidth(0):
            self.setColumnWidth(0, wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits the first column."""
        super().resizeEvent(event)
        if self.model() is not None:
            self._fit()

    @Slot()
    def _remember(self) -> None:
        self._places.keep(f"columns/{self._name}", self.horizontalHeader().saveState())

    def fill_menu(self, menu: QMenu) -> None:
        """Adds one line for each column that can be shown or hidden."""
        for at, column in enumerate(self._columns):
            if at == 0:
                continue
            action = QAction(column.title, menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(at))
            action.toggled.connect(lambda shown, at=at: self._show_column(at, shown=shown))
            menu.addAction(action)

    def _show_column(self, at: int, *, shown: bool) -> None:
        self.setColumnHidden(at, not shown)
        if shown and self.columnWidth(at) < 48:
            self.setColumnWidth(at, self._scaled(self._columns[at].width))
        self._fit()
        self._remember()

    @Slot(QPoint)
    def _head_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def visible_columns(self) -> tuple[Column[Any], ...]:
        """The columns in view, in the order the user gave them."""
        head = self.horizontalHeader()
        order = sorted(range(len(self._columns)), key=head.visualIndex)
        return tuple(self._columns[at] for at in order if not self.isColumnHidden(at))

    def marked_rows(self) -> tuple[int, ...]:
        """The marked lines, from the top."""
        return tuple(sorted({index.row() for index in self.selectionModel().selectedRows()}))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, the copy key copies."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


def copy_rows(columns: Sequence[Column[Any]], rows: Sequence[Any]) -> str:
    """Puts rows in the clipboard as tab-separated text with a head, and gives that text.

    A cell that a spreadsheet would take for a formula is given an apostrophe.
    """
    lines = ["\t".join(_safe(column.title) for column in columns)]
    lines += ["\t".join(_safe(column.text(row)) for column in columns) for row in rows]
    text = "\n".join(lines) + "\n"
    QGuiApplication.clipboard().setText(text)
    return text


def _safe(text: str) -> str:
    flat = " ".join(text.split())
    return f"'{flat}" if flat[:1] in ("=", "+", "-", "@") else flat

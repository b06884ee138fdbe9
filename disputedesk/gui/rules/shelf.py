"""The shelf: packs and rules under headings, found as you type."""

from __future__ import annotations

import dataclasses
from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.texts import tr, trn
from disputedesk.desk.queries.rule_shelf import Shelf, ShelfRule, folded, group_title
from disputedesk.gui import tokens
from disputedesk.gui.labels import label
from disputedesk.gui.rows import Column, Index, RowModel, RowRole
from disputedesk.gui.theme import colours_of, line_height, sized
from disputedesk.gui.tokens import Type
from disputedesk.model.ids import RuleId

_INSET: Final = 12


@dataclasses.dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the shelf: a group, or a pack inside it."""

    key: str
    text: str
    second: str = ""
    big: bool = False


Entry = Heading | ShelfRule


class ShelfModel(RowModel[Entry]):
    """Headings and rules; a heading can be seen but not chosen."""

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:  # type: ignore[override]
        """Headings are passed over by the keyboard."""
        if isinstance(self.row_at(index), Heading):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)


class _EntryPainter(QStyledItemDelegate):
    """Paints groups large, packs small, rules in two lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines for a rule, one and some air for a heading."""
        view: Any = option.widget
        line = line_height(view.font())
        entry: Entry = index.data(RowRole)
        if isinstance(entry, Heading):
            return QSize(120, line + (22 if entry.big else 12))
        return QSize(120, 2 * line + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints one entry."""
        view: Any = option.widget
        entry: Entry = index.data(RowRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect.adjusted(_INSET, 0, -_INSET, 0)
        if isinstance(entry, Heading):
            self._heading(painter, area, view, entry)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._rule(painter, option.rect, view, entry, chosen=chosen)
        painter.restore()

    def _heading(self, painter: QPainter, area: QRect, view: QWidget, entry: Heading) -> None:
        colours = colours_of(view)
        size = Type.STRONG if entry.big else Type.SMALL
        painter.setFont(sized(view.font(), size, strong=True))
        painter.setPen(QColor(colours.text if entry.big else colours.text_2))
        low = int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(area.adjusted(0, 0, 0, -3), low, _cut(painter, entry.text, area.width()))

    def _rule(
        self, painter: QPainter, area: QRect, view: QWidget, entry: ShelfRule, *, chosen: bool
    ) -> None:
        colours = colours_of(view)
        box = area.adjusted(4, 1, -4, -1)
        if chosen:
            painter.setBrush(QColor(colours.accent_soft))
            ring = QPen(QColor(colours.accent), 2) if view.hasFocus() else Qt.PenStyle.NoPen
            painter.setPen(ring)
            painter.drawRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
        words = box.adjusted(_INSET, 4, -_INSET, -4)
        half = words.height() // 2
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setFont(view.font())
        painter.setPen(QColor(colours.text))
        upper = words.adjusted(0, 0, 0, -half)
        painter.drawText(upper, middle, _cut(painter, entry.title, words.width()))
        painter.setFont(sized(view.font(), Type.SMALL))
        painter.setPen(QColor(colours.text_2))
        lower = words.adjusted(0, half, 0, 0)
        painter.drawText(lower, middle, _cut(painter, entry.second, words.width()))


def _cut(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)


class ShelfView(QWidget):
    """The search field over the list.

    Signals:
        chosen(id): A rule is to be shown.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf = Shelf((), ())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP)
        self.search = QLineEdit(self)
        self.search.setAccessibleName(tr("Find a rule"))
        self.search.setPlaceholderText(tr("A word, a country, a network, a code"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        column.addWidget(self.search)
        self.count = label("", ink="second", size=Type.SMALL)
        column.addWidget(self.count)
        self.none = label("", ink="second", wrap=True)
        self.none.setVisible(False)
        column.addWidget(self.none)
        said: Column[Entry] = Column("line", "", _said, tip=_said)
        self.model = ShelfModel((said,), _key, self)
        self.list = QListView(self)
        self.list.setObjectName("plain")
        self.list.setAccessibleName(tr("Rules"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(_EntryPainter(self.list))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(self._moved)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        self.setFocusProxy(self.search)

    def set_shelf(self, shelf: Shelf) -> None:
        """Shows other packs; the chosen rule stays chosen."""
        self._shelf = shelf
        self._fill()

    @property
    def found(self) -> tuple[ShelfRule, ...]:
        """The rules that are listed now."""
        return tuple(row for row in self.model.rows if isinstance(row, ShelfRule))

    def choose(self, rule: RuleId) -> None:
        """Chooses a rule, searching for everything again where it is hidden."""
        if all(one.id != rule for one in self.found):
            self.search.clear()
        for at, row in enumerate(self.model.rows):
            if isinstance(row, ShelfRule) and row.id == rule:
                self.list.setCurrentIndex(self.model.index(at, 0))
                return

    @Slot()
    def _fill(self) -> None:
        wanted = folded(self.search.text()).split()
        entries: list[Entry] = []
        group = None
        for pack in self._shelf.packs:
            rules = [one for one in pack.rules if all(word in one.search for word in wanted)]
            if not rules:
                continue
            if pack.group is not group:
                group = pack.group
                entries.append(Heading(f"group {group}", group_title(group), big=True))
            entries.append(Heading(f"pack {pack.id}", pack.title, pack.edition))
            entries += rules
        current = self.model.row_at(self.list.currentIndex())
        self.model.set_rows(entries)
        found = self.found
        self.count.setText(trn("{count} rule", "{count} rules", len(found)))
        self.none.setVisible(not found)
        self.list.setVisible(bool(found))
        text = self.search.text().strip()
        self.none.setText(
            tr("No rule speaks of “{text}”. Fewer letters may help.", text=text)
            if text
            else tr("No pack of rules could be read.")
        )
        if found:
            stays = isinstance(current, ShelfRule) and current in found
            self.choose(current.id if stays and isinstance(current, ShelfRule) else found[0].id)

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        row = self.model.row_at(now)
        if isinstance(row, ShelfRule):
            self.chosen.emit(str(row.id))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets Down and Enter in the field go on in the list."""
        if (
            watched is self.search
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.list.setFocus()
            return True
        return False


def _key(entry: Entry) -> str:
    return entry.key if isinstance(entry, Heading) else str(entry.id)


def _said(entry: Entry) -> str:
    if isinstance(entry, Heading):
        return ", ".join(part for part in (entry.text, entry.second) if part)
    return f"{entry.title}, {entry.second}, {entry.id}"

"""Tables of frozen rows: the base of every list model that fits in memory."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from disputedesk.gui.labels import tip_text
from disputedesk.gui.tokens import Tone

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

RowRole: Final = int(Qt.ItemDataRole.UserRole) + 1
"""Gives the whole frozen row, through any proxy."""
ToneRole: Final = int(Qt.ItemDataRole.UserRole) + 3
"""Gives the word of the cell's `Tone` (Qt turns the enum into its text), or `None`."""
SortRole: Final = int(Qt.ItemDataRole.UserRole) + 2
"""Gives an `int`, `float` or `str`: the only things a proxy sorts; never a date or a Decimal."""

_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclasses.dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column.

    Attributes:
        key: By what name its width and order are remembered.
        title: Its head, already in the language in force.
        text: The words of a row's cell.
        sort: What it sorts by; `None` sorts by the words.
        tip: The exact form on hover; `None` shows the words where they are cut.
        right: Whether it is aligned right (numbers, money).
        tone: How urgent a cell is, told by shape and colour; `None` for plain words.
        width: How wide it begins, in pixels; the first column takes what is left.
        shown: Whether it is there before the user chose columns.
    """

    key: str
    title: str
    text: Callable[[R], str]
    sort: Callable[[R], int | float | str] | None = None
    tip: Callable[[R], str] | None = None
    right: bool = False
    tone: Callable[[R], Tone | None] | None = None
    width: int = 120
    shown: bool = True


def cell(column: Column[R], row: R, role: int) -> Any:
    """What `column` answers for `row` in `role`; `None` for roles it does not know."""
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        return column.text(row)
    if role == RowRole:
        return row
    if role == SortRole:
        return column.sort(row) if column.sort else column.text(row).casefold()
    if role == ToneRole:
        return column.tone(row) if column.tone else None
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return _RIGHT if column.right else _LEFT
    if role == Qt.ItemDataRole.ToolTipRole:
        return tip_text(column.tip(row)) if column.tip else tip_text(column.text(row))
    return None


def head(columns: Sequence[Column[R]], section: int, role: int) -> Any:
    """What the head of a column answers in `role`."""
    if not 0 <= section < len(columns):
        return None
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        return columns[section].title
    if role == Qt.ItemDataRole.ToolTipRole:
        return tip_text(columns[section].title)
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return _RIGHT if columns[section].right else _LEFT
    return None


class RowModel(QAbstractTableModel, Generic[R]):
    """Frozen rows keyed by id; changes emit the narrowest signal. Lives on the GUI thread.

    Args:
        columns: What is shown, in order.
        key: The id of a row.
    """

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], Hashable],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._key = key
        self._rows: list[R] = []

    @property
    def rows(self) -> tuple[R, ...]:
        """What the model holds, in order."""
        return tuple(self._rows)

    def set_rows(self, rows: Sequence[R]) -> None:
        """Shows `rows`; what stayed keeps its place, its selection and its scroll position."""
        fresh = list(rows)
        old = [self._key(row) for row in self._rows]
        new = [self._key(row) for row in fresh]
        if old == new:
            self._replace(fresh)
            return
        kept = set(new)
        for at in reversed(range(len(old))):
            if old[at] not in kept:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._rows[at], old[at]
                self.endRemoveRows()
        if [one for one in new if one in set(old)] != old:
            self.beginResetModel()
            self._rows = fresh
            self.endResetModel()
            return
        known = set(old)
        for at, (name, row) in enumerate(zip(new, fresh, strict=True)):
            if name not in known:
                self.beginInsertRows(QModelIndex(), at, at)
                self._rows.insert(at, row)
                self.endInsertRows()
        self._replace(fresh)

    def _replace(self, fresh: Sequence[R]) -> None:
        for at, row in enumerate(fresh):
            if self._rows[at] != row:
                self._rows[at] = row
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(self._columns) - 1))

    def row_at(self, index: Index) -> R | None:
        """The row of an index, or `None` outside the table."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def find(self, key: Hashable) -> int:
        """Where the row with `key` is; -1 when it is not shown."""
        return next((at for at, row in enumerate(self._rows) if self._key(row) == key), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows; none below a row."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns; none below a row."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell answers; nothing is looked up."""
        row = self.row_at(index)
        if row is None or not 0 <= index.column() < len(self._columns):
            return None
        return cell(self._columns[index.column()], row, role)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """The columns' heads; rows have none."""
        if orientation is Qt.Orientation.Vertical:
            return None
        return head(self._columns, section, role)

"""Long lists: ids in query order in one array, rows in blocks that a reader job brings."""

from __future__ import annotations

import collections
from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, QTimer, Signal, Slot

from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.rows import Column, Index, cell, head

R = TypeVar("R")

BLOCK: Final = 128
_KEPT: Final = 64
_WAITING: Final = "…"


class PagedModel(QAbstractTableModel, Generic[R]):
    """A table over any number of rows; memory grows with what was looked at, not with the list.

    Sorting and filtering happen in the query that gives the ids. Lives on the GUI thread.

    Args:
        columns: What is shown, in order.
        key: The id of a row.
        fetch: Starts the reader job that gives the rows of some ids, in any order, missing ones
            left out.

    Signals:
        filled(): A block of rows has arrived.
    """

    filled = Signal()

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], int],
        fetch: Callable[[tuple[int, ...]], JobHandle],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._key = key
        self._fetch = fetch
        self._ids: array[int] = array("q")
        self._blocks: collections.OrderedDict[int, dict[int, R]] = collections.OrderedDict()
        self._wanted: list[int] = []
        self._edition = 0
        self._job: JobHandle | None = None
        self._asker = QTimer(self)
        self._asker.setSingleShot(True)
        self._asker.setInterval(0)
        self._asker.timeout.connect(self._ask)

    @property
    def columns(self) -> tuple[Column[R], ...]:
        """What is shown, in order."""
        return self._columns

    @property
    def ids(self) -> array[int]:
        """The ids in query order; read only."""
        return self._ids

    def set_ids(self, ids: array[int]) -> None:
        """Shows another query's answer; rows already here are kept if the ids are the same."""
        if ids == self._ids:
            return
        self.beginResetModel()
        self._edition += 1
        self._ids = ids
        self._blocks.clear()
        self._wanted.clear()
        self.endResetModel()

    def forget(self, ids: Iterable[int]) -> None:
        """Reads the rows of `ids` again when they are next looked at."""
        changed = set(ids)
        for block, rows in list(self._blocks.items()):
            if changed.intersection(rows):
                self._want(block)

    def forget_all(self) -> None:
        """Reads every row again when it is next looked at."""
        for block in list(self._blocks):
            self._want(block)

    def row_at(self, index: Index) -> R | None:
        """The row of an index; `None` outside the table or while it is on its way."""
        at = index.row()
        if not 0 <= at < len(self._ids):
            return None
        return self._row(at)

    def id_at(self, at: int) -> int | None:
        """The id in line `at`, whether or not its row has arrived."""
        return self._ids[at] if 0 <= at < len(self._ids) else None

    def find(self, key: int) -> int:
        """The line of the id `key`; -1 when the query does not give it."""
        try:
            return self._ids.index(key)
        except ValueError:
            return -1

    def rowCount(self, parent: Index | None = None) -> int:
        """How many ids the query gave."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell answers; a row not here yet shows a sign of waiting and is asked for."""
        at, column = index.row(), index.column()
        if not (0 <= at < len(self._ids) and 0 <= column < len(self._columns)):
            return None
        row = self._row(at)
        if row is not None:
            return cell(self._columns[column], row, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return _WAITING if column == 0 else ""
        return None

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

    def _row(self, at: int) -> R | None:
        block = at // BLOCK
        rows = self._blocks.get(block)
        if rows is None:
            self._want(block)
            return None
        self._blocks.move_to_end(block)
        return rows.get(self._ids[at])

    def _want(self, block: int) -> None:
        if block not in self._wanted:
            self._wanted.append(block)
            if self._job is None:
                self._asker.start()

    @Slot()
    def _ask(self) -> None:
        """Asks for the block wanted last: it is the one on the screen now."""
        if self._job is not None or not self._wanted:
            return
        block = self._wanted.pop()
        del self._wanted[:-4]
        edition = self._edition
        ids = tuple(self._ids[block * BLOCK : (block + 1) * BLOCK])
        if not ids:
            return
        job = self._fetch(ids)
        self._job = job
        job.succeeded.connect(lambda rows: self._fill(block, edition, rows))
        job.finished.connect(self._asked)

    @Slot()
    def _asked(self) -> None:
        self._job = None
        if self._wanted:
            self._asker.start()

    def _fill(self, block: int, edition: int, rows: Sequence[R]) -> None:
        if edition != self._edition:
            return
        self._blocks[block] = {self._key(row): row for row in rows}
        self._blocks.move_to_end(block)
        while len(self._blocks) > _KEPT:
            self._blocks.popitem(last=False)
        first, last = block * BLOCK, min((block + 1) * BLOCK, len(self._ids)) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))
        self.filled.emit()

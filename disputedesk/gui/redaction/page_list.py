"""The pages of a PDF or scan, each with how many boxes it has."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.gui.redaction.history import Boxes
from disputedesk.gui.rows import Column, RowModel

_BESIDE: Final = 36
"""What the list needs beside its words."""


@dataclasses.dataclass(frozen=True, slots=True)
class PageRow:
    """One page.

    Attributes:
        number: From 1.
        boxes: How many boxes are on it.
        found: How many things were found on it that no box covers.
    """

    number: int
    boxes: int = 0
    found: int = 0


def row_text(row: PageRow) -> str:
    """A page in words."""
    parts = [tr("Page {number}", number=row.number)]
    if row.boxes:
        parts.append(trn("■ {count} box", "■ {count} boxes", row.boxes))
    if row.found:
        parts.append(trn("◆ {count} found", "◆ {count} found", row.found))
    return " · ".join(parts)


class PageList(QListView):
    """The list; arrows go from page to page.

    Signals:
        turned(page): Another page was chosen.
    """

    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Pages"))
        widest = row_text(PageRow(200, boxes=22))
        self.setFixedWidth(self.fontMetrics().horizontalAdvance(widest) + _BESIDE)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setSpacing(1)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        columns: tuple[Column[PageRow], ...] = (Column("page", tr("Page"), row_text),)
        self.pages: RowModel[PageRow] = RowModel(columns, lambda row: row.number, self)
        self.setModel(self.pages)
        self.selectionModel().currentChanged.connect(self._turned)

    def show_pages(self, count: int, boxes: Boxes, found: Boxes) -> None:
        """Shows so many pages and what is on each."""
        drawn = Counter(box.page for box in boxes)
        left = Counter(box.page for box in found)
        self.pages.set_rows(
            [PageRow(number, drawn[number], left[number]) for number in range(1, count + 1)]
        )

    def turn_to(self, page: int) -> None:
        """Chooses a page."""
        index = self.pages.index(page - 1, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    @Slot(QModelIndex, QModelIndex)
    def _turned(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.turned.emit(index.row() + 1)

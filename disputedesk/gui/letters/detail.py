"""The chosen paper as it will be printed, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.desk.queries.letters import PaperRow
from disputedesk.desk.queries.papers import document_bytes
from disputedesk.gui import tokens
from disputedesk.gui.buttons import button
from disputedesk.gui.labels import ElidedLabel, label
from disputedesk.gui.paper_view import PaperPane, about
from disputedesk.gui.rooms import Desktop, OpenCase
from disputedesk.gui.saving import Printing, ask_where, save_bytes
from disputedesk.gui.tokens import Type
from disputedesk.model.case import DocumentKind


class PaperDetail(QWidget):
    """One paper, whole; the room hands it a row and it reads the rest."""

    def __init__(self, desktop: Desktop, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desktop = desktop
        self._printing = Printing(desktop, self)
        self._marked: list[PaperRow] = []
        self.row: PaperRow | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 0, 0)
        column.setSpacing(tokens.GAP)
        self.title = ElidedLabel("", size=Type.STRONG, strong=True)
        self.whose = ElidedLabel("", ink="second")
        self.second = label("", ink="mute", size=Type.SMALL, wrap=True)
        for one in (self.title, self.whose, self.second):
            column.addWidget(one)
        column.addLayout(self._buttons())
        self.pane = PaperPane(desktop.bridge, self)
        column.addWidget(self.pane, 1)
        self.setMinimumWidth(360)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        self.opening = button(tr("Open the case"), parent=self)
        self.opening.clicked.connect(lambda _checked=False: self.open_case())
        self.saving = button(tr("Save as…"), parent=self)
        self.saving.clicked.connect(lambda _checked=False: self.save())
        self.printing = button(tr("Print…"), icon="print", parent=self)
        self.printing.clicked.connect(lambda _checked=False: self.print_marked())
        for one in (self.opening, self.saving, self.printing):
            row.addWidget(one)
        row.addStretch(1)
        return row

    def show_row(self, row: PaperRow) -> None:
        """Shows another paper; the same one again only if it went out meanwhile."""
        if row == self.row:
            return
        same = self.row is not None and self.row.id == row.id
        self.row = row
        self.title.setText(row.title)
        self.whose.setText(
            tr("Case {number}, {client}: {order}", number=row.number, client=row.client,
               order=row.order)
        )  # fmt: skip
        self.second.setText(about(row))
        self._tell_marked()
        if not same:
            self.pane.show_paper(row.id, row.kind)

    def set_marked(self, rows: Sequence[PaperRow]) -> None:
        """Which papers are marked; printing prints those."""
        self._marked = [row for row in rows if row.kind is not DocumentKind.SUBMISSION]
        self._tell_marked()

    def _tell_marked(self) -> None:
        count = len(self._marked)
        if count > 1:
            text = trn("Print {count} paper…", "Print {count} papers…", count)
        else:
            text = tr("Print…")
        self.printing.setText(text)
        printable = self.row is not None and self.row.kind is not DocumentKind.SUBMISSION
        self.printing.setEnabled(printable or count > 0)

    @Slot()
    def open_case(self) -> None:
        """Shows the case of the paper."""
        if self.row is not None and self._desktop.can(OpenCase):
            self._desktop.ask(OpenCase(self.row.case))

    @Slot()
    def save(self) -> None:
        """Asks where the paper is to be saved."""
        if self.row is not None:
            ask_where(self, tr("Save the paper"), self.row.name, self._save_to)

    @Slot(str)
    def _save_to(self, path: str) -> None:
        if self.row is not None:
            save_bytes(self._desktop, document_bytes, self.row.id, path)

    @Slot()
    def print_marked(self) -> None:
        """Prints the chosen paper, or all that are marked as one job."""
        seen = self.pane.seen
        if self.row is not None and seen is not None and seen.pdf is not None:
            self._printing.begin(seen.pdf, self.row.title)

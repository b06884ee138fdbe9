"""The bar over the papers: a field that filters as one types, which papers, and the columns."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk.queries.letters import PaperFilter, PaperShow
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, ActButton, button, icon_button

_TYPE_MS: Final = 90


def show_title(show: PaperShow) -> str:
    """Which papers, in a word."""
    return {
        PaperShow.ALL: tr("All"),
        PaperShow.DRAFTS: tr("Drafts"),
        PaperShow.SENT: tr("Gone out"),
    }[show]


class FilterBar(QWidget):
    """What is wanted of the list.

    Signals:
        changed(): Something else is wanted; `wanted` says what.
        columns_wanted(): The button for columns was pressed.
    """

    changed = Signal()
    columns_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._batch: int | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP_CHIP)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(tr("Filter by words, case number or client"))
        self.field.setAccessibleName(tr("Filter the papers"))
        self.field.setClearButtonEnabled(True)
        row.addWidget(self.field, 1)
        self._group = QButtonGroup(self)
        self.buttons: dict[PaperShow, ActButton] = {}
        for show in PaperShow:
            one = button(show_title(show), Act.QUIET, parent=self)
            one.setCheckable(True)
            one.setProperty("seg", "yes")
            one.setChecked(show is PaperShow.ALL)
            one.clicked.connect(lambda _checked=False: self.changed.emit())
            self._group.addButton(one)
            self.buttons[show] = one
            row.addWidget(one)
        self.columns = icon_button("columns", tr("Choose columns"), parent=self)
        self.columns.clicked.connect(lambda _checked=False: self.columns_wanted.emit())
        row.addWidget(self.columns)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPE_MS)
        self._timer.timeout.connect(self.changed)
        self.field.textChanged.connect(lambda _text: self._timer.start())

    @property
    def wanted(self) -> PaperFilter:
        """Which papers are asked for now."""
        show = next(show for show, one in self.buttons.items() if one.isChecked())
        return PaperFilter(self.field.text().strip(), show, self._batch)

    def set_batch(self, batch: int | None) -> None:
        """Asks for the papers of one batch alone; `None` for those of all."""
        self.clear()
        self._batch = batch
        self.changed.emit()

    def clear(self) -> None:
        """Asks for every paper, without telling anybody."""
        self._batch = None
        with QSignalBlocker(self.field):
            self.field.clear()
        self.buttons[PaperShow.ALL].setChecked(True)

"""The bar over the orders: a field that filters as one types, saved filters, and the columns."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QLineEdit, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk import words
from disputedesk.desk.views import OrderFilter
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, ActButton, button, icon_button

_FIELD_LEAST: Final = 360


class FilterBar(QWidget):
    """One line, or two in a narrow window.

    Signals:
        show_wanted(show): A saved filter was pressed.
        columns_wanted(): The button for columns was pressed.
    """

    show_wanted = Signal(object)
    columns_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(tokens.GAP)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(tr("Filter by words or numbers"))
        self.field.setAccessibleName(tr("Filter the orders"))
        self.field.setClearButtonEnabled(True)
        self._rows.addWidget(self.field, 1)
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP_CHIP)
        self._rows.addLayout(row)
        self._group = QButtonGroup(self)
        self.buttons: dict[OrderFilter, ActButton] = {}
        for show in OrderFilter:
            one = button(words.filter_title(show), Act.QUIET, parent=self)
            one.setCheckable(True)
            one.setProperty("seg", "yes")
            one.setChecked(show is OrderFilter.ALL)
            one.clicked.connect(lambda _checked=False, show=show: self.show_wanted.emit(show))
            self._group.addButton(one)
            self.buttons[show] = one
            row.addWidget(one)
        row.addStretch(1)
        self.columns = icon_button("columns", tr("Choose columns"), parent=self)
        self.columns.clicked.connect(lambda _checked=False: self.columns_wanted.emit())
        row.addWidget(self.columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts the saved filters under the field in a narrow window."""
        super().resizeEvent(event)
        needed = sum(one.sizeHint().width() for one in self.buttons.values())
        beside = self.width() - needed > _FIELD_LEAST
        self._rows.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )

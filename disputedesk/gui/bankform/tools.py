"""The rows above the page: which form, in which language, new places, undo, pages, the grid."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.gui import tokens
from disputedesk.gui.buttons import button, icon_button
from disputedesk.gui.labels import label
from disputedesk.gui.tokens import Type


class FormTools(QWidget):
    """Buttons and boxes; the sheet says what they do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP_CHIP)
        self.forms = QComboBox(self)
        self.forms.setAccessibleName(tr("The bank's form"))
        self.forms.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.forms.setMinimumContentsLength(18)
        self.add = button(tr("Add a form…"), icon="plus", parent=self)
        self.language = QComboBox(self)
        self.language.setAccessibleName(tr("Language of the values"))
        self.place = button(tr("New place"), icon="edit", tip=tr("Click on the page, or press N"))
        self.place.setCheckable(True)
        self.remove = icon_button("trash", tr("Remove the chosen place (Delete)"))
        self.grid = button(tr("Grid"), tip=tr("Lines every 5 mm; new places keep to them (G)"))
        self.grid.setCheckable(True)
        self.undo = icon_button("undo", tr("Undo (Ctrl+Z)"))
        self.redo = button(tr("Redo"), tip=tr("Redo (Ctrl+Shift+Z)"))
        self.back = button("‹", tip=tr("Page before (Page Up)"))
        self.back.setAccessibleName(tr("Page before"))
        self.number = label("", ink="second", size=Type.SMALL)
        self.next = button("›", tip=tr("Next page (Page Down)"))
        self.next.setAccessibleName(tr("Next page"))
        upper = (self.forms, self.add, self.language)
        lower = (self.place, self.remove, self.grid, self.undo, self.redo, self.back, self.number,
                 self.next)  # fmt: skip
        for widgets in (upper, lower):
            row = QHBoxLayout()
            row.setSpacing(tokens.GAP)
            for one in widgets:
                row.addWidget(one, 1 if one is self.forms else 0)
            if widgets is lower:
                row.insertStretch(lower.index(self.back), 1)
            column.addLayout(row)

    def show_page(self, page: int, count: int) -> None:
        """Says which page is shown of how many."""
        self.number.setText(tr("{page} of {pages}", page=page, pages=count))
        for one in (self.back, self.number, self.next):
            one.setVisible(count > 1)
        self.back.setEnabled(page > 1)
        self.next.setEnabled(page < count)

"""The row above the page: what can be done with boxes, the file, and how large it is seen."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.gui import tokens
from disputedesk.gui.buttons import button, icon_button
from disputedesk.gui.labels import ElidedLabel, label
from disputedesk.gui.tokens import Type


class BoxTools(QWidget):
    """Buttons and two lines of words; the sheet says what they do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        self.cover = button("", icon="warning", parent=self)
        self.cover.setVisible(False)
        self.new = button(tr("New box"), icon="plus", tip=tr("Draw with the mouse, or press N"))
        self.remove = button(tr("Remove box"), icon="trash", tip=tr("Delete"))
        self.undo = icon_button("undo", tr("Undo (Ctrl+Z)"))
        self.name = ElidedLabel("", ink="second")
        self.where = label("", ink="second", size=Type.SMALL)
        self.smaller = button("−", tip=tr("Smaller (Ctrl+−)"))
        self.smaller.setAccessibleName(tr("Smaller"))
        self.larger = button("+", tip=tr("Larger (Ctrl++)"))
        self.larger.setAccessibleName(tr("Larger"))
        for one in (self.cover, self.new, self.remove, self.undo):
            row.addWidget(one)
        row.addWidget(self.name, 1)
        for last in (self.where, self.smaller, self.larger):
            row.addWidget(last)

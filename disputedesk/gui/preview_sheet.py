"""A kept file in a window of its own, to be looked at closely; the same from every room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from disputedesk.common.texts import tr
from disputedesk.desk import words
from disputedesk.gui.buttons import button
from disputedesk.gui.preview import PreviewPane
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.saving import EvidenceSaving
from disputedesk.gui.sheet import Sheet
from disputedesk.model.case import Evidence


class PreviewSheet(Sheet):
    """Shows one original; Space or Esc closes it.

    Args:
        desktop: The way to the desk.
        evidence: What is shown.
        title: What it is, as a heading.
        parent: The window it covers.
        copy: The redacted copy of it, which saving offers first; `None` for none.
    """

    def __init__(
        self, desktop: Desktop, evidence: Evidence, title: str, parent: QWidget,
        *, copy: Evidence | None = None,
    ) -> None:  # fmt: skip
        second = tr("{name} · sealed {day}", name=evidence.name,
                    day=words.moment_text(evidence.added_at))  # fmt: skip
        super().__init__(title, parent, second=second, width=900)
        self._saving = EvidenceSaving(desktop, evidence, self, copy=copy)
        self.pane = PreviewPane(desktop.bridge, self)
        self.pane.setMinimumHeight(240)
        self.prefer_height(680)
        self.pane.save_wanted.connect(self._saving.ask)
        self.column.addWidget(self.pane, 1)
        save = button(tr("Save a copy…"), parent=self)
        save.clicked.connect(lambda _checked=False: self._saving.ask())
        self.foot.insertWidget(0, save)
        self.pane.show_file(evidence.sha256, evidence.media_type, evidence.name)
        self.cancel.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space closes what Space opened; 0 and 1 are for the picture."""
        if event.key() == Qt.Key.Key_Space:
            self.reject()
        elif event.key() in (Qt.Key.Key_0, Qt.Key.Key_1):
            self.pane.picture.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

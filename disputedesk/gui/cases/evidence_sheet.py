"""The dialog that adds exhibits: what is wanted and why, and files, a drop or the clipboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk.views import CaseDetail
from disputedesk.gui.adding import Given, dropped, nothing_given, pasted
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.labels import label
from disputedesk.gui.sheet import Sheet
from disputedesk.model.evidence import Way


class EvidenceSheet(Sheet):
    """Says what is wanted and takes it.

    Signals:
        given(given, kind): This is to be kept: a `Given`.
    """

    given = Signal(object, str)

    def __init__(self, detail: CaseDetail, kind: str, parent: QWidget) -> None:
        wanted = [c.item for c in detail.checks if not c.done and c.item.exhibit]
        wanted = [item for item in wanted if not kind or item.exhibit == kind] or wanted
        super().__init__(
            tr("Add exhibits"), parent,
            second=tr("They are copied and sealed here; the originals stay where they are."),
            width=560,
        )  # fmt: skip
        self._kind = kind
        self.setAcceptDrops(True)
        if wanted:
            self.column.addWidget(label(tr("What is wanted"), strong=True))
        for item in wanted:
            sign = "◆" if item.must else "◇"
            self.column.addWidget(label(f"{sign} {item.text}", wrap=True))
        hint = tr(
            "Choose files, drop files or folders here, or paste a screenshot or a text with "
            "Ctrl+V. A mail brings the files it carries."
        )
        self.column.addWidget(label(hint, ink="second", wrap=True))
        self.column.addStretch(1)
        choose = button(tr("Choose files…"), Act.PRIMARY, icon="attach", parent=self)
        choose.clicked.connect(self._choose)
        choose.setDefault(True)
        paste = button(tr("Paste"), parent=self)
        paste.setShortcut("Ctrl+V")
        paste.clicked.connect(self._paste)
        self.foot.insertWidget(0, paste)
        self.foot.addWidget(choose)

    @Slot()
    def _choose(self) -> None:
        dialog = QFileDialog(self, tr("Choose files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._chosen)
        dialog.open()

    @Slot(list)
    def _chosen(self, names: list[str]) -> None:
        self._give(Given(tuple(Path(name) for name in names), Way.FILE))

    @Slot()
    def _paste(self) -> None:
        self._give(pasted(QGuiApplication.clipboard().mimeData()))

    def _give(self, given: Given) -> None:
        if given:
            self.given.emit(given, self._kind)
            self.accept()
        else:
            self.reason.setText(nothing_given())
            self.reason.setVisible(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files, folders and pictures."""
        if dropped(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Takes what was dropped; the originals stay where they are."""
        given = dropped(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        QTimer.singleShot(0, self, lambda: self._give(given))

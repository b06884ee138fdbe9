"""Waiting that is seen: what is being done, how far it is, and a way to stop it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from disputedesk.common.texts import tr
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import ElidedLabel
from disputedesk.gui.sheet import Sheet

_PATIENCE_MS: Final = 300


class ProgressSheet(Sheet):
    """Shows a job that takes long; one that is quick is never seen. Closes when the job ends.

    Args:
        title: What is being done, as a heading.
        handle: The job; Cancel and Esc ask it to stop.
        parent: The window it covers.
    """

    def __init__(self, title: str, handle: JobHandle, parent: QWidget) -> None:
        super().__init__(title, parent, width=460)
        self._handle = handle
        self._line = ElidedLabel(tr("Beginning…"), ink="second")
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        self.column.addWidget(self._line)
        self.column.addWidget(self._bar)
        self.cancel.setText(tr("Cancel"))
        self.cancel.setAccessibleName(tr("Cancel"))
        handle.progressed.connect(self._progressed)
        handle.finished.connect(self._over)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.open)
        self._timer.start(_PATIENCE_MS)

    @Slot(str, int, int)
    def _progressed(self, what: str, done: int, total: int) -> None:
        self._line.setText(what)
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    @Slot()
    def _over(self) -> None:
        self._timer.stop()
        if self.isVisible():
            self.done(0)
        else:
            self.deleteLater()

    def reject(self) -> None:
        """Asks the job to stop; the sheet closes when it has."""
        self._line.setText(tr("Stopping…"))
        self.cancel.setEnabled(False)
        self._handle.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's cross means Cancel."""
        if not self._handle.is_over:
            event.ignore()
            self.reject()

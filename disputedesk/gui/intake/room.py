"""Answers requests to choose files and to review them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFileDialog

from disputedesk.common.texts import tr
from disputedesk.gui.rooms import ChooseFiles, Desktop, ReviewFiles


def serve(desktop: Desktop) -> None:
    """Answers requests to choose files and to say what is in them."""
    answers = _Answers(desktop)
    desktop.answer(ChooseFiles, answers.choose)
    desktop.answer(ReviewFiles, answers.review)


class _Answers(QObject):
    """Opens the file dialog and the review; lives as long as the desktop."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop)
        self._desktop = desktop

    def choose(self, request: ChooseFiles) -> None:
        """Asks for files with the system's own dialog."""
        dialog = QFileDialog(self._desktop.window, tr("Bring in files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [
                tr("Mails and exports (*.eml *.mbox *.csv *.json *.html *.htm *.xlsx *.zip *.txt)"),
                tr("All files (*)"),
            ]
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._chosen)
        dialog.open()

    @Slot(list)
    def _chosen(self, names: list[str]) -> None:
        if names:
            self.review(ReviewFiles(tuple(Path(name) for name in names)))

    def review(self, request: ReviewFiles) -> None:
        """Reads files and shows what is in them; nothing is kept before it was seen."""
        from disputedesk.gui.intake.review_sheet import ReviewSheet

        ReviewSheet(self._desktop, request.paths, self._desktop.window).open()

"""Evidence taken out for others: a folder or one ZIP file that anybody can check."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QRadioButton, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.exporting import Exported, export_evidence
from disputedesk.desk.views import CaseDetail
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.labels import label
from disputedesk.gui.progress import ProgressSheet
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.saving import ask_where
from disputedesk.gui.sheet import Sheet
from disputedesk.gui.tokens import Type


class ExportSheet(Sheet):
    """Asks in which shape and where; says what was written, and stays until it is closed."""

    def __init__(self, desktop: Desktop, detail: CaseDetail, parent: QWidget) -> None:
        super().__init__(
            tr("Export the evidence"), parent,
            second=tr("Each exhibit as its own file, with a list that says how each of them came. "
                      "Anybody can check with it that nothing is missing or altered."),
            width=560,
        )  # fmt: skip
        self._desktop, self._detail = desktop, detail
        self.made: Exported | None = None
        self.folder = QRadioButton(tr("A folder"), self)
        self.zip = QRadioButton(tr("One ZIP file"), self)
        self.folder.setChecked(True)
        for choice in (self.folder, self.zip):
            self.column.addWidget(choice)
        for text in self._remarks():
            self.column.addWidget(label(text, ink="second", size=Type.SMALL, wrap=True))
        self.hash = label("", ink="second", size=Type.SMALL, wrap=True, selectable=True)
        self.hash.setVisible(False)
        self.column.addWidget(self.hash)
        self.column.addStretch(1)
        self.open_folder = button(tr("Open the folder"), parent=self)
        self.open_folder.setVisible(False)
        self.open_folder.clicked.connect(self._open_folder)
        self.foot.insertWidget(0, self.open_folder)
        self.export = button(tr("Choose where…"), Act.PRIMARY, parent=self)
        self.export.setDefault(True)
        self.export.clicked.connect(self._choose)
        self.foot.addWidget(self.export)
        self.export.setFocus()
        if not self._standing:
            self.block(tr("There are no exhibits to export. Add some to the case first."))
            self.export.setEnabled(False)

    @property
    def _standing(self) -> int:
        return sum(each.withdrawn_at is None for each in self._detail.exhibits)

    def _remarks(self) -> list[str]:
        """What goes in another shape than it is kept, and what stays here."""
        exhibits = self._detail.exhibits
        gone = sum(each.withdrawn_at is not None for each in exhibits)
        copies = sum(each.copy is not None and each.withdrawn_at is None for each in exhibits)
        told = []
        if copies:
            told.append(
                trn("{count} exhibit goes out as its redacted copy; the original stays here.",
                    "{count} exhibits go out as their redacted copies; the originals stay here.",
                    copies)
            )  # fmt: skip
        if gone:
            told.append(
                trn("{count} withdrawn exhibit stays here.",
                    "{count} withdrawn exhibits stay here.", gone)
            )  # fmt: skip
        return told

    @Slot()
    def _choose(self) -> None:
        name = f"evidence-{self._detail.case.number}"
        if self.zip.isChecked():
            name += ".zip"
        ask_where(self, tr("Export the evidence"), name, self.export_to)

    @Slot(str)
    def export_to(self, path: str) -> None:
        """Writes the export in a job that can be stopped."""
        job = self._desktop.bridge.run(
            export_evidence, self._detail.case.id, Path(path), as_zip=self.zip.isChecked()
        )
        job.succeeded.connect(self._exported)
        ProgressSheet(tr("Exporting the evidence"), job, self)

    @Slot(object)
    def _exported(self, outcome: Outcome[Exported]) -> None:
        made = self.made = outcome.value
        self.reason.setText(
            trn("{count} exhibit is in {name}.", "{count} exhibits are in {name}.", made.files,
                name=made.path.name)
        )  # fmt: skip
        self.reason.setVisible(True)
        self.hash.setText(tr("SHA-256 of the list: {sha256}", sha256=made.manifest_sha256))
        self.hash.setVisible(True)
        self.export.setVisible(False)
        self.open_folder.setVisible(True)
        self.open_folder.setFocus()

    @Slot()
    def _open_folder(self) -> None:
        if self.made is not None:
            path = self.made.path if self.made.path.is_dir() else self.made.path.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

"""Taking in a form: which bank gave it out, and what it is called."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.bank_forms import add_bank_form
from disputedesk.gui.labels import label
from disputedesk.gui.masking import SecretGuard
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.model.bank_form import BankForm


class AddFormSheet(Sheet):
    """Asks for the bank and a name.

    Signals:
        chosen(path, name, issuer): This form, so called, of this bank.
    """

    chosen = Signal(object, str, str)

    def __init__(self, path: Path, issuer: str, parent: QWidget) -> None:
        super().__init__(
            tr("Add the bank's form"), parent,
            second=tr("{name} is copied; nothing in it is ever run.", name=path.name),
            verb=tr("Add the form"), width=520,
        )  # fmt: skip
        self._path = path
        note = label("", ink="soon", wrap=True)
        self.name = self._line(tr("What it is called"), path.stem)
        self.issuer = self._line(tr("The bank, as its cards name it (empty for any)"), issuer)
        for line in (self.name, self.issuer):
            SecretGuard(line, note)
        self.column.addWidget(note)
        self.column.addStretch(1)
        self.name.textChanged.connect(self._look)
        self.accepted.connect(self._choose)
        self.name.setFocus()

    def _line(self, title: str, text: str) -> QLineEdit:
        told = label(title, ink="second", wrap=True)
        line = QLineEdit(text, self)
        line.setAccessibleName(title)
        told.setBuddy(line)
        self.column.addWidget(told)
        self.column.addWidget(line)
        return line

    @Slot()
    def _look(self) -> None:
        self.block("" if self.name.text().strip() else tr("Say what it is called."))

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self._path, self.name.text().strip(), self.issuer.text().strip())


class FormAdding(QObject):
    """Takes in a form from a file; lives with the sheet.

    Signals:
        added(form): The form as it is kept.
    """

    added = Signal(object)

    def __init__(self, desktop: Desktop, parent: QWidget) -> None:
        super().__init__(parent)
        self._desktop, self._over, self._bank = desktop, parent, ""

    def ask(self, bank: str) -> None:
        """Asks for the PDF of `bank`."""
        self._bank = bank
        dialog = QFileDialog(self._over, tr("The bank's form"), "", tr("PDF files (*.pdf)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take)
        dialog.open()

    @Slot(str)
    def take(self, path: str) -> None:
        """Asks what the file is called and whose it is."""
        sheet = AddFormSheet(Path(path), self._bank, self._over)
        sheet.chosen.connect(self._keep)
        sheet.open()

    @Slot(object, str, str)
    def _keep(self, path: Path, name: str, issuer: str) -> None:
        job = self._desktop.bridge.run(add_bank_form, path, name=name, issuer=issuer)
        job.succeeded.connect(self._kept)

    @Slot(object)
    def _kept(self, outcome: Outcome[BankForm]) -> None:
        self.added.emit(outcome.value)

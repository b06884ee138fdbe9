"""The filled form as a paper: made, saved, printed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from disputedesk.common.texts import tr
from disputedesk.desk.queries.papers import document_bytes
from disputedesk.gui.bankform.history import Fields
from disputedesk.gui.bankform.jobs import Look, make_paper
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.pdf_pages import Pdf
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.saving import Printing, ask_where, save_bytes
from disputedesk.model.case import Document
from disputedesk.model.ids import CaseId


class PaperButtons(QObject):
    """The buttons at the sheet's foot and what they do; lives with the sheet.

    Attributes:
        document: What was sealed of the form as it stands; `None` while nothing was.
    """

    def __init__(self, desktop: Desktop, case: CaseId, sheet: QWidget) -> None:
        super().__init__(sheet)
        self._desktop, self._case, self._sheet = desktop, case, sheet
        self.document: Document | None = None
        self._pdf: Pdf | None = None
        self._printing = Printing(desktop, sheet)
        self.make = button(tr("Make the form"), Act.PRIMARY, parent=sheet)
        self.save = button(tr("Save as…"), parent=sheet)
        self.print = button(tr("Print…"), icon="print", parent=sheet)
        self.buttons = (self.make, self.save, self.print)
        self.save.clicked.connect(self._save)
        self.print.clicked.connect(self._print)

    def show_state(self, look: Look | None) -> str:
        """Lets be pressed what can be; gives what to say beside it, or nothing."""
        filled = look.view.filled if look else None
        self._pdf = look.pdf if look else None
        made = self.document is not None
        self.make.setEnabled(
            not made and filled is not None and not filled.stopping and bool(filled.spots)
        )
        for one in (self.save, self.print):
            one.setEnabled(made)
        if made:
            return tr("Made and sealed. Print or save it, sign it, send it, then say so among the "
                      "documents.")  # fmt: skip
        return tr("Saving and printing come after “Make the form”, which seals it as it "
                  "is.")  # fmt: skip

    def begin(self, form: int, fields: Fields, spoken: str) -> JobHandle:
        """Keeps the places and seals the filled form."""
        self.make.setEnabled(False)
        return self._desktop.bridge.run(make_paper, self._case, form, fields, spoken)

    @Slot()
    def _save(self) -> None:
        if self.document is not None:
            ask_where(self._sheet, tr("Save the paper"), self.document.name, self._save_to)

    @Slot(str)
    def _save_to(self, path: str) -> None:
        if self.document is not None:
            save_bytes(self._desktop, document_bytes, self.document.id, path)

    @Slot()
    def _print(self) -> None:
        if self._pdf is not None and self.document is not None:
            self._printing.begin(self._pdf, self.document.title)

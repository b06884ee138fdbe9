"""The mandate a client signs first: written for one of their cases, then printed or saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.papers import make_letter
from disputedesk.desk.queries.agency import MANDATE_FORM, mandate_cases
from disputedesk.desk.queries.batches import BatchCase
from disputedesk.desk.queries.papers import document_bytes
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.labels import label
from disputedesk.gui.paper_view import PaperPane
from disputedesk.gui.rooms import Desktop, OpenCase
from disputedesk.gui.saving import Printing, ask_where, save_bytes
from disputedesk.gui.sheet import Sheet
from disputedesk.model.case import Document
from disputedesk.model.ids import ClientId


class WriteMandateSheet(Sheet):
    """Asks for which case the mandate is; shows what is still needed, then the paper itself."""

    def __init__(self, desktop: Desktop, client: ClientId, parent: QWidget) -> None:
        super().__init__(
            tr("Write the mandate to be signed"), parent,
            second=tr("A mandate names the matter it is for, so it is written in a case. Print "
                      "it, let the client sign it, and add the signed paper to the exhibits."),
            verb=tr("Write it"), width=760,
        )  # fmt: skip
        self._desktop, self._client = desktop, client
        self._printing = Printing(desktop, self)
        self._cases: dict[int, BatchCase] = {}
        self.document: Document | None = None
        self.case = QComboBox(self)
        self.case.setAccessibleName(tr("For which case"))
        self.column.addWidget(self.case)
        self.missing = label("", ink="urgent", wrap=True)
        self.column.addWidget(self.missing)
        self.pane = PaperPane(desktop.bridge, self)
        self.pane.setMinimumHeight(220)
        self.prefer_height(640)
        self.pane.setVisible(False)
        self.column.addWidget(self.pane, 1)
        self.column.addStretch(0)
        self.opening = button(tr("Open the case"), parent=self)
        self.opening.clicked.connect(lambda _checked=False: self._open_case())
        self.save = button(tr("Save as…"), parent=self)
        self.save.clicked.connect(lambda _checked=False: self._save())
        self.print = button(tr("Print…"), Act.PRIMARY, icon="print", parent=self)
        self.print.clicked.connect(lambda _checked=False: self._print())
        self.foot.insertWidget(0, self.opening)
        for one in (self.save, self.print):
            one.setVisible(False)
            self.foot.addWidget(one)
        self.case.currentIndexChanged.connect(self._chosen)
        self.block(tr("Looking at what each case lacks…"))
        desktop.bridge.changed.connect(self._read)
        self._read()

    @Slot()
    def _read(self) -> None:
        job = self._desktop.bridge.read(mandate_cases, self._client)
        job.succeeded.connect(self._show)

    @Slot(object)
    def _show(self, cases: Sequence[BatchCase]) -> None:
        if self.document is not None:
            return
        keep = self.case.currentData()
        self._cases = {int(each.case): each for each in cases}
        self.case.blockSignals(True)
        self.case.clear()
        for each in cases:
            text = tr("{number}: {title}", number=each.number, title=each.title)
            self.case.addItem(text, int(each.case))
        ready = next((at for at, each in enumerate(cases) if each.ready), 0)
        known = self.case.findData(keep)
        self.case.setCurrentIndex(known if known >= 0 else ready)
        self.case.blockSignals(False)
        self._chosen()

    @property
    def chosen(self) -> BatchCase | None:
        """The case the mandate is for; `None` while there is none."""
        return self._cases.get(int(self.case.currentData() or 0))

    @Slot()
    def _chosen(self) -> None:
        case = self.chosen
        self.opening.setVisible(case is not None and self._desktop.can(OpenCase))
        if case is None:
            self.missing.setText("")
            self.block(tr("This client has no open case: tell of an order what went wrong first."))
            return
        needed = [case.why] if case.why else list(case.questions)
        self.missing.setText("\n".join(f"◆ {each}" for each in needed))
        self.missing.setVisible(bool(needed))
        self.block(tr("Answer this first, in the case or in the mandate.") if needed else "")

    def accept(self) -> None:
        """Writes the mandate and shows it; the sheet stays open for printing."""
        case = self.chosen
        if case is None or self.accept_button is None or not self.accept_button.isEnabled():
            return
        self.accept_button.setEnabled(False)
        job = self._desktop.bridge.run(
            make_letter, case.case, form=MANDATE_FORM, language=case.language
        )
        job.succeeded.connect(self._made)
        job.failed.connect(self._chosen)

    @Slot(object)
    def _made(self, outcome: Outcome[Document]) -> None:
        self.document = outcome.value
        self.case.setEnabled(False)
        self.missing.setVisible(False)
        if self.accept_button is not None:
            self.accept_button.setVisible(False)
        for one in (self.save, self.print):
            one.setVisible(True)
        self.pane.setVisible(True)
        self.pane.show_paper(outcome.value.id, outcome.value.kind)
        self.reason.setText(tr("Written and kept among the papers of the case."))
        self.reason.setVisible(True)

    def _save(self) -> None:
        if self.document is not None:
            ask_where(self, tr("Save the paper"), self.document.name, self._save_to)

    @Slot(str)
    def _save_to(self, path: str) -> None:
        if self.document is not None:
            save_bytes(self._desktop, document_bytes, self.document.id, path)

    def _print(self) -> None:
        seen = self.pane.seen
        if self.document is not None and seen is not None and seen.pdf is not None:
            self._printing.begin(seen.pdf, self.document.title)

    def _open_case(self) -> None:
        case = self.chosen
        if case is not None:
            self.reject()
            self._desktop.ask(OpenCase(case.case))

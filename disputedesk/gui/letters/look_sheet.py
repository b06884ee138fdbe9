"""Letters made together, looked at one by one before they go out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.operations.batch_papers import mail_batch, print_batch, save_batch
from disputedesk.desk.operations.batches import mark_looked_at
from disputedesk.desk.queries.batches import MadeLine, advice_on, batch_lines
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label
from disputedesk.gui.paper_view import PaperPane
from disputedesk.gui.pdf_pages import Pdf, measure
from disputedesk.gui.progress import ProgressSheet
from disputedesk.gui.rooms import Desktop, OpenCase
from disputedesk.gui.rows import Column, RowModel
from disputedesk.gui.saving import Printing, ask_folder
from disputedesk.gui.sheet import Sheet
from disputedesk.gui.table import Table
from disputedesk.gui.tokens import Tone
from disputedesk.model.case import DocumentKind

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_MOST: Final = 4
"""So many lines of advice stand under a letter."""


def _columns() -> tuple[Column[MadeLine], ...]:
    return (
        Column(
            "case",
            tr("Case"),
            lambda made: tr("{number}: {title}", number=made.number, title=made.title),
            tip=lambda made: made.line.why or made.title,
            width=240,
        ),
        Column("state", tr("Letter"), _state, tone=_tone, width=150),
    )


def _state(made: MadeLine) -> str:
    if made.document is None:
        return tr("not written")
    return tr("looked at") if made.line.checked_on else tr("to be looked at")


def _tone(made: MadeLine) -> Tone:
    if made.document is None:
        return Tone.URGENT
    return Tone.OPEN if made.line.checked_on else Tone.SOON


class LookSheet(Sheet):
    """Shows the letters of a batch one after the other; each is called right by hand."""

    def __init__(self, desktop: Desktop, batch: int, parent: QWidget) -> None:
        super().__init__(
            tr("Look at each letter"), parent,
            second=tr("Each was written from its own case. Read it as the one who gets it will; "
                      "what is wrong is corrected in its case and written anew."),
            width=1080, scrolls=True,
        )  # fmt: skip
        self._desktop, self._batch = desktop, batch
        self._printing = Printing(desktop, self)
        self._asking: JobHandle | None = None
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP_CARD)
        self.model: RowModel[MadeLine] = RowModel(_columns(), lambda made: made.line.id, self)
        self.table = Table(_columns(), "look", desktop.places)
        self.table.setAccessibleName(tr("Letters of this batch"))
        self.table.setModel(self.model)
        self.table.arrange()
        self.table.setMinimumWidth(260)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        row.addWidget(self.table, 2)
        self.pane = PaperPane(desktop.bridge, self)
        self.pane.setMinimumHeight(220)
        self.prefer_height(680)
        row.addWidget(self.pane, 3)
        self.column.addLayout(row, 1)
        self.why = label("", ink="urgent", wrap=True)
        self.why.setVisible(False)
        self.column.addWidget(self.why)
        self.advice = label("", ink="second", wrap=True)
        self.advice.setVisible(False)
        self.column.addWidget(self.advice)
        self.column.addLayout(self._ways_out())
        self.opening = button(tr("Open the case"), parent=self)
        self.opening.clicked.connect(lambda _checked=False: self._open_case())
        self.right = button(tr("It is right, show the next"), Act.PRIMARY, parent=self)
        self.right.clicked.connect(lambda _checked=False: self._looked())
        self.right.setDefault(True)
        self.foot.insertWidget(0, self.opening)
        self.foot.addWidget(self.right)
        self._read()

    def _ways_out(self) -> QVBoxLayout:
        """What can be done with those that were looked at, together."""
        column, row = QVBoxLayout(), QHBoxLayout()
        for one in (column, row):
            one.setSpacing(tokens.GAP)
        self.unseen = QCheckBox(tr("Also those nobody looked at"), self)
        self.unseen.setAccessibleName(self.unseen.text())
        self.unseen.toggled.connect(self._show_ways)
        self.print = button(tr("Print those looked at…"), icon="print", parent=self)
        self.print.clicked.connect(lambda _checked=False: self._print())
        self.save = button(tr("Save into a folder…"), parent=self)
        self.save.clicked.connect(
            lambda _checked=False: ask_folder(self, tr("Save the letters"), self.save_to)
        )
        self.mails = button(tr("Mail drafts…"), parent=self)
        self.mails.clicked.connect(
            lambda _checked=False: ask_folder(self, tr("Save the draft mails"), self.mails_to)
        )
        column.addWidget(self.unseen)
        row.addStretch(1)
        for each in (self.mails, self.save, self.print):
            row.addWidget(each)
        column.addLayout(row)
        return column

    @Slot()
    def _show_ways(self) -> None:
        """Lets go what was looked at; the rest only where the user says so."""
        unseen = self.unseen.isChecked()
        leaving = [
            made.document for made in self.model.rows
            if made.document is not None and (unseen or made.line.checked_on is not None)
        ]  # fmt: skip
        pages = any(one.kind is not DocumentKind.SUBMISSION for one in leaving)
        self.print.setText(tr("Print all…") if unseen else tr("Print those looked at…"))
        self.print.setEnabled(pages)
        for one in (self.save, self.mails):
            one.setEnabled(bool(leaving))

    def _print(self) -> None:
        job = self._desktop.bridge.read(_joined, self._batch, unseen=self.unseen.isChecked())
        job.succeeded.connect(self._print_joined)
        ProgressSheet(tr("Reading papers"), job, self)

    @Slot(object)
    def _print_joined(self, pdf: Pdf) -> None:
        self._printing.begin(pdf, tr("Papers to be printed"))

    @Slot(str)
    def save_to(self, folder: str) -> None:
        """Writes the letters into a folder, in a job."""
        job = self._desktop.bridge.read(
            save_batch, self._batch, Path(folder), unseen=self.unseen.isChecked()
        )
        job.succeeded.connect(self._told)

    @Slot(str)
    def mails_to(self, folder: str) -> None:
        """Writes a draft mail for each letter into a folder, in a job."""
        job = self._desktop.bridge.read(
            mail_batch, self._batch, Path(folder), unseen=self.unseen.isChecked()
        )
        job.succeeded.connect(self._told)
        ProgressSheet(tr("Writing draft mails"), job, self)

    @Slot(object)
    def _told(self, paths: Sequence[Path]) -> None:
        self._desktop.notices.say(
            trn("{count} file saved in {folder}", "{count} files saved in {folder}", len(paths),
                folder=paths[0].parent.name)
        )  # fmt: skip

    @property
    def _current(self) -> MadeLine | None:
        return self.model.row_at(self.table.currentIndex())

    @Slot()
    def _read(self) -> None:
        job = self._desktop.bridge.read(batch_lines, self._batch)
        job.succeeded.connect(self._show)

    @Slot(object)
    def _show(self, lines: Sequence[MadeLine]) -> None:
        fresh = not self.model.rows
        self.model.set_rows(lines)
        waiting = [
            at for at, made in enumerate(lines) if made.document and not made.line.checked_on
        ]
        done = sum(made.line.checked_on is not None for made in lines)
        written = sum(made.document is not None for made in lines)
        if waiting:
            text = tr("{done} of {written} looked at", done=done, written=written)
        elif written:
            text = tr("All are looked at: print or save them together.")
        else:
            text = tr("No letter was written: choose a case to read why.")
        self.reason.setText(text)
        self.reason.setVisible(True)
        self.right.setEnabled(bool(waiting))
        self._show_ways()
        if waiting or fresh:
            self.table.setCurrentIndex(self.model.index(waiting[0] if waiting else 0, 0))

    @Slot()
    def _chosen(self) -> None:
        made = self._current
        if made is None:
            return
        self.why.setText(made.line.why)
        self.why.setVisible(bool(made.line.why))
        self.pane.setVisible(made.document is not None)
        self.advice.setVisible(False)
        if made.document is not None:
            self.pane.show_paper(made.document.id, made.document.kind)
            self._asking = self._desktop.bridge.read(advice_on, made)
            self._asking.succeeded.connect(self._show_advice)

    @Slot(object)
    def _show_advice(self, advice: Sequence[str]) -> None:
        if self.sender() is not self._asking:
            return
        shown = [f"• {each}" for each in advice[:_MOST]]
        if len(advice) > _MOST:
            rest = len(advice) - _MOST
            shown.append(
                trn("and {count} more, in the case", "and {count} more, in the case", rest)
            )
        self.advice.setText("\n".join([tr("Before you send this one:"), *shown]))
        self.advice.setVisible(bool(advice))

    def _looked(self) -> None:
        made = self._current
        if made is None or made.document is None:
            return
        self.right.setEnabled(False)
        job = self._desktop.bridge.run(mark_looked_at, made.line.id)
        job.finished.connect(self._read)

    def _open_case(self) -> None:
        made = self._current
        if made is not None and self._desktop.can(OpenCase):
            self.accept()
            self._desktop.ask(OpenCase(made.line.case))


def _joined(
    desk: Desk, batch: int, *, unseen: bool, progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Pdf:  # fmt: skip
    """A job that puts the letters together for the printer."""
    made = print_batch(desk, batch, unseen=unseen, progress=progress, cancel=cancel)
    return measure(made.data)

"""Letters made together, looked at one by one before they go out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk.operations.batches import mark_looked_at
from disputedesk.desk.queries.batches import MadeLine, batch_lines
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.labels import label
from disputedesk.gui.paper_view import PaperPane
from disputedesk.gui.rooms import Desktop, OpenCase
from disputedesk.gui.rows import Column, RowModel
from disputedesk.gui.sheet import Sheet
from disputedesk.gui.table import Table
from disputedesk.gui.tokens import Tone


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
            width=1080,
        )  # fmt: skip
        self._desktop, self._batch = desktop, batch
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
        self.opening = button(tr("Open the case"), parent=self)
        self.opening.clicked.connect(lambda _checked=False: self._open_case())
        self.right = button(tr("It is right, show the next"), Act.PRIMARY, parent=self)
        self.right.clicked.connect(lambda _checked=False: self._looked())
        self.right.setDefault(True)
        self.foot.insertWidget(0, self.opening)
        self.foot.addWidget(self.right)
        self._read()

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
        self.reason.setText(
            tr("{done} of {written} looked at", done=done, written=written)
            if waiting
            else tr("All are looked at: mark them in the list of letters to print them together.")
        )
        self.reason.setVisible(True)
        self.right.setEnabled(bool(waiting))
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
        if made.document is not None:
            self.pane.show_paper(made.document.id, made.document.kind)

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

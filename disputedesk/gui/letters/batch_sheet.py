"""One form for many cases: choose form and cases, see what each lacks, write the letters."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelectionModel, QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.batches import make_batch
from disputedesk.desk.queries.batches import BatchCase, plan_batch
from disputedesk.desk.queries.cases import case_rows
from disputedesk.desk.views import CaseRow
from disputedesk.gui import tokens
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label
from disputedesk.gui.letters.look_sheet import LookSheet
from disputedesk.gui.progress import ProgressSheet
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.rows import Column, RowModel
from disputedesk.gui.sheet import Sheet
from disputedesk.gui.table import Table
from disputedesk.gui.tokens import Tone
from disputedesk.model.ids import CaseId
from disputedesk.papers.form import Form
from disputedesk.papers.languages import LETTER_LANGUAGES

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_REST_MS: Final = 150
_ANY: Final = ""


@dataclasses.dataclass(frozen=True, slots=True)
class _Line:
    """A case to choose, and how it stands with the form; `plan` is `None` until it was asked."""

    case: CaseRow
    plan: BatchCase | None = None


def _told(line: _Line) -> str:
    plan = line.plan
    if plan is None:
        return ""
    if plan.why:
        return plan.why
    if plan.questions:
        count = len(plan.questions)
        first = plan.questions[0]
        more = trn("{count} answer is missing", "{count} answers are missing", count)
        return tr("{more}: {question}", more=more, question=first)
    return tr("everything is known")


def _tone(line: _Line) -> Tone | None:
    if line.plan is None:
        return None
    if line.plan.why:
        return Tone.URGENT
    return Tone.SOON if line.plan.questions else Tone.OPEN


def _columns() -> tuple[Column[_Line], ...]:
    return (
        Column("case", tr("Case"), _case_title, width=300),
        Column("client", tr("Whose"), lambda line: line.case.client, width=130),
        Column("seller", tr("Seller"), lambda line: line.case.seller, width=130),
        Column("state", tr("This letter"), _told, tone=_tone, width=280),
    )


def _case_title(line: _Line) -> str:
    return tr("{number}: {title}", number=line.case.number, title=line.case.title)


class BatchSheet(Sheet):
    """Collects a form and the cases it is written for.

    Signals:
        made(batch): The papers were written, and looked at or not.
    """

    made = Signal(int)

    def __init__(self, desktop: Desktop, parent: QWidget) -> None:
        super().__init__(
            tr("Letters for many cases"), parent,
            second=tr("One form, written for each case with its own facts. Mark the cases; you "
                      "look at every letter before it is printed."),
            verb=tr("Write the letters"), width=940,
        )  # fmt: skip
        self._desktop = desktop
        self._planning: JobHandle | None = None
        self._lines: tuple[_Line, ...] = ()
        self._forms: dict[str, Form] = {}
        self.column.addLayout(self._choices())
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(tr("Filter by case, client, seller or words"))
        self.field.setAccessibleName(tr("Filter the cases"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._filter)
        self.column.addWidget(self.field)
        self.model: RowModel[_Line] = RowModel(_columns(), lambda line: int(line.case.id), self)
        self.table = Table(_columns(), "batch", desktop.places)
        self.table.setAccessibleName(tr("Cases"))
        self.table.setModel(self.model)
        self.table.arrange()
        self.table.setMinimumHeight(140)
        self.prefer_height(660)
        self.column.addWidget(self.table, 1)
        self.count = label("", ink="second")
        self.column.addWidget(self.count)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REST_MS)
        self._timer.timeout.connect(self._plan)
        self.table.selectionModel().selectionChanged.connect(self._again)
        self.form.currentIndexChanged.connect(self._form_chosen)
        self.speech.currentIndexChanged.connect(self._again)
        self._again()
        bridge = desktop.bridge
        bridge.read(_shelf).succeeded.connect(self._show_forms)
        bridge.read(case_rows, closed=False, today=bridge.today).succeeded.connect(self._show)

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        self.form = QComboBox(self)
        self.form.setAccessibleName(tr("Which letter"))
        self.form.setMaxVisibleItems(20)
        self.speech = QComboBox(self)
        self.speech.setAccessibleName(tr("In which language"))
        self.speech.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        row.addWidget(self.form, 1)
        row.addWidget(self.speech)
        return row

    @Slot(object)
    def _show_forms(self, forms: tuple[Form, ...]) -> None:
        self._forms = {form.id: form for form in forms}
        titles = sorted((tr(form.title), form.id) for form in forms)
        for title, form_id in titles:
            self.form.addItem(title, form_id)
        self.form.setCurrentIndex(max(0, self.form.findData("bank_chargeback")))
        self._form_chosen()

    @Slot()
    def _form_chosen(self) -> None:
        form = self._forms.get(str(self.form.currentData()))
        self.speech.clear()
        self.speech.addItem(tr("Each client's own language"), _ANY)
        for code in () if form is None else form.languages:
            self.speech.addItem(LETTER_LANGUAGES[code], code)
        self._again()

    @Slot(object)
    def _show(self, cases: Sequence[CaseRow]) -> None:
        self._lines = tuple(_Line(case) for case in cases)
        self._filter()
        self.table.setFocus()
        self._again()

    @Slot()
    def _filter(self) -> None:
        wanted = self.field.text().strip().casefold()
        marked = set(self.chosen)
        self.model.set_rows([line for line in self._lines if wanted in _words(line)])
        selection = self.table.selectionModel()
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for at, line in enumerate(self.model.rows):
            if line.case.id in marked:
                selection.select(self.model.index(at, 0), flags)

    @property
    def chosen(self) -> tuple[CaseId, ...]:
        """The marked cases, from the top."""
        rows = self.model.rows
        return tuple(rows[at].case.id for at in self.table.marked_rows() if at < len(rows))

    @Slot()
    def _again(self) -> None:
        self._planning = None
        self.block(tr("Looking at what each case lacks…") if self.chosen else _nothing(self._lines))
        self._timer.start()

    @Slot()
    def _plan(self) -> None:
        form = str(self.form.currentData() or "")
        if not form or not self.chosen:
            self._tell(())
            return
        self._planning = self._desktop.bridge.read(
            plan_batch, self.chosen, form=form, language=str(self.speech.currentData() or "")
        )
        self._planning.succeeded.connect(self._planned)

    @Slot(object)
    def _planned(self, plans: tuple[BatchCase, ...]) -> None:
        if self.sender() is self._planning:
            self._tell(plans)

    def _tell(self, plans: Sequence[BatchCase]) -> None:
        known = {plan.case: plan for plan in plans}
        self._lines = tuple(
            dataclasses.replace(line, plan=known.get(line.case.id)) for line in self._lines
        )
        shown = {line.case.id: line for line in self._lines}
        self.model.set_rows([shown[line.case.id] for line in self.model.rows])
        ready = sum(plan.ready for plan in plans)
        marked = trn("{count} case marked", "{count} cases marked", len(plans))
        can = trn("{count} letter can be written", "{count} letters can be written", ready)
        self.count.setText(f"{marked} · {can}" if plans else marked)
        if not plans:
            self.block(_nothing(self._lines))
        else:
            self.block("" if ready else tr("None of the marked cases has what this letter needs."))

    def accept(self) -> None:
        """Writes the letters in a job that can be stopped; then they are looked at."""
        if self.accept_button is None or not self.accept_button.isEnabled():
            return
        self.block(tr("The letters are being written."))
        ready = [line.case.id for line in self._lines if line.plan is not None and line.plan.ready]
        job = self._desktop.bridge.run(
            make_batch, ready, form=str(self.form.currentData()),
            language=str(self.speech.currentData() or ""),
        )  # fmt: skip
        job.succeeded.connect(self._written)
        job.failed.connect(self._again)
        ProgressSheet(tr("Writing letters"), job, self)

    @Slot(object)
    def _written(self, outcome: Outcome[int]) -> None:
        self.made.emit(outcome.value)
        sheet = LookSheet(self._desktop, outcome.value, self._desktop.window)
        super().accept()
        sheet.open()


def _shelf(desk: Desk) -> tuple[Form, ...]:
    """A job that reads which forms there are: letters, and texts for platforms and sellers."""
    return desk.forms.forms


def _words(line: _Line) -> str:
    case = line.case
    return f"{case.number} {case.title} {case.client} {case.seller}".casefold()


def _nothing(lines: Sequence[_Line]) -> str:
    if not lines:
        return tr("There is no open case.")
    return tr("Mark the cases the letter is for; Ctrl+A marks all that are shown.")

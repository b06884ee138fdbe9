"""The sheet that enters a line of the ledger of refunds."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk.after_words import credit_hint, credit_title
from disputedesk.desk.operations.credits import NewCredit, add_credit
from disputedesk.desk.queries.after import lending_step
from disputedesk.desk.views import CaseDetail
from disputedesk.gui.cases.money_field import MoneyField
from disputedesk.gui.cases.shown_by import ShownBy
from disputedesk.gui.day_field import DayField
from disputedesk.gui.labels import label
from disputedesk.gui.masking import GuardedLine
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.model.credit import CreditKind
from disputedesk.model.evidence import Way
from disputedesk.model.ids import FilingId

_KINDS = tuple(CreditKind)


class CreditSheet(Sheet):
    """Collects one line: what happened to the money, how much, when, and what shows it."""

    def __init__(self, desktop: Desktop, detail: CaseDetail, parent: QWidget) -> None:
        super().__init__(
            tr("What happened to the money?"),
            parent,
            verb=tr("Add the line"),
            width=580,
            scrolls=True,
        )
        self._desktop, self._detail = desktop, detail
        self._step: FilingId | None = None
        self.kinds = QButtonGroup(self)
        for at, kind in enumerate(_KINDS):
            text = tr("{kind}: {meaning}", kind=credit_title(kind), meaning=credit_hint(kind))
            one = QRadioButton(text, self)
            one.setAccessibleName(text)
            self.kinds.addButton(one, at)
            self.column.addWidget(one)
        self.column.addWidget(label(tr("How much"), ink="second"))
        self.sum = MoneyField(tr("How much"), self)
        money = detail.money
        self.sum.set_money(money, money.currency if money else "USD")
        self.column.addWidget(self.sum)
        self.column.addWidget(label(tr("On which day"), ink="second"))
        today = desktop.bridge.today
        self.day = DayField(tr("The day it was promised or booked"), today, today, self)
        self.column.addWidget(self.day)
        self._due_title = label(tr("By which day should it come? (if they said)"), ink="second")
        self.column.addWidget(self._due_title)
        self.due = DayField(tr("The day it should come by"), today, None, self)
        self.column.addWidget(self.due)
        self.written = QCheckBox(tr("It was promised in writing"), self)
        self.column.addWidget(self.written)
        self.besides = QCheckBox(tr("It comes besides what the bank gave for the time being"), self)
        self.column.addWidget(self.besides)
        self.column.addWidget(label(tr("What shows it"), ink="second"))
        self.shown = ShownBy(tr("What shows it"), detail.exhibits, self)
        self.column.addWidget(self.shown)
        self.column.addWidget(label(tr("Reference, if they gave one"), ink="second"))
        self.reference = GuardedLine(tr("Reference, if they gave one"), "", self)
        self.column.addWidget(self.reference)
        self.column.addStretch(1)
        self.kinds.idClicked.connect(self._choose)
        for changed in (self.sum.changed, self.day.changed, self.due.changed):
            changed.connect(self._check)
        self._choose()

    @property
    def kind(self) -> CreditKind | None:
        """What was chosen."""
        at = self.kinds.checkedId()
        return _KINDS[at] if at >= 0 else None

    @Slot()
    def _choose(self) -> None:
        kind = self.kind
        promised = kind is CreditKind.PROMISED
        for part in (self._due_title, self.due, self.written):
            part.setVisible(promised)
        lent = bool(self._detail.after.provisional)
        self.besides.setVisible(kind is CreditKind.FINAL and lent)
        if kind is not None:
            job = self._desktop.bridge.read(lending_step, self._detail.case.id, kind)
            job.succeeded.connect(self._set_step)
        self._check()

    @Slot(object)
    def _set_step(self, step: FilingId | None) -> None:
        self._step = step

    @Slot()
    def _check(self) -> None:
        promised = self.kind is CreditKind.PROMISED
        if self.kind is None:
            self.block(tr("Say what happened to the money."))
        elif self.sum.money is None or self.sum.money.minor <= 0:
            self.block(tr("Write the sum in figures, like 43.10."))
        elif self.day.day is None:
            self.block(self.day.fault or tr("Write the day."))
        elif self.day.day > self._desktop.bridge.today:
            self.block(tr("This day has not come yet."))
        elif promised and self.due.fault:
            self.block(self.due.fault)
        elif promised and self.due.day is not None and self.due.day < self.day.day:
            self.block(tr("A refund cannot be due before it was promised."))
        else:
            self.block("")

    def accept(self) -> None:
        """Enters the line; closes once it is kept."""
        kind, money, day = self.kind, self.sum.money, self.day.day
        enabled = self.accept_button is not None and self.accept_button.isEnabled()
        if kind is None or money is None or day is None or not enabled:
            return
        promised = kind is CreditKind.PROMISED
        besides = kind is CreditKind.FINAL and self.besides.isChecked()
        new = NewCredit(
            kind, money, day, self.due.day if promised else None, self.reference.text,
            filing=None if besides else self._step, exhibit=self.shown.exhibit,
            in_writing=True if promised and self.written.isChecked() else None,
        )  # fmt: skip
        self.block(tr("The line is being kept…"))
        job = self._desktop.bridge.run(
            add_credit, self._detail.case.id, new, sources=self.shown.files, way=Way.FILE
        )
        job.succeeded.connect(self._kept)
        job.failed.connect(self._check)

    @Slot(object)
    def _kept(self, outcome: object) -> None:
        super().accept()

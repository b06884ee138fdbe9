"""What they answered to what was sent, and how a case ended."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.texts import day_text, tr
from disputedesk.desk import words
from disputedesk.desk.operations.cases import close_case
from disputedesk.desk.operations.filing_answers import Answer, record_answer
from disputedesk.desk.views import CaseDetail
from disputedesk.gui.cases.money_field import MoneyField
from disputedesk.gui.cases.shown_by import ShownBy
from disputedesk.gui.day_field import DayField
from disputedesk.gui.labels import label
from disputedesk.gui.masking import SecretGuard
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.model.case import CaseOutcome, Filing
from disputedesk.model.evidence import Way
from disputedesk.model.money import Money

_DECIDING = frozenset({"platform_dispute", "wallet_claim"})
_PART = 1
_GIVING = (0, _PART)
"""Places of the choices by which money is given."""


class AnswerSheet(Sheet):
    """Collects the other side's answer to a filing."""

    def __init__(
        self, desktop: Desktop, filing: Filing, parent: QWidget, *, asked: Money | None = None
    ) -> None:
        what = words.avenue_title(filing.avenue)
        super().__init__(
            tr("What did they answer?"), parent,
            second=tr("{what}, sent {day}", what=what, day=day_text(filing.filed_on)),
            verb=tr("Keep the answer"), width=580, scrolls=True,
        )  # fmt: skip
        self._desktop, self._filing, self._asked = desktop, filing, asked
        self.choices = QButtonGroup(self)
        for at, text in enumerate((
            tr("They give what I asked for"), tr("They give a part of it"), tr("They refuse"),
            tr("Neither: a question or an offer"),
        )):  # fmt: skip
            one = QRadioButton(text, self)
            one.setAccessibleName(text)
            self.choices.addButton(one, at)
            self.column.addWidget(one)
        self.decided = QCheckBox(
            tr("This is the decision of the platform or wallet, not the seller's word"), self
        )
        self.decided.setVisible(filing.avenue in _DECIDING)
        self.column.addWidget(self.decided)
        self.column.addWidget(label(tr("On which day"), ink="second"))
        today = desktop.bridge.today
        self.day = DayField(tr("The day of the answer"), today, today, self)
        self.column.addWidget(self.day)
        self.column.addWidget(self._what_they_give(asked))
        self.column.addWidget(label(tr("Their letter or page"), ink="second"))
        self.shown = ShownBy(tr("Their letter or page"), (), self)
        self.column.addWidget(self.shown)
        self.column.addWidget(label(tr("What they wrote"), ink="second"))
        self.text = QPlainTextEdit(self)
        self.text.setAccessibleName(tr("What they wrote"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(110)
        self.column.addWidget(self.text)
        note = label("", ink="soon", wrap=True)
        self.column.addWidget(note)
        SecretGuard(self.text, note)
        self.column.addStretch(1)
        self.choices.idClicked.connect(self._choose)
        for changed in (self.day.changed, self.sum.changed, self.due.changed):
            changed.connect(self._check)
        self._check()

    def _what_they_give(self, asked: Money | None) -> QWidget:
        """The sum they give and its day; shown where they give one."""
        self._given = QWidget(self)
        given = QVBoxLayout(self._given)
        given.setContentsMargins(0, 0, 0, 0)
        given.addWidget(label(tr("How much do they give?"), ink="second"))
        self.sum = MoneyField(tr("How much they give"), self)
        self.sum.set_money(asked, asked.currency if asked else "USD")
        given.addWidget(self.sum)
        given.addWidget(label(tr("By which day should it come? (if they said)"), ink="second"))
        self.due = DayField(tr("The day it should come by"), self._desktop.bridge.today, None, self)
        given.addWidget(self.due)
        return self._given

    @Slot()
    def _choose(self) -> None:
        """Offers the whole sum for the whole, and none for a part."""
        part = self.choices.checkedId() == _PART
        if part and self.sum.money == self._asked:
            self.sum.line.clear()
        elif not part and self.sum.money is None:
            self.sum.set_money(self._asked, self.sum.currency.currentText())
        self._check()

    @property
    def _gives(self) -> bool:
        return self.choices.checkedId() in _GIVING

    @Slot()
    def _check(self) -> None:
        self._given.setVisible(self._gives)
        day, due = self.day.day, self.due.day
        if self.choices.checkedId() < 0:
            self.block(tr("Say whether they give it."))
        elif day is None:
            self.block(self.day.fault or tr("Write the day of the answer."))
        elif not self._filing.filed_on <= day <= self._desktop.bridge.today:
            self.block(tr("The answer came after it was sent, and not in the future."))
        elif self._gives and self.sum.fault.text():
            self.block(self.sum.fault.text())
        elif self.choices.checkedId() == _PART and self.sum.money is None:
            self.block(tr("Write the sum they give."))
        elif self._gives and due is not None and due < day:
            self.block(tr("A refund cannot be due before it was promised."))
        else:
            self.block("")

    def accept(self) -> None:
        """Hands the answer over."""
        day = self.day.day
        if self.choices.checkedId() < 0 or day is None:
            return
        granted = {0: True, 1: True, 2: False}.get(self.choices.checkedId())
        answer = Answer(
            day, self.text.toPlainText().strip(), granted,
            self.sum.money if self._gives else None, self.due.day if self._gives else None,
            decided=self.decided.isChecked(),
        )  # fmt: skip
        self._desktop.bridge.run(
            record_answer, self._filing.id, answer, sources=self.shown.files, way=Way.FILE
        )
        super().accept()


class CloseSheet(Sheet):
    """Collects how a case ended, and what came back."""

    def __init__(self, desktop: Desktop, detail: CaseDetail, parent: QWidget) -> None:
        super().__init__(
            tr("How did it end?"), parent,
            second=tr("Its clocks leave the lists. You can take it up again."),
            verb=tr("Close the case"),
        )  # fmt: skip
        self._desktop, self._detail = desktop, detail
        for caution in detail.after.cautions:
            self.column.addWidget(label(f"▲ {caution}", ink="soon", wrap=True))
        self.choices = QButtonGroup(self)
        for at, outcome in enumerate(CaseOutcome):
            one = QRadioButton(words.outcome_title(outcome), self)
            one.setAccessibleName(words.outcome_title(outcome))
            self.choices.addButton(one, at)
            self.column.addWidget(one)
        self._came = label(tr("What is back for good"), ink="second")
        self.column.addWidget(self._came)
        self.won = MoneyField(tr("What is back for good"), self)
        money = next(iter(detail.after.final), detail.money)
        self.won.set_money(money, money.currency if money else "USD")
        self.column.addWidget(self.won)
        self.column.addStretch(1)
        self.choices.idClicked.connect(self._check)
        self.won.changed.connect(self._check)
        self._check()

    @property
    def outcome(self) -> CaseOutcome | None:
        """What was chosen."""
        at = self.choices.checkedId()
        return tuple(CaseOutcome)[at] if at >= 0 else None

    @Slot()
    def _check(self) -> None:
        paid = self.outcome in (CaseOutcome.WON, CaseOutcome.PART)
        self.won.setVisible(paid)
        self._came.setVisible(paid)
        if self.outcome is None:
            self.block(tr("Choose how it ended."))
        elif paid and self.won.money is None:
            self.block(tr("Write the sum that came back."))
        else:
            self.block("")

    def accept(self) -> None:
        """Closes the case."""
        outcome = self.outcome
        if outcome is None or self.accept_button is None or not self.accept_button.isEnabled():
            return
        paid = outcome in (CaseOutcome.WON, CaseOutcome.PART)
        won = self.won.money if paid else None
        self._desktop.bridge.run(close_case, self._detail.case.id, outcome=outcome, won=won)
        super().accept()

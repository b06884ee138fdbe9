"""The next step: why this one, what it gives up, what is missing, what would help."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk.views import CaseDetail, CheckView, Question
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cards import Card
from disputedesk.gui.labels import Ink, label, set_tip
from disputedesk.gui.sent_sheet import can_tick
from disputedesk.gui.tokens import Type

_TOP = Qt.AlignmentFlag.AlignTop


class StepCard(Card):
    """The card of the next step.

    Signals:
        step_wanted(): Its button was pressed.
        others_wanted(): The other ways are asked for.
        sent_wanted(): "I have sent it" was pressed.
        fact_wanted(name): A fact of the checklist is to be told.
        exhibit_wanted(kind): An exhibit of the checklist is to be added.
        question_wanted(question): A question is to be answered.
    """

    step_wanted = Signal()
    others_wanted = Signal()
    sent_wanted = Signal()
    fact_wanted = Signal(str)
    exhibit_wanted = Signal(str)
    question_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Next step"), parent=parent)
        self._seen: object = None
        self._body = QWidget(self)
        self.column.addWidget(self._body)

    def set_detail(self, detail: CaseDetail) -> None:
        """Shows the next step of a case."""
        seen = (detail.case.id, detail.plan, detail.checks, detail.questions)
        if seen == self._seen:
            return
        self._seen = seen
        old, self._body = self._body, QWidget(self)
        self.column.replaceWidget(old, self._body)
        old.hide()
        old.deleteLater()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        step = detail.plan.step
        if step is not None:
            column.addWidget(label(step.window.title, strong=True, wrap=True))
        reason = detail.plan.next_reason or tr("Nothing can be done just now.")
        column.addWidget(label(reason, ink="second", wrap=True))
        for loss in step.gives_up if step is not None else ():
            column.addWidget(label(f"▲ {loss}", ink="soon", wrap=True))
        must = [check for check in detail.checks if check.item.must]
        more = [check for check in detail.checks if not check.item.must]
        self._list(column, _must_title(must), must)
        self._list(column, tr("Would help"), more)
        self._questions(column, detail.questions)
        self._buttons(column, detail)
        self._body.show()

    def _list(self, column: QVBoxLayout, title: str, checks: list[CheckView]) -> None:
        if not checks:
            return
        column.addSpacing(tokens.GAP_CHIP)
        column.addWidget(label(title, strong=True, ink="second", size=Type.SMALL))
        for check in checks:
            column.addWidget(self._line(check))

    def _line(self, check: CheckView) -> QWidget:
        row = QWidget(self._body)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(tokens.GAP)
        mark, ink = _mark(check)
        sign = label(mark, ink=ink, strong=True)
        sign.setAccessibleName(tr("there") if check.done else tr("not there yet"))
        sign.setFixedWidth(16)
        line.addWidget(sign, 0, _TOP)
        line.addWidget(label(check.item.text, wrap=True), 1)
        if not check.done and check.item.fact:
            add = button(tr("Answer"), Act.LINK, parent=row)
            fact = check.item.fact
            add.clicked.connect(lambda _checked=False: self.fact_wanted.emit(fact))
        elif not check.done and check.item.exhibit:
            add = button(tr("Add"), Act.LINK, parent=row)
            kind = check.item.exhibit
            add.clicked.connect(lambda _checked=False: self.exhibit_wanted.emit(kind))
        else:
            return row
        add.setAccessibleName(tr("Add: {thing}", thing=check.item.text))
        line.addWidget(add, 0, _TOP)
        return row

    def _questions(self, column: QVBoxLayout, questions: tuple[Question, ...]) -> None:
        if not questions:
            return
        column.addSpacing(tokens.GAP_CHIP)
        column.addWidget(label(tr("Worth answering"), strong=True, ink="second", size=Type.SMALL))
        for question in questions[:3]:
            row = QWidget(self._body)
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(tokens.GAP)
            words = label(question.fact.question or question.fact.label, wrap=True)
            set_tip(words, question.why)
            line.addWidget(words, 1)
            ask = button(tr("Answer"), Act.LINK, parent=row)
            ask.setAccessibleName(tr("Answer: {question}", question=question.fact.question))
            ask.clicked.connect(lambda _checked=False, q=question: self.question_wanted.emit(q))
            line.addWidget(ask, 0, _TOP)
            column.addWidget(row)

    def _buttons(self, column: QVBoxLayout, detail: CaseDetail) -> None:
        column.addSpacing(tokens.GAP_CHIP)
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        others = button(tr("All ways…"), parent=self._body)
        others.clicked.connect(lambda _checked=False: self.others_wanted.emit())
        row.addWidget(others)
        if detail.plan.steps:
            sent = button(tr("I have sent it…"), Act.SEAL, parent=self._body)
            sent.clicked.connect(lambda _checked=False: self.sent_wanted.emit())
            row.addWidget(sent)
        row.addStretch(1)
        column.addLayout(row)


def _must_title(must: list[CheckView]) -> str:
    """The heading over what must be there: some of it only a person can make sure of."""
    if any(not check.done and can_tick(check.item) for check in must):
        return tr("Missing – stops you")
    if all(check.done for check in must):
        return tr("Needed, and there")
    return tr("Needed – make sure of it yourself")


def _mark(check: CheckView) -> tuple[str, Ink]:
    """The sign before a line: there, missing, or merely welcome."""
    if check.done:
        return "✓", "open"
    if check.item.must and not can_tick(check.item):
        return "▲", "soon"
    return ("◆", "urgent") if check.item.must else ("◇", "wait")

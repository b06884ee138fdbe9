"""What the calculator is asked with: short lists, and the dates that matter for what they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QFormLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.texts import tr
from disputedesk.desk import words
from disputedesk.desk.queries.typed_facts import Answer, Choice, Choices
from disputedesk.gui import tokens
from disputedesk.gui.answering import AnswerField
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.day_field import DayField
from disputedesk.gui.labels import label
from disputedesk.gui.tokens import Type

if TYPE_CHECKING:
    from disputedesk.desk.views import Question

_TYPING_MS = 200


class DateRow(QWidget):
    """One question with its field; the tick says whether its answer is used.

    Signals:
        changed(): The answer, or whether it is used, is another.
    """

    changed = Signal()

    def __init__(self, question: Question, today: dt.date, parent: QWidget) -> None:
        super().__init__(parent)
        self.question = question
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, tokens.GAP_CHIP)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(tokens.GAP_CHIP)
        asked = question.fact.question or question.fact.label
        self.tick = QCheckBox(self)
        self.tick.setChecked(True)
        self.tick.setVisible(False)
        self.tick.setAccessibleName(tr("Use this answer: {question}", question=asked))
        self.tick.setToolTip(tr("Untick it to see what would be without it"))
        self.tick.toggled.connect(self._ticked)
        head.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(asked, wrap=True), 1)
        column.addLayout(head)
        self.why = label(question.why, ink="mute", size=Type.SMALL, wrap=True)
        column.addWidget(self.why)
        self.field = AnswerField(question.fact, today, self, live=True)
        column.addWidget(self.field)
        self._fit()
        self.field.changed.connect(self._typed)
        self.setFocusProxy(self.field)

    @property
    def text(self) -> str:
        """The answer that is used; empty where there is none, or it is unticked."""
        return self.field.text if self.tick.isChecked() else ""

    @property
    def is_idle(self) -> bool:
        """Whether nothing is typed and nobody is about to."""
        inside = [self.field.field, *self.field.field.findChildren(QWidget)]
        return not self.field.text and not any(one.hasFocus() for one in inside)

    def _fit(self) -> None:
        """Once it is answered, the tick takes the place of the reason for asking."""
        self.tick.setVisible(bool(self.field.text))
        self.why.setVisible(not self.field.text)

    @Slot()
    def _typed(self) -> None:
        self._fit()
        self.changed.emit()

    @Slot(bool)
    def _ticked(self, used: bool) -> None:
        self.field.setEnabled(used)
        self.changed.emit()


class AskingForm(QWidget):
    """The short lists, the day to compute as of, and the dates that matter.

    Signals:
        asked(): Something else is to be computed.
    """

    asked = Signal()

    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.rows: dict[str, DateRow] = {}
        self._given: dict[str, str] = {}
        self.setObjectName("surface")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, tokens.GAP, tokens.GAP_CARD)
        column.setSpacing(tokens.GAP)
        self._lists = QFormLayout()
        self._lists.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._lists.setVerticalSpacing(tokens.GAP_CHIP)
        column.addLayout(self._lists)
        self.problem = self._list(tr("What went wrong?"))
        self.shop = self._list(tr("Where was it bought?"))
        self.payment = self._list(tr("How was it paid?"))
        self.country = self._list(tr("In which country do you live?"), searched=True)
        self.day = DayField(tr("Work it out as of this day"), today, today, self)
        title = label(tr("Work it out as of this day"), ink="second")
        title.setBuddy(self.day)
        self._lists.addRow(title, self.day)
        self.head = label(tr("Days that matter for it"), strong=True)
        column.addWidget(self.head)
        self.hint = label("", ink="second", size=Type.SMALL, wrap=True)
        column.addWidget(self.hint)
        self._dates = QVBoxLayout()
        self._dates.setSpacing(tokens.GAP)
        column.addLayout(self._dates)
        self.clear = button(tr("Begin anew"), Act.QUIET, icon="undo", parent=self)
        self.clear.clicked.connect(self.empty)
        column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING_MS)
        self._timer.timeout.connect(self.asked)
        self.day.changed.connect(self._timer.start)
        self.setFocusProxy(self.problem)
        self._tell()

    def _list(self, name: str, *, searched: bool = False) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)
        title = label(name, ink="second")
        title.setBuddy(box)
        self._lists.addRow(title, box)
        if searched:
            box.setEditable(True)
            box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            completer = box.completer()
            if completer is not None:
                completer.setFilterMode(Qt.MatchFlag.MatchContains)
                completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            line = box.lineEdit()
            if line is not None:
                line.setAccessibleName(name)
                line.setPlaceholderText(tr("type the country's name"))
        box.currentIndexChanged.connect(self._chosen)
        return box

    def set_choices(self, choices: Choices) -> None:
        """Fills the short lists with what the packs in force know of."""
        problems = tuple(
            Choice(choice.text, (("problem", str(choice.problem)),))
            for choice in words.problem_choices()
        )
        for box, found, none in (
            (self.problem, problems, tr("choose…")),
            (self.shop, choices.platforms, tr("not said")),
            (self.payment, choices.payments, tr("not said")),
            (self.country, choices.countries, ""),
        ):
            box.blockSignals(True)
            before = box.currentText()
            box.clear()
            box.addItem(none, ())
            for one in found:
                box.addItem(one.title, one.tells)
            box.setCurrentIndex(max(0, box.findText(before) if before else 0))
            box.blockSignals(False)

    @property
    def told(self) -> dict[str, str]:
        """What is chosen and typed, by the fact's name."""
        boxes = (self.problem, self.shop, self.payment, self.country)
        chosen = {name: value for box in boxes for name, value in box.currentData() or ()}
        typed = {name: row.text for name, row in self.rows.items() if row.text}
        return chosen | self._given | typed

    @property
    def as_of(self) -> dt.date:
        """The day to compute as of; today where the field is empty or not clear."""
        return self.day.day or self._today

    def choose(self, **facts: str) -> None:
        """Chooses by facts: `problem`, `platform`, `network`, `wallet`, `method`, a country."""
        for box in (self.problem, self.shop, self.payment, self.country):
            for at in range(box.count()):
                tells = dict(box.itemData(at) or ())
                if tells and all(facts.get(name) == value for name, value in tells.items()):
                    box.setCurrentIndex(at)
                    break

    def tell(self, values: Mapping[str, str]) -> None:
        """Types answers before they are asked for: each gets its row with the next answer."""
        self._given = dict(values)
        self.asked.emit()

    @Slot()
    def empty(self) -> None:
        """Forgets everything that was chosen and typed."""
        for row in self.rows.values():
            row.hide()
            row.deleteLater()
        self.rows, self._given = {}, {}
        for box in (self.problem, self.shop, self.payment, self.country):
            box.setCurrentIndex(0)
        self.day.set_day(self._today)
        self._tell()
        self.asked.emit()
        self.problem.setFocus()

    @Slot()
    def _chosen(self) -> None:
        self._timer.start()

    def show_answer(self, answer: Answer) -> None:
        """Asks what matters now; what is typed stays where it stands."""
        typed = {str(one.fact.name): one for one in answer.typed}
        asked = {str(one.fact.name): one for one in answer.questions}
        wanted = typed | {name: one for name, one in asked.items() if name not in typed}
        for name in [name for name, row in self.rows.items() if name not in wanted]:
            if self.rows[name].is_idle:
                row = self.rows.pop(name)
                row.hide()
                row.deleteLater()
        for name, question in wanted.items():
            if name not in self.rows:
                row = DateRow(question, self._today, self)
                row.changed.connect(self._timer.start)
                self._dates.addWidget(row)
                self.rows[name] = row
        self._given = {}
        for name, row in self.rows.items():
            row.field.refuse(answer.faults.get(name, ""))
        self._tell()

    def _tell(self) -> None:
        chosen = bool(self.problem.currentData())
        self.head.setVisible(chosen)
        self.hint.setVisible(chosen)
        self.hint.setText(
            tr("What you do not know can stay empty. Untick a day to see what it changes.")
            if self.rows
            else tr("Nothing more has to be asked.")
        )

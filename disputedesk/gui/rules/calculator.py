"""The calculator: what is asked at the left, at the right what it means, day by day."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.deadlines.status import CLOSING_DAYS
from disputedesk.desk.queries.typed_facts import Answer, Choices, answer_text, calculate
from disputedesk.desk.queries.typed_facts import calculator_choices as choices_of
from disputedesk.gui import tokens
from disputedesk.gui.cards import Banner, Card, EmptyState, Surface
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.rules.asking import AskingForm
from disputedesk.gui.rules.detail import WindowDetail
from disputedesk.gui.rules.window_list import WindowList

_BESIDE = 820


class Calculator(QWidget):
    """Asks, computes in a job, shows; keeps nothing in the desk.

    Signals:
        rule_wanted(id): A rule is to be read.
    """

    rule_wanted = Signal(str)

    def __init__(self, desktop: Desktop, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desktop = desktop
        self._reading: JobHandle | None = None
        self.answer: Answer | None = None
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._halves.setContentsMargins(0, tokens.GAP, 0, 0)
        self._halves.setSpacing(tokens.GAP_CARD)
        self.form = AskingForm(desktop.bridge.today)
        self.form.asked.connect(self.ask)
        self._halves.addWidget(_area(self.form, tr("What is asked")), 2)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self._empty())
        self.results = _area(self._answers(), tr("What it means"))
        self.pages.addWidget(self.results)
        self._halves.addWidget(self.pages, 3)

    def _empty(self) -> QWidget:
        text = tr(
            "Choose what went wrong, where it was bought and how it was paid. The ways to get it "
            "back stand here, with every day that counts. Nothing is kept."
        )
        return EmptyState("calendar", tr("Try any case"), text)

    def _answers(self) -> QWidget:
        body = QWidget()
        body.setObjectName("surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, tokens.GAP_CARD, tokens.GAP_ROOM)
        column.setSpacing(12)
        self.next = Card(tr("Next step"))
        self.step = label("", strong=True, wrap=True)
        self.reason = label("", ink="second", wrap=True)
        self.losses = label("", ink="soon", wrap=True)
        for one in (self.step, self.reason, self.losses):
            self.next.column.addWidget(one)
        column.addWidget(self.next)
        self.nothing = Banner("", strong=tr("If you do nothing:"), surface="wait")
        column.addWidget(self.nothing)
        self.listed = Card(tr("Ways to get it back, in the order to use them"))
        self.windows = WindowList(self.listed)
        self.windows.selectionModel().currentChanged.connect(self._moved)
        self.listed.column.addWidget(self.windows)
        column.addWidget(self.listed)
        self.detail = WindowDetail()
        self.detail.rule_wanted.connect(self.rule_wanted)
        self.detail.copy_wanted.connect(self._copy)
        column.addWidget(self.detail)
        column.addStretch(1)
        return body

    # -- asking

    def refresh(self) -> None:
        """Reads the short lists, and the answer where something was asked."""
        self._desktop.bridge.read(choices_of).succeeded.connect(self._filled)

    @Slot(object)
    def _filled(self, choices: Choices) -> None:
        self.form.set_choices(choices)
        self.ask()

    @Slot()
    def ask(self) -> None:
        """Computes what the form says, away from the screen's thread."""
        told = self.form.told
        if "problem" not in told or len(told) < 2:
            self._reading = None
            self.answer = None
            self.pages.setCurrentIndex(0)
            return
        bridge = self._desktop.bridge
        self._reading = bridge.read(calculate, told, today=self.form.as_of)
        self._reading.succeeded.connect(self._show)

    @Slot(object)
    def _show(self, answer: Answer) -> None:
        if self.sender() is not self._reading:
            return
        self.answer = answer
        self.form.show_answer(answer)
        plan = answer.calculation.plan
        step = next((one for one in plan.steps if one.window.rule == plan.next_step), None)
        self.step.setText(step.window.title if step is not None else "")
        self.step.setVisible(step is not None)
        self.reason.setText(plan.next_reason or tr("No way is open with what is known so far."))
        if not answer.calculation.windows:
            self.reason.setText(
                tr(
                    "No rule covers what is said so far. Say where it was bought, how it was paid "
                    "and in which country you live: any of them may open a way."
                )
            )
        self.nothing.setVisible(bool(answer.calculation.windows))
        self.losses.setText("\n".join(f"▲ {loss}" for loss in step.gives_up) if step else "")
        self.losses.setVisible(bool(self.losses.text()))
        self.nothing.text.setText(plan.nothing)
        self.nothing.set_surface(self._surface(answer))
        self.windows.show_answer(answer)
        self.listed.setVisible(bool(answer.calculation.windows))
        self._choose_shown()
        if self.pages.currentIndex() == 0:
            self.results.verticalScrollBar().setValue(0)
            self.pages.setCurrentIndex(1)

    @staticmethod
    def _surface(answer: Answer) -> Surface:
        day = answer.calculation.plan.nothing_on
        today = answer.calculation.today
        closing = day is not None and (day - today).days <= CLOSING_DAYS
        return "soon" if closing else "wait"

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._choose_shown()

    def _choose_shown(self) -> None:
        row = self.windows.chosen
        self.detail.setVisible(row is not None)
        if row is not None and self.answer is not None:
            rule = row.window.rule
            step = self.answer.calculation.plan.step_of(rule)
            self.detail.show_window(row.window, self.answer.counts.get(rule), step)

    @Slot()
    def _copy(self) -> None:
        row = self.windows.chosen
        if self.answer is not None:
            rule = row.window.rule if row is not None else None
            QGuiApplication.clipboard().setText(answer_text(self.answer, rule))
            self._desktop.notices.say(tr("The answer is in the clipboard."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stands the answer under the form in a narrow window."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE
        self._halves.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )


def _area(body: QWidget, name: str) -> QScrollArea:
    area = QScrollArea()
    area.setAccessibleName(name)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(body)
    return area

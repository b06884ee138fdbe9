"""The dialog "What went wrong?": has it arrived, what is wrong, what matters, then the case."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QGridLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from disputedesk.common.errors import DeskError
from disputedesk.common.texts import day_text, tr
from disputedesk.desk import words
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.orders import mark_received
from disputedesk.desk.queries.cases import problem_choices, questions_for
from disputedesk.desk.queries.guards import received_guard
from disputedesk.desk.queries.orders import order_detail
from disputedesk.desk.views import OrderDetail, Question
from disputedesk.gui import tokens
from disputedesk.gui.answering import AnswerField
from disputedesk.gui.buttons import Act, button, set_act
from disputedesk.gui.cards import Banner, Card, Door
from disputedesk.gui.cases.problem_door import ProblemDoor
from disputedesk.gui.cases.trying import Tried, open_told, try_answers
from disputedesk.gui.cases.ways import is_rare
from disputedesk.gui.day_field import DayField
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label
from disputedesk.gui.rooms import Desktop, OpenCase
from disputedesk.gui.sheet import Sheet, scrolled
from disputedesk.gui.timeline import Lane, Timeline, TimelineView
from disputedesk.gui.tokens import Type
from disputedesk.gui.window_bars import bar_of
from disputedesk.model.case import CaseStage
from disputedesk.model.ids import CaseId, OrderId
from disputedesk.model.problem import Problem

if TYPE_CHECKING:
    from disputedesk.safety.guards import GuardNotice

_TRY_MS = 250
_MOST_LANES = 8
_ARRIVED, _NOT_ARRIVED = ("arrived",), ("not_arrived",)
_REST = ("money", "other")


class ProblemSheet(Sheet):
    """Three short pages, each with one question; Back goes one page back."""

    def __init__(self, desktop: Desktop, order: OrderId, parent: QWidget) -> None:
        super().__init__(tr("What went wrong?"), parent, width=880, scrolls=True)
        self._desktop, self._order = desktop, order
        self._problem: Problem | None = None
        self._fields: dict[str, AnswerField] = {}
        self._tried: Tried | None = None
        self._trying: JobHandle | None = None
        self._day: dt.date | None = None
        self._about = label("", ink="second", wrap=True)
        self.column.addWidget(self._about)
        self.pages = QStackedWidget(self)
        self.column.addWidget(self.pages, 1)
        for page in (self._arrival(), self._problems(), self._questions(), self._received()):
            self.pages.addWidget(page)
        self.back = button(tr("Back"), parent=self)
        self.back.clicked.connect(self._go_back)
        self.foot.insertWidget(0, self.back)
        self.go = button(tr("Open the case"), Act.PRIMARY, parent=self)
        self.go.clicked.connect(self._go)
        self.foot.addWidget(self.go)
        self.cancel.setText(tr("Cancel"))
        self.cancel.setAccessibleName(tr("Cancel"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TRY_MS)
        self._timer.timeout.connect(self._try)
        self.prefer_height(600)
        self.turn_to(0)
        desktop.bridge.read(order_detail, order, today=desktop.bridge.today).succeeded.connect(
            self._told
        )

    # -- pages

    def _arrival(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP_CARD)
        column.addWidget(label(tr("Has it arrived?"), size=Type.STRONG, strong=True))
        grid = QGridLayout()
        grid.setSpacing(tokens.GAP_CARD)
        self.doors = []
        for at, (icon, title, text, pressed) in enumerate((
            ("parcel", tr("No, or not all of it"), tr("It is late, lost, or a part is missing."),
             lambda: self.choose_group(_NOT_ARRIVED)),
            ("flag", tr("Yes, but something is wrong"),
             tr("Broken, different, fake, or not wanted any more."),
             lambda: self.choose_group(_ARRIVED)),
            ("money", tr("It is about the money"),
             tr("A refund, a wrong sum, a charge you did not make."),
             lambda: self.choose_group(_REST)),
            ("done", tr("Yes, and all is well"), tr("Mark it as received."),
             lambda: self.turn_to(3)),
        )):  # fmt: skip
            door = Door(icon, title, text, page)
            door.opened.connect(pressed)
            grid.addWidget(door, at // 2, at % 2)
            self.doors.append(door)
        column.addLayout(grid)
        self._known = QVBoxLayout()
        column.addLayout(self._known)
        column.addStretch(1)
        return page

    def _problems(self) -> QWidget:
        area = QScrollArea(self)
        area.setAccessibleName(tr("What went wrong?"))
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._problem_area = area
        return area

    def _questions(self) -> QWidget:
        page = QWidget(self)
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.GAP_ROOM)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        self._question_area = QScrollArea(page)
        self._question_area.setAccessibleName(tr("Questions"))
        self._question_area.setWidgetResizable(True)
        self._question_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._question_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        grid.addWidget(self._question_area, 0, 0)
        ways = Card(tr("Ways to get it back"))
        self.timeline = Timeline(ways)
        ways.column.addWidget(self.timeline)
        self.advice = label("", wrap=True)
        self.nothing = Banner("", strong=tr("If you do nothing:"), surface="wait")
        self.nothing.strong.setVisible(True)
        ways.column.addWidget(self.advice)
        ways.column.addWidget(self.nothing)
        ways.column.addStretch(1)
        area, column = scrolled(tr("Ways to get it back"), page)
        column.addWidget(ways)
        grid.addWidget(area, 0, 1)
        return page

    def _received(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(tr("When did it come?"), size=Type.STRONG, strong=True))
        today = self._desktop.bridge.today
        self.day = DayField(tr("The day it came"), today, today, page)
        self.day.changed.connect(self._day_changed)
        column.addWidget(self.day)
        self.guard = Banner("", surface="urgent", icon="warning")
        self.guard.setVisible(False)
        column.addWidget(self.guard)
        self.losses = label("", wrap=True)
        column.addWidget(self.losses)
        column.addStretch(1)
        return page

    # -- walking through

    def turn_to(self, at: int) -> None:
        """Shows a page: 0 arrival, 1 problems, 2 questions, 3 all is well."""
        self.pages.setCurrentIndex(at)
        self.back.setVisible(at > 0)
        self.go.setVisible(at >= 2)
        if at == 0:
            self.doors[0].setFocus()
        if at == 3:
            self._day_changed()
            self.day.setFocus()
        else:
            self._name_go(tr("Open the case"), Act.PRIMARY)

    def _name_go(self, text: str, act: Act) -> None:
        self.go.setText(text)
        self.go.setAccessibleName(text)
        set_act(self.go, act)

    @Slot()
    def _go_back(self) -> None:
        self.turn_to(1 if self.pages.currentIndex() == 2 else 0)

    @Slot(object)
    def _told(self, detail: OrderDetail) -> None:
        order = detail.order
        parts = [order.title, words.platform_title(order.platform)]
        parts.append(tr("order {number}", number=order.number))
        parts.append(words.money_text(order.total) if order.total else "")
        self._about.setText(" · ".join(part for part in parts if part))
        for case in detail.cases:
            if case.stage is CaseStage.CLOSED:
                continue
            text = tr("Go on with case {number}: {problem}", number=case.number,
                      problem=words.problem_text(case.problem))  # fmt: skip
            go_on = button(text, Act.LINK, icon="cases", parent=self)
            go_on.clicked.connect(lambda _checked=False, key=case.id: self._open(key))
            self._known.addWidget(go_on)

    def choose_group(self, groups: tuple[str, ...]) -> None:
        """Shows the problems of some groups."""
        body = QWidget()
        body.setObjectName("surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, tokens.GAP, 0)
        column.setSpacing(tokens.GAP)
        first = None
        for group in groups:
            column.addWidget(label(words.problem_group_title(group), size=Type.STRONG, strong=True))
            grid = QGridLayout()
            grid.setSpacing(tokens.GAP)
            for at, choice in enumerate(c for c in problem_choices() if c.group == group):
                one = ProblemDoor(choice, body)
                one.opened.connect(lambda choice=choice: self.choose(choice.problem))
                grid.addWidget(one, at // 2, at % 2)
                first = first or one
            column.addLayout(grid)
        column.addStretch(1)
        self._problem_area.setWidget(body)
        self.turn_to(1)
        if first is not None:
            first.setFocus()

    def choose(self, problem: Problem) -> None:
        """Asks what matters for a problem."""
        self._problem = problem
        self._fields = {}
        self.turn_to(2)
        self._desktop.bridge.read(questions_for, self._order, problem).succeeded.connect(self._ask)

    @Slot(object)
    def _ask(self, questions: tuple[Question, ...]) -> None:
        body = QWidget()
        body.setObjectName("surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, tokens.GAP, 0)
        column.setSpacing(tokens.GAP_CHIP)
        if self._problem is not None:
            title = words.problem_text(self._problem)
            column.addWidget(label(title, size=Type.STRONG, strong=True, wrap=True))
        if questions:
            hint = tr("Only what decides the days. What you do not know can stay empty.")
            column.addWidget(label(hint, ink="second", wrap=True))
        else:
            hint = tr("Nothing more has to be asked.")
            column.addWidget(label(hint, ink="second", wrap=True))
        for question in questions:
            column.addSpacing(tokens.GAP)
            column.addWidget(label(question.fact.question, strong=True, wrap=True))
            column.addWidget(label(question.why, ink="second", size=Type.SMALL, wrap=True))
            field = AnswerField(question.fact, self._desktop.bridge.today, body, live=True)
            field.changed.connect(self._timer.start)
            column.addWidget(field)
            self._fields[str(question.fact.name)] = field
        column.addStretch(1)
        self._question_area.setWidget(body)
        if self._fields:
            next(iter(self._fields.values())).setFocus()
        self._try()

    @Slot()
    def _try(self) -> None:
        if self._problem is None:
            return
        given = {name: field.text for name, field in self._fields.items() if field.text}
        self._trying = self._desktop.bridge.read(
            try_answers, self._order, self._problem, given, self._desktop.bridge.today
        )
        self._trying.succeeded.connect(self._show_tried)

    @Slot(object)
    def _show_tried(self, tried: Tried) -> None:
        if self.sender() is not self._trying:
            return
        self._tried = tried
        today = self._desktop.bridge.today
        plan = tried.what_if.plan
        lanes = [
            Lane(words.avenue_title(step.window.avenue), (bar,))
            for step in plan.steps
            if not is_rare(step, plan) and (bar := bar_of(step.window, today, step=step))
        ]
        self.timeline.set_view(TimelineView(today, (), tuple(lanes[:_MOST_LANES])))
        self.timeline.setVisible(bool(lanes))
        self.advice.setText(plan.next_reason or tr("No way is open with what is known so far."))
        self.nothing.text.setText(plan.nothing)
        self.nothing.setVisible(bool(plan.nothing))
        for name, field in self._fields.items():
            field.refuse(tried.faults.get(name, ""))

    # -- the end

    @Slot()
    def _go(self) -> None:
        if self.pages.currentIndex() == 3:
            self._receive()
        elif self._problem is not None:
            self._timer.stop()
            given = {name: field.text for name, field in self._fields.items() if field.text}
            self.go.setEnabled(False)
            job = self._desktop.bridge.run(
                open_told, self._order, problem=self._problem, texts=given
            )
            job.succeeded.connect(self._opened)
            job.failed.connect(self._refused)

    @Slot(object)
    def _refused(self, error: object) -> None:
        self.go.setEnabled(True)
        if isinstance(error, DeskError):
            self.reason.setText(str(error))
            self.reason.setVisible(True)

    @Slot(object)
    def _opened(self, outcome: Outcome[CaseId]) -> None:
        self._open(outcome.value)

    def _open(self, case: CaseId) -> None:
        self.accept()
        self._desktop.ask(OpenCase(case))

    # -- all is well

    @Slot()
    def _day_changed(self) -> None:
        self.guard.setVisible(False)
        self.losses.setText("")
        self._day = None
        future = self.day.day is not None and self.day.day > self._desktop.bridge.today
        self.go.setEnabled(self.day.day is not None and not future)
        self.reason.setText(tr("This day has not come yet.") if future else self.day.fault)
        self.reason.setVisible(bool(self.reason.text()))
        self._name_go(tr("Mark it as received"), Act.PRIMARY)

    def _receive(self) -> None:
        day = self.day.day
        if day is None:
            return
        if self._day == day:
            self._mark(day, confirm=True)
            return
        self.go.setEnabled(False)
        today = self._desktop.bridge.today
        job = self._desktop.bridge.read(received_guard, self._order, on=day, today=today)
        job.succeeded.connect(self._guarded)
        job.failed.connect(self._refused)

    @Slot(object)
    def _guarded(self, notice: GuardNotice | None) -> None:
        self.go.setEnabled(True)
        day = self.day.day
        if day is None:
            return
        if notice is None or not notice.stops:
            self._mark(day, confirm=False)
            return
        self._day = day
        self.guard.text.setText(notice.headline)
        self.guard.setVisible(True)
        lines = list(notice.losses)
        if notice.until is not None:
            until = day_text(notice.until, weekday=True)
            lines.append(tr("On the platform something stays open until {day}.", day=until))
        self.losses.setText("\n".join(lines))
        self._name_go(tr("Mark it as received all the same"), Act.DANGER)
        self.cancel.setFocus()

    def _mark(self, day: dt.date, *, confirm: bool) -> None:
        self._desktop.bridge.run(mark_received, self._order, on=day, confirm=confirm)
        self.accept()

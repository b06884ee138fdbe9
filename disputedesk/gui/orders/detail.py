"""The order under the table: its life as a line, its facts, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Status
from disputedesk.desk import words
from disputedesk.desk.views import FactView, OrderDetail
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cards import Banner, Card, Surface
from disputedesk.gui.chips import tone_of
from disputedesk.gui.labels import ElidedLabel, label, set_tip
from disputedesk.gui.orders.facts import FactsPanel
from disputedesk.gui.orders.life import life_of
from disputedesk.gui.rooms import Desktop, OpenCase, TellProblem
from disputedesk.gui.sheet import Sheet
from disputedesk.gui.timeline import Timeline
from disputedesk.gui.tokens import Tone, Type
from disputedesk.gui.window_bars import why_text
from disputedesk.model.ids import CaseId
from disputedesk.model.order import OrderState

_BESIDE = 900
_OVER = (OrderState.RECEIVED, OrderState.CONFIRMED, OrderState.CANCELLED)


class OrderPanel(QScrollArea):
    """One order, whole; the room hands it a detail and it shows it.

    Signals:
        received_wanted(): "I have received it" was pressed.
    """

    received_wanted = Signal()

    def __init__(self, desktop: Desktop, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desktop = desktop
        self.detail: OrderDetail | None = None
        self._question: FactView | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("The chosen order"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setObjectName("surface")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(4, 4, tokens.GAP_CARD, tokens.GAP_CARD)
        self._column.setSpacing(12)
        self._build_head()
        self.nothing = Banner("", surface="soon")
        self._column.addWidget(self.nothing)
        self._build_cards()
        self._column.addStretch(1)
        self.setWidget(body)

    def _build_head(self) -> None:
        head = self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setSpacing(tokens.GAP)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        self.title = ElidedLabel("", size=Type.STRONG, strong=True)
        self.second = ElidedLabel("", ink="second")
        titles.addWidget(self.title)
        titles.addWidget(self.second)
        head.addLayout(titles, 1)
        acts = QHBoxLayout()
        acts.setSpacing(tokens.GAP)
        head.addLayout(acts)
        self.money = label("", size=Type.STRONG, strong=True)
        acts.addWidget(self.money)
        acts.addSpacing(tokens.GAP)
        acts.addStretch(1)
        self.cases = QHBoxLayout()
        self.cases.setSpacing(tokens.GAP)
        acts.addLayout(self.cases)
        self.received = button(tr("I have received it"), parent=self)
        self.received.clicked.connect(lambda _checked=False: self.received_wanted.emit())
        self.wrong = button(tr("Something went wrong"), icon="flag", parent=self)
        self.wrong.clicked.connect(self._tell_problem)
        acts.addWidget(self.received)
        acts.addWidget(self.wrong)
        self._column.addLayout(head)

    def _build_cards(self) -> None:
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(tokens.GAP_CARD)
        life = Card(tr("Its life"))
        self.timeline = Timeline()
        self.timeline.chosen.connect(self._explain)
        life.column.addWidget(self.timeline)
        self.advice = label("", ink="second", wrap=True)
        life.column.addWidget(self.advice)
        self.ask = button(tr("Answer"), Act.LINK, icon="edit", parent=self)
        self.ask.clicked.connect(self._answer)
        life.column.addWidget(self.ask)
        life.column.addStretch(1)
        facts = Card(tr("Facts"))
        self.facts = FactsPanel(self._desktop.bridge)
        facts.column.addWidget(self.facts, 1)
        self._cards.addWidget(life, 3)
        self._cards.addWidget(facts, 2)
        self._column.addLayout(self._cards)

    def set_detail(self, detail: OrderDetail) -> None:
        """Shows an order."""
        self.detail = detail
        order = detail.order
        self.title.setText(order.title)
        self.second.setText(_second_line(detail))
        self.money.setText(words.money_text(order.total) if order.total else "")
        self.received.setVisible(order.state not in _OVER)
        self.wrong.setVisible(self._desktop.can(TellProblem))
        self._fill_cases(detail)
        plan = detail.plan
        self.nothing.setVisible(bool(plan.nothing))
        self.nothing.text.setText(plan.nothing)
        self.nothing.set_surface(_surface(detail))
        self.timeline.set_view(life_of(detail))
        self.timeline.setVisible(bool(detail.marks or detail.windows))
        self.advice.setText(plan.next_reason)
        self.advice.setVisible(bool(plan.next_reason))
        self.facts.set_facts(order.id, detail.facts)
        self._question = _most_wanted(detail)
        self.ask.setVisible(self._question is not None)
        if self._question is not None:
            text = tr("Answer: {question}", question=self._question.question)
            self.ask.setText(text.replace("&", "&&"))
            self.ask.setAccessibleName(text)
            set_tip(self.ask, text)

    @Slot()
    def _answer(self) -> None:
        if self._question is not None:
            self.facts.edit(self._question.name)
            self.ensureWidgetVisible(self.facts)

    def _fill_cases(self, detail: OrderDetail) -> None:
        while (item := self.cases.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not self._desktop.can(OpenCase):
            return
        for case in detail.cases:
            one = button(tr("Case {number}", number=case.number), icon="cases", parent=self)
            set_tip(one, words.problem_text(case.problem))
            one.clicked.connect(lambda _checked=False, key=case.id: self._open_case(key))
            self.cases.addWidget(one)

    def _open_case(self, case: CaseId) -> None:
        self._desktop.ask(OpenCase(case))

    @Slot()
    def _tell_problem(self) -> None:
        if self.detail is not None:
            self._desktop.ask(TellProblem(self.detail.order.id))

    @Slot(object)
    def _explain(self, window: Window) -> None:
        """Tells why a window stands where it stands, whole."""
        sheet = Sheet(window.title, self.window(), second=words.status_word(window.status))
        for line in why_text(window, most=40).splitlines()[1:]:
            sheet.column.addWidget(label(line, wrap=True, selectable=True))
        for warning in window.warnings:
            sheet.column.addWidget(label(warning, ink="soon", wrap=True))
        sheet.column.addStretch(1)
        sheet.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stands the cards one under the other in a narrow window."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._cards.setDirection(direction)
        self._head.setDirection(direction)


def _surface(detail: OrderDetail) -> Surface:
    """How loud "if you do nothing" is: by how near its day is; quiet while it has none."""
    day = detail.plan.nothing_on
    if day is None:
        return "wait"
    tone = tone_of(Status.OPEN, day, detail.today)
    surfaces: dict[Tone, Surface] = {Tone.URGENT: "urgent", Tone.SOON: "soon"}
    return surfaces.get(tone, "wait")


def _most_wanted(detail: OrderDetail) -> FactView | None:
    """The unknown fact that would tell most, by the plan; `None` when nothing is lacking."""
    known = {fact.name: fact for fact in detail.facts}
    for step in detail.plan.steps:
        for name in step.window.missing:
            if name in known and known[name].value is None:
                return known[name]
    return None


def _second_line(detail: OrderDetail) -> str:
    order = detail.order
    parts = [words.platform_title(order.platform)]
    if order.seller is not None:
        parts.append(order.seller.name)
    parts.append(tr("order {number}", number=order.number))
    if order.tracking:
        parts.append(tr("parcel {number}", number=", ".join(order.tracking)))
    if not detail.client.is_self:
        parts.append(detail.client.name)
    parts.append(words.state_word(order.state))
    return " · ".join(parts)

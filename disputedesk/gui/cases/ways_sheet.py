"""All ways of a case, in the order to use them: why, what each gives up, and how to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from disputedesk.common.texts import day_text, tr
from disputedesk.deadlines.plan import PlanStep
from disputedesk.desk import words
from disputedesk.desk.views import CaseDetail, PaperChoice
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cards import Card
from disputedesk.gui.cases.ways import is_rare, rare_text
from disputedesk.gui.chips import Chip, ChipLabel, tone_of
from disputedesk.gui.labels import label, set_tip
from disputedesk.gui.sheet import Sheet
from disputedesk.gui.tokens import Type
from disputedesk.model.ids import RuleId


class WaysSheet(Sheet):
    """The plan, whole.

    Signals:
        why_wanted(window): Why a window stands where it stands.
        paper_wanted(choice): A paper is to be prepared.
        sent_wanted(rule): Something was sent this way.
    """

    why_wanted = Signal(object)
    paper_wanted = Signal(object)
    sent_wanted = Signal(object)

    def __init__(self, detail: CaseDetail, parent: QWidget) -> None:
        super().__init__(
            tr("All ways, in the order to use them"), parent, second=detail.title, width=720
        )
        body = QWidget()
        body.setObjectName("surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, tokens.GAP, 0)
        column.setSpacing(12)
        self._odds: list[tuple[str, QLabel]] = []
        plan = detail.plan
        for step in plan.steps:
            if not is_rare(step, plan):
                column.addWidget(self._card(detail, step, body))
        self._rare = [self._card(detail, step, body) for step in plan.steps if is_rare(step, plan)]
        self.more = button("", Act.LINK, parent=body)
        self.more.clicked.connect(self._unfold)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        for card in self._rare:
            column.addWidget(card)
        self._fold(folded=len(self._rare) < len(plan.steps))
        shut = [w for w in detail.windows if w.reason and w.closes is None]
        if shut:
            column.addWidget(label(tr("Not open, and why"), strong=True, ink="second"))
        for window in shut:
            text = tr("{way}: {reason}", way=window.title, reason=window.reason)
            column.addWidget(label(text, ink="second", wrap=True))
        if not detail.plan.steps:
            column.addWidget(label(tr("No way is open with what is known so far."), wrap=True))
        column.addStretch(1)
        area = QScrollArea(self)
        area.setAccessibleName(tr("All ways, in the order to use them"))
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        self.column.addWidget(area, 1)
        self.prefer_height(540)

    def _fold(self, *, folded: bool) -> None:
        """Shows or hides the ways that are rarely needed."""
        for card in self._rare:
            card.setVisible(not folded)
        text = rare_text(len(self._rare), shown=not folded)
        self.more.setText(text)
        self.more.setAccessibleName(text)
        self.more.setVisible(bool(self._rare))

    @Slot()
    def _unfold(self) -> None:
        self._fold(folded=self._rare[0].isVisibleTo(self))

    def _card(self, detail: CaseDetail, step: PlanStep, parent: QWidget) -> Card:
        window = step.window
        card = Card(parent=parent)
        head = QHBoxLayout()
        title = tr("{number}. {title}", number=step.order, title=window.title)
        head.addWidget(label(title, strong=True, wrap=True), 1)
        act_by = step.last_safe_day or window.file_by or window.closes
        tone = tone_of(window.status, act_by, detail.today)
        head.addWidget(ChipLabel(Chip(words.status_word(window.status), tone)), 0, _TOP)
        card.column.addLayout(head)
        avenue = words.avenue_title(window.avenue)
        card.column.addWidget(label(avenue, ink="mute", size=Type.SMALL))
        card.column.addWidget(label(step.reason, ink="second", wrap=True))
        odds = label("", ink="mute", size=Type.SMALL, wrap=True)
        odds.setVisible(False)
        self._odds.append((str(window.avenue), odds))
        card.column.addWidget(odds)
        for loss in step.gives_up:
            card.column.addWidget(label(f"▲ {loss}", ink="soon", wrap=True))
        if step.last_safe_day is not None and day_text(step.last_safe_day) not in step.reason:
            day = day_text(step.last_safe_day, weekday=True)
            text = tr("Last safe day to switch to it: {day}.", day=day)
            card.column.addWidget(label(text, ink="second", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        for choice in detail.papers:
            if choice.avenue == str(window.avenue):
                one = button(tr("Prepare"), parent=card)
                one.setAccessibleName(tr("Prepare: {paper}", paper=choice.title))
                set_tip(one, choice.title)
                one.clicked.connect(lambda _checked=False, c=choice: self._prepare(c))
                row.addWidget(one)
                break
        why = button(tr("Why these days?"), Act.LINK, parent=card)
        why.setAccessibleName(tr("Why these days: {title}", title=window.title))
        why.clicked.connect(lambda _checked=False: self.why_wanted.emit(window))
        row.addWidget(why)
        row.addStretch(1)
        sent = button(tr("I have sent it…"), Act.SEAL, parent=card)
        sent.setAccessibleName(tr("I have sent it: {title}", title=window.title))
        sent.clicked.connect(lambda _checked=False: self._send(window.rule))
        row.addWidget(sent)
        card.column.addLayout(row)
        return card

    @Slot(object)
    def set_odds(self, odds: dict[str, str]) -> None:
        """Says of each way how the desk's own closed cases ended on it; nothing where none did."""
        for avenue, line in self._odds:
            line.setText(odds.get(avenue, ""))
            line.setVisible(avenue in odds)

    def _prepare(self, choice: PaperChoice) -> None:
        self.accept()
        self.paper_wanted.emit(choice)

    def _send(self, rule: RuleId) -> None:
        self.accept()
        self.sent_wanted.emit(rule)


_TOP = Qt.AlignmentFlag.AlignTop

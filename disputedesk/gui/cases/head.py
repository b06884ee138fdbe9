"""The head of a case: what went wrong, how much, who acts next by when, and the one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.deadlines.candidate import is_asked
from disputedesk.deadlines.words import Actor, Status
from disputedesk.desk import words
from disputedesk.desk.views import CaseDetail
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cards import Banner, Surface
from disputedesk.gui.chips import tone_of
from disputedesk.gui.dates import countdown_text, day_in_words, short_day
from disputedesk.gui.labels import ElidedLabel, label, set_ink, set_tip
from disputedesk.gui.tokens import Tone, Type
from disputedesk.model.case import CaseStage

_RIGHT = Qt.AlignmentFlag.AlignRight
_BESIDE = 800
_SURFACES: dict[Tone, Surface] = {Tone.URGENT: "urgent", Tone.SOON: "soon"}


class CaseHead(QWidget):
    """The head with the banner under it.

    Signals:
        back_wanted(): The way back to the list was pressed.
        step_wanted(): The one button was pressed.
    """

    back_wanted = Signal()
    step_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(tokens.GAP_CARD)
        self._row.addLayout(self._titles(), 1)
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP_CARD)
        sums = QVBoxLayout()
        sums.setSpacing(2)
        self.money = label("", size=Type.STRONG, strong=True)
        self.turn = label("", ink="second")
        self.back_money = label("", ink="soon", size=Type.SMALL)
        for one in (self.money, self.back_money, self.turn):
            sums.addWidget(one, 0, _RIGHT)
        row.addLayout(sums)
        self.step = button(tr("Look at the case"), Act.PRIMARY, parent=self)
        self.step.clicked.connect(lambda _checked=False: self.step_wanted.emit())
        row.addWidget(self.step)
        self.more = button(tr("More"), icon="chevron-down", parent=self)
        self.menu = QMenu(self.more)
        self.more.setMenu(self.menu)
        row.addWidget(self.more)
        row.addStretch(1)
        self._row.addLayout(row)
        outer.addLayout(self._row)
        self.nothing = Banner("", strong=tr("If you do nothing:"), surface="soon")
        self.nothing.strong.setVisible(True)
        outer.addWidget(self.nothing)

    def _titles(self) -> QVBoxLayout:
        titles = QVBoxLayout()
        titles.setSpacing(0)
        crumbs = QHBoxLayout()
        crumbs.setSpacing(2)
        self.back = button(tr("Cases"), Act.LINK, parent=self)
        self.back.setAccessibleName(tr("Back to the list of cases"))
        set_tip(self.back, tr("Back to the list of cases (Esc)"))
        self.back.clicked.connect(lambda _checked=False: self.back_wanted.emit())
        self.crumb = ElidedLabel("", ink="second")
        crumbs.addWidget(self.back)
        crumbs.addWidget(self.crumb, 1)
        titles.addLayout(crumbs)
        self.title = ElidedLabel("", size=Type.TITLE, strong=True)
        titles.addWidget(self.title)
        return titles

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts sum and buttons under the title in a narrow window."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE
        self._row.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        self._row.setSpacing(tokens.GAP_CARD if beside else tokens.GAP)

    def set_detail(self, detail: CaseDetail) -> None:
        """Shows the head of a case."""
        order, case = detail.order, detail.case
        parts = [tr("Case {number}", number=case.number), words.platform_title(order.platform)]
        parts.append(tr("order {number}", number=order.number))
        if not detail.client.is_self:
            parts.append(detail.client.name)
        parts.append(detail.stage_title)
        self.crumb.setText("›  " + "  ›  ".join(parts))
        self.title.setText(detail.title)
        self.money.setText(words.money_text(detail.money) if detail.money else tr("no sum yet"))
        closed = case.stage is CaseStage.CLOSED
        self._came_back(detail)
        self._turn(detail)
        text = detail.step.button
        self.step.setText(text.replace("&", "&&"))
        self.step.setAccessibleName(text)
        self.step.setVisible(not closed)
        self.nothing.setVisible(bool(detail.plan.nothing) and not closed)
        self.nothing.text.setText(detail.plan.nothing)
        day = detail.plan.nothing_on
        tone = tone_of(Status.OPEN, day, detail.today) if day else Tone.WAIT
        self.nothing.set_surface(_SURFACES.get(tone, "wait"))

    def _came_back(self, detail: CaseDetail) -> None:
        """Says what came back, and of what is only lent that it is no end."""
        after = detail.after
        lent = ", ".join(words.money_text(money) for money in after.provisional)
        final = ", ".join(words.money_text(money) for money in after.final)
        text = tr("✓ {sum} back for good", sum=final) if final else ""
        if lent:
            text = tr("▲ {sum} provisional – may be taken back", sum=lent)
        self.back_money.setText(text)
        self.back_money.setVisible(bool(text))
        set_ink(self.back_money, "soon" if lent else "open")

    def _turn(self, detail: CaseDetail) -> None:
        if detail.case.stage is CaseStage.CLOSED and detail.case.outcome is not None:
            self.turn.setText(words.outcome_title(detail.case.outcome))
            set_ink(self.turn, "second")
            set_tip(self.turn, "")
            return
        mine = detail.acts is Actor.BUYER
        tone = tone_of(Status.OPEN, detail.act_by, detail.today, theirs=not mine)
        if mine and _is_asked(detail):
            tone = Tone.SOON
        self.turn.setText(f"{tone.shape} {turn_text(detail)}")
        set_ink(self.turn, tone)
        set_tip(self.turn, day_in_words(detail.act_by, detail.today) if detail.act_by else "")


def _is_asked(detail: CaseDetail) -> bool:
    """Whether the next step answers a letter whose day is not told yet."""
    step = detail.plan.step
    return step is not None and is_asked(step.window)


def turn_text(detail: CaseDetail) -> str:
    """Who acts next and by when, in one line."""
    day = detail.act_by
    if detail.acts is Actor.BUYER:
        if day is None and _is_asked(detail):
            return tr("You act next: look up the day in their letter")
        if day is None:
            return tr("You act next; no day presses")
        if day <= detail.today:
            return tr("You act next: {when}", when=countdown_text(day, detail.today))
        return tr("You act next, by {day}", day=short_day(day, detail.today))
    who = words.actor_word(detail.acts)
    if day is None:
        return tr("Waiting for {who}", who=who)
    return tr("Waiting for {who} until {day}", who=who, day=short_day(day, detail.today))

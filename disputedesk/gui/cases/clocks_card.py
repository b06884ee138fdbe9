"""What was sent, what they answered, and the clocks that run for the other side."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from disputedesk.common.texts import day_text, tr
from disputedesk.desk import words
from disputedesk.desk.views import CaseDetail
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cards import Card
from disputedesk.gui.dates import day_in_words
from disputedesk.gui.labels import label, set_tip
from disputedesk.gui.tokens import Type
from disputedesk.gui.window_bars import why_text
from disputedesk.model.case import Filing


class ClocksCard(Card):
    """The card of the other side; hidden while nothing was sent and nothing runs.

    Signals:
        answer_wanted(filing): Their answer to a filing is to be recorded.
    """

    answer_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Their clocks"), parent=parent)
        self._seen: object = None
        self._body = QWidget(self)
        self.column.addWidget(self._body)

    def set_detail(self, detail: CaseDetail) -> None:
        """Shows the other side of a case."""
        plan = detail.plan
        seen = (detail.case.id, plan.their_clocks, plan.chasers, detail.filings)
        if seen == self._seen:
            return
        self._seen = seen
        old, self._body = self._body, QWidget(self)
        self.column.replaceWidget(old, self._body)
        old.hide()
        old.deleteLater()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for chaser in plan.chasers:
            line = label(f"! {chaser.sentence}", ink="soon", wrap=True)
            set_tip(line, why_text(chaser.window))
            column.addWidget(line)
            column.addSpacing(tokens.GAP_CHIP)
        for window in plan.their_clocks:
            column.addWidget(label(f"◇ {window.title}", wrap=True))
            if window.closes is not None:
                text = tr("{who}: until {day}", who=words.actor_word(window.actor),
                          day=day_in_words(window.closes, detail.today))  # fmt: skip
                line = label(text, ink="second", wrap=True)
                set_tip(line, why_text(window))
                column.addWidget(line)
            column.addSpacing(tokens.GAP_CHIP)
        for filing in detail.filings:
            self._filing(column, filing)
        self.setVisible(bool(plan.their_clocks or plan.chasers or detail.filings))
        self._body.show()

    def _filing(self, column: QVBoxLayout, filing: Filing) -> None:
        title = words.avenue_title(filing.avenue)
        day = day_text(filing.filed_on, weekday=True)
        sent = label(tr("✓ {what}, sent {day}", what=title, day=day), ink="open", wrap=True)
        column.addWidget(sent)
        if filing.reference:
            text = tr("Reference {reference}", reference=filing.reference)
            column.addWidget(label(text, ink="second", wrap=True, selectable=True))
        if filing.answered_on is not None:
            said = tr("Answered {day}", day=day_text(filing.answered_on, weekday=True))
            verdict = {True: tr("granted"), False: tr("refused")}.get(bool(filing.granted), "")
            if filing.granted is not None:
                said = f"{said} – {verdict}"
            column.addWidget(label(said, wrap=True))
            if filing.answer:
                column.addWidget(label(filing.answer, ink="second", wrap=True, size=Type.SMALL))
        else:
            answer = button(tr("They answered…"), Act.LINK, parent=self._body)
            answer.setAccessibleName(tr("They answered: {what}", what=title))
            answer.clicked.connect(lambda _checked=False: self.answer_wanted.emit(filing))
            column.addWidget(answer)
        column.addSpacing(tokens.GAP_CHIP)

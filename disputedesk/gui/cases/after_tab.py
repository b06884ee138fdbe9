"""After filing: the reply to answer, the money that comes back, and everything that happened."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import day_text, tr, trn
from disputedesk.deadlines.words import Stage, Status
from disputedesk.desk.after_views import ReplyView
from disputedesk.desk.operations.credits import remove_credit
from disputedesk.desk.operations.replies import NewReply, set_reply
from disputedesk.desk.queries.after import AskedDay, asked_days
from disputedesk.desk.views import CaseDetail
from disputedesk.gui import tokens
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cases.claims_view import ClaimsView
from disputedesk.gui.cases.ledger_view import LedgerView
from disputedesk.gui.chips import Chip, ChipLabel, tone_of
from disputedesk.gui.dates import countdown_text, day_in_words
from disputedesk.gui.labels import label, set_ink
from disputedesk.gui.tokens import Tone, Type
from disputedesk.model.case import CaseStage

_TOP = Qt.AlignmentFlag.AlignTop


class AfterTab(QWidget):
    """The rebuttal desk over the ledger of refunds over the list of what happened.

    Signals:
        reply_wanted(view): A reply is to be recorded (`None`), or corrected.
        exhibit_wanted(exhibit): The reply itself is to be looked at.
        draft_wanted(view): The answer is to be drafted.
        sent_wanted(view): The answer is sent.
        credit_wanted(): A line of the ledger is to be entered.
        chase_wanted(): A late refund is to be asked for.
    """

    reply_wanted = Signal(object)
    exhibit_wanted = Signal(object)
    draft_wanted = Signal(object)
    sent_wanted = Signal(object)
    credit_wanted = Signal()
    chase_wanted = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._detail: CaseDetail | None = None
        self._view: ReplyView | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.GAP, 0, 0)
        column.setSpacing(tokens.GAP_CARD)
        column.addLayout(self._reply_head())
        self.claims = ClaimsView(bridge, self)
        column.addWidget(self.claims)
        column.addLayout(self._foot())
        self.ledger = LedgerView(self)
        self.ledger.add_wanted.connect(self.credit_wanted)
        self.ledger.chase_wanted.connect(self.chase_wanted)
        self.ledger.remove_wanted.connect(self._remove)
        column.addWidget(self.ledger)
        self._past = QWidget(self)
        column.addWidget(self._past)
        column.addStretch(1)
        self._column = column

    def _reply_head(self) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setSpacing(tokens.GAP_CHIP)
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        self.title = label("", strong=True, wrap=True)
        row.addWidget(self.title, 1)
        self.countdown = ChipLabel(Chip("", Tone.WAIT), self)
        row.addWidget(self.countdown, 0, _TOP)
        head.addLayout(row)
        self.second = label("", ink="second", wrap=True)
        head.addWidget(self.second)
        acts = QHBoxLayout()
        acts.setSpacing(tokens.GAP)
        self.look = button(tr("Look at it"), Act.LINK, parent=self)
        self.look.setAccessibleName(tr("Look at the reply"))
        self.look.clicked.connect(self._look)
        self.change = button(tr("Change…"), Act.LINK, parent=self)
        self.change.setAccessibleName(tr("Change what is known of the reply"))
        self.change.clicked.connect(lambda _checked=False: self.reply_wanted.emit(self._view))
        self.record = button(tr("Record a reply…"), parent=self)
        self.record.clicked.connect(lambda _checked=False: self.reply_wanted.emit(None))
        self.take_day = button("", Act.LINK, parent=self)
        self.take_day.clicked.connect(self._take_day)
        self._asked: AskedDay | None = None
        for one in (self.look, self.change, self.take_day, self.record):
            acts.addWidget(one)
        acts.addStretch(1)
        head.addLayout(acts)
        return head

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        self.state = label("", wrap=True)
        row.addWidget(self.state, 1)
        self.draft = button(tr("Draft the rebuttal"), Act.PRIMARY, parent=self)
        self.draft.clicked.connect(self._draft)
        self.sent = button(tr("It is sent…"), Act.SEAL, parent=self)
        self.sent.clicked.connect(lambda _checked=False: self.sent_wanted.emit(self._view))
        row.addWidget(self.draft)
        row.addWidget(self.sent)
        return row

    def set_detail(self, detail: CaseDetail) -> None:
        """Shows a case after filing."""
        if self._detail is not None and self._detail.case.id != detail.case.id:
            self.claims.keep()
        self._detail = detail
        after = detail.after
        newest = after.replies[-1] if after.replies else None
        self._view = view = after.waiting or newest
        self._show_reply(detail, view)
        self.ledger.set_view(after)
        self._show_past(detail)

    def _show_reply(self, detail: CaseDetail, view: ReplyView | None) -> None:
        closed = detail.case.stage is CaseStage.CLOSED
        waits = view is not None and view.waits
        for part in (self.countdown, self.draft, self.sent):
            part.setVisible(waits and not closed)
        self.claims.setVisible(waits and not closed)
        self.state.setVisible(waits and not closed)
        self.look.setVisible(view is not None and view.exhibit is not None)
        self.change.setVisible(view is not None)
        self.record.setVisible(not closed)
        self.take_day.setVisible(False)
        if view is None:
            self.title.setText(tr("What comes back from them"))
            text = tr("Their reply, the day it has to be answered by, and the money that comes "
                      "back are kept here once something was sent.")  # fmt: skip
            if detail.filings:
                text = tr("When the bank or platform passes on the merchant's reply, record it: "
                          "its points are answered one by one, and their day counts.")  # fmt: skip
            self.second.setText(text)
            return
        day = day_text(view.reply.received_on, weekday=True)
        self.title.setText(tr("{what} of {day}", what=view.title, day=day))
        if not view.waits and view.reply.answered_on is not None:
            answered = day_text(view.reply.answered_on, weekday=True)
            self.second.setText(tr("✓ Answered {day}", day=answered))
            return
        self._count_down(detail, view)
        self.claims.set_view(detail.case.id, view, detail.exhibits)
        self._tell_state(view)

    def _count_down(self, detail: CaseDetail, view: ReplyView) -> None:
        by = view.reply.answer_by
        if by is None:
            self.countdown.set_chip(Chip(tr("which day?"), Tone.SOON))
            self.second.setText(
                tr("The day to answer by is not known: look it up in their letter.")
            )
            job = self._bridge.read(asked_days, detail.case.id)
            job.succeeded.connect(self._offer_day)
            return
        tone = tone_of(Status.OPEN, by, detail.today)
        self.countdown.set_chip(Chip(countdown_text(by, detail.today), tone))
        self.second.setText(tr("Your answer is due {day}: their letter sets that day.",
                               day=day_in_words(by, detail.today)))  # fmt: skip

    def _tell_state(self, view: ReplyView) -> None:
        count, open_ones = len(view.claims), len(view.unanswered)
        set_ink(self.state, "urgent" if open_ones else "open")
        if not count:
            self.state.setText("")
        elif open_ones:
            text = trn("◆ {count} claim is not answered yet.",
                       "◆ {count} claims are not answered yet.", open_ones)  # fmt: skip
            self.state.setText(text)
        elif view.document is not None:
            self.state.setText(tr("✓ Drafted: {paper}", paper=view.document.title))
        else:
            self.state.setText(tr("✓ Every claim is answered."))
        self.draft.setEnabled(bool(count) and bool(view.form))
        self.draft.setAccessibleDescription("" if count else tr("List a claim first."))
        self.sent.setEnabled(True)

    @Slot(object)
    def _offer_day(self, days: tuple[AskedDay, ...]) -> None:
        view = self._view
        if not days or view is None or view.reply.answer_by is not None:
            return
        self._asked = days[0]
        text = tr("Take {day}, as their letter says", day=day_text(days[0].day))
        self.take_day.setText(text)
        self.take_day.setAccessibleName(text)
        self.take_day.setVisible(True)

    @Slot()
    def _take_day(self) -> None:
        view = self._view
        if view is None or self._asked is None:
            return
        stage = Stage(view.reply.stage or Stage.RESPONSE)
        new = NewReply(view.reply.received_on, self._asked.day, stage)
        self._bridge.run(set_reply, view.reply.id, new)

    @Slot()
    def _look(self) -> None:
        if self._view is not None and self._view.exhibit is not None:
            self.exhibit_wanted.emit(self._view.exhibit)

    @Slot()
    def _draft(self) -> None:
        self.claims.keep()
        self.draft_wanted.emit(self._view)

    @Slot(int)
    def _remove(self, number: int) -> None:
        self._bridge.run(remove_credit, number)

    def _show_past(self, detail: CaseDetail) -> None:
        old, self._past = self._past, QWidget(self)
        self._column.replaceWidget(old, self._past)
        old.hide()
        old.deleteLater()
        grid = QGridLayout(self._past)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.GAP_CARD)
        grid.setVerticalSpacing(tokens.GAP_CHIP)
        grid.setColumnStretch(1, 1)
        lines = detail.after.lines
        if lines:
            grid.addWidget(label(tr("What happened"), strong=True, ink="second"), 0, 0, 1, 2)
        for at, line in enumerate(lines, 1):
            day = label(day_text(line.day, weekday=True), ink="mute", size=Type.SMALL)
            grid.addWidget(day, at, 0, _TOP)
            text = f"{line.text} – {line.detail}" if line.detail else line.text
            grid.addWidget(label(text, wrap=True, selectable=True), at, 1, _TOP)
        self._past.show()

    def keep(self) -> None:
        """Keeps what was being typed: the case goes out of view."""
        self.claims.keep()

"""The sheets of a reply: what came and by when to answer, and that the answer is sent."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from disputedesk.common.texts import day_text, tr, trn
from disputedesk.deadlines.words import Stage
from disputedesk.desk.after_views import ReplyView
from disputedesk.desk.after_words import reply_title, way_title
from disputedesk.desk.operations.rebuttals import Sent, mark_answered
from disputedesk.desk.operations.replies import REPLY_STAGES, NewReply, record_reply, set_reply
from disputedesk.desk.queries.after import AskedDay, asked_days
from disputedesk.desk.views import CaseDetail
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cases.shown_by import ShownBy
from disputedesk.gui.day_field import DayField
from disputedesk.gui.labels import label, set_tip
from disputedesk.gui.masking import GuardedLine
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.model.evidence import Way
from disputedesk.model.posting import PostingWay

_MOST_DAYS = 3


class ReplySheet(Sheet):
    """Collects what is known of a reply, or corrects it."""

    def __init__(
        self, desktop: Desktop, detail: CaseDetail, parent: QWidget, view: ReplyView | None = None
    ) -> None:
        super().__init__(
            tr("What did the merchant reply?"), parent,
            second=tr("The bank or platform passes it on and sets a day for your answer. Only "
                      "their letter knows that day: no rule does."),
            verb=tr("Keep the reply"), width=600, scrolls=True,
        )  # fmt: skip
        self._desktop, self._detail, self._view = desktop, detail, view
        known = view.reply if view is not None else None
        today = desktop.bridge.today
        self.column.addWidget(label(tr("Their letter or mail"), ink="second"))
        exhibit = known.exhibit if known is not None else None
        self.shown = ShownBy(tr("Their letter or mail"), detail.exhibits, self, chosen=exhibit)
        self.column.addWidget(self.shown)
        self.column.addWidget(label(tr("On which day did it come?"), ink="second"))
        received = known.received_on if known is not None else today
        self.received = DayField(tr("The day the reply came"), today, received, self)
        self.column.addWidget(self.received)
        self.column.addWidget(label(tr("By which day do they want your answer?"), ink="second"))
        by = known.answer_by if known is not None else None
        self.answer_by = DayField(tr("The day to answer by"), today, by, self)
        self.column.addWidget(self.answer_by)
        self.days = QHBoxLayout()
        self.column.addLayout(self.days)
        self.column.addWidget(label(tr("What came"), ink="second"))
        self.stage = QComboBox(self)
        self.stage.setAccessibleName(tr("What came"))
        for stage in REPLY_STAGES:
            self.stage.addItem(reply_title(stage), str(stage))
        at = known.stage if known is not None else str(Stage.RESPONSE)
        self.stage.setCurrentIndex(max(0, self.stage.findData(at)))
        self.column.addWidget(self.stage)
        self.column.addStretch(1)
        for field in (self.received, self.answer_by):
            field.changed.connect(self._check)
        self._check()
        desktop.bridge.read(asked_days, detail.case.id).succeeded.connect(self._offer)

    @Slot(object)
    def _offer(self, days: tuple[AskedDay, ...]) -> None:
        """Offers the days that their letter names; none is taken by itself."""
        for asked in days[:_MOST_DAYS]:
            one = button(day_text(asked.day), Act.LINK, parent=self)
            one.setAccessibleName(tr("Answer by {day}", day=day_text(asked.day)))
            set_tip(one, asked.around or tr("told before"))
            one.clicked.connect(lambda _checked=False, day=asked.day: self.answer_by.set_day(day))
            self.days.addWidget(one)
        if days:
            self.days.insertWidget(0, label(tr("Their letter names:"), ink="mute"))
            self.days.addStretch(1)

    @Slot()
    def _check(self) -> None:
        received, by = self.received.day, self.answer_by.day
        if received is None:
            self.block(self.received.fault or tr("Write the day the reply came."))
        elif received > self._desktop.bridge.today:
            self.block(tr("This day has not come yet."))
        elif self.answer_by.fault:
            self.block(self.answer_by.fault)
        elif by is not None and by < received:
            self.block(tr("An answer cannot be due before the reply came."))
        else:
            self.block("")

    def accept(self) -> None:
        """Keeps the reply; closes once it is kept."""
        received = self.received.day
        if received is None or self.accept_button is None or not self.accept_button.isEnabled():
            return
        new = NewReply(
            received, self.answer_by.day, Stage(str(self.stage.currentData())),
            exhibit=self.shown.exhibit,
        )  # fmt: skip
        self.accept_button.setEnabled(False)
        bridge = self._desktop.bridge
        if self._view is not None and not self.shown.files:
            job = bridge.run(set_reply, self._view.reply.id, new)
        else:
            job = bridge.run(record_reply, self._detail.case.id, new, sources=self.shown.files,
                             way=Way.FILE)  # fmt: skip
        job.succeeded.connect(self._kept)
        job.failed.connect(self._check)

    @Slot(object)
    def _kept(self, outcome: object) -> None:
        super().accept()


class RebuttalSentSheet(Sheet):
    """The page before an answer to a reply is called sent."""

    def __init__(self, desktop: Desktop, view: ReplyView, parent: QWidget) -> None:
        super().__init__(
            tr("Before you call the answer sent"), parent,
            second=tr("Say it once it is really out. The day that their letter set no longer "
                      "presses then."),
            verb=tr("It is sent"), act=Act.SEAL, width=560,
        )  # fmt: skip
        self._desktop, self._view = desktop, view
        self._looked_at(view)
        today = desktop.bridge.today
        self.column.addWidget(label(tr("On which day"), ink="second"))
        self.day = DayField(tr("The day it was sent"), today, today, self)
        self.column.addWidget(self.day)
        self.column.addWidget(label(tr("How it went out"), ink="second"))
        self.way = QComboBox(self)
        self.way.setAccessibleName(tr("How it went out"))
        for way in PostingWay:
            self.way.addItem(way_title(way), str(way))
        self.way.setCurrentIndex(self.way.findData(str(PostingWay.PORTAL)))
        self.column.addWidget(self.way)
        hint = tr("number of the letter, case number, receipt")
        self.column.addWidget(label(tr("Reference, if they gave one"), ink="second"))
        self.reference = GuardedLine(tr("Reference, if they gave one"), hint, self)
        self.column.addWidget(self.reference)
        self.column.addStretch(1)
        self.day.changed.connect(self._check)
        self._check()

    def _looked_at(self, view: ReplyView) -> None:
        open_ones = len(view.unanswered)
        if open_ones:
            text = trn(
                "◆ {count} claim has neither an answer nor an exhibit.",
                "◆ {count} claims have neither an answer nor an exhibit.",
                open_ones,
            )
            self.column.addWidget(label(text, ink="urgent", wrap=True))
        elif view.claims:
            self.column.addWidget(label(tr("✓ Every claim is answered."), ink="open", wrap=True))
        if view.document is None:
            text = tr("▲ No letter of ours was drafted for it: what you send is kept by you.")
            self.column.addWidget(label(text, ink="soon", wrap=True))
        else:
            text = tr("✓ Drafted: {paper}", paper=view.document.title)
            self.column.addWidget(label(text, ink="open", wrap=True))

    @Slot()
    def _check(self) -> None:
        day: dt.date | None = self.day.day
        if day is None:
            self.block(self.day.fault or tr("Write the day it was sent."))
        elif day > self._desktop.bridge.today:
            self.block(tr("This day has not come yet."))
        elif day < self._view.reply.received_on:
            self.block(tr("The answer cannot be older than the reply."))
        else:
            self.block("")

    def accept(self) -> None:
        """Records that it went out; closes once that is kept."""
        day = self.day.day
        if day is None or self.accept_button is None or not self.accept_button.isEnabled():
            return
        way, text = PostingWay(str(self.way.currentData())), self.reference.text
        tracking = text if way in {PostingWay.POST, PostingWay.REGISTERED} else ""
        sent = Sent(day, way, tracking=tracking, reference="" if tracking else text)
        self.accept_button.setEnabled(False)
        job = self._desktop.bridge.run(mark_answered, self._view.reply.id, sent)
        job.succeeded.connect(self._kept)
        job.failed.connect(self._check)

    @Slot(object)
    def _kept(self, outcome: object) -> None:
        super().accept()

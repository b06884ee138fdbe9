"""How did it go out? Way, day, number and receipt of one going out of a paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from disputedesk.common.texts import day_text, mark, tr
from disputedesk.desk.operations.mailing import record_posting
from disputedesk.gui import tokens
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.buttons import Act
from disputedesk.gui.day_field import DayField
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label
from disputedesk.gui.masking import GuardedLine
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.model.case import Document, Exhibit
from disputedesk.model.ids import DocumentId, ExhibitId, FilingId
from disputedesk.model.posting import Posting, PostingWay

WAYS: Final = {
    PostingWay.POST: mark("by post"),
    PostingWay.REGISTERED: mark("by registered post"),
    PostingWay.EMAIL: mark("by e-mail"),
    PostingWay.PORTAL: mark("through their portal"),
    PostingWay.FAX: mark("by fax"),
    PostingWay.HAND: mark("by hand"),
}


def posting_told(posting: Posting) -> str:
    """One going out in a line: day, way, number."""
    parts = [day_text(posting.on), tr(WAYS[posting.way])]
    if posting.to:
        parts.append(tr("to {name}", name=posting.to))
    if posting.tracking:
        parts.append(posting.tracking)
    return " · ".join(parts)


class PostingFields(QWidget):
    """Way, number and receipt; the day is asked by who shows it."""

    def __init__(self, exhibits: Sequence[Exhibit], parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP_CHIP)
        self.way = QComboBox(self)
        for way, text in WAYS.items():
            self.way.addItem(tr(text), str(way))
        self.tracking = GuardedLine(tr("Tracking number"), tr("on the slip; may stay empty"))
        self.receipt = QComboBox(self)
        self.receipt.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.receipt.addItem(tr("none, or not yet"), 0)
        for each in exhibits:
            if each.withdrawn_at is None:
                text = tr("Exhibit {number}: {name}", number=each.number,
                          name=each.caption or each.evidence.name)  # fmt: skip
                self.receipt.addItem(text, int(each.id))
        for name, field in (
            (tr("How it went out"), self.way),
            (tr("Tracking number"), self.tracking),
            (tr("Receipt or confirmation"), self.receipt),
        ):
            field.setAccessibleName(name)
            column.addWidget(label(name, ink="second"))
            column.addWidget(field)

    def keep(
        self, bridge: Bridge, document: DocumentId, on: dt.date, filing: FilingId | None = None
    ) -> JobHandle:
        """Begins to keep that the paper went out on that day."""
        chosen = int(self.receipt.currentData())
        return bridge.run(
            record_posting, document, way=PostingWay(str(self.way.currentData())), on=on,
            tracking=self.tracking.text, receipt=ExhibitId(chosen) if chosen else None,
            filing=filing,
        )  # fmt: skip


class PostedSheet(Sheet):
    """Collects one more going out of a paper: the same letter again, or by another way."""

    def __init__(
        self, desktop: Desktop, exhibits: Sequence[Exhibit], document: Document, parent: QWidget
    ) -> None:
        super().__init__(
            tr("How did it go out?"), parent, second=document.title,
            verb=tr("Keep that it went out"), act=Act.SEAL, width=560,
        )  # fmt: skip
        self._desktop, self._document = desktop, document
        self.fields = PostingFields(exhibits, self)
        self.column.addWidget(self.fields)
        self.column.addWidget(label(tr("On which day"), ink="second"))
        today = desktop.bridge.today
        self.day = DayField(tr("The day it was sent"), today, today, self)
        self.column.addWidget(self.day)
        self.column.addStretch(1)
        self.day.changed.connect(self._check)
        self._check()

    @Slot()
    def _check(self) -> None:
        if self.day.day is None:
            self.block(self.day.fault or tr("Write the day it was sent."))
        elif self.day.day > self._desktop.bridge.today:
            self.block(tr("This day has not come yet."))
        else:
            self.block("")

    def accept(self) -> None:
        """Keeps it; closes once it is kept."""
        day = self.day.day
        if self.accept_button is None or not self.accept_button.isEnabled() or day is None:
            return
        self.accept_button.setEnabled(False)
        job = self.fields.keep(self._desktop.bridge, self._document.id, day)
        job.succeeded.connect(self._kept)
        job.failed.connect(self._check)

    @Slot(object)
    def _kept(self, _outcome: object) -> None:
        super().accept()

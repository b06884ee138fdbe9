"""Answers on their way to the desk: saying that something came asks first what would be lost."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from disputedesk.common.texts import day_text, tr
from disputedesk.desk.queries.guards import received_guard
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.buttons import Act
from disputedesk.gui.cards import Banner
from disputedesk.gui.cases.answering import keep_answer
from disputedesk.gui.labels import label
from disputedesk.gui.sheet import Sheet
from disputedesk.model.ids import CaseId, FactName, OrderId

if TYPE_CHECKING:
    from disputedesk.safety.guards import GuardNotice

GUARDED: Final = frozenset({"received_on", "confirmed_on"})
"""Facts that can end a protection by being known."""


class GuardSheet(Sheet):
    """Says what would be lost, before it is done; leaving it is the easy way."""

    def __init__(self, notice: GuardNotice, parent: QWidget) -> None:
        super().__init__(
            tr("Before you say that it came"),
            parent,
            verb=tr("Keep it all the same"),
            act=Act.DANGER,
            width=560,
        )
        self.column.addWidget(Banner(notice.headline, surface="urgent", icon="warning"))
        for loss in notice.losses:
            self.column.addWidget(label(loss, wrap=True))
        if notice.until is not None:
            until = day_text(notice.until, weekday=True)
            text = tr("On the platform something stays open until {day}.", day=until)
            self.column.addWidget(label(text, strong=True, wrap=True))
        self.column.addStretch(1)
        if self.accept_button is not None:
            self.accept_button.setDefault(False)
        self.cancel.setText(tr("Leave it as it is"))
        self.cancel.setAccessibleName(tr("Leave it as it is"))
        self.cancel.setDefault(True)
        self.cancel.setFocus()


class Keeping(QObject):
    """Keeps one answer; lives with the field that asked.

    Signals:
        kept(): It is on the desk.
        refused(error): It was not taken; the error says why.
        left(): The user left it as it was, having read what would be lost.
    """

    kept = Signal()
    refused = Signal(object)
    left = Signal()

    def __init__(self, bridge: Bridge, case: CaseId, order: OrderId, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge, self._case, self._order = bridge, case, order
        self._window = parent.window()
        self._name, self._text = FactName(""), ""

    def begin(self, name: FactName, text: str) -> None:
        """Keeps `text` as the answer to `name`, asking first where something would be lost."""
        self._name, self._text = name, text
        if name not in GUARDED or not text:
            self._keep()
            return
        day = dt.date.fromisoformat(text)
        today = self._bridge.today
        job = self._bridge.read(received_guard, self._order, on=day, today=today)
        job.succeeded.connect(self._guarded)
        job.failed.connect(self.refused)

    @Slot(object)
    def _guarded(self, notice: GuardNotice | None) -> None:
        if notice is None or not notice.stops:
            self._keep()
            return
        sheet = GuardSheet(notice, self._window)
        sheet.accepted.connect(self._keep)
        sheet.rejected.connect(self.left)
        sheet.open()

    @Slot()
    def _keep(self) -> None:
        job = self._bridge.run(keep_answer, self._case, self._order, self._name, self._text)
        job.succeeded.connect(self._done)
        job.failed.connect(self.refused)

    @Slot(object)
    def _done(self, outcome: object) -> None:
        self.kept.emit()

"""Answers on their way to the desk: saying that something came asks first what would be lost."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from disputedesk.common.texts import tr
from disputedesk.desk.changes import Outcome
from disputedesk.desk.queries.guards import received_guard
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.guard_sheet import GuardSheet
from disputedesk.model.ids import CaseId, FactName, OrderId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.safety.guards import GuardNotice

GUARDED: Final = frozenset({"received_on", "confirmed_on"})
"""Facts that can end a protection by being known."""


def keep_answer(
    desk: Desk, case_id: CaseId, order_id: OrderId, name: FactName, text: str
) -> Outcome[None]:
    """Keeps an answer where it belongs; an empty one makes the fact unknown again.

    Raises:
        Refused: The text does not say such a value.
    """
    from disputedesk.desk.operations.answers import answer_question
    from disputedesk.desk.operations.orders import set_facts

    if not text.strip():
        return set_facts(desk, order_id, {name: None}, case_id=case_id)
    return answer_question(desk, case_id, name, text)


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
        sheet = GuardSheet(notice, tr("Keep it all the same"), self._window)
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

"""The road to "I have received it": the day, then what that would end, then the act."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from disputedesk.common.texts import tr
from disputedesk.gui.day_field import DayField
from disputedesk.gui.guard_sheet import GuardSheet
from disputedesk.gui.rooms import Desktop, TellProblem
from disputedesk.gui.sheet import Sheet
from disputedesk.model.ids import OrderId

if TYPE_CHECKING:
    from disputedesk.safety.guards import GuardNotice


class ReceivedSheet(Sheet):
    """Asks for the day it came.

    Signals:
        day_given(day): The day was confirmed.
    """

    day_given = Signal(object)

    def __init__(self, today: dt.date, parent: QWidget) -> None:
        super().__init__(
            tr("When did it come?"),
            parent,
            second=tr("The day it was in your hands, not the day the carrier says."),
            verb=tr("It came on this day"),
        )
        self._today = today
        self.field = DayField(tr("The day it came"), today, today, self)
        self.field.changed.connect(self._check)
        self.column.addWidget(self.field)
        self.column.addStretch(1)
        self._check()

    @Slot()
    def _check(self) -> None:
        if self.field.day is None:
            self.block(self.field.fault or tr("Write the day it came."))
        elif self.field.day > self._today:
            self.block(tr("This day has not come yet."))
        else:
            self.block("")

    def accept(self) -> None:
        """Hands the day over."""
        day = self.field.day
        super().accept()
        if day is not None:
            self.day_given.emit(day)


class Receiving(QObject):
    """Walks through "I have received it": the day, the guard, the act. Lives with its room."""

    def __init__(self, desktop: Desktop, parent: QObject) -> None:
        super().__init__(parent)
        self._desktop = desktop
        self._order: OrderId | None = None
        self._day: dt.date | None = None
        self.sheet: Sheet | None = None

    def begin(self, order: OrderId) -> None:
        """Asks for the day it came."""
        self._order = order
        sheet = ReceivedSheet(self._desktop.bridge.today, self._desktop.window)
        sheet.day_given.connect(self._ask_guard)
        self._open(sheet)

    def _open(self, sheet: Sheet) -> None:
        self.sheet = sheet
        sheet.open()

    @Slot(object)
    def _ask_guard(self, day: dt.date) -> None:
        from disputedesk.desk.queries.guards import received_guard

        if self._order is None:
            return
        self._day = day
        bridge = self._desktop.bridge
        bridge.read(received_guard, self._order, on=day, today=bridge.today).succeeded.connect(
            self._guarded
        )

    @Slot(object)
    def _guarded(self, notice: GuardNotice | None) -> None:
        if notice is None or not notice.stops:
            self._mark(confirm=False)
            return
        sheet = GuardSheet(notice, tr("Mark it as received all the same"), self._desktop.window)
        if self._desktop.can(TellProblem) and self._order is not None:
            sheet.reason.setText(
                tr("Is something wrong with it? Say so first: then nothing is lost.")
            )
            sheet.reason.setVisible(True)
        sheet.accepted.connect(self._confirmed)
        self._open(sheet)

    @Slot()
    def _confirmed(self) -> None:
        self._mark(confirm=True)

    def _mark(self, *, confirm: bool) -> None:
        from disputedesk.desk.operations.orders import mark_received

        if self._order is not None and self._day is not None:
            self._desktop.bridge.run(mark_received, self._order, on=self._day, confirm=confirm)

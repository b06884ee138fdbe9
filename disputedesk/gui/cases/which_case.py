"""Which case an act from elsewhere is about: the open one, the only one, or the one chosen here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk.queries.cases import case_rows
from disputedesk.desk.views import CaseRow
from disputedesk.gui.rooms import CaseAct, Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.model.ids import CaseId


class WhichCaseSheet(Sheet):
    """Asks for one of the open cases.

    Signals:
        chosen(case): This one.
    """

    chosen = Signal(object)

    def __init__(self, act: CaseAct, cases: Sequence[CaseRow], parent: QWidget) -> None:
        super().__init__(tr("Which case?"), parent, second=_why(act), verb=tr("Go on"), width=560)
        self.cases = QComboBox(self)
        self.cases.setAccessibleName(tr("Case"))
        for case in cases:
            text = tr("Case {number}: {title}", number=case.number, title=case.title)
            self.cases.addItem(text, int(case.id))
        self.column.addWidget(self.cases)
        self.column.addStretch(1)
        self.cases.setFocus()
        self.accepted.connect(self._choose)

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(CaseId(int(self.cases.currentData())))


class WhichCase(QObject):
    """Finds the case an act is about; lives with the room.

    Signals:
        known(act, case): The act is about this case.
    """

    known = Signal(object, object)

    def __init__(self, desktop: Desktop, parent: QWidget) -> None:
        super().__init__(parent)
        self._desktop = desktop
        self._act = CaseAct.ADD

    def ask(self, act: CaseAct) -> None:
        """Asks for a case where there are several open ones."""
        self._act = act
        bridge = self._desktop.bridge
        bridge.read(case_rows, closed=False, today=bridge.today).succeeded.connect(self._show)

    @Slot(object)
    def _show(self, cases: tuple[CaseRow, ...]) -> None:
        if not cases:
            self._desktop.notices.say(
                tr("There is no open case. A case begins with an order: choose it and say what "
                   "went wrong.")
            )  # fmt: skip
        elif len(cases) == 1:
            self.known.emit(self._act, cases[0].id)
        else:
            sheet = WhichCaseSheet(self._act, cases, self._desktop.window)
            sheet.chosen.connect(self._chosen)
            sheet.open()

    @Slot(object)
    def _chosen(self, case: CaseId) -> None:
        self.known.emit(self._act, case)


def _why(act: CaseAct) -> str:
    return {
        CaseAct.ADD: tr("Evidence is added to a case."),
        CaseAct.BUNDLE: tr("The evidence of this case is bundled for a destination."),
        CaseAct.EXPORT: tr("The evidence of this case is exported."),
        CaseAct.BANK_FORM: tr("The bank's form is filled in for this case."),
    }[act]

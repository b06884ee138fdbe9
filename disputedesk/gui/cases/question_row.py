"""One question of a case with its field; keeps the answer by itself."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from disputedesk.common.errors import DeskError
from disputedesk.desk.views import FactView
from disputedesk.gui import tokens
from disputedesk.gui.answering import AnswerField
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.cases.keeping import Keeping
from disputedesk.gui.labels import label
from disputedesk.gui.tokens import Type
from disputedesk.model.ids import CaseId, OrderId


class QuestionRow(QWidget):
    """A question, why it is asked, and its field.

    Signals:
        answered(name): The answer was kept.
    """

    answered = Signal(str)

    def __init__(
        self,
        bridge: Bridge,
        case: CaseId,
        order: OrderId,
        fact: FactView,
        parent: QWidget,
        *,
        why: str = "",
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, tokens.GAP)
        column.setSpacing(2)
        column.addWidget(label(fact.question or fact.label, strong=True, wrap=True))
        if why and why != fact.question:
            column.addWidget(label(why, ink="second", size=Type.SMALL, wrap=True))
        self.field = AnswerField(fact, bridge.today, self)
        self.field.given.connect(self._keep)
        column.addWidget(self.field)
        self.setFocusProxy(self.field)
        self._keeping = Keeping(bridge, case, order, self)
        self._keeping.kept.connect(self._kept)
        self._keeping.refused.connect(self._refused)
        self._keeping.left.connect(self._left)

    @Slot(str)
    def _keep(self, text: str) -> None:
        self.field.setEnabled(False)
        self._keeping.begin(self.field.fact.name, text)

    @Slot()
    def _kept(self) -> None:
        self.answered.emit(str(self.field.fact.name))

    @Slot()
    def _left(self) -> None:
        self.field.setEnabled(True)
        self.field.setFocus()

    @Slot(object)
    def _refused(self, error: object) -> None:
        self._left()
        self.field.refuse(str(error) if isinstance(error, DeskError) else "")

"""The first thing a form misses, asked and answered on the spot."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from disputedesk.common.errors import DeskError
from disputedesk.common.texts import tr
from disputedesk.desk.operations.answers import answer_question
from disputedesk.desk.views import FactView
from disputedesk.gui import tokens
from disputedesk.gui.answering import AnswerField
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.labels import label
from disputedesk.model.ids import CaseId


class AskedPanel(QWidget):
    """One question with its field; hidden when nothing is missing.

    Signals:
        answered(): The answer was kept.
    """

    answered = Signal()

    def __init__(self, bridge: Bridge, case: CaseId, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge, self._case = bridge, case
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.GAP_CHIP)
        self._column.addWidget(label(tr("Still missing for this form"), strong=True, ink="soon"))
        self.question = label("", wrap=True)
        self._column.addWidget(self.question)
        self.field: AnswerField | None = None
        self.setVisible(False)

    def ask(self, asked: FactView | None) -> None:
        """Asks for something else; `None` asks for nothing."""
        self.setVisible(asked is not None)
        if self.field is not None and (asked is None or asked != self.field.fact):
            self._column.removeWidget(self.field)
            self.field.hide()
            self.field.deleteLater()
            self.field = None
        if asked is None or self.field is not None:
            return
        self.question.setText(asked.question or asked.label)
        self.field = AnswerField(asked, self._bridge.today, self)
        self.field.given.connect(self._keep)
        self._column.addWidget(self.field)

    @Slot(str)
    def _keep(self, text: str) -> None:
        if self.field is None:
            return
        job = self._bridge.run(answer_question, self._case, str(self.field.fact.name), text)
        job.succeeded.connect(self._kept)
        job.failed.connect(self._not_taken)

    @Slot(object)
    def _kept(self, outcome: object) -> None:
        self.answered.emit()

    @Slot(object)
    def _not_taken(self, error: object) -> None:
        if self.field is not None:
            self.field.refuse(str(error) if isinstance(error, DeskError) else "")

"""Questions a paper still needs, answered beside it; and the advice that would make it stronger."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.desk.views import CaseDetail, Question
from disputedesk.gui import tokens
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.cases.question_row import QuestionRow
from disputedesk.gui.labels import label
from disputedesk.gui.tokens import Type


class GapsPanel(QWidget):
    """The questions and the advice of one paper.

    Signals:
        answered(): An answer was kept: the paper has to be looked at again.
    """

    answered = Signal()

    def __init__(self, bridge: Bridge, detail: CaseDetail, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._detail = bridge, detail
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._body = QWidget(self)
        self._column.addWidget(self._body)
        self._column.addStretch(1)
        self.rows: tuple[QuestionRow, ...] = ()

    def show_gaps(
        self, gaps: Sequence[Question], advice: Sequence[str] = (), *, again: bool = False
    ) -> None:
        """Shows what is missing, else what would help; `again` asks what may be known already."""
        old, self._body = self._body, QWidget(self)
        self._column.replaceWidget(old, self._body)
        old.hide()
        old.deleteLater()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP_CHIP)
        rows = []
        if gaps:
            text = trn("{count} answer is missing", "{count} answers are missing", len(gaps))
            if again:
                column.addWidget(label(tr("Correct it here"), strong=True, wrap=True))
            else:
                column.addWidget(label(f"◆ {text}", ink="urgent", strong=True, wrap=True))
        for gap in gaps:
            row = QuestionRow(
                self._bridge, self._detail.case.id, self._detail.order.id, gap.fact, self._body,
                why=gap.why,
            )  # fmt: skip
            row.answered.connect(self.answered)
            column.addWidget(row)
            rows.append(row)
        if advice:
            column.addWidget(label(tr("Would make it stronger"), strong=True, ink="second"))
        for line in advice:
            column.addWidget(label(f"◇ {line}", ink="second", wrap=True, size=Type.SMALL))
        self.rows = tuple(rows)
        self._body.show()
        if rows:
            rows[0].setFocus()

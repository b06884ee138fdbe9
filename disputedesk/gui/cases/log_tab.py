"""The log of a case: what was said and done, by whom, when; and a line to add to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk import words
from disputedesk.desk.operations.cases import add_note
from disputedesk.desk.views import CaseDetail, LogLine
from disputedesk.gui import tokens
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.buttons import button
from disputedesk.gui.labels import label
from disputedesk.gui.masking import GuardedLine
from disputedesk.gui.tokens import Type
from disputedesk.model.ids import CaseId

_MOST = 200
_TOP = Qt.AlignmentFlag.AlignTop


class LogTab(QWidget):
    """Lines, newest first, and a field for a note."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._case: CaseId | None = None
        self._shown: tuple[LogLine, ...] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.GAP, 0, 0)
        column.setSpacing(tokens.GAP)
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        self.note = GuardedLine(tr("A note"), tr("What was said or done? Enter keeps it."), self)
        self.note.line.returnPressed.connect(self._add)
        row.addWidget(self.note, 1)
        self.add = button(tr("Add the note"), parent=self)
        self.add.clicked.connect(self._add)
        row.addWidget(self.add)
        column.addLayout(row)
        self._lines = QWidget(self)
        column.addWidget(self._lines)
        column.addStretch(1)
        self._column = column

    def set_detail(self, detail: CaseDetail) -> None:
        """Shows the log of a case."""
        if detail.case.id != self._case:
            self.note.line.clear()
        if (detail.case.id, detail.log) == (self._case, self._shown):
            return
        self._case, self._shown = detail.case.id, detail.log
        old, self._lines = self._lines, QWidget(self)
        self._column.replaceWidget(old, self._lines)
        old.hide()
        old.deleteLater()
        lines = QGridLayout(self._lines)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setHorizontalSpacing(tokens.GAP_CARD)
        lines.setVerticalSpacing(6)
        lines.setColumnStretch(1, 1)
        for at, line in enumerate(detail.log[:_MOST]):
            moment = words.moment_text(line.at.astimezone())
            who = tr("{when} · {who}", when=moment, who=line.author)
            lines.addWidget(label(who, ink="mute", size=Type.SMALL), at, 0, _TOP)
            lines.addWidget(label(line.text, wrap=True, selectable=True), at, 1, _TOP)
        if not detail.log:
            text = tr("Nothing is written down yet. A call, a chat, a promise: note it here.")
            lines.addWidget(label(text, ink="second", wrap=True), 0, 0, 1, 2)
        self._lines.show()

    @Slot()
    def _add(self) -> None:
        if self._case is not None and self.note.text:
            self._bridge.run(add_note, self._case, self.note.text)
            self.note.line.clear()

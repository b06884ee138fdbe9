"""The log of a case: what was said and done, by whom, when; and a line to add to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk import words
from disputedesk.desk.contact_notes import Contact
from disputedesk.desk.operations.cases import add_contact, add_note
from disputedesk.desk.views import CaseDetail, LogLine
from disputedesk.gui import tokens
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.buttons import button
from disputedesk.gui.day_field import DayField
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
        self.contact = QCheckBox(tr("The seller was asked to settle it: letters tell this"), self)
        self.contact.setAccessibleName(tr("The seller was asked to settle it: letters tell this"))
        column.addWidget(self.contact)
        self._asked = QWidget(self)
        asked = QHBoxLayout(self._asked)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(tokens.GAP)
        today = bridge.today
        self.day = DayField(tr("On which day the seller was asked"), today, today, self._asked)
        asked.addWidget(self.day)
        self.answer = GuardedLine(
            tr("What they answered"), tr("What they answered; empty if nothing"), self._asked
        )
        asked.addWidget(self.answer, 1)
        self._asked.setVisible(False)
        self.contact.toggled.connect(self._asked.setVisible)
        column.addWidget(self._asked)
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
        if self._case is None or not self.note.text:
            return
        if self.contact.isChecked():
            if self.day.day is None:
                return
            contact = Contact(self.day.day, self.note.text, self.answer.text)
            self._bridge.run(add_contact, self._case, contact)
            self.contact.setChecked(False)
            self.answer.line.clear()
        else:
            self._bridge.run(add_note, self._case, self.note.text)
        self.note.line.clear()

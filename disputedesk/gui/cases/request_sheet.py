"""A polite text that asks for exactly what is missing: to be copied or saved, never sent by us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QWidget

from disputedesk.common.texts import LANGUAGES, language, tr
from disputedesk.desk.queries.requests import Request, request_for
from disputedesk.desk.views import CaseDetail
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.saving import ask_where, save_bytes
from disputedesk.gui.sheet import Sheet

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


def text_bytes(desk: Desk, text: str) -> bytes:
    """A text as it is saved."""
    return text.encode()


class RequestSheet(Sheet):
    """The request for what is missing, in the language of who gets it; may be changed here."""

    def __init__(self, desktop: Desktop, detail: CaseDetail, parent: QWidget) -> None:
        second = tr("Copy it into a mail or a chat. DisputeDesk sends nothing by itself.")
        super().__init__(tr("Ask for what is missing"), parent, second=second, width=680)
        self._desktop, self._detail = desktop, detail
        self._reading: JobHandle | None = None
        row = QHBoxLayout()
        row.addWidget(label(tr("Language of the text"), ink="second"))
        self.language = QComboBox(self)
        self.language.setAccessibleName(tr("Language of the text"))
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        own = detail.client.language
        self.language.setCurrentIndex(
            max(0, self.language.findData(own if own in LANGUAGES else language()))
        )
        self.language.activated.connect(self._write)
        row.addWidget(self.language)
        row.addStretch(1)
        self.column.addLayout(row)
        self.subject = label("", strong=True, wrap=True, selectable=True)
        self.column.addWidget(self.subject)
        self.text = QPlainTextEdit(self)
        self.text.setAccessibleName(tr("The request"))
        self.text.setMinimumHeight(160)
        self.prefer_height(640)
        self.column.addWidget(self.text, 1)
        self.copy = button(tr("Copy"), Act.PRIMARY, icon="copy", parent=self)
        self.copy.clicked.connect(self._copy)
        self.copy.setDefault(True)
        save = button(tr("Save as text…"), parent=self)
        save.clicked.connect(self._save)
        for at, one in enumerate((self.copy, save)):
            self.foot.insertWidget(at, one)
        self._write()

    @Slot()
    def _write(self) -> None:
        self._reading = self._desktop.bridge.read(
            request_for, self._detail.case.id, language=str(self.language.currentData()),
            today=self._detail.today,
        )  # fmt: skip
        self._reading.succeeded.connect(self._show)

    @Slot(object)
    def _show(self, request: Request) -> None:
        if self.sender() is self._reading:
            self.subject.setText(request.subject)
            self.text.setPlainText(request.text)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText(tr("✓ copied"))

    @Slot()
    def _save(self) -> None:
        name = tr("Request case {number}.txt", number=self._detail.case.number)
        ask_where(self, tr("Save as text"), name, self.save_to)

    @Slot(str)
    def save_to(self, path: str) -> None:
        """Writes the text as it stands now."""
        save_bytes(self._desktop, text_bytes, self.text.toPlainText(), path)

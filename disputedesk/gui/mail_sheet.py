"""A draft mail with a paper attached: look at it, save it, open it in the user's mail program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk.operations.mailing import draft_mail, save_mail
from disputedesk.desk.queries.packets import size_text
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.labels import label
from disputedesk.gui.masking import GuardedLine
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.saving import ask_where
from disputedesk.gui.sheet import Sheet
from disputedesk.model.case import Document
from disputedesk.papers.mail import MailDraft

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


class MailSheet(Sheet):
    """Shows the mail before it is a file; nothing is sent from here."""

    def __init__(self, desktop: Desktop, document: Document, parent: QWidget) -> None:
        super().__init__(
            tr("A mail with this attached"), parent,
            second=tr("A draft for your own mail program. Nothing is sent from here; say “I have "
                      "sent it” once you have."), width=620, scrolls=True,
        )  # fmt: skip
        self._desktop, self._document = desktop, document
        self._opens = False
        self.column.addWidget(label(tr("To"), ink="second"))
        self.to = GuardedLine(tr("To"), tr("an e-mail address, or nothing yet"), self)
        self.column.addWidget(self.to)
        self.subject = label("", strong=True, wrap=True)
        self.column.addWidget(self.subject)
        self.body = QPlainTextEdit(self)
        self.body.setAccessibleName(tr("Words of the mail"))
        self.body.setReadOnly(True)
        self.body.setMinimumHeight(180)
        self.column.addWidget(self.body, 1)
        self.attached = label("", ink="second", wrap=True)
        self.column.addWidget(self.attached)
        hint = tr("If your mail program shows it as a mail that came, choose “Edit as new”.")
        self.column.addWidget(label(hint, ink="mute", wrap=True))
        self.save = button(tr("Save…"), parent=self)
        self.save.clicked.connect(lambda _checked=False: self._ask(opens=False))
        self.foot.insertWidget(0, self.save)
        self.open_draft = button(tr("Save and open…"), Act.PRIMARY, parent=self)
        self.open_draft.clicked.connect(lambda _checked=False: self._ask(opens=True))
        self.open_draft.setDefault(True)
        self.foot.addWidget(self.open_draft)
        for one in (self.save, self.open_draft):
            one.setEnabled(False)
        self.to.setFocus()
        desktop.bridge.read(_read, document).succeeded.connect(self._show)

    @Slot(object)
    def _show(self, draft: MailDraft) -> None:
        self.to.line.setText(draft.to)
        self.subject.setText(draft.subject)
        self.body.setPlainText(draft.body)
        size = size_text(len(draft.data))
        self.attached.setText(tr("Attached: {name}, {size}", name=draft.name, size=size))
        for one in (self.save, self.open_draft):
            one.setEnabled(True)

    def _ask(self, *, opens: bool) -> None:
        self._opens = opens
        name = str(Path(self._document.name).with_suffix(".eml"))
        ask_where(self, tr("Save the draft mail"), name, self.save_to)

    @Slot(str)
    def save_to(self, path: str) -> None:
        """Writes the draft in a job; opens it if that was wanted."""
        job = self._desktop.bridge.read(_save, self._document, Path(path), self.to.text)
        job.succeeded.connect(self._saved)

    @Slot(object)
    def _saved(self, path: Path) -> None:
        self._desktop.notices.say(tr("Saved as {name}", name=path.name))
        if self._opens and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._desktop.notices.say(tr("No program here opens mails; the draft is saved."))
        self.accept()


def _read(desk: Desk, document: Document) -> MailDraft:
    return draft_mail(desk, document.id)


def _save(desk: Desk, document: Document, path: Path, to: str) -> Path:
    save_mail(desk, document.id, path, to=to)
    return path

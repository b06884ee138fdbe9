"""A sealed paper on its way out: its mail, and the word that it went; the same from every room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from disputedesk.common.texts import tr
from disputedesk.desk.views import CaseDetail
from disputedesk.gui.buttons import Act, ActButton, set_act
from disputedesk.gui.mail_sheet import MailSheet
from disputedesk.gui.posted_sheet import PostedSheet, posting_told
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sent_sheet import SentSheet, checks_before, rule_for
from disputedesk.model.case import Document, DocumentKind
from disputedesk.model.posting import Posting


class GoingOut(QObject):
    """Opens the sheets by which a paper goes out; lives with what shows the paper.

    Signals:
        went(): It was kept that the paper went out.
    """

    went = Signal()

    def __init__(self, desktop: Desktop, parent: QWidget) -> None:
        super().__init__(parent)
        self._desktop, self._window = desktop, parent

    def mail(self, document: Document) -> None:
        """Shows the draft mail with the paper attached."""
        MailSheet(self._desktop, document, self._window.window()).open()

    def tell(self, detail: CaseDetail, document: Document) -> None:
        """Asks how the paper went out: as a step of its case, or once more."""
        sheet = (
            self._first(detail, document)
            if document.sent_on is None
            else PostedSheet(self._desktop, detail.exhibits, document, self._window.window())
        )
        sheet.accepted.connect(self._went)
        sheet.open()

    def _first(self, detail: CaseDetail, document: Document) -> SentSheet:
        sheet = SentSheet(
            self._desktop, detail, self._window.window(), rule=rule_for(detail, document.form),
            document=document.id, checks=checks_before(detail),
        )  # fmt: skip
        if document.kind is DocumentKind.BUNDLE:
            sheet.check_bundle(document.id)
        return sheet

    @Slot()
    def _went(self) -> None:
        self.went.emit()


def name_telling(target: ActButton, *, first: bool) -> None:
    """Gives the button that says a paper went out its words: sent, or sent once more."""
    text = tr("I have sent it…") if first else tr("It went out again…")
    target.setText(text)
    target.setAccessibleName(text)
    set_act(target, Act.SEAL if first else Act.PLAIN)


def postings_told(postings: Sequence[Posting]) -> str:
    """How a paper went out, a line each time; empty while it did not."""
    return "\n".join("✓ " + posting_told(each) for each in postings)

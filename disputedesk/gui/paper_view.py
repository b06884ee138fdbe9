"""A sealed paper on the screen: its pages or its words, and what it is in one line."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from disputedesk.common.texts import day_text, tr, trn
from disputedesk.desk import words
from disputedesk.desk.queries.letters import PaperRow
from disputedesk.desk.queries.papers import document_bytes
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.pages import PageView
from disputedesk.gui.pdf_pages import Pdf, measure
from disputedesk.model.case import Document, DocumentKind
from disputedesk.model.ids import DocumentId
from disputedesk.papers.languages import LETTER_LANGUAGES

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


@dataclasses.dataclass(frozen=True, slots=True)
class PaperSeen:
    """A sealed paper for the screen: its pages, or its words."""

    pdf: Pdf | None
    text: str = ""


def read_paper(desk: Desk, document: DocumentId, kind: DocumentKind) -> PaperSeen:
    """A job that reads a sealed paper."""
    data = document_bytes(desk, document)
    if kind is DocumentKind.SUBMISSION:
        return PaperSeen(None, data.decode("utf-8", "replace"))
    return PaperSeen(measure(data))


def kind_title(kind: DocumentKind) -> str:
    """What a paper is, in words."""
    return {
        DocumentKind.LETTER: tr("Letter"),
        DocumentKind.SUBMISSION: tr("Dispute text"),
        DocumentKind.BUNDLE: tr("Bundle"),
    }[kind]


def about(paper: Document | PaperRow) -> str:
    """A paper in one line: what, which language, how long, when made, whether sent."""
    parts = [kind_title(paper.kind), LETTER_LANGUAGES.get(paper.language, paper.language)]
    if paper.kind is not DocumentKind.SUBMISSION:
        parts.append(trn("{count} page", "{count} pages", paper.pages))
    parts.append(tr("made {when}", when=words.moment_text(paper.made_at.astimezone())))
    if paper.sent_on is not None:
        parts.append(tr("sent {day}", day=day_text(paper.sent_on)))
    return " · ".join(part for part in parts if part)


class PaperPane(QWidget):
    """Shows one sealed paper after the other; reads each in a job.

    Attributes:
        seen: What is shown now; `None` while it is read.
    """

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._job: JobHandle | None = None
        self.seen: PaperSeen | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.pages = PageView(bridge, self)
        column.addWidget(self.pages, 1)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("The words of the paper"))
        self.text.setVisible(False)
        column.addWidget(self.text, 1)

    def show_paper(self, document: DocumentId, kind: DocumentKind) -> None:
        """Reads a paper and shows it."""
        self.seen = None
        self._job = self._bridge.read(read_paper, document, kind)
        self._job.succeeded.connect(self._show)

    @Slot(object)
    def _show(self, seen: PaperSeen) -> None:
        if self.sender() is not self._job:
            return
        self.seen = seen
        self.pages.set_pdf(seen.pdf)
        self.pages.setVisible(seen.pdf is not None)
        self.text.setPlainText(seen.text)
        self.text.setVisible(seen.pdf is None)

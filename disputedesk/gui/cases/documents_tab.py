"""The papers of a case: what can be made, what was made, what was sent."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from disputedesk.common.texts import LANGUAGES, day_text, tr, trn
from disputedesk.desk import words
from disputedesk.desk.queries.papers import document_bytes
from disputedesk.desk.queries.postings import postings_of
from disputedesk.desk.views import CaseDetail, PaperChoice
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cases.check_sheet import CheckSheet
from disputedesk.gui.cases.mail_sheet import MailSheet
from disputedesk.gui.cases.posted_sheet import PostedSheet, posting_told
from disputedesk.gui.cases.print_sheet import printable_papers
from disputedesk.gui.cases.sent_sheet import SentSheet, checks_before, rule_for
from disputedesk.gui.labels import ElidedLabel, label
from disputedesk.gui.pages import PageView
from disputedesk.gui.pdf_pages import Pdf, measure
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.saving import Printing, ask_where, save_bytes
from disputedesk.gui.sheet import Sheet
from disputedesk.gui.tokens import Type
from disputedesk.model.case import Document, DocumentKind
from disputedesk.model.posting import Posting

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


@dataclasses.dataclass(frozen=True, slots=True)
class PaperSeen:
    """A sealed paper for the screen: its pages, or its words."""

    pdf: Pdf | None
    text: str = ""
    postings: tuple[Posting, ...] = ()


def read_paper(desk: Desk, document: Document) -> PaperSeen:
    """A job that reads a sealed paper."""
    data = document_bytes(desk, document.id)
    went = postings_of(desk, document.id)
    if document.kind is DocumentKind.SUBMISSION:
        return PaperSeen(None, data.decode("utf-8", "replace"), went)
    return PaperSeen(measure(data), postings=went)


def kind_title(kind: DocumentKind) -> str:
    """What a paper is, in words."""
    return {
        DocumentKind.LETTER: tr("Letter"),
        DocumentKind.SUBMISSION: tr("Dispute text"),
        DocumentKind.BUNDLE: tr("Bundle"),
    }[kind]


class DocumentSheet(Sheet):
    """One sealed paper: look, save, print, say that it was sent."""

    def __init__(
        self, desktop: Desktop, detail: CaseDetail, document: Document, parent: QWidget
    ) -> None:
        super().__init__(document.title, parent, second=about(document), width=900)
        self._desktop, self._detail, self._document = desktop, detail, document
        self._seen: PaperSeen | None = None
        self._printing = Printing(desktop, self)
        self.pages = PageView(desktop.bridge, self)
        self.column.addWidget(self.pages, 1)
        self.text = QPlainTextEdit(self)
        self.text.setAccessibleName(document.title)
        self.text.setReadOnly(True)
        self.text.setVisible(False)
        self.column.addWidget(self.text, 1)
        save = button(tr("Save as…"), parent=self)
        save.clicked.connect(self._save)
        self.print = button(tr("Print…"), icon="print", parent=self)
        self.print.clicked.connect(self._print)
        self.print.setVisible(document.kind is not DocumentKind.SUBMISSION)
        self.went = label("", ink="open", wrap=True)
        self.went.setVisible(False)
        self.column.addWidget(self.went)
        self.mail = button(tr("Mail…"), parent=self)
        self.mail.clicked.connect(self._mail)
        for at, one in enumerate((save, self.print, self.mail)):
            self.foot.insertWidget(at, one)
        if document.kind is DocumentKind.BUNDLE:
            self.check = button(tr("Check this bundle…"), parent=self)
            self.check.clicked.connect(self._check)
            self.foot.insertWidget(3, self.check)
        first = document.sent_on is None
        self.sent = button(tr("I have sent it…") if first else tr("It went out again…"),
                           Act.SEAL if first else Act.PLAIN, parent=self)  # fmt: skip
        self.sent.clicked.connect(self._sent if first else self._again)
        self.foot.insertWidget(4, self.sent)
        self.setMinimumHeight(600)
        desktop.bridge.read(read_paper, document).succeeded.connect(self._show)

    @Slot(object)
    def _show(self, seen: PaperSeen) -> None:
        self._seen = seen
        self.pages.set_pdf(seen.pdf)
        self.pages.setVisible(seen.pdf is not None)
        self.text.setPlainText(seen.text)
        self.text.setVisible(seen.pdf is None)
        told = "\n".join("✓ " + posting_told(each) for each in seen.postings)
        self.went.setText(told)
        self.went.setVisible(bool(told))

    @Slot()
    def _mail(self) -> None:
        MailSheet(self._desktop, self._document, self).open()

    @Slot()
    def _again(self) -> None:
        sheet = PostedSheet(self._desktop, self._detail, self._document, self)
        sheet.accepted.connect(self.accept)
        sheet.open()

    @Slot()
    def _save(self) -> None:
        ask_where(self, tr("Save the paper"), self._document.name, self._save_to)

    @Slot(str)
    def _save_to(self, path: str) -> None:
        save_bytes(self._desktop, document_bytes, self._document.id, path)

    @Slot()
    def _print(self) -> None:
        if self._seen is not None and self._seen.pdf is not None:
            self._printing.begin(self._seen.pdf, self._document.title)

    @Slot()
    def _check(self) -> None:
        CheckSheet(self._desktop, self._document, self).open()

    @Slot()
    def _sent(self) -> None:
        sheet = SentSheet(
            self._desktop, self._detail, self, rule=rule_for(self._detail, self._document.form),
            document=self._document.id, checks=checks_before(self._detail),
        )  # fmt: skip
        sheet.accepted.connect(self.accept)
        if self._document.kind is DocumentKind.BUNDLE:
            sheet.check_bundle(self._document.id)
        sheet.open()


def about(document: Document) -> str:
    """A paper in one line: what, which language, how long, when made, whether sent."""
    parts = [kind_title(document.kind), LANGUAGES.get(document.language, document.language)]
    if document.kind is not DocumentKind.SUBMISSION:
        parts.append(trn("{count} page", "{count} pages", document.pages))
    parts.append(tr("made {when}", when=words.moment_text(document.made_at.astimezone())))
    if document.sent_on is not None:
        parts.append(tr("sent {day}", day=day_text(document.sent_on)))
    return " · ".join(parts)


class DocumentsTab(QWidget):
    """Papers that can be made, and those that were.

    Signals:
        paper_wanted(choice): A paper is to be prepared.
        document_opened(document): A sealed paper is to be shown.
        bundle_wanted(): The evidence is to be fitted to a destination.
        print_wanted(): Several papers are to be printed together.
    """

    paper_wanted = Signal(object)
    document_opened = Signal(object)
    bundle_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: object = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, tokens.GAP, 0, 0)
        self._body = QWidget(self)
        self._column.addWidget(self._body)
        self._column.addStretch(1)

    def set_detail(self, detail: CaseDetail) -> None:
        """Shows the papers of a case."""
        seen = (detail.case.id, detail.documents, detail.papers, bool(detail.exhibits))
        if seen == self._seen:
            return
        self._seen = seen
        old, self._body = self._body, QWidget(self)
        self._column.replaceWidget(old, self._body)
        old.hide()
        old.deleteLater()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        if detail.documents:
            column.addWidget(label(tr("Made"), strong=True, ink="second"))
        for document in reversed(detail.documents):
            column.addLayout(self._made(document))
        if len(printable_papers(detail)) > 1:
            several = button(tr("Print several…"), Act.LINK, icon="print", parent=self._body)
            several.clicked.connect(lambda _checked=False: self.print_wanted.emit())
            column.addWidget(several, 0, Qt.AlignmentFlag.AlignLeft)
        if detail.papers:
            column.addWidget(label(tr("Can be made"), strong=True, ink="second"))
        for choice in detail.papers:
            column.addLayout(self._choice(choice))
        if detail.exhibits:
            column.addLayout(self._bundle())
        if not detail.documents and not detail.papers:
            text = tr("No way that is open needs a paper of ours just now.")
            column.addWidget(label(text, ink="second", wrap=True))
        self._body.show()

    def _made(self, document: Document) -> QHBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(ElidedLabel(document.title))
        sent = document.sent_on is not None
        sign = "✓ " if sent else ""
        lines.addWidget(label(sign + about(document), ink="open" if sent else "mute",
                              size=Type.SMALL, wrap=True))  # fmt: skip
        see = button(tr("Open"), parent=self._body)
        see.setAccessibleName(tr("Open: {paper}", paper=document.title))
        see.clicked.connect(lambda _checked=False: self.document_opened.emit(document))
        return _row(lines, see)

    def _bundle(self) -> QHBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(ElidedLabel(tr("Bundle for a destination")))
        text = tr("bank, card scheme, wallet, platform or court: files, sizes and names as they "
                  "take them")  # fmt: skip
        lines.addWidget(label(text, ink="mute", size=Type.SMALL, wrap=True))
        press = button(tr("Bundle…"), parent=self._body)
        press.clicked.connect(lambda _checked=False: self.bundle_wanted.emit())
        return _row(lines, press)

    def _choice(self, choice: PaperChoice) -> QHBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(ElidedLabel(choice.title))
        missing = len(choice.missing)
        if missing:
            text = trn("▲ {count} answer is missing", "▲ {count} answers are missing", missing)
            lines.addWidget(label(text, ink="soon", size=Type.SMALL))
        else:
            text = tr("{avenue}; everything it needs is known",
                      avenue=words.avenue_title(choice.avenue))  # fmt: skip
            lines.addWidget(label(text, ink="mute", size=Type.SMALL, wrap=True))
        prepare = button(tr("Prepare"), parent=self._body)
        prepare.setAccessibleName(tr("Prepare: {paper}", paper=choice.title))
        prepare.clicked.connect(lambda _checked=False: self.paper_wanted.emit(choice))
        return _row(lines, prepare)


def _row(lines: QVBoxLayout, press: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(tokens.GAP)
    row.addLayout(lines, 1)
    row.addWidget(press, 0, Qt.AlignmentFlag.AlignVCenter)
    return row

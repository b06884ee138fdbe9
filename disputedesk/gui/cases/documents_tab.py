"""The papers of a case: what can be made, what was made, what was sent."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk.queries.papers import document_bytes
from disputedesk.desk.queries.postings import postings_of
from disputedesk.desk.views import CaseDetail
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cases.check_sheet import CheckSheet
from disputedesk.gui.cases.paper_list import PaperList
from disputedesk.gui.going_out import GoingOut, name_telling, postings_told
from disputedesk.gui.labels import ElidedLabel, label
from disputedesk.gui.paper_view import PaperPane, about
from disputedesk.gui.print_sheet import printable_papers
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.saving import Printing, ask_where, save_bytes
from disputedesk.gui.sheet import Sheet
from disputedesk.gui.tokens import Type
from disputedesk.model.case import Document, DocumentKind
from disputedesk.model.posting import Posting


class DocumentSheet(Sheet):
    """One sealed paper: look, save, print, say that it was sent."""

    def __init__(
        self, desktop: Desktop, detail: CaseDetail, document: Document, parent: QWidget
    ) -> None:
        super().__init__(document.title, parent, second=about(document), width=900)
        self._desktop, self._document = desktop, document
        self._printing = Printing(desktop, self)
        self.pane = PaperPane(desktop.bridge, self)
        self.column.addWidget(self.pane, 1)
        save = button(tr("Save as…"), parent=self)
        save.clicked.connect(self._save)
        self.print = button(tr("Print…"), icon="print", parent=self)
        self.print.clicked.connect(self._print)
        self.print.setVisible(document.kind is not DocumentKind.SUBMISSION)
        self.went = label("", ink="open", wrap=True)
        self.went.setVisible(False)
        self.column.addWidget(self.went)
        self.going = GoingOut(desktop, self)
        self.going.went.connect(self.accept)
        self.mail = button(tr("Mail…"), parent=self)
        self.mail.clicked.connect(lambda _checked=False: self.going.mail(document))
        for at, one in enumerate((save, self.print, self.mail)):
            self.foot.insertWidget(at, one)
        if document.kind is DocumentKind.BUNDLE:
            self.check = button(tr("Check this bundle…"), parent=self)
            self.check.clicked.connect(self._check)
            self.foot.insertWidget(3, self.check)
        self.sent = button("", parent=self)
        name_telling(self.sent, first=document.sent_on is None)
        self.sent.clicked.connect(lambda _checked=False: self.going.tell(detail, document))
        self.foot.insertWidget(4, self.sent)
        self.prefer_height(600)
        self.pane.show_paper(document.id, document.kind)
        desktop.bridge.read(postings_of, document.id).succeeded.connect(self._show_went)

    @Slot(object)
    def _show_went(self, postings: tuple[Posting, ...]) -> None:
        told = postings_told(postings)
        self.went.setText(told)
        self.went.setVisible(bool(told))

    @Slot()
    def _save(self) -> None:
        ask_where(self, tr("Save the paper"), self._document.name, self._save_to)

    @Slot(str)
    def _save_to(self, path: str) -> None:
        save_bytes(self._desktop, document_bytes, self._document.id, path)

    @Slot()
    def _print(self) -> None:
        seen = self.pane.seen
        if seen is not None and seen.pdf is not None:
            self._printing.begin(seen.pdf, self._document.title)

    @Slot()
    def _check(self) -> None:
        CheckSheet(self._desktop, self._document, self).open()


class DocumentsTab(QWidget):
    """Papers that are called for now, and those that were made.

    Signals:
        paper_wanted(choice): A paper is to be prepared.
        document_opened(document): A sealed paper is to be shown.
        bundle_wanted(): The evidence is to be fitted to a destination.
        others_wanted(): A paper is to be chosen that nothing calls for now.
        bank_form_wanted(): The bank's own form is to be filled in.
        print_wanted(): Several papers are to be printed together.
    """

    paper_wanted = Signal(object)
    document_opened = Signal(object)
    bundle_wanted = Signal()
    others_wanted = Signal()
    bank_form_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: object = None
        self.papers: PaperList | None = None
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
        if len(printable_papers(detail.documents)) > 1:
            several = button(tr("Print several…"), Act.LINK, icon="print", parent=self._body)
            several.clicked.connect(lambda _checked=False: self.print_wanted.emit())
            column.addWidget(several, 0, Qt.AlignmentFlag.AlignLeft)
        papers = self.papers = PaperList([p for p in detail.papers if p.called_for], self._body)
        papers.paper_wanted.connect(self.paper_wanted)
        column.addWidget(papers)
        column.addLayout(self._others())
        if detail.exhibits:
            column.addLayout(self._bundle())
        column.addLayout(self._bank_form())
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

    def _bank_form(self) -> QHBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(ElidedLabel(tr("The bank's own form")))
        text = tr("a PDF the bank gives out, filled with what is known of this case")
        lines.addWidget(label(text, ink="mute", size=Type.SMALL, wrap=True))
        press = button(tr("Fill in…"), parent=self._body)
        press.setAccessibleName(tr("Fill in the bank's own form"))
        press.clicked.connect(lambda _checked=False: self.bank_form_wanted.emit())
        return _row(lines, press)

    def _others(self) -> QHBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(ElidedLabel(tr("Another letter or text")))
        text = tr("all that fit this case, though nothing calls for them now; forms of your own")
        lines.addWidget(label(text, ink="mute", size=Type.SMALL, wrap=True))
        press = button(tr("Choose…"), parent=self._body)
        press.setAccessibleName(tr("Choose another letter or text"))
        press.clicked.connect(lambda _checked=False: self.others_wanted.emit())
        return _row(lines, press)


def _row(lines: QVBoxLayout, press: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(tokens.GAP)
    row.addLayout(lines, 1)
    row.addWidget(press, 0, Qt.AlignmentFlag.AlignVCenter)
    return row

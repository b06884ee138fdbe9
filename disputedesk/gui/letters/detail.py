"""The chosen paper as it will be printed, and what can be done with it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.desk.changes import Changes
from disputedesk.desk.queries.cases import case_detail
from disputedesk.desk.queries.letters import PaperRow, document_of, paper_rows
from disputedesk.desk.queries.papers import document_bytes
from disputedesk.desk.queries.postings import postings_of
from disputedesk.desk.views import CaseDetail
from disputedesk.gui import tokens
from disputedesk.gui.buttons import button
from disputedesk.gui.going_out import GoingOut, name_telling, postings_told
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import ElidedLabel, label
from disputedesk.gui.paper_view import PaperPane, about
from disputedesk.gui.print_sheet import PrintSheet
from disputedesk.gui.rooms import Desktop, OpenCase
from disputedesk.gui.saving import Printing, ask_where, save_bytes
from disputedesk.gui.tokens import Type
from disputedesk.model.case import Document, DocumentKind
from disputedesk.model.ids import CaseId, DocumentId
from disputedesk.model.posting import Posting

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_MOST_PRINTED: Final = 300
"""Papers that can be chosen from for one job: more would be sheets nobody looks through."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Leaving:
    """What is read before a paper is mailed or called sent."""

    detail: CaseDetail
    document: Document


class PaperDetail(QWidget):
    """One paper, whole; the room hands it a row and it reads the rest."""

    def __init__(self, desktop: Desktop, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desktop = desktop
        self._printing = Printing(desktop, self)
        self._going = GoingOut(desktop, self)
        self._marked: tuple[DocumentId, ...] = ()
        self._asking: JobHandle | None = None
        self.row: PaperRow | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 0, 0)
        column.setSpacing(tokens.GAP)
        self.title = ElidedLabel("", size=Type.STRONG, strong=True)
        self.whose = ElidedLabel("", ink="second")
        self.second = label("", ink="mute", size=Type.SMALL, wrap=True)
        self.went = label("", ink="open", size=Type.SMALL, wrap=True)
        self.went.setVisible(False)
        for one in (self.title, self.whose, self.second, self.went):
            column.addWidget(one)
        for buttons in (self._buttons(), self._leaving()):
            column.addLayout(buttons)
        self.pane = PaperPane(desktop.bridge, self)
        column.addWidget(self.pane, 1)
        self.setMinimumWidth(360)
        desktop.bridge.changed.connect(self._changed)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        self.opening = button(tr("Open the case"), parent=self)
        self.opening.clicked.connect(lambda _checked=False: self.open_case())
        self.saving = button(tr("Save as…"), parent=self)
        self.saving.clicked.connect(lambda _checked=False: self.save())
        self.printing = button(tr("Print…"), icon="print", parent=self)
        self.printing.clicked.connect(lambda _checked=False: self.print_marked())
        for one in (self.opening, self.saving, self.printing):
            row.addWidget(one)
        row.addStretch(1)
        return row

    def _leaving(self) -> QHBoxLayout:
        """The buttons by which it goes out: a line of their own, for there is little room."""
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        self.mail = button(tr("Mail…"), parent=self)
        self.mail.clicked.connect(lambda _checked=False: self.send_mail())
        self.telling = button("", parent=self)
        self.telling.clicked.connect(lambda _checked=False: self.tell_sent())
        for one in (self.mail, self.telling):
            row.addWidget(one)
        row.addStretch(1)
        return row

    def show_row(self, row: PaperRow) -> None:
        """Shows another paper; the same one again only if it went out meanwhile."""
        if row == self.row:
            return
        same = self.row is not None and self.row.id == row.id
        self.row = row
        self.title.setText(row.title)
        self.whose.setText(
            tr("Case {number}, {client}: {order}", number=row.number, client=row.client,
               order=row.order)
        )  # fmt: skip
        self.second.setText(about(row))
        name_telling(self.telling, first=row.sent_on is None)
        self._tell_marked()
        self._ask_went()
        if not same:
            self.went.setVisible(False)
            self.pane.show_paper(row.id, row.kind)

    def forget(self) -> None:
        """Shows nothing: the paper is gone, and so is what could be done with it."""
        self.row = None
        self.set_marked(())

    @Slot(object, object)
    def _changed(self, changes: Changes, initiator: object) -> None:
        del initiator
        if self.row is not None and (changes.everything or self.row.case in changes.cases):
            self._ask_went()

    def _ask_went(self) -> None:
        if self.row is not None:
            self._asking = self._desktop.bridge.read(postings_of, self.row.id)
            self._asking.succeeded.connect(self._show_went)

    @Slot(object)
    def _show_went(self, postings: tuple[Posting, ...]) -> None:
        if self.sender() is self._asking:
            self.went.setText(postings_told(postings))
            self.went.setVisible(bool(postings))

    def set_marked(self, papers: Sequence[DocumentId]) -> None:
        """Which papers are marked; printing prints those."""
        self._marked = tuple(papers)
        self._tell_marked()

    def _tell_marked(self) -> None:
        count = len(self._marked)
        if count > 1:
            text = trn("Print {count} paper…", "Print {count} papers…", count)
        else:
            text = tr("Print…")
        self.printing.setText(text)
        self.printing.setAccessibleName(text)
        printable = self.row is not None and self.row.kind is not DocumentKind.SUBMISSION
        self.printing.setEnabled(printable or count > 1)

    @Slot()
    def open_case(self) -> None:
        """Shows the case of the paper."""
        if self.row is not None and self._desktop.can(OpenCase):
            self._desktop.ask(OpenCase(self.row.case))

    @Slot()
    def save(self) -> None:
        """Asks where the paper is to be saved."""
        if self.row is not None:
            ask_where(self, tr("Save the paper"), self.row.name, self._save_to)

    @Slot(str)
    def _save_to(self, path: str) -> None:
        if self.row is not None:
            save_bytes(self._desktop, document_bytes, self.row.id, path)

    @Slot()
    def print_marked(self) -> None:
        """Prints the chosen paper; of several marked ones asks how, and prints them as one job."""
        if len(self._marked) > 1:
            self._desktop.bridge.read(paper_rows, self._marked).succeeded.connect(self._print)
            return
        seen = self.pane.seen
        if self.row is not None and seen is not None and seen.pdf is not None:
            self._printing.begin(seen.pdf, self.row.title)

    @Slot(object)
    def _print(self, rows: Sequence[PaperRow]) -> None:
        papers = [row for row in rows if row.kind is not DocumentKind.SUBMISSION]
        if not papers:
            self._desktop.notices.say(tr("A dispute text has no pages to print."))
            return
        if len(papers) > _MOST_PRINTED:
            self._desktop.notices.say(
                tr("Mark {count} papers at most: more are not printed as one job.",
                   count=_MOST_PRINTED)
            )  # fmt: skip
            return
        cases = len({row.case for row in papers})
        second = trn("Papers of {count} case, in the order of the list",
                     "Papers of {count} cases, in the order of the list", cases)  # fmt: skip
        chosen = {row.id for row in papers}
        PrintSheet(self._desktop, papers, second, self.window(), chosen=chosen).open()

    @Slot()
    def send_mail(self) -> None:
        """Shows the draft mail with the paper attached."""
        self._read_leaving(self._mail)

    @Slot()
    def tell_sent(self) -> None:
        """Asks how the paper went out: for the first time, or once more."""
        self._read_leaving(self._tell)

    def _read_leaving(self, shown: Callable[[_Leaving], object]) -> None:
        if self.row is not None:
            job = self._desktop.bridge.read(_leaving_of, self.row.case, self.row.id)
            job.succeeded.connect(shown)

    @Slot(object)
    def _mail(self, leaving: _Leaving) -> None:
        self._going.mail(leaving.document)

    @Slot(object)
    def _tell(self, leaving: _Leaving) -> None:
        self._going.tell(leaving.detail, leaving.document)


def _leaving_of(desk: Desk, case: CaseId, paper: DocumentId) -> _Leaving:
    return _Leaving(case_detail(desk, case), document_of(desk, paper))

"""Several papers printed as one job, a sheet before each that says whose it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from disputedesk.common.texts import day_text, tr, trn
from disputedesk.desk.operations.printing import print_job
from disputedesk.desk.queries.letters import PaperRow
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.labels import label, set_tip
from disputedesk.gui.pdf_pages import Pdf, measure
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.saving import Printing, ask_where, save_bytes
from disputedesk.gui.sheet import Sheet, scrolled
from disputedesk.model.case import Document, DocumentKind
from disputedesk.model.ids import DocumentId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_LONGEST: Final = 60
"""Characters of a title beside its box."""

_Wanted = tuple[tuple[DocumentId, ...], bool]


def printable_papers(papers: Sequence[Document]) -> tuple[Document, ...]:
    """The papers that have pages, newest first."""
    return tuple(d for d in reversed(papers) if d.kind is not DocumentKind.SUBMISSION)


class PrintSheet(Sheet):
    """Asks which papers are printed together, and whether with sheets between them.

    Args:
        desktop: The way to the desk.
        papers: What may be printed, in the order it is.
        second: Whose papers they are.
        parent: The window it covers.
        chosen: The ones ticked at first; `None` ticks what has not gone out.
    """

    def __init__(
        self, desktop: Desktop, papers: Sequence[Document | PaperRow], second: str,
        parent: QWidget, *, chosen: Collection[DocumentId] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(
            tr("Print several papers"), parent, second=second,
            verb=tr("Print…"), act=Act.PRIMARY, width=600,
        )  # fmt: skip
        self._desktop = desktop
        self._printing = Printing(desktop, self)
        self.boxes: dict[DocumentId, QCheckBox] = {}
        body, column = scrolled(tr("Papers"), self)
        for paper in papers:
            told = _told(paper)
            box = QCheckBox(told.replace("&", "&&"), body)
            box.setAccessibleName(told)
            set_tip(box, paper.title)
            box.setChecked(paper.sent_on is None if chosen is None else paper.id in chosen)
            box.toggled.connect(self._check)
            self.boxes[paper.id] = box
            column.addWidget(box)
        column.addStretch(1)
        self.column.addWidget(body, 1)
        self.column.addSpacing(tokens.GAP)
        self.separators = QCheckBox(tr("A sheet before each that says whose it is"), self)
        self.separators.setAccessibleName(self.separators.text())
        self.separators.setChecked(True)
        self.column.addWidget(self.separators)
        hint = tr("Print at 100 %, without “fit to page”.")
        self.column.addWidget(label(hint, ink="second", wrap=True))
        self.save = button(tr("Save as one PDF…"), parent=self)
        self.save.clicked.connect(self._save)
        self.foot.insertWidget(0, self.save)
        self._check()

    @property
    def wanted(self) -> _Wanted:
        """The papers chosen, and whether sheets stand between them."""
        chosen = tuple(number for number, box in self.boxes.items() if box.isChecked())
        return chosen, self.separators.isChecked()

    @Slot()
    def _check(self) -> None:
        none = tr("This case has no paper with pages yet.")
        few = tr("Choose one paper at least.") if self.boxes else none
        self.block("" if self.wanted[0] else few)
        self.save.setEnabled(bool(self.wanted[0]))

    def accept(self) -> None:
        """Puts the papers together, then asks for the printer."""
        job = self._desktop.bridge.read(_joined, self.wanted)
        job.succeeded.connect(self._print)

    @Slot(object)
    def _print(self, pdf: Pdf) -> None:
        self._printing.begin(pdf, tr("Papers to be printed"))

    @Slot()
    def _save(self) -> None:
        ask_where(self, tr("Save the papers"), "papers.pdf", self.save_to)

    @Slot(str)
    def save_to(self, path: str) -> None:
        """Writes the papers as one file."""
        save_bytes(self._desktop, _joined_bytes, self.wanted, path)


def _told(paper: Document | PaperRow) -> str:
    """One paper beside its box; in the list of all cases with the number of its case."""
    title = paper.title
    short = title if len(title) <= _LONGEST else title[: _LONGEST - 1].rstrip() + "…"
    pages = trn("{count} page", "{count} pages", paper.pages)
    day = day_text(paper.made_at.astimezone().date())
    if isinstance(paper, PaperRow):
        return tr("{number}: {title} · {pages} · {day}", number=paper.number, title=short,
                  pages=pages, day=day)  # fmt: skip
    return tr("{title} · {pages} · {day}", title=short, pages=pages, day=day)


def _joined(desk: Desk, wanted: _Wanted) -> Pdf:
    return measure(_joined_bytes(desk, wanted))


def _joined_bytes(desk: Desk, wanted: _Wanted) -> bytes:
    documents, separators = wanted
    return print_job(desk, documents, separators=separators).data

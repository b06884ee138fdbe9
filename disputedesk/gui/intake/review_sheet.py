"""The review of an import: what was recognised, what would be kept, one button to keep it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.texts import tr, trn
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.operations.intake import keep_import, review_import
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cards import EmptyState
from disputedesk.gui.chips import Chip, ChipLabel
from disputedesk.gui.intake.entries import (
    Entry,
    Row,
    empty_words,
    file_words,
    rows_of,
    tone_of_file,
)
from disputedesk.gui.intake.review_list import ReviewList
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import ElidedLabel, label, set_tip
from disputedesk.gui.rooms import AddOrder, Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.gui.tokens import Type
from disputedesk.intake.draft import Recognition
from disputedesk.intake.review import FileSummary, Review
from disputedesk.model.ids import ClientId
from disputedesk.model.order import Client

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_MOST_FILES = 200


@dataclasses.dataclass(frozen=True, slots=True)
class Reviewed:
    """A review in words, and the people its orders may belong to.

    Attributes:
        rows: Headings and lines, ready to be shown.
        people: Everybody on the desk, the owner first.
    """

    review: Review
    rows: tuple[Row, ...]
    people: tuple[Client, ...]


def read_review(
    desk: Desk,
    paths: Sequence[Path],
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Reviewed:
    """A job that reads files and holds them against the desk; keeps nothing."""
    from disputedesk.desk.facts import fact_label
    from disputedesk.desk.queries.people import clients

    review = review_import(desk, paths, progress=progress, cancel=cancel)
    names = {change.name for line in review.lines for change in line.changes}
    labels = {str(name): fact_label(desk.rulebook.catalogue, name) for name in names}
    return Reviewed(review, rows_of(review, labels), clients(desk))


class ReviewSheet(Sheet):
    """Reads, shows, keeps; Esc leaves with nothing kept."""

    def __init__(self, desktop: Desktop, paths: tuple[Path, ...], parent: QWidget) -> None:
        super().__init__(
            tr("What is in these files"), parent,
            second=tr("Nothing is kept before you say so. The files stay where they are."),
            verb=tr("Keep"), width=900,
        )  # fmt: skip
        self._desktop = desktop
        self.review: Review | None = None
        self._line = ElidedLabel(tr("Reading…"), ink="second")
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Reading the files"))
        self.column.addWidget(self._line)
        self.column.addWidget(self._bar)
        self._files = QScrollArea(self)
        self._files.setAccessibleName(tr("Files"))
        self._files.setWidgetResizable(True)
        self._files.setVisible(False)
        self.column.addWidget(self._files)
        self.column.addLayout(self._whose_row())
        self.list = ReviewList(self)
        self.list.setVisible(False)
        self.list.ticked.connect(self._count)
        self.list.keep_wanted.connect(self.accept)
        self.column.addWidget(self.list, 1)
        self.empty = EmptyState("import", tr("Nothing was found"))
        self.empty.setVisible(False)
        if desktop.can(AddOrder):
            self.empty.add_button(tr("Add an order by hand…"), self._add_order, Act.PLAIN)
        self.column.addWidget(self.empty, 1)
        self._tick_buttons()
        self.prefer_height(580)
        self.block(tr("The files are being read."))
        self._reading: JobHandle = desktop.bridge.read(read_review, paths)
        self._reading.progressed.connect(self._progressed)
        self._reading.succeeded.connect(self._show)
        self._reading.failed.connect(self._failed)
        self._reading.cancelled.connect(self._left)

    def _whose_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._whose_label = label(tr("Whose orders are these?"), ink="second")
        self.whose = QComboBox(self)
        self.whose.setAccessibleName(tr("Whose orders are these?"))
        for one in (self._whose_label, self.whose):
            one.setVisible(False)
            row.addWidget(one)
        row.addStretch(1)
        return row

    def _tick_buttons(self) -> None:
        self._all = button(tr("Tick as proposed"), Act.LINK, parent=self)
        self._all.clicked.connect(lambda _checked=False: self.list.tick_all(on=True))
        self._none = button(tr("Tick none"), Act.LINK, parent=self)
        self._none.clicked.connect(lambda _checked=False: self.list.tick_all(on=False))
        for at, one in enumerate((self._all, self._none)):
            one.setVisible(False)
            self.foot.insertWidget(at, one)

    # -- reading

    @Slot(str, int, int)
    def _progressed(self, what: str, done: int, total: int) -> None:
        if what:  # the last step names no file: the line of the one before stays
            text = tr("{what}: {done} of {total}", what=what, done=done, total=total)
            self._line.setText(text if total else what)
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    @Slot(object)
    def _failed(self, error: object) -> None:
        super().reject()

    @Slot()
    def _left(self) -> None:
        super().reject()

    @Slot(object)
    def _show(self, found: Reviewed) -> None:
        review = found.review
        self.review = review
        self._line.setText(_summary(review))
        self._bar.setVisible(False)
        rows = found.rows
        self.list.set_rows(rows)
        title, hint = empty_words(review)
        self._show_files(review.files, most=280 if title else 132)
        self.empty.setVisible(bool(title))
        self.empty.set_words(title or tr("Nothing was found"), hint)
        self.list.setVisible(not title)
        some = any(isinstance(row, Entry) and row.can_keep for row in rows)
        self._show_people(found.people, some=some)
        self._all.setVisible(some)
        self._none.setVisible(some)
        if self.accept_button is not None:
            self.accept_button.setVisible(some)
        if not some:
            self.cancel.setText(tr("Close"))
            self.cancel.setAccessibleName(tr("Close"))
        self._count()
        if some:
            self.list.setFocus()
        else:
            self.cancel.setFocus()

    def _show_people(self, people: tuple[Client, ...], *, some: bool) -> None:
        """Asks whose orders they are, where the desk serves more than one person."""
        for person in people:
            name = tr("{name} (you)", name=person.name) if person.is_self else person.name
            self.whose.addItem(name, int(person.id))
        wanted = len(people) > 1 and some
        self._whose_label.setVisible(wanted)
        self.whose.setVisible(wanted)

    def _show_files(self, files: tuple[FileSummary, ...], *, most: int) -> None:
        body = QWidget()
        body.setObjectName("surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, tokens.GAP, 0)
        column.setSpacing(tokens.GAP_CHIP)
        odd = [file for file in files if file.recognition is not Recognition.UNDERSTOOD]
        shown = [*odd, *(file for file in files if file.recognition is Recognition.UNDERSTOOD)]
        for file in shown[:_MOST_FILES]:
            line = QWidget(body)
            inner = QVBoxLayout(line)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(0)
            name = ChipLabel(Chip(file.name, tone_of_file(file)), line)
            inner.addWidget(name)
            words = label(file_words(file), ink="second", size=Type.SMALL, wrap=True)
            inner.addWidget(words)
            set_tip(name, str(file.path))
            column.addWidget(line)
        column.addStretch(1)
        self._files.setWidget(body)
        self._files.setVisible(bool(files))
        self._files.setFixedHeight(min(most, body.sizeHint().height() + 4))

    # -- choosing

    @Slot()
    def _count(self) -> None:
        if self.review is None or self.accept_button is None:
            return
        count = len(self.list.keys)
        text = trn("Keep {count}", "Keep {count}", count)
        self.accept_button.setText(text)
        self.accept_button.setAccessibleName(text)
        self.block("" if count else tr("Nothing is ticked."))
        self.reason.setVisible(not count and self.accept_button.isVisible())

    def accept(self) -> None:
        """Keeps what is ticked; the sheet closes at once and the bar offers to undo."""
        if self.review is None or not self.list.keys:
            return
        from disputedesk.gui.progress import ProgressSheet

        whose = self.whose.currentData()
        job = self._desktop.bridge.run(
            keep_import,
            self.review,
            frozenset(self.list.keys),
            client_id=None if whose is None else ClientId(int(whose)),
        )
        ProgressSheet(tr("Keeping orders"), job, self._desktop.window)
        super().accept()

    def reject(self) -> None:
        """Leaves; reading stops first."""
        if self._reading.is_over:
            super().reject()
            return
        self._line.setText(tr("Stopping…"))
        self.cancel.setEnabled(False)
        self._reading.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's cross means Cancel."""
        if not self._reading.is_over:
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)

    def _add_order(self) -> None:
        self.reject()
        self._desktop.ask(AddOrder())


def _summary(review: Review) -> str:
    files = trn("{count} file read", "{count} files read", len(review.files))
    lines = trn("{count} thing found", "{count} things found", len(review.lines))
    return tr("{files}, {lines}", files=files, lines=lines)

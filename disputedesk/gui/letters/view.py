"""The view of *Letters*: filter, list of papers, and the chosen one beside it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.desk.changes import Changes
from disputedesk.desk.queries.letters import PaperFilter, PaperRow, paper_ids, paper_rows
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cards import EmptyState, RoomHead
from disputedesk.gui.dates import locale
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.letters.batch_sheet import BatchSheet
from disputedesk.gui.letters.columns import paper_columns
from disputedesk.gui.letters.detail import PaperDetail
from disputedesk.gui.letters.filter_bar import FilterBar
from disputedesk.gui.letters.mandate_sheet import LetterheadSheet
from disputedesk.gui.letters.people_sheet import PeopleSheet
from disputedesk.gui.letters.scenes import scenes_of
from disputedesk.gui.paged import PagedModel
from disputedesk.gui.rooms import Desktop, RoomView, ShowRoom
from disputedesk.gui.table import Table, copy_rows
from disputedesk.model.ids import DocumentId

_REST_MS: Final = 60
_MOST_COPIED: Final = 20_000


class LettersRoom(RoomView):
    """Every paper; the list is paged, the chosen one is read whole."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop)
        self._wanted = PaperFilter()
        self._asking: JobHandle | None = None
        self._copying: JobHandle | None = None
        self._columns = paper_columns(lambda: self.bridge.today)
        self._build()
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._resting.timeout.connect(self._show_chosen)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.bar.field.setFocus)
        self._actions = self._commands()
        self.bridge.changed.connect(self._changed)
        self.read()

    # -- building

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(tokens.GAP_ROOM, tokens.GAP_CARD, tokens.GAP_ROOM, tokens.GAP)
        outer.setSpacing(12)
        self.head = RoomHead(tr("Letters"), " ")
        people = button(tr("People and mandates…"), parent=self)
        people.clicked.connect(lambda _checked=False: self.show_people())
        self.head.buttons.addWidget(people)
        self.many = button(tr("Letters for many cases…"), icon="plus", parent=self)
        self.many.clicked.connect(lambda _checked=False: self.write_many())
        self.head.buttons.addWidget(self.many)
        outer.addWidget(self.head)
        self.bar = FilterBar(self)
        self.bar.changed.connect(self._ask)
        self.bar.columns_wanted.connect(self._choose_columns)
        outer.addWidget(self.bar)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(10)
        self.splitter.addWidget(self._table_pages())
        self.bar.field.returnPressed.connect(self.table.setFocus)
        self.detail = PaperDetail(self.desktop)
        self.detail.setVisible(False)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 5)
        self.splitter.setStretchFactor(1, 4)
        self.splitter.restoreState(self.desktop.places.bytes_of("splitter/letters"))
        self.splitter.splitterMoved.connect(self._keep_splitter)
        outer.addWidget(self.splitter, 1)

    def _table_pages(self) -> QWidget:
        self.model: PagedModel[PaperRow] = PagedModel(
            self._columns, lambda row: int(row.id), self._fetch, self
        )
        self.model.filled.connect(self._show_chosen)
        self.table = Table(self._columns, "letters", self.desktop.places)
        self.table.setAccessibleName(tr("Papers"))
        self.table.setModel(self.model)
        self.table.arrange()
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.table.selectionModel().selectionChanged.connect(self._marked)
        self.table.copy_wanted.connect(self._copy)
        self.table.opened.connect(self._open)
        self.empty = EmptyState("letters", "")
        self._clear = self.empty.add_button(tr("Show all papers"), self.show_all, Act.PLAIN)
        self._cases = self.empty.add_button(tr("Go to the cases"), self._to_cases)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.empty)
        return self.pages

    # -- reading

    def _fetch(self, ids: tuple[int, ...]) -> JobHandle:
        return self.bridge.read(paper_rows, [DocumentId(one) for one in ids])

    @Slot()
    def _ask(self) -> None:
        self._wanted = self.bar.wanted
        self.read()

    @Slot()
    def read(self) -> None:
        """Asks again which papers there are; the chosen one stays chosen."""
        self._asking = self.bridge.read(paper_ids, self._wanted)
        self._asking.succeeded.connect(self._answered)

    @Slot(object)
    def _answered(self, ids: array[int]) -> None:
        if self.sender() is not self._asking:
            return
        keep = self.model.id_at(self.table.currentIndex().row())
        blocker = QSignalBlocker(self.table.selectionModel())
        self.model.set_ids(ids)
        blocker.unblock()
        self._count(len(ids))
        if len(ids):
            at = self.model.find(keep) if keep is not None else -1
            self.table.setCurrentIndex(self.model.index(max(0, at), 0))
            self._resting.start()
            self._marked()
        else:
            self.detail.forget()

    def _count(self, shown: int) -> None:
        number = locale().toString(shown)
        self.head.second.setText(trn("{number} paper", "{number} papers", shown, number=number))
        self.detail.setVisible(bool(shown))
        if shown:
            self.pages.setCurrentWidget(self.table)
            return
        filtered = self._wanted != PaperFilter()
        self.empty.set_words(
            tr("No paper fits the filter") if filtered else tr("No papers yet"),
            tr("Fewer letters, or the number of the case, may help.")
            if filtered
            else tr("Letters, dispute texts and bundles are made in a case, from its facts."),
        )
        self._clear.setVisible(filtered)
        self._cases.setVisible(not filtered)
        self.pages.setCurrentWidget(self.empty)

    @Slot(QModelIndex)
    def _chosen(self, index: QModelIndex) -> None:
        del index
        self._resting.start()

    @Slot()
    def _show_chosen(self) -> None:
        row = self.model.row_at(self.table.currentIndex())
        if row is not None:
            self.detail.show_row(row)

    @Slot()
    def _marked(self) -> None:
        ids = [self.model.id_at(at) for at in self.table.marked_rows()[:_MOST_COPIED]]
        self.detail.set_marked([DocumentId(one) for one in ids if one is not None])

    @Slot(object, object)
    def _changed(self, changes: Changes, initiator: object) -> None:
        del initiator
        if changes.everything or changes.clients:
            self.model.forget_all()
        if changes.everything or changes.cases or changes.clients:
            self.model.forget_all()
            self.read()

    # -- acting

    def show_all(self) -> None:
        """Takes every filter away."""
        self.bar.clear()
        self._ask()

    def show_batch(self, batch: int) -> None:
        """Shows the papers that were made together."""
        self.bar.set_batch(batch)

    def write_many(self) -> None:
        """Asks for which cases one form is to be written."""
        sheet = BatchSheet(self.desktop, self)
        sheet.made.connect(self.show_batch)
        sheet.open()

    def show_people(self) -> None:
        """Shows whom letters are written for, and who may sign for them."""
        PeopleSheet(self.desktop, self).open()

    def show_letterhead(self) -> None:
        """Shows the head of letters that are signed for others."""
        LetterheadSheet(self.desktop, self).open()

    def _to_cases(self) -> None:
        self.desktop.ask(ShowRoom("cases"))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is not None:
            self.detail.open_case()

    @Slot()
    def _copy(self) -> None:
        lines = self.table.marked_rows()[:_MOST_COPIED]
        ids = [DocumentId(one) for at in lines if (one := self.model.id_at(at)) is not None]
        if ids:
            self._copying = self.bridge.read(paper_rows, ids)
            self._copying.succeeded.connect(self._copied)

    @Slot(object)
    def _copied(self, rows: Sequence[PaperRow]) -> None:
        copy_rows(self.table.visible_columns(), rows)
        self.desktop.notices.say(
            trn("{count} line copied as text", "{count} lines copied as text", len(rows))
        )

    @Slot()
    def _choose_columns(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table.fill_menu(menu)
        menu.popup(self.bar.columns.mapToGlobal(self.bar.columns.rect().bottomLeft()))

    @Slot()
    def _keep_splitter(self) -> None:
        self.desktop.places.keep("splitter/letters", self.splitter.saveState())

    def entered(self) -> None:
        """Gives the keyboard to the list."""
        self.table.setFocus()

    def commands(self) -> tuple[QAction, ...]:
        """Filter, print, save, and letters for many cases."""
        return self._actions

    def _commands(self) -> tuple[QAction, ...]:
        return (
            self._command(tr("Filter the papers"), self.bar.field.setFocus, ""),
            self._command(tr("Letters for many cases…"), self.write_many, ""),
            self._command(tr("People and mandates…"), self.show_people, ""),
            self._command(tr("Letterhead…"), self.show_letterhead, ""),
            self._command(tr("Print the marked papers…"), self.detail.print_marked, "Ctrl+P"),
            self._command(tr("Save the chosen paper…"), self.detail.save, "Ctrl+S"),
            self._command(tr("Mail the chosen paper…"), self.detail.send_mail, ""),
            self._command(tr("The chosen paper went out…"), self.detail.tell_sent, ""),
        )

    def _command(self, text: str, does: Callable[[], object], keys: str) -> QAction:
        action = QAction(text, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: does())
        return action

    def scenes(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        """A filter that fits nothing, everything again, papers, and the sheets of this room."""
        return scenes_of(self)

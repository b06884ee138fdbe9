"""The view of *Evidence*: filter, contact sheet, and the chosen piece beside it."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, QTimer, Slot
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.desk.changes import Changes
from disputedesk.desk.evidence_views import (
    EvidenceCase,
    EvidenceDetail,
    EvidenceFilter,
    EvidenceRow,
)
from disputedesk.desk.queries.evidence_room import (
    evidence_cases,
    evidence_detail,
    evidence_ids,
    evidence_rows,
)
from disputedesk.gui import tokens
from disputedesk.gui.adding import Adding, Given, dropped, pasted
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cards import EmptyState, RoomHead
from disputedesk.gui.dates import locale
from disputedesk.gui.evidence.contact_sheet import ContactSheet, spoken
from disputedesk.gui.evidence.detail import DetailPane
from disputedesk.gui.evidence.filter_bar import FilterBar
from disputedesk.gui.evidence.scenes import scenes_of
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.paged import PagedModel
from disputedesk.gui.rooms import ActOnCase, CaseAct, Desktop, RoomView, ShowRoom
from disputedesk.gui.rows import Column
from disputedesk.model.ids import EvidenceId

_REST_MS: Final = 60
_BESIDE: Final = 860
_LEAST: Final = 400


class EvidenceRoom(RoomView):
    """Everything that was kept; the sheet is paged, the chosen piece is read whole."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop)
        self._wanted = EvidenceFilter()
        self._asking: JobHandle | None = None
        self._reading: JobHandle | None = None
        self._looked_for: EvidenceId | None = None
        self._shown: EvidenceId | None = None
        self._is_stale = True
        self.setAcceptDrops(True)
        self._build()
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._resting.timeout.connect(self._read_detail)
        self._actions = self._commands()
        self.adding = Adding(desktop, self)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)
        self.bridge.changed.connect(self._changed)

    # -- building

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(tokens.GAP_ROOM, tokens.GAP_CARD, tokens.GAP_ROOM, tokens.GAP)
        outer.setSpacing(12)
        self.head = RoomHead(tr("Evidence"), " ")
        self.add = button(tr("Add…"), icon="plus", parent=self)
        self.add.setAccessibleName(tr("Add evidence to a case…"))
        self.add.clicked.connect(lambda _checked=False: self._add_to_case())
        self.add.setVisible(False)
        self.head.buttons.addWidget(self.add)
        outer.addWidget(self.head)
        self.bar = FilterBar(self)
        self.bar.changed.connect(self._ask)
        outer.addWidget(self.bar)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(10)
        self.splitter.addWidget(self._sheet_pages())
        self.bar.field.returnPressed.connect(self.sheet.setFocus)
        self.detail = DetailPane(self.desktop)
        self.detail.evidence_wanted.connect(self.show_evidence)
        self.detail.setVisible(False)
        self.detail.setMinimumWidth(_LEAST)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 5)
        self.splitter.setStretchFactor(1, 4)
        self.splitter.setSizes([560, 500])
        self.splitter.restoreState(self.desktop.places.bytes_of("splitter/evidence"))
        self.splitter.splitterMoved.connect(self._keep_splitter)
        outer.addWidget(self.splitter, 1)

    def _sheet_pages(self) -> QWidget:
        column: Column[EvidenceRow] = Column("evidence", tr("Evidence"), spoken, tip=spoken)
        self.model: PagedModel[EvidenceRow] = PagedModel(
            (column,), lambda row: int(row.id), self._fetch, self
        )
        self.sheet = ContactSheet(self.bridge, self.model, self)
        self.sheet.selectionModel().currentChanged.connect(self._chosen)
        self.sheet.opened.connect(self._open)
        self.sheet.glanced.connect(self._open)
        self.empty = EmptyState("evidence", "", " ")
        self._clear_button = self.empty.add_button(tr("Show everything"), self.bar.clear, Act.PLAIN)
        self._cases_button = self.empty.add_button(tr("Go to the cases"), self._go_to_cases)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.sheet)
        self.pages.addWidget(self.empty)
        return self.pages

    def _commands(self) -> tuple[QAction, ...]:
        found = []
        for text, done in (
            (tr("Look closely at the chosen piece"), self.detail.open_preview),
            (tr("Save a copy of the chosen piece…"), self.detail.save),
            (tr("Paste into the chosen case"), self.paste),
            (tr("Show all evidence"), self.bar.clear),
        ):
            action = QAction(text, self)
            action.triggered.connect(lambda _checked=False, done=done: done())
            found.append(action)
        return tuple(found)

    def commands(self) -> tuple[QAction, ...]:
        """Looking, saving and pasting."""
        return self._actions

    def search(self) -> None:
        """Gives the keyboard to the field that searches."""
        self.bar.field.setFocus()
        self.bar.field.selectAll()

    def _go_to_cases(self) -> None:
        self.desktop.ask(ShowRoom("cases"))

    # -- reading

    def _fetch(self, ids: tuple[int, ...]) -> JobHandle:
        return self.bridge.read(evidence_rows, [EvidenceId(one) for one in ids])

    def read(self) -> None:
        """Asks the query again; the chosen piece stays chosen."""
        self._is_stale = False
        self._asking = self.bridge.read(evidence_ids, self._wanted, self.bar.order)
        self._asking.succeeded.connect(self._answered)
        self.bridge.read(evidence_cases).succeeded.connect(self._show_cases)

    @Slot(object)
    def _show_cases(self, cases: tuple[EvidenceCase, ...]) -> None:
        self.bar.set_cases(cases)

    @Slot()
    def _ask(self) -> None:
        self._wanted = self.bar.wanted
        self.read()

    @Slot(object)
    def _answered(self, ids: array[int]) -> None:
        if self.sender() is not self._asking:
            return
        keep = self._looked_for or self._shown
        same = ids == self.model.ids
        blocker = QSignalBlocker(self.sheet.selectionModel())
        self.model.set_ids(ids)
        blocker.unblock()
        self._count(len(ids))
        at = -1 if keep is None else self.model.find(int(keep))
        if at < 0 and self._looked_for is not None and self._wanted != EvidenceFilter():
            self.bar.clear()
            return
        was_looked_for, self._looked_for = self._looked_for is not None, None
        if len(ids) and not (same and not was_looked_for and self.sheet.currentIndex().isValid()):
            self._choose(max(0, at))

    def _choose(self, at: int) -> None:
        index = self.model.index(at, 0)
        self.sheet.setCurrentIndex(index)
        self.sheet.scrollTo(index)
        self._chosen(index, QModelIndex())

    def _count(self, shown: int) -> None:
        number = locale().toString(shown)
        filtered = self._wanted != EvidenceFilter()
        self.head.second.setText(
            trn("{number} piece fits", "{number} pieces fit", shown, number=number)
            if filtered
            else trn("{number} piece", "{number} pieces", shown, number=number)
        )
        self.pages.setCurrentWidget(self.sheet if shown else self.empty)
        self.bar.setVisible(filtered or bool(shown))
        self.head.second.setVisible(filtered or bool(shown))
        self.add.setVisible((filtered or bool(shown)) and self.desktop.can(ActOnCase))
        if shown:
            return
        self._clear_button.setVisible(filtered)
        self._cases_button.setVisible(not filtered)
        self.empty.set_words(
            tr("Nothing fits") if filtered else tr("Nothing is kept yet"),
            tr("Fewer letters or another kind may help.") if filtered
            else tr("Open a case and drop pictures, mails or papers on it. They are copied and "
                    "sealed; the originals stay where they are."),
        )  # fmt: skip
        self._shown = None
        self.detail.setVisible(False)

    @Slot(QModelIndex, QModelIndex)
    def _chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        found = self.model.id_at(index.row())
        if found is not None and found != self._shown:
            self._shown = EvidenceId(found)
            self._resting.start()

    @Slot()
    def _read_detail(self) -> None:
        if self._shown is not None:
            self._reading = self.bridge.read(evidence_detail, self._shown)
            self._reading.succeeded.connect(self._show_detail)

    @Slot(object)
    def _show_detail(self, detail: EvidenceDetail) -> None:
        if self.sender() is self._reading and detail.evidence.id == self._shown:
            self.detail.set_detail(detail)
            self.detail.setVisible(True)

    @Slot(object, object)
    def _changed(self, changes: Changes, _initiator: object) -> None:
        if not (changes.everything or changes.evidence or changes.cases):
            return
        self.model.forget_all()
        if self.isVisible():
            self.read()
            self._read_detail()
        else:
            self._is_stale = True

    # -- acting

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        """Looks closely, as soon as it is known what at."""
        shown = self.detail.detail
        if shown is not None and shown.evidence.id == self.model.id_at(index.row()):
            self.detail.open_preview()

    @Slot(object)
    def show_evidence(self, evidence: EvidenceId) -> None:
        """Chooses a piece; a filter that hides it is taken away."""
        at = self.model.find(int(evidence))
        if at >= 0 and not self._is_stale:
            self._choose(at)
            return
        self._looked_for = evidence
        self.read()

    def entered(self) -> None:
        """Reads what changed meanwhile, and gives the keyboard to the sheet."""
        if self._is_stale:
            self.read()
            self._read_detail()
        self.sheet.setFocus()

    @Slot()
    def _keep_splitter(self) -> None:
        self.desktop.places.keep("splitter/evidence", self.splitter.saveState())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stands the chosen piece under the sheet in a narrow window."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE
        self.splitter.setOrientation(
            Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        )

    # -- files dropped here

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files, folders and pictures."""
        if dropped(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Adds files to the case that is chosen in the bar; says so where none is."""
        given = dropped(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        QTimer.singleShot(0, self, lambda: self._add(given))

    @Slot()
    def paste(self) -> None:
        """Adds what is in the clipboard to the case that is chosen in the bar."""
        self._add(pasted(QGuiApplication.clipboard().mimeData()))

    def _add_to_case(self) -> None:
        self.desktop.ask(ActOnCase(CaseAct.ADD, self._wanted.case))

    def _add(self, given: Given) -> None:
        case = self._wanted.case
        if case is None:
            self.desktop.notices.say(
                tr("Choose a case in the bar above first: what is dropped or pasted here is added "
                   "to it.")
            )  # fmt: skip
        else:
            self.adding.add(case, given)

    def scenes(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        """A mail, a filter that fits nothing, and a picture looked at closely."""
        return scenes_of(self)

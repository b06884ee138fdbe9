"""The room *Cases*: the list, and the workspace of the one that is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer, Slot
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDropEvent,
    QFontMetrics,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.texts import tr, trn
from disputedesk.desk.changes import Changes
from disputedesk.desk.queries.cases import case_rows
from disputedesk.desk.views import CaseRow, NextStep
from disputedesk.desk.words import money_text
from disputedesk.gui import tokens
from disputedesk.gui.adding import Given, dropped
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cards import EmptyState, RoomHead
from disputedesk.gui.cases.case_list import CaseList
from disputedesk.gui.cases.which_case import WhichCase
from disputedesk.gui.cases.whose_sheet import WhoseSheet, is_captured
from disputedesk.gui.cases.workspace import Workspace
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label
from disputedesk.gui.masking import SecretGuard
from disputedesk.gui.rooms import CaseAct, ChooseFiles, Desktop, RoomView, ShowRoom
from disputedesk.gui.search_box import SearchBox
from disputedesk.gui.theme import sized
from disputedesk.gui.tokens import Type
from disputedesk.model.evidence import Way
from disputedesk.model.ids import CaseId


class CasesRoom(RoomView):
    """Reads the list in one query; the workspace reads its own case."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop)
        self._reading: JobHandle | None = None
        self._rows: tuple[CaseRow, ...] = ()
        self._commands: tuple[QAction, ...] = ()
        self._stale = QTimer(self)
        self._stale.setSingleShot(True)
        self._stale.setInterval(0)
        self._stale.timeout.connect(self.read)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.pages = QStackedWidget(self)
        outer.addWidget(self.pages)
        self.pages.addWidget(self._list_page())
        self.workspace = Workspace(desktop, self)
        self.workspace.left.connect(self.show_list)
        self.pages.addWidget(self.workspace)
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.workspace)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.show_list)
        self._which = WhichCase(desktop, self)
        self._which.known.connect(self.act_on)
        self._due: tuple[CaseAct, CaseId] | None = None
        self.workspace.shown.connect(self._act_due)
        self.setAcceptDrops(True)
        self.bridge.changed.connect(self._changed)
        self.bridge.day_changed.connect(self._day_changed)
        self.read()

    def _list_page(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(
            tokens.GAP_ROOM, tokens.GAP_CARD, tokens.GAP_ROOM, tokens.GAP_CARD
        )
        column.setSpacing(12)
        self.head = RoomHead(tr("Cases"))
        self.head.buttons.addWidget(SearchBox(self.desktop))
        column.addWidget(self.head)
        column.addLayout(self._filters())
        column.addWidget(self._note)
        self.list = CaseList(self.bridge.today)
        self.list.case_opened.connect(self._open_row)
        column.addWidget(self.list, 1)
        self.empty = EmptyState("cases", tr("No case yet"))
        self.empty.add_button(tr("Choose an order"), self._to_orders)
        if self.desktop.can(ChooseFiles):
            self.empty.add_button(tr("Bring in files…"), self._choose_files, Act.PLAIN)
        self.empty.setVisible(False)
        column.addWidget(self.empty, 1)
        return page

    def _filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        self._note = label("", ink="soon", wrap=True)
        self.words = QLineEdit(self)
        self.words.setAccessibleName(tr("Filter the cases"))
        self.words.setPlaceholderText(tr("Filter by words, person or number"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._fill)
        self.words.returnPressed.connect(self._to_list)
        self._guard = SecretGuard(self.words, self._note)
        row.addWidget(self.words, 1)
        group = QButtonGroup(self)
        self.open_ones = button(tr("Open cases"), Act.QUIET, parent=self)
        self.closed_ones = button(tr("Closed cases"), Act.QUIET, parent=self)
        for one in (self.open_ones, self.closed_ones):
            one.setCheckable(True)
            one.setProperty("seg", "yes")
            strong = QFontMetrics(sized(one.font(), Type.BODY, strong=True))
            one.setMinimumWidth(strong.horizontalAdvance(one.text()) + 24)
            group.addButton(one)
            row.addWidget(one)
        self.open_ones.setChecked(True)
        group.buttonClicked.connect(self._fill)
        return row

    # -- the list

    @Slot()
    def read(self) -> None:
        """Reads the list again; it keeps its place."""
        self._reading = self.bridge.read(case_rows, closed=True, today=self.bridge.today)
        self._reading.succeeded.connect(self._show)

    @Slot(object)
    def _show(self, rows: tuple[CaseRow, ...]) -> None:
        if self.sender() is not self._reading:
            return
        self._rows = rows
        self._fill()
        pressing = [r for r in rows if not r.closed and r.act_by and r.act_by <= self.bridge.today]
        self.counted.emit(len(pressing))

    @Slot()
    def _fill(self) -> None:
        closed = self.closed_ones.isChecked()
        asked = self.words.text().casefold().split()
        shown = tuple(row for row in self._rows if row.closed is closed and _matches(row, asked))
        self.list.set_rows(shown, self.bridge.today)
        self.list.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        still = sum(not row.closed for row in self._rows)
        self.head.second.setText(trn("{count} open case", "{count} open cases", still))
        if not self._rows:
            text = tr("A case begins with an order: choose it and say what went wrong.")
            self.empty.set_words(tr("No case yet"), text)
        else:
            text = tr("Another word or the other list may show it.")
            self.empty.set_words(tr("No case fits here"), text)

    def _open_row(self, row: CaseRow) -> None:
        self.open_case(row.id)

    @Slot()
    def _to_list(self) -> None:
        self.list.setFocus()

    def _to_orders(self) -> None:
        self.desktop.ask(ShowRoom("orders"))

    def _choose_files(self) -> None:
        self.desktop.ask(ChooseFiles())

    # -- the workspace

    def open_case(self, case: CaseId, step: NextStep | None = None) -> None:
        """Shows a case; with a step, takes it once the case is read."""
        self.pages.setCurrentWidget(self.workspace)
        self.workspace.show_case(case, step)
        self.workspace.setFocus()

    def act(self, act: CaseAct) -> None:
        """Begins an act on the open case; asks which where none is open."""
        detail = self.workspace.detail
        if self.pages.currentWidget() is self.workspace and detail is not None:
            self.workspace.acts.act(act)
        else:
            self._which.ask(act)

    @Slot(object, object)
    def act_on(self, act: CaseAct, case: CaseId) -> None:
        """Opens a case and begins an act on it."""
        self._due = (act, case)
        self.open_case(case)

    @Slot()
    def _act_due(self) -> None:
        detail, due = self.workspace.detail, self._due
        if due is not None and detail is not None and detail.case.id == due[1]:
            self._due = None
            self.workspace.acts.act(due[0])

    @Slot()
    def show_list(self) -> None:
        """Goes back to the list."""
        self.workspace.leave()
        self.pages.setCurrentIndex(0)
        self.list.setFocus()

    # -- pictures dropped beside the cases

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes pictures and films over the list; everything else is for the import."""
        if self._captured(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Asks which case they belong to; the originals stay where they are."""
        paths = self._captured(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        QTimer.singleShot(0, self, lambda: self.ask_whose(paths))

    def _captured(self, data: QMimeData) -> tuple[Path, ...]:
        paths = tuple(source for source in dropped(data).sources if isinstance(source, Path))
        wanted = self.pages.currentIndex() == 0 and is_captured(paths)
        return paths if wanted and any(not row.closed for row in self._rows) else ()

    def ask_whose(self, paths: tuple[Path, ...]) -> None:
        """Asks which of the open cases these files belong to."""
        still = [row for row in self._rows if not row.closed]
        sheet = WhoseSheet(self.desktop, paths, still, self.desktop.window)
        sheet.given.connect(self._keep)
        sheet.open()

    @Slot(object, object)
    def _keep(self, case: CaseId, paths: tuple[Path, ...]) -> None:
        self.workspace.adding.add(case, Given(paths, Way.DROP))
        self.open_case(case)

    def entered(self) -> None:
        """Gives the keyboard to the list, or to the open case."""
        if self.pages.currentIndex() == 0:
            self.list.setFocus()
        else:
            self.workspace.setFocus()

    def commands(self) -> tuple[QAction, ...]:
        """What can be done here."""
        if not self._commands:
            back = QAction(tr("Back to the list of cases"), self)
            back.setShortcut(QKeySequence("Alt+Left"))
            back.triggered.connect(self.show_list)
            self._commands = (back, *self.workspace.commands())
        return self._commands

    @Slot(object, object)
    def _changed(self, changes: Changes, initiator: object) -> None:
        if changes.everything or changes.cases or changes.orders or changes.clients:
            self._stale.start()

    @Slot(object)
    def _day_changed(self, today: object) -> None:
        self._stale.start()

    def scenes(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        """The workspace of the first cases and its sheets."""
        from disputedesk.gui.cases.scenes import scenes_of

        return scenes_of(self)


def _matches(row: CaseRow, asked: list[str]) -> bool:
    money = money_text(row.money) if row.money else ""
    text = f"{row.number} {row.title} {row.subtitle} {row.stage_title} {money}".casefold()
    return all(word in text for word in asked)

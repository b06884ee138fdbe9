"""The case workspace: head, ways, next step, facts, clocks, exhibits, and five tabs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.deadlines.words import Stage
from disputedesk.desk.changes import Changes
from disputedesk.desk.queries.cases import case_detail
from disputedesk.desk.views import LATE_REFUND, CaseDetail, NextStep, StepKind
from disputedesk.gui import tokens
from disputedesk.gui.adding import Adding, Given, dropped, pasted
from disputedesk.gui.cards import Card
from disputedesk.gui.cases.acts import CaseActs
from disputedesk.gui.cases.after_tab import AfterTab
from disputedesk.gui.cases.clocks_card import ClocksCard
from disputedesk.gui.cases.documents_tab import DocumentsTab
from disputedesk.gui.cases.exhibit_strip import MIME
from disputedesk.gui.cases.exhibits_card import ExhibitsCard
from disputedesk.gui.cases.facts_card import FactsCard
from disputedesk.gui.cases.found_card import FoundCard
from disputedesk.gui.cases.head import CaseHead
from disputedesk.gui.cases.log_tab import LogTab
from disputedesk.gui.cases.money_tab import MoneyTab
from disputedesk.gui.cases.prompts_card import PromptsCard
from disputedesk.gui.cases.step_card import StepCard
from disputedesk.gui.cases.ways import WaysCard
from disputedesk.gui.cases.words_tab import WordsTab
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.page_tabs import PageTabs
from disputedesk.gui.rooms import Desktop
from disputedesk.model.ids import CaseId
from disputedesk.papers.lint.finding import Goto, Place

_BESIDE = 860
_SIDE = 348


class Workspace(QWidget):
    """One case, whole; reads it in one query and again when it changes.

    Signals:
        left(): The way back to the list was pressed.
        shown(): A case was read and is shown.
    """

    left = Signal()
    shown = Signal()

    def __init__(self, desktop: Desktop, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desktop = desktop
        self._bridge = desktop.bridge
        self._reading: JobHandle | None = None
        self._case: CaseId | None = None
        self._closing = False
        self._step: NextStep | None = None
        self.detail: CaseDetail | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("The case"))
        self.setAcceptDrops(True)
        self._stale = QTimer(self)
        self._stale.setSingleShot(True)
        self._stale.setInterval(0)
        self._stale.timeout.connect(self.read)
        self._build()
        self.acts = CaseActs(desktop, self)
        self.adding = Adding(desktop, self)
        self._connect()
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)
        desktop.window.installEventFilter(self)

    # -- building

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.area = QScrollArea(self)
        self.area.setAccessibleName(tr("The case"))
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setObjectName("surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(tokens.GAP_ROOM, tokens.GAP, tokens.GAP_ROOM, tokens.GAP_ROOM)
        column.setSpacing(tokens.GAP_CARD)
        self.head = CaseHead(body)
        column.addWidget(self.head)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(tokens.GAP_CARD)
        main, side = QVBoxLayout(), QVBoxLayout()
        for half in (main, side):
            half.setSpacing(tokens.GAP_CARD)
        self.ways = WaysCard(body)
        self.exhibits = ExhibitsCard(self._desktop, body)
        self.found = FoundCard(self._desktop, body)
        self.prompts = PromptsCard(self._desktop, body)
        for card in (self.ways, self.exhibits, self.found, self.prompts, self._tabs()):
            main.addWidget(card)
        main.addStretch(1)
        self.step_card = StepCard(body)
        self.facts = FactsCard(self._bridge, body)
        self.clocks = ClocksCard(body)
        self._side = QWidget(body)
        self._side.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        for card in (self.step_card, self.facts, self.clocks):
            side.addWidget(card)
        side.addStretch(1)
        self._halves.addLayout(main, 1)
        self._halves.addWidget(self._side)
        column.addLayout(self._halves, 1)
        self.area.setWidget(body)
        self.area.setVisible(False)
        outer.addWidget(self.area)

    def _tabs(self) -> Card:
        card = Card()
        self.tabs = PageTabs(card)
        self.tabs.setAccessibleName(tr("Words, log, papers, replies and money"))
        self.words = WordsTab(self._bridge)
        self.log = LogTab(self._bridge)
        self.documents = DocumentsTab()
        self.after = AfterTab(self._bridge)
        self.money = MoneyTab(self._bridge)
        for tab, title in (
            (self.words, tr("Words")),
            (self.log, tr("Log")),
            (self.documents, tr("Papers")),
            (self.after, tr("After filing")),
            (self.money, tr("Money")),
        ):
            self.tabs.add_page(tab, title)
        self.tabs.tabBar().setAccessibleName(tr("Words, log, papers, replies and money"))
        card.column.addWidget(self.tabs)
        return card

    def _connect(self) -> None:
        acts = self.acts
        self.head.back_wanted.connect(self.left)
        self.head.step_wanted.connect(self._take_own_step)
        self.head.menu.aboutToShow.connect(self._fill_menu)
        self.step_card.others_wanted.connect(acts.show_ways)
        self.step_card.sent_wanted.connect(acts.tell_sent)
        self.step_card.fact_wanted.connect(self.answer_fact)
        self.step_card.exhibit_wanted.connect(acts.add_evidence)
        self.step_card.question_wanted.connect(self._answer)
        self.ways.window_chosen.connect(acts.explain)
        self.ways.what_if_wanted.connect(acts.suppose)
        self.exhibits.add_wanted.connect(acts.add_evidence)
        self.prompts.request_wanted.connect(acts.ask_for_missing)
        self.clocks.answer_wanted.connect(acts.record_answer)
        self.documents.paper_wanted.connect(acts.prepare)
        self.documents.document_opened.connect(acts.open_document)
        self.documents.bundle_wanted.connect(acts.make_bundle)
        self.documents.others_wanted.connect(acts.show_papers)
        after = acts.after
        self.after.reply_wanted.connect(after.record_reply)
        self.after.exhibit_wanted.connect(after.look_at)
        self.after.draft_wanted.connect(after.draft)
        self.after.sent_wanted.connect(after.tell_sent)
        self.after.credit_wanted.connect(after.add_credit)
        self.after.chase_wanted.connect(after.chase)
        self.documents.bank_form_wanted.connect(acts.fill_bank_form)
        self.documents.print_wanted.connect(acts.print_papers)
        self.money.close_wanted.connect(acts.close_case)
        self.money.reopen_wanted.connect(acts.reopen_case)
        acts.sources_given.connect(self._add)
        acts.place_wanted.connect(self._go_to)
        self._bridge.changed.connect(self._changed)
        self._bridge.day_changed.connect(self._day_changed)

    @Slot(object)
    def _go_to(self, place: Place) -> None:
        """Shows where a finding about a paper is mended."""
        if place.goto is Goto.WAYS:
            self.acts.show_ways()
            return
        tab = {Goto.STORY: self.words, Goto.MONEY: self.money}.get(place.goto)
        if tab is not None:
            self.tabs.setCurrentWidget(tab)
        shown = self.exhibits if tab is None else self.tabs
        self.area.ensureWidgetVisible(shown)
        shown.setFocus()

    # -- reading

    def show_case(self, case: CaseId, step: NextStep | None = None) -> None:
        """Reads and shows a case; takes `step` once it is there."""
        if case != self._case:
            self.leave()
            self.detail = None
            self.area.setVisible(False)
        self._case, self._step = case, step
        self.read()

    @Slot()
    def read(self) -> None:
        """Reads the case again."""
        if self._case is None:
            return
        self._reading = self._bridge.read(case_detail, self._case, today=self._bridge.today)
        self._reading.succeeded.connect(self._show)
        self._reading.failed.connect(self._gone)

    @Slot(object)
    def _show(self, detail: CaseDetail) -> None:
        if self.sender() is not self._reading:
            return
        first = self.detail is None
        self.detail = detail
        self.acts.detail = detail
        for part in (
            self.head, self.ways, self.step_card, self.facts, self.clocks, self.exhibits,
            self.found, self.prompts, self.words, self.log, self.documents,
            self.after, self.money,
        ):  # fmt: skip
            part.set_detail(detail)
        self.area.setVisible(True)
        if first:
            self.area.verticalScrollBar().setValue(0)
            self.head.step.setFocus()
        step, self._step = self._step, None
        if step is not None:
            self.take_step(step)
        self.shown.emit()

    @Slot(object)
    def _gone(self, error: object) -> None:
        if self.sender() is self._reading and self.detail is None:
            self._case = None
            self.left.emit()

    @Slot(object, object)
    def _changed(self, changes: Changes, initiator: object) -> None:
        if self._case is None:
            return
        order = self.detail.order.id if self.detail is not None else None
        if changes.everything or self._case in changes.cases or order in changes.orders:
            self._stale.start()

    @Slot(object)
    def _day_changed(self, today: object) -> None:
        self._stale.start()

    def leave(self) -> None:
        """Keeps what was being typed: the case goes out of view."""
        self.words.keep()
        self.after.keep()

    # -- acting

    @Slot()
    def _take_own_step(self) -> None:
        if self.detail is not None:
            self.take_step(self.detail.step)

    def take_step(self, step: NextStep) -> None:
        """Begins a step: to the question, the dialog or the sheet that it needs."""
        if step.fact:
            self.answer_fact(step.fact)
        elif self._is_after(step):
            self.tabs.setCurrentWidget(self.after)
            self.area.ensureWidgetVisible(self.tabs)
            self.after.setFocus()
        else:
            self.acts.take(step)

    def _is_after(self, step: NextStep) -> bool:
        """Whether a step is taken where replies and refunds are kept."""
        windows = self.detail.windows if self.detail is not None else ()
        stage = next((window.stage for window in windows if window.rule == step.rule), None)
        answers = step.kind is StepKind.OPEN_CASE and stage is Stage.RESPONSE
        return answers or step.rule == LATE_REFUND

    @Slot(str)
    def answer_fact(self, name: str) -> None:
        """Opens the field of a fact and brings it into view."""
        if name in ("narrative", "wish"):
            self.tabs.setCurrentWidget(self.words)
            self.words.setFocus()
            self.area.ensureWidgetVisible(self.words)
            return
        self.facts.edit(name)
        self._see_editor()

    @Slot(object)
    def _answer(self, question: object) -> None:
        from disputedesk.desk.views import Question

        if isinstance(question, Question):
            self.facts.ask(question)
            self._see_editor()

    def _see_editor(self) -> None:
        editor = self.facts.editor
        if editor is not None:
            QTimer.singleShot(0, editor, lambda: self.area.ensureWidgetVisible(editor, 0, 60))

    @Slot(object, str)
    def _add(self, given: Given, kind: str) -> None:
        if self._case is not None:
            self.adding.add(self._case, given, kind)

    @Slot()
    def paste(self) -> None:
        """Keeps what is in the clipboard as an exhibit."""
        self._add(pasted(QGuiApplication.clipboard().mimeData()), "")

    def _fill_menu(self) -> None:
        self.acts.fill_menu(self.head.menu)

    def commands(self) -> tuple[QAction, ...]:
        """What can be done with the case, for menus and palette."""
        return self.acts.commands(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets the window close only when what was typed is on the desk."""
        closing = event.type() == QEvent.Type.Close
        if closing and self.words.is_pending and not self._closing:
            # Once only: a desk that cannot be written must not keep the window open.
            self._closing = True
            event.ignore()
            self.words.keep_then(self._desktop.window.close)
            return True
        return False

    # -- dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files, folders and pictures as exhibits of this case."""
        data = event.mimeData()
        if self.detail is not None and not data.hasFormat(MIME) and dropped(data):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Keeps what was dropped; the originals stay where they are."""
        given = dropped(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        QTimer.singleShot(0, self, lambda: self._add(given, ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stands the halves one under the other in a narrow window."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.BottomToTop
        self._halves.setDirection(direction)
        if beside:
            self._side.setFixedWidth(_SIDE)
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)

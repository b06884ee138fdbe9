"""The room *Rules*: the shelf with its pages, and the calculator beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.desk.changes import Changes
from disputedesk.desk.queries.rule_pages import RulePage, rule_page
from disputedesk.desk.queries.rule_shelf import RefusedPack, Shelf, shelf_of
from disputedesk.gui import tokens
from disputedesk.gui.cards import Banner, EmptyState, RoomHead
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.rooms import Desktop, RoomView
from disputedesk.gui.rules.calculator import Calculator
from disputedesk.gui.rules.page import RulePageView
from disputedesk.gui.rules.scenes import scenes_of
from disputedesk.gui.rules.shelf import ShelfView
from disputedesk.model.ids import RuleId

_BESIDE = 720
_RULES, _CALCULATOR = 0, 1


class RulesRoom(RoomView):
    """Reads packs and pages in jobs; the calculator lives on the second tab."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop)
        self._reading: JobHandle | None = None
        self._began = False
        self.page: RulePageView | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(tokens.GAP_ROOM, tokens.GAP_CARD, tokens.GAP_ROOM, 0)
        outer.setSpacing(tokens.GAP)
        self.head = RoomHead(tr("Rules"), " ")
        outer.addWidget(self.head)
        self._refused = QVBoxLayout()
        self._refused.setSpacing(tokens.GAP_CHIP)
        outer.addLayout(self._refused)
        self.tabs = QTabWidget(self)
        self.tabs.setAccessibleName(tr("Rules"))
        self.tabs.tabBar().setAccessibleName(tr("Rules"))
        self.tabs.addTab(self._shelf(), tr("Rules in plain words"))
        self.calculator = Calculator(desktop)
        self.calculator.rule_wanted.connect(self.read_rule)
        self.tabs.addTab(self.calculator, tr("Calculator"))
        self.tabs.currentChanged.connect(self._turned)
        outer.addWidget(self.tabs, 1)
        self._actions = self._commands()
        self.bridge.changed.connect(self._changed)

    def _shelf(self) -> QWidget:
        body = QWidget()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, body)
        self._halves.setContentsMargins(0, tokens.GAP, 0, 0)
        self._halves.setSpacing(tokens.GAP_CARD)
        self.shelf = ShelfView(body)
        self.shelf.chosen.connect(self._read)
        self._halves.addWidget(self.shelf, 2)
        self.area = QScrollArea(body)
        self.area.setAccessibleName(tr("The rule"))
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(EmptyState("rules", tr("Choose a rule"), ""))
        self._halves.addWidget(self.area, 3)
        return body

    def _commands(self) -> tuple[QAction, ...]:
        found = []
        for text, done in (
            (tr("Find a rule"), self.find_rule),
            (tr("Calculator for any case"), self.open_calculator),
        ):
            action = QAction(text, self)
            action.triggered.connect(lambda _checked=False, done=done: done())
            found.append(action)
        return tuple(found)

    def commands(self) -> tuple[QAction, ...]:
        """Finding a rule, and the calculator."""
        return self._actions

    # -- the shelf

    def refresh(self) -> None:
        """Reads the packs in force."""
        self.bridge.read(shelf_of).succeeded.connect(self._show_shelf)
        self.calculator.refresh()

    @Slot(object)
    def _show_shelf(self, shelf: Shelf) -> None:
        packs = trn("{count} pack", "{count} packs", len(shelf.packs))
        rules = trn("{count} rule", "{count} rules", shelf.rule_count)
        self.head.second.setText(
            tr("{rules} in {packs}. Each last day here comes from one of them.",
               rules=rules, packs=packs)
        )  # fmt: skip
        while (item := self._refused.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for one in shelf.refused:
            self._refused.addWidget(self._refusal(one))
        self.shelf.set_shelf(shelf)

    def _refusal(self, one: RefusedPack) -> Banner:
        place = ", ".join(part for part in (one.file, one.rule, one.key) if part)
        text = tr("{place}: {why} Its rules are not in force; all others are.",
                  place=place, why=one.why)  # fmt: skip
        return Banner(
            text, strong=tr("A pack was left out."), surface="urgent", icon="warning", parent=self
        )

    @Slot(str)
    def _read(self, rule: str) -> None:
        self._reading = self.bridge.read(rule_page, RuleId(rule))
        self._reading.succeeded.connect(self._show_page)

    @Slot(object)
    def _show_page(self, page: RulePage) -> None:
        if self.sender() is not self._reading:
            return
        self.page = RulePageView(page, self.desktop.notices)
        self.area.setWidget(self.page)
        self.area.verticalScrollBar().setValue(0)

    @Slot(str)
    def read_rule(self, rule: str) -> None:
        """Turns to a rule's page."""
        self.tabs.setCurrentIndex(_RULES)
        self.shelf.choose(RuleId(rule))
        self.shelf.list.setFocus()

    def find_rule(self) -> None:
        """Gives the keyboard to the search."""
        self.tabs.setCurrentIndex(_RULES)
        self.shelf.search.setFocus()
        self.shelf.search.selectAll()

    def open_calculator(self) -> None:
        """Turns to the calculator."""
        self.tabs.setCurrentIndex(_CALCULATOR)
        self.calculator.form.setFocus()

    # -- the room

    def entered(self) -> None:
        """Reads the packs on the first visit; gives the keyboard to what is in view."""
        if not self._began:
            self._began = True
            self.refresh()
        self._turned(self.tabs.currentIndex())

    @Slot(int)
    def _turned(self, at: int) -> None:
        target = self.calculator.form if at == _CALCULATOR else self.shelf
        target.setFocus()

    @Slot(object, object)
    def _changed(self, changes: Changes, _initiator: object) -> None:
        if changes.everything and self._began:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stands the page under the list in a narrow window."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE
        self._halves.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )

    @property
    def today(self) -> dt.date:
        """The day the room shows."""
        return self.bridge.today

    def scenes(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        """A page, a search, nothing found, and the calculator's stories."""
        return scenes_of(self)

"""The rebuttal desk: what the merchant claims on the left, what can answer it on the right."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.texts import tr
from disputedesk.desk.after_views import ReplyView
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.counterclaims import (
    NewClaim,
    add_claim,
    change_claim,
    remove_claim,
)
from disputedesk.desk.queries.after import UsualClaimView, usual_claims
from disputedesk.gui import tokens
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cases.claim_line import ClaimLine
from disputedesk.gui.cases.exhibit_strip import MIME, title_of
from disputedesk.gui.labels import label
from disputedesk.gui.masking import GuardedLine
from disputedesk.gui.tokens import Type
from disputedesk.model.case import Exhibit
from disputedesk.model.ids import CaseId, ExhibitId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_SIDE = 220
_SHOWN = 7


def keep_answer(desk: Desk, reply: int, number: int, text: str) -> Outcome[None]:
    """Keeps what is said to a claim, without a bar that says so every second."""
    outcome = change_claim(desk, reply, number, answer=text)
    return dataclasses.replace(outcome, said="", undo=None)


class ExhibitList(QListWidget):
    """The exhibits that can answer; dragged onto a claim, or linked to the chosen one with Enter.

    Signals:
        chosen(exhibit): It is to answer the chosen claim.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Exhibits that can answer a claim"))
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemDoubleClicked.connect(self._choose)

    def set_exhibits(self, exhibits: Sequence[Exhibit], likely: frozenset[ExhibitId]) -> None:
        """Shows exhibits, those that usually answer the chosen claim first and marked."""
        row = self.currentRow()
        self.clear()
        for exhibit in sorted(exhibits, key=lambda one: (one.id not in likely, one.number)):
            sign = "★ " if exhibit.id in likely else ""
            text = f"{sign}{exhibit.number}  {title_of(exhibit)}"
            item = QListWidgetItem(text, self)
            item.setData(Qt.ItemDataRole.UserRole, int(exhibit.id))
            item.setToolTip(tr("Drag it onto a claim, or press Enter."))
        self.setCurrentRow(max(0, row))
        lines = min(max(len(exhibits), 1), _SHOWN)
        self.setFixedHeight(lines * (self.sizeHintForRow(0) if exhibits else 20) + 8)

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """The exhibit as it is dragged within the case."""
        data = QMimeData()
        if items:
            data.setData(MIME, str(items[0].data(Qt.ItemDataRole.UserRole)).encode())
        return data

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter links."""
        item = self.currentItem()
        chosen = self.currentRow() >= 0
        if chosen and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(item)
        else:
            super().keyPressEvent(event)

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(ExhibitId(int(item.data(Qt.ItemDataRole.UserRole))))


class ClaimsView(QWidget):
    """The claims of one reply beside the exhibits of its case."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._case: CaseId | None = None
        self._reply = 0
        self._exhibits: tuple[Exhibit, ...] = ()
        self._usual: tuple[UsualClaimView, ...] = ()
        self._current = 1
        self.lines: list[ClaimLine] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP_CARD)
        left = QVBoxLayout()
        left.setSpacing(tokens.GAP)
        self.empty = label(
            tr("Read their reply and list what it says, one point at a time. Each point then gets "
               "its answer and its proof; a point that is left out counts as admitted."),
            ink="second", wrap=True,
        )  # fmt: skip
        left.addWidget(self.empty)
        self._list = QVBoxLayout()
        self._list.setSpacing(tokens.GAP)
        left.addLayout(self._list)
        left.addLayout(self._add_row())
        left.addStretch(1)
        row.addLayout(left, 1)
        row.addWidget(self._side())

    def _add_row(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(tokens.GAP_CHIP)
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        hint = tr("What does the merchant say? Enter adds it.")
        self.text = GuardedLine(tr("A claim of the merchant"), hint, self)
        self.text.line.returnPressed.connect(self._add)
        row.addWidget(self.text, 1)
        self.page = QSpinBox(self)
        self.page.setAccessibleName(tr("Page of their reply"))
        self.page.setRange(0, 999)
        self.page.setSpecialValueText(tr("page?"))
        row.addWidget(self.page, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        acts = QHBoxLayout()
        acts.setSpacing(tokens.GAP)
        self.add = button(tr("Add the claim"), parent=self)
        self.add.clicked.connect(self._add)
        acts.addWidget(self.add)
        self.usual = button(tr("Usual claims"), Act.LINK, icon="chevron-down", parent=self)
        self.usual_menu = QMenu(self.usual)
        self.usual.setMenu(self.usual_menu)
        acts.addWidget(self.usual)
        acts.addStretch(1)
        column.addLayout(acts)
        return column

    def _side(self) -> QWidget:
        side = QWidget(self)
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP_CHIP)
        column.addWidget(label(tr("What can answer it"), strong=True, size=Type.SMALL))
        self.picker = ExhibitList(side)
        self.picker.chosen.connect(self._link_current)
        column.addWidget(self.picker)
        self.hint = label("", ink="second", size=Type.SMALL, wrap=True)
        column.addWidget(self.hint)
        column.addStretch(1)
        return side

    def set_view(self, case: CaseId, view: ReplyView, exhibits: tuple[Exhibit, ...]) -> None:
        """Shows a reply's claims."""
        if view.reply.id != self._reply:
            self.text.line.clear()
            self.page.setValue(0)
            self._current = 1
        self._case, self._reply = case, view.reply.id
        own = view.exhibit.id if view.exhibit is not None else None
        standing = (e for e in exhibits if e.withdrawn_at is None and e.id != own)
        self._exhibits = tuple(standing)
        ids = [row.claim.id for row in view.claims]
        if ids != [line.row.claim.id for line in self.lines]:
            self._rebuild(view)
        for line, row in zip(self.lines, view.claims, strict=True):
            line.set_row(row, self._exhibits)
        self.empty.setVisible(not view.claims)
        self._tell()
        job = self._bridge.read(usual_claims, case, view.reply.id)
        job.succeeded.connect(self._set_usual)

    def _rebuild(self, view: ReplyView) -> None:
        for line in self.lines:
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        for row in view.claims:
            line = ClaimLine(row, self)
            line.answered.connect(self._answer)
            line.linked.connect(self._link)
            line.dropped.connect(self._drop)
            line.entered.connect(self._enter)
            self._list.addWidget(line)
            self.lines.append(line)

    @Slot(object)
    def _set_usual(self, views: tuple[UsualClaimView, ...]) -> None:
        self._usual = views
        self.usual_menu.clear()
        for view in views:
            if not view.listed:
                action = self.usual_menu.addAction(view.text.replace("&", "&&"))
                action.setToolTip(view.answer)
                action.triggered.connect(lambda _checked=False, view=view: self._take(view))
        self.usual.setEnabled(not self.usual_menu.isEmpty())
        self._tell()

    def _tell(self) -> None:
        """Says of the chosen claim what usually answers it, and marks such exhibits."""
        line = next((each for each in self.lines if each.number == self._current), None)
        text = line.row.claim.text if line is not None else ""
        usual = next((view for view in self._usual if text in view.said), None)
        likely = frozenset(e.id for e in usual.exhibits) if usual is not None else frozenset()
        self.picker.set_exhibits(self._exhibits, likely)
        if usual is not None:
            kinds = ", ".join(usual.kinds)
            told = tr("Claim {number} is usually answered by: {kinds}.", number=self._current,
                      kinds=kinds)  # fmt: skip
            self.hint.setText(f"{told}\n{usual.answer}")
        elif not self._exhibits:
            self.hint.setText(tr("No exhibit is here yet. Drop files on the case."))
        else:
            self.hint.setText(tr("Drag an exhibit onto the claim that it answers."))

    @Slot(int)
    def _enter(self, number: int) -> None:
        self._current = number
        self._tell()

    @Slot()
    def _add(self) -> None:
        text = self.text.text
        if self._case is None or not text:
            self.text.line.setFocus()
            return
        claim = NewClaim(text, self.page.value() or None)
        self._bridge.run(add_claim, self._reply, claim)
        self.text.line.clear()
        self.page.setValue(0)

    def _take(self, view: UsualClaimView) -> None:
        self._current = len(self.lines) + 1
        self._bridge.run(add_claim, self._reply, NewClaim(view.text))

    @Slot(int, str)
    def _answer(self, number: int, text: str) -> None:
        self._bridge.run(keep_answer, self._reply, number, text)

    @Slot(int, object)
    def _link(self, number: int, exhibits: tuple[ExhibitId, ...]) -> None:
        self._current = number
        self._bridge.run(change_claim, self._reply, number, exhibits=exhibits)

    @Slot(object)
    def _link_current(self, exhibit: ExhibitId) -> None:
        for line in self.lines:
            if line.number == self._current:
                line.link(exhibit)

    @Slot(int)
    def _drop(self, number: int) -> None:
        self._bridge.run(remove_claim, self._reply, number)

    def keep(self) -> None:
        """Keeps answers that were typed and not left yet."""
        for line in self.lines:
            line.keep()

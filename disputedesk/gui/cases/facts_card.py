"""The facts of a case with their sources, corrected where they stand."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from disputedesk.common.errors import DeskError
from disputedesk.common.texts import tr, trn
from disputedesk.desk import words
from disputedesk.desk.views import CaseDetail, FactView, Question
from disputedesk.gui import tokens
from disputedesk.gui.answering import AnswerField
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.buttons import Act, ActButton, button
from disputedesk.gui.cards import Card
from disputedesk.gui.cases.keeping import Keeping
from disputedesk.gui.labels import label, set_tip
from disputedesk.gui.tokens import Type

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_MOST_KNOWN = 12


def shown_value(fact: FactView) -> str:
    """A known value in words; instants in the clock time of this computer."""
    if isinstance(fact.value, dt.datetime):
        return words.moment_text(fact.value.astimezone())
    return words.fact_value_text(fact.value)


class ValueButton(ActButton):
    """A fact's value; cut with an ellipsis where there is no room, its tool tip has it whole."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._whole = text
        self.setProperty("act", str(Act.QUIET))
        self.setMinimumWidth(60)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setText(text.replace("&", "&&"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cuts the words anew."""
        super().resizeEvent(event)
        shown = self.fontMetrics().elidedText(
            self._whole, Qt.TextElideMode.ElideRight, self.width() - 14
        )
        self.setText(shown.replace("&", "&&"))


def source_text(fact: FactView) -> str:
    """Where a fact was learned, in words; empty for an unknown one."""
    if fact.source is None:
        return ""
    origin = words.origin_text(fact.source.origin)
    if fact.source.note:
        return tr("{origin}: {note}", origin=origin, note=fact.source.note)
    return origin


class FactsCard(Card):
    """Known facts first; what is not known is one press away."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(tr("Facts"), parent=parent)
        self._bridge = bridge
        self._detail: CaseDetail | None = None
        self._facts: dict[str, FactView] = {}
        self._all = False
        self.editor: AnswerField | None = None
        self.buttons: dict[str, ActButton] = {}
        self._body = QWidget(self)
        self.column.addWidget(self._body)
        self._more = button(tr("Show less"), Act.LINK, parent=self)
        self._more.clicked.connect(self._toggle)
        self.column.addWidget(self._more)

    def set_detail(self, detail: CaseDetail) -> None:
        """Shows the facts of a case; a field that is being filled in stays."""
        other = self._detail is None or self._detail.case.id != detail.case.id
        self._detail = detail
        if other:
            self._all = False
            self.editor = None
        asked = {str(q.fact.name): q.fact for q in detail.questions}
        facts = {**{str(fact.name): fact for fact in detail.facts}, **asked}
        same, self._facts = facts == self._facts and not other, facts
        if self.editor is None and not same:
            self._fill()

    def _fill(self) -> None:
        self.editor = None
        old, self._body = self._body, QWidget(self)
        self.column.replaceWidget(old, self._body)
        old.hide()
        old.deleteLater()
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.GAP)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        self.buttons = {}
        known = [fact for fact in self._facts.values() if fact.value is not None]
        unknown = [fact for fact in self._facts.values() if fact.value is None]
        shown = known + unknown if self._all else known[:_MOST_KNOWN]
        for at, fact in enumerate(shown):
            self._add(grid, at, fact)
        self._more.setVisible(self._all or len(known) + len(unknown) > len(shown))
        hidden = len(known) + len(unknown) - len(shown)
        text = (
            tr("Show less")
            if self._all
            else trn(
                "{count} more: see, add or correct", "{count} more: see, add or correct", hidden
            )
        )
        self._more.setText(text)
        self._more.setAccessibleName(text)
        self._body.show()

    def _add(self, grid: QGridLayout, at: int, fact: FactView) -> None:
        grid.addWidget(label(fact.label, ink="second", wrap=True), at, 0, _MIDDLE)
        known = fact.value is not None
        text = shown_value(fact) if known else tr("add")
        value = ValueButton(text, self._body)
        value.setProperty("fact", "known" if known else "unknown")
        value.setAccessibleName(tr("{fact}: {value}. Change it", fact=fact.label, value=text))
        exact = words.fact_value_text(fact.value)
        set_tip(value, "\n".join(p for p in (exact, source_text(fact), fact.question) if p))
        value.clicked.connect(lambda _checked=False, name=str(fact.name): self.edit(name))
        self.buttons[str(fact.name)] = value
        grid.addWidget(value, at, 1)

    @Slot()
    def _toggle(self) -> None:
        self._all = not self._all
        self._fill()

    def ask(self, question: Question) -> None:
        """Opens the field of a question, also of one that is no fact of the list."""
        self._facts.setdefault(str(question.fact.name), question.fact)
        self.edit(str(question.fact.name))

    def edit(self, name: str) -> None:
        """Puts a field in the place of a fact."""
        fact = self._facts.get(name)
        if fact is None:
            return
        if self.editor is not None or name not in self.buttons:
            self._all = self._all or name not in self.buttons
            self._fill()
        grid = self._body.layout()
        if not isinstance(grid, QGridLayout):
            return
        old = self.buttons[name]
        place = grid.getItemPosition(grid.indexOf(old))
        at = place[0] if isinstance(place, tuple) else 0
        for column in (0, 1):
            item = grid.itemAtPosition(at, column)
            beside = item.widget() if item is not None else None
            if beside is not None:
                beside.hide()
        self.editor = AnswerField(fact, self._bridge.today, self._body, clear=True)
        holder = QWidget(self._body)
        inner = QGridLayout(holder)
        inner.setContentsMargins(0, tokens.GAP_CHIP, 0, tokens.GAP)
        inner.setVerticalSpacing(2)
        inner.addWidget(label(fact.question or fact.label, strong=True, wrap=True))
        source = source_text(fact)
        if source:
            inner.addWidget(label(source, ink="mute", size=Type.SMALL, wrap=True))
        inner.addWidget(self.editor)
        grid.addWidget(holder, at, 0, 1, 2)
        self.editor.given.connect(self._given)
        self.editor.left.connect(self._leave)
        self.editor.setFocus()

    @Slot(str)
    def _given(self, text: str) -> None:
        if self._detail is None or self.editor is None:
            return
        self.editor.setEnabled(False)
        keeping = Keeping(self._bridge, self._detail.case.id, self._detail.order.id, self.editor)
        keeping.kept.connect(self._kept)
        keeping.refused.connect(self._refused)
        keeping.left.connect(self._leave)
        keeping.begin(self.editor.fact.name, text)

    @Slot(object)
    def _refused(self, error: object) -> None:
        if self.editor is not None:
            self.editor.setEnabled(True)
            self.editor.refuse(str(error) if isinstance(error, DeskError) else "")
            self.editor.setFocus()

    @Slot()
    def _kept(self) -> None:
        name = str(self.editor.fact.name) if self.editor is not None else ""
        self._fill()
        if name in self.buttons:
            self.buttons[name].setFocus()

    @Slot()
    def _leave(self) -> None:
        self._kept()

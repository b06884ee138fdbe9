"""The facts of an order, each with its source, corrected in place."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from disputedesk.common.errors import DeskError
from disputedesk.common.texts import tr, trn
from disputedesk.desk import words
from disputedesk.desk.changes import Outcome
from disputedesk.desk.views import FactView
from disputedesk.gui import tokens
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.buttons import Act, ActButton, button
from disputedesk.gui.day_field import DayField
from disputedesk.gui.labels import ElidedLabel, label, set_tip
from disputedesk.gui.tokens import Type
from disputedesk.model.fact import FactKind, FactValue
from disputedesk.model.ids import FactName, OrderId
from disputedesk.model.money import Money

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_TYPED_IN_WORDS: Final = (FactKind.TEXT, FactKind.MONEY, FactKind.INSTANT)


def record_fact(
    desk: Desk, order_id: OrderId, name: FactName, value: FactValue | None, *, spoken: bool
) -> Outcome[None]:
    """Records one fact of an order.

    Args:
        desk: The desk.
        order_id: The order.
        name: Which fact.
        value: What is known now; `None` takes it away.
        spoken: Whether `value` is text as a person typed it, still to be understood.

    Raises:
        Refused: The text does not say such a value.
    """
    from disputedesk.desk.operations.orders import parse_fact, set_facts

    if spoken and isinstance(value, str):
        value = parse_fact(desk, name, value) if value.strip() else None
    return set_facts(desk, order_id, {name: value})


def source_text(fact: FactView) -> str:
    """Where a fact was learned, in words; empty for an unknown one."""
    if fact.source is None:
        return ""
    origin = words.origin_text(fact.source.origin)
    if fact.source.note:
        return tr("{origin}: {note}", origin=origin, note=fact.source.note)
    return origin


class FactEditor(QWidget):
    """The field that stands in a fact's place while it is corrected.

    Signals:
        given(value, spoken): Enter was pressed or a choice made; see `record_fact`.
        left(): Esc was pressed; nothing changes.
    """

    given = Signal(object, bool)
    left = Signal()

    def __init__(self, fact: FactView, today: dt.date, parent: QWidget) -> None:
        super().__init__(parent)
        self._fact = fact
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.field = self._field(today)
        column.addWidget(self.field)
        self.fault = label("", ink="urgent", size=Type.SMALL, wrap=True)
        self.fault.setVisible(False)
        column.addWidget(self.fault)
        self.setFocusProxy(self.field)
        for one in (self.field, *self.field.findChildren(QLineEdit)):
            one.installEventFilter(self)

    def _field(self, today: dt.date) -> QWidget:
        fact = self._fact
        if fact.kind is FactKind.DATE:
            day = fact.value if isinstance(fact.value, dt.date) else None
            field = DayField(fact.label, today, day, self)
            field.committed.connect(self._give_day)
            return field
        if fact.kind in (FactKind.CHOICE, FactKind.FLAG):
            return self._choice()
        line = QLineEdit(_typed_form(fact.value), self)
        line.setAccessibleName(fact.label)
        line.setPlaceholderText(fact.question)
        line.selectAll()
        line.returnPressed.connect(lambda: self.given.emit(line.text(), True))
        return line

    def _choice(self) -> QComboBox:
        fact = self._fact
        box = QComboBox(self)
        box.setAccessibleName(fact.label)
        values: list[FactValue] = [True, False] if fact.kind is FactKind.FLAG else []
        values += fact.choices
        box.addItem(tr("not known"), None)
        for value in values:
            box.addItem(words.fact_value_text(value), value)
        if fact.value is not None and fact.value in values:
            box.setCurrentIndex(values.index(fact.value) + 1)
        box.activated.connect(lambda _at: self.given.emit(box.currentData(), False))
        return box

    @Slot()
    def _give_day(self) -> None:
        if isinstance(self.field, DayField) and not self.field.fault:
            self.given.emit(self.field.day, False)

    def refuse(self, text: str) -> None:
        """Says why what was typed was not taken."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
        self.field.setEnabled(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaves on Esc."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self.left.emit()
            return True
        return False


def _typed_form(value: FactValue | None) -> str:
    """A value as it is typed back: exact, so that leaving it as it is changes nothing."""
    if value is None:
        return ""
    if isinstance(value, Money):
        return str(value)
    if isinstance(value, dt.datetime):
        return value.astimezone().isoformat(" ", "minutes")
    return str(value)


class FactsPanel(QWidget):
    """Known facts with their sources; what is not known yet is one press away."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._order: OrderId | None = None
        self._facts: tuple[FactView, ...] = ()
        self._all = False
        self._editor: FactEditor | None = None
        self._editing: FactName | None = None
        self._wanted = ""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(tokens.GAP_CHIP)
        self._body = QWidget(self)
        outer.addWidget(self._body)
        self._more = button("", Act.LINK, parent=self)
        self._more.clicked.connect(self._toggle)
        outer.addWidget(self._more)
        outer.addStretch(1)
        self.buttons: dict[FactName, ActButton] = {}

    def set_facts(self, order: OrderId, facts: tuple[FactView, ...]) -> None:
        """Shows the facts of an order."""
        if order != self._order:
            self._all = False
        self._order = order
        self._facts = facts
        self._fill()

    def _fill(self) -> None:
        self._editor = None
        old, self._body = self._body, QWidget(self)
        layout = self.layout()
        if layout is not None:
            layout.replaceWidget(old, self._body)
        old.hide()
        old.deleteLater()
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.GAP)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 4)
        grid.setColumnStretch(1, 5)
        grid.setColumnStretch(2, 4)
        self.buttons = {}
        known = [fact for fact in self._facts if fact.value is not None]
        unknown = [fact for fact in self._facts if fact.value is None]
        for at, fact in enumerate(known + (unknown if self._all else [])):
            self._add(grid, at, fact)
        self._more.setVisible(bool(unknown))
        text = (
            tr("Show only what is known")
            if self._all
            else trn("{count} more could be told", "{count} more could be told", len(unknown))
        )
        self._more.setText(text)
        self._more.setAccessibleName(text)

    def _add(self, grid: QGridLayout, at: int, fact: FactView) -> None:
        grid.addWidget(ElidedLabel(fact.label, ink="second"), at, 0)
        text = words.fact_value_text(fact.value) or tr("not known")
        value = button(text, Act.QUIET, parent=self._body)
        value.setProperty("fact", "known" if fact.value is not None else "unknown")
        value.setAccessibleName(tr("{fact}: {value}. Change it", fact=fact.label, value=text))
        set_tip(value, "\n".join(part for part in (text, fact.question) if part))
        value.clicked.connect(lambda _checked=False, name=fact.name: self.edit(name))
        self.buttons[fact.name] = value
        grid.addWidget(value, at, 1)
        grid.addWidget(ElidedLabel(source_text(fact), ink="mute", size=Type.SMALL), at, 2)

    @Slot()
    def _toggle(self) -> None:
        self._all = not self._all
        self._fill()

    def edit(self, name: FactName) -> None:
        """Puts a field in the place of a fact."""
        if self._editor is not None:
            self._fill()
        fact = next((one for one in self._facts if one.name == name), None)
        if fact is None:
            return
        if name not in self.buttons:
            self._all = True
            self._fill()
        grid = self._body.layout()
        if not isinstance(grid, QGridLayout):
            return
        old = self.buttons[name]
        row = grid.getItemPosition(grid.indexOf(old))
        at = row[0] if isinstance(row, tuple) else 0
        editor = FactEditor(fact, self._bridge.today, self._body)
        old.hide()
        source = grid.itemAtPosition(at, 2)
        if source is not None and (beside := source.widget()) is not None:
            beside.hide()
        grid.addWidget(editor, at, 1, 1, 2)
        editor.given.connect(self._given)
        editor.left.connect(self._leave)
        self._editor, self._editing = editor, name
        editor.setFocus()

    @Slot(object, bool)
    def _given(self, value: FactValue | None, spoken: bool) -> None:
        if self._order is None or self._editing is None or self._editor is None:
            return
        self._editor.field.setEnabled(False)
        job = self._bridge.run(record_fact, self._order, self._editing, value, spoken=spoken)
        job.failed.connect(self._refused)
        job.succeeded.connect(self._kept)

    @Slot(object)
    def _refused(self, error: object) -> None:
        if self._editor is not None:
            self._editor.refuse(str(error) if isinstance(error, DeskError) else "")
            self._editor.setFocus()

    @Slot(object)
    def _kept(self, outcome: object) -> None:
        name = self._editing
        self._editing = None
        self._fill()
        if name in self.buttons:
            self.buttons[name].setFocus()

    @Slot()
    def _leave(self) -> None:
        self._kept(None)

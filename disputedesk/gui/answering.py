"""Questions answered where they stand: one field that fits the fact; shared by the rooms."""

from __future__ import annotations

import datetime as dt
import functools
import re
import zoneinfo
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimeZone, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.texts import language, tr
from disputedesk.desk import words
from disputedesk.desk.views import FactView
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.day_field import DayField
from disputedesk.gui.labels import label
from disputedesk.gui.masking import SecretGuard
from disputedesk.gui.tokens import Type
from disputedesk.model.case import Wish
from disputedesk.model.fact import FactKind, FactValue
from disputedesk.model.money import Money

_LONG: Final = ("narrative", "sender_address", "recipient_address")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
_NO_LAND: Final = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes that name no single country."""
_HINTS: Final = {
    FactKind.MONEY: "43.10 USD",
    FactKind.CURRENCY: "EUR",
    FactKind.DAYS: "14",
}


@functools.cache
def countries(code: str) -> list[tuple[str, str]]:
    """Names of countries in a language with their two letters, by name."""
    from babel import Locale

    names = Locale.parse(code).territories
    found = [(name, key) for key, name in names.items() if len(key) == 2 and key not in _NO_LAND]
    return sorted(found, key=lambda pair: pair[0].casefold())


def typed_form(value: FactValue | None) -> str:
    """A value as it is typed back, exact: leaving it as it is changes nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Money):
        return str(value)
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return str(value)


class InstantField(QWidget):
    """A day and a clock time, taken in the time zone of this computer.

    Signals:
        committed(): Enter was pressed.
    """

    committed = Signal()

    def __init__(
        self, name: str, today: dt.date, value: dt.datetime | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        local = value.astimezone() if value is not None else None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP_CHIP)
        self.day = DayField(name, today, local.date() if local else None, self)
        self.clock = QLineEdit(f"{local:%H:%M}" if local else "", self)
        self.clock.setAccessibleName(tr("{fact}: clock time", fact=name))
        self.clock.setPlaceholderText("08:59")
        self.clock.setMaximumWidth(72)
        row.addWidget(self.day, 1)
        row.addWidget(self.clock)
        self.setFocusProxy(self.day)
        self.day.committed.connect(self.committed)
        self.clock.returnPressed.connect(self.committed)

    @property
    def text(self) -> str:
        """The instant with its offset; empty when day or time are not clear."""
        found = _CLOCK.fullmatch(self.clock.text().strip() or "23:59")
        day = self.day.day
        if found is None or day is None or int(found[1]) > 23 or int(found[2]) > 59:
            return ""
        clock = dt.time(int(found[1]), int(found[2]))
        return dt.datetime.combine(day, clock).astimezone().isoformat()


class AnswerField(QWidget):
    """The field in which one fact is told; says why an answer was not taken.

    Signals:
        given(text): An answer was given, as `answer_question` understands it.
        left(): Esc was pressed.
        changed(): Something else stands in the field.
    """

    given = Signal(str)
    left = Signal()
    changed = Signal()

    def __init__(
        self,
        fact: FactView,
        today: dt.date,
        parent: QWidget | None = None,
        *,
        clear: bool = False,
        live: bool = False,
    ) -> None:
        super().__init__(parent)
        self.fact = fact
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP_CHIP)
        self._live = live
        self.note = label("", ink="soon", size=Type.SMALL, wrap=True)
        self.field = self._make(today)
        column.addWidget(self.field)
        column.addWidget(self.note)
        self.note.setVisible(False)
        self.fault = label("", ink="urgent", size=Type.SMALL, wrap=True)
        self.fault.setVisible(False)
        column.addWidget(self.fault)
        if not live:
            self._add_buttons(column, clear=clear)
        self.setFocusProxy(self.field)
        self._listen()
        for one in (self.field, *self.field.findChildren(QWidget)):
            one.installEventFilter(self)

    def _add_buttons(self, column: QVBoxLayout, *, clear: bool) -> None:
        fact = self.fact
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP_CHIP)
        self.keep = button(tr("Keep"), Act.PLAIN, parent=self)
        self.keep.setAccessibleName(tr("Keep: {fact}", fact=fact.label))
        self.keep.clicked.connect(self._give)
        row.addWidget(self.keep)
        if clear and fact.value is not None:
            forget = button(tr("Not known"), Act.QUIET, parent=self)
            forget.clicked.connect(lambda _checked=False: self.given.emit(""))
            row.addWidget(forget)
        row.addStretch(1)
        column.addLayout(row)

    def _listen(self) -> None:
        """Tells of every change, for those who look while it is typed."""
        field = self.field
        if isinstance(field, DayField):
            field.changed.connect(self.changed)
        elif isinstance(field, InstantField):
            field.day.changed.connect(self.changed)
            field.clock.textChanged.connect(self.changed)
        elif isinstance(field, QComboBox):
            field.currentIndexChanged.connect(self.changed)
        elif isinstance(field, QLineEdit | QPlainTextEdit):
            field.textChanged.connect(self.changed)

    def _make(self, today: dt.date) -> QWidget:
        fact = self.fact
        name = fact.question or fact.label
        if fact.name == "wish":
            return self._combo([(words.wish_title(w), str(w)) for w in Wish], name)
        if fact.kind is FactKind.DATE:
            day = fact.value if isinstance(fact.value, dt.date) else None
            field = DayField(name, today, day, self)
            field.committed.connect(self._give)
            return field
        if fact.kind is FactKind.INSTANT:
            moment = fact.value if isinstance(fact.value, dt.datetime) else None
            instant = InstantField(name, today, moment, self)
            instant.committed.connect(self._give)
            return instant
        if fact.kind is FactKind.FLAG:
            return self._combo([(tr("yes"), "yes"), (tr("no"), "no")], name)
        if fact.kind is FactKind.CHOICE:
            return self._combo([(words.fact_value_text(c), c) for c in fact.choices], name)
        if fact.kind is FactKind.COUNTRY:
            return self._searched(self._combo(countries(language()), name))
        return self._typed(name)

    def _combo(self, pairs: list[tuple[str, str]], name: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.addItem(tr("choose…"), "")
        for text, value in pairs:
            box.addItem(text, value)
        at = box.findData(typed_form(self.fact.value))
        box.setCurrentIndex(max(0, at))
        return box

    def _searched(self, box: QComboBox) -> QComboBox:
        """Lets a long list be typed into: any part of a name finds it."""
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = box.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        line = box.lineEdit()
        if line is not None:
            line.setAccessibleName(box.accessibleName())
            line.setPlaceholderText(tr("type the country's name"))
            if not box.currentData():
                box.setCurrentIndex(-1)
            line.returnPressed.connect(self._give)
        return box

    def _typed(self, name: str) -> QWidget:
        if self.fact.name in _LONG:
            text = QPlainTextEdit(self)
            text.setAccessibleName(name)
            text.setPlainText(typed_form(self.fact.value))
            text.setTabChangesFocus(True)
            text.setFixedHeight(84)
            SecretGuard(text, self.note)
            return text
        line = QLineEdit(typed_form(self.fact.value), self)
        line.setAccessibleName(name)
        line.setPlaceholderText(_HINTS.get(self.fact.kind, ""))
        line.returnPressed.connect(self._give)
        if self.fact.kind is FactKind.ZONE:
            self._offer_zones(line)
        SecretGuard(line, self.note)
        return line

    def _offer_zones(self, line: QLineEdit) -> None:
        """Offers the names of time zones, this computer's own as the hint."""
        completer = QCompleter(sorted(zoneinfo.available_timezones()), line)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = completer.popup()
        if popup is not None:
            popup.setAccessibleName(tr("Time zones"))
        line.setCompleter(completer)
        line.setPlaceholderText(bytes(QTimeZone.systemTimeZoneId().data()).decode())

    @property
    def text(self) -> str:
        """The answer as it stands; empty when there is none yet."""
        field = self.field
        if isinstance(field, DayField):
            return field.day.isoformat() if field.day else ""
        if isinstance(field, InstantField):
            return field.text
        if isinstance(field, QComboBox):
            if field.isEditable() and field.currentText() != field.itemText(field.currentIndex()):
                return field.currentText().strip()
            return str(field.currentData() or "")
        if isinstance(field, QPlainTextEdit):
            return field.toPlainText().strip()
        if isinstance(field, QLineEdit):
            plain = field.text().strip()
            return _sum(plain) if self.fact.kind is FactKind.MONEY else plain
        return ""

    @Slot()
    def _give(self) -> None:
        if self._live:
            return
        if self.text:
            self.refuse("")
            self.given.emit(self.text)
        elif not isinstance(self.field, DayField) or not self.field.fault:
            self.refuse(tr("Nothing is answered yet."))

    def refuse(self, text: str) -> None:
        """Says why an answer was not taken."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaves on Esc, before the room hears of it; keeps long texts on Ctrl+Enter."""
        if self._live:
            return False
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            if enter and isinstance(watched, QComboBox) and not watched.isEditable():
                self._give()
                return True
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._give()
                return True
        return False


def _sum(text: str) -> str:
    """A sum as it is understood: point for comma where cents follow, the currency in capitals."""
    amount, _, currency = text.rpartition(" ")
    if re.fullmatch(r"\d+,\d{1,2}", amount):
        amount = amount.replace(",", ".")
    return f"{amount} {currency.upper()}".strip()

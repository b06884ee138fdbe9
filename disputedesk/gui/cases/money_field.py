"""A field for a sum: figures and currency, understood in both ways of writing decimals."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.gui import tokens
from disputedesk.gui.labels import label
from disputedesk.gui.tokens import Type
from disputedesk.model.money import Money

_CURRENCIES = ("USD", "EUR", "GBP", "RUB", "UAH", "KZT", "PLN", "INR", "BRL", "CNY", "JPY")
_GROUPS = re.compile(r"[\s\u00a0\u202f'’]")


def sum_of(text: str, currency: str) -> Money | None:
    """The sum that was typed; `None` for an empty field.

    Raises:
        ValueError: It is no sum, or could be read in two ways; the message says so.
    """
    plain = _GROUPS.sub("", text.strip())
    if not plain:
        return None
    marks = [mark for mark in plain if mark in ".,"]
    if len(marks) == 1 and len(plain) - plain.rfind(marks[0]) == 4 and not plain.startswith("0"):
        raise ValueError(tr("Is this a thousand or a fraction? Write it with two decimals."))
    if len(set(marks)) == 2 or len(marks) > 1:
        last = marks[-1] if len(set(marks)) == 2 else ""
        plain = "".join(c for c in plain if c not in ".," or c == last)
    try:
        return Money.of(plain.replace(",", "."), currency.strip().upper())
    except ValueError as error:
        raise ValueError(tr("Write the sum in figures, like 43.10.")) from error


class MoneyField(QWidget):
    """Figures and a currency.

    Signals:
        committed(): Enter was pressed on a sum that is understood.
        changed(): Something else stands there.
    """

    committed = Signal()
    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        self.line = QLineEdit(self)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText("43.10")
        self.currency = QComboBox(self)
        self.currency.setEditable(True)
        self.currency.addItems(list(_CURRENCIES))
        self.currency.setAccessibleName(tr("{name}: currency", name=name))
        self.currency.setMaximumWidth(110)
        row.addWidget(self.line, 1)
        row.addWidget(self.currency)
        column.addLayout(row)
        self.fault = label("", ink="urgent", size=Type.SMALL, wrap=True)
        self.fault.setVisible(False)
        column.addWidget(self.fault)
        self.setFocusProxy(self.line)
        self.money: Money | None = None
        self.line.textChanged.connect(self._typed)
        self.currency.editTextChanged.connect(self._typed)
        self.line.returnPressed.connect(self._enter)

    @property
    def has_keyboard(self) -> bool:
        """Whether somebody is typing in it."""
        return self.line.hasFocus() or self.currency.hasFocus()

    def set_money(self, money: Money | None, currency: str) -> None:
        """Shows another sum; `currency` is offered while there is none."""
        self.currency.setCurrentText(money.currency if money else currency)
        self.line.setText(str(money).partition(" ")[0] if money else "")

    @Slot()
    def _typed(self) -> None:
        try:
            self.money, fault = sum_of(self.line.text(), self.currency.currentText()), ""
        except ValueError as error:
            self.money, fault = None, str(error)
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
        self.changed.emit()

    @Slot()
    def _enter(self) -> None:
        if self.money is not None:
            self.committed.emit()

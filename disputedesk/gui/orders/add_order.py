"""The form for an order typed by hand: what is known now; the rest can wait."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from disputedesk.common.errors import DeskError
from disputedesk.common.texts import tr
from disputedesk.desk import words
from disputedesk.desk.changes import Outcome
from disputedesk.gui import tokens
from disputedesk.gui.day_field import DayField
from disputedesk.gui.labels import label
from disputedesk.gui.rooms import Desktop, OpenOrder
from disputedesk.gui.sheet import Sheet
from disputedesk.model.ids import OrderId
from disputedesk.model.money import Money
from disputedesk.model.platforms import short_platform

if TYPE_CHECKING:
    from disputedesk.desk.operations.orders import NewOrder

_PLATFORMS: Final = ("aliexpress", "amazon", "ebay", "paypal", "temu", "allegro", "etsy", "shein")
_CURRENCIES: Final = ("USD", "EUR", "GBP", "RUB", "UAH", "KZT", "PLN", "INR", "BRL", "CNY", "JPY")
_GROUPS = re.compile(r"[\s\u00a0\u202f'’]")
_CODE = re.compile(r"[A-Z]{3}")


def amount_of(text: str, currency: str) -> Money | None:
    """The sum that was typed: `1 234,50`, `1,234.50`, `1234.5`; `None` for an empty field.

    Raises:
        ValueError: It is no sum, or a comma or point could be read in two ways.
    """
    plain = _GROUPS.sub("", text.strip())
    if not plain:
        return None
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma >= 0 and point >= 0:
        group = "," if point > comma else "."
        plain = plain.replace(group, "")
    elif comma >= 0 or point >= 0:
        mark = "," if comma >= 0 else "."
        if plain.count(mark) > 1:
            plain = plain.replace(mark, "")
        elif len(plain) - plain.rfind(mark) == 4 and not plain.startswith("0"):
            raise ValueError(tr("Is this a thousand or a fraction? Write it with two decimals."))
    try:
        return Money.of(plain.replace(",", "."), currency)
    except ValueError as error:
        raise ValueError(tr("Write the sum in figures, like 43.10.")) from error


class AddOrderSheet(Sheet):
    """Collects one `NewOrder`; what is missing is said beside the button."""

    def __init__(self, desktop: Desktop, parent: QWidget) -> None:
        super().__init__(
            tr("Add an order"),
            parent,
            second=tr("Three things are needed; more can be told later, when it matters."),
            verb=tr("Add the order"),
            width=560,
        )
        self._desktop = desktop
        form = QFormLayout()
        form.setHorizontalSpacing(tokens.GAP_CARD)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.platform = QComboBox(self)
        self.platform.setEditable(True)
        for key in _PLATFORMS:
            self.platform.addItem(words.platform_title(key), key)
        self.number = QLineEdit(self)
        self.title = QLineEdit(self)
        self.shop = QLineEdit(self)
        self.ordered_on = DayField(tr("Ordered on"), desktop.bridge.today, parent=self)
        self.amount = QLineEdit(self)
        self.currency = QComboBox(self)
        self.currency.setEditable(True)
        self.currency.addItems(list(_CURRENCIES))
        money = QWidget(self)
        row = QHBoxLayout(money)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.amount, 2)
        row.addWidget(self.currency, 1)
        self._add(form, tr("Bought on"), self.platform)
        self._add(form, tr("Order number"), self.number, tr("as the platform shows it"))
        self._add(form, tr("What was ordered"), self.title, tr("in a few words"))
        self._add(form, tr("Shop or seller"), self.shop, tr("if you know it"))
        form.addRow(label(tr("Ordered on")), self.ordered_on)
        self._add(form, tr("Sum"), self.amount, "43.10", row=money)
        self.currency.setAccessibleName(tr("Currency"))
        self.column.addLayout(form)
        self.column.addStretch(1)
        for field in (self.number, self.title, self.amount):
            field.textChanged.connect(self._check)
        for box in (self.platform, self.currency):
            box.editTextChanged.connect(self._check)
        self.ordered_on.changed.connect(self._check)
        self.number.setFocus()
        self._check()

    def _add(
        self,
        form: QFormLayout,
        text: str,
        field: QLineEdit | QComboBox,
        hint: str = "",
        *,
        row: QWidget | None = None,
    ) -> None:
        title = label(text)
        title.setBuddy(field)
        field.setAccessibleName(text)
        if isinstance(field, QLineEdit) and hint:
            field.setPlaceholderText(hint)
        form.addRow(title, row or field)

    @Slot()
    def _check(self) -> None:
        try:
            self._total()
        except ValueError as error:
            self.block(str(error))
            return
        self.block(self._missing())

    def _missing(self) -> str:
        if not self.platform.currentText().strip():
            return tr("Say where it was bought.")
        if not self.number.text().strip():
            return tr("The order number is needed to find it again.")
        if not self.title.text().strip():
            return tr("Say in a few words what was ordered.")
        return self._day_fault()

    def _day_fault(self) -> str:
        if self.ordered_on.fault:
            return self.ordered_on.fault
        day: dt.date | None = self.ordered_on.day
        if day is not None and day > self._desktop.bridge.today:
            return tr("The day of the order has not come yet.")
        return ""

    def _total(self) -> Money | None:
        currency = self.currency.currentText().strip().upper()
        if not _CODE.fullmatch(currency):
            raise ValueError(tr("Write the currency in three letters, like USD."))
        return amount_of(self.amount.text(), currency)

    def request(self) -> NewOrder:
        """What was typed, frozen."""
        from disputedesk.desk.operations.orders import NewOrder

        text = self.platform.currentText().strip()
        at = self.platform.findText(text)
        platform = str(self.platform.itemData(at)) if at >= 0 else short_platform(text)
        return NewOrder(
            platform=platform,
            number=self.number.text().strip(),
            title=self.title.text().strip(),
            shop=self.shop.text().strip(),
            ordered_on=self.ordered_on.day,
            total=self._total(),
        )

    def accept(self) -> None:
        """Adds the order; the form stays until it is kept, and closes then."""
        from disputedesk.desk.operations.orders import add_order

        self.block(tr("Adding…"))
        job = self._desktop.bridge.run(add_order, self.request())
        job.succeeded.connect(self._added)
        job.failed.connect(self._refused)

    @Slot(object)
    def _added(self, outcome: Outcome[OrderId]) -> None:
        super().accept()
        if self._desktop.can(OpenOrder):
            self._desktop.ask(OpenOrder(outcome.value))

    @Slot(object)
    def _refused(self, error: object) -> None:
        self.block("")
        self.reason.setText(str(error) if isinstance(error, DeskError) else "")
        self.reason.setVisible(bool(self.reason.text()))

"""What is asked in the room *Check*: a link, a message with its order, a payment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.texts import tr
from disputedesk.desk import words
from disputedesk.desk.queries.check import PaymentQuestion
from disputedesk.desk.queries.search import search
from disputedesk.desk.views import Hit
from disputedesk.gui import tokens
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label
from disputedesk.gui.masking import SecretGuard
from disputedesk.gui.tokens import Type
from disputedesk.model.ids import OrderId
from disputedesk.model.order import InstrumentKind

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.safety.verdict import Verdict

_SEARCH_MS: Final = 180
_WALLETS: Final = ("paypal", "apple_pay", "google_pay", "alipay", "qiwi", "yoomoney", "klarna")
_NETWORKS: Final = ("visa", "mastercard", "amex", "mir", "maestro", "unionpay", "jcb")


def look_at_link(desk: Desk, url: str) -> Verdict:
    """A job that checks a link; nothing is opened."""
    from disputedesk.desk.queries.check import check_link

    return check_link(url)


def look_at_message(desk: Desk, text: str, order: OrderId | None) -> Verdict:
    """A job that checks a message, with the timer of its order where one is named."""
    from disputedesk.desk.queries.check import check_message

    return check_message(desk, text, order_id=order)


def look_at_payment(desk: Desk, question: PaymentQuestion) -> Verdict:
    """A job that checks a way of paying."""
    from disputedesk.desk.queries.check import check_payment

    return check_payment(question)


class OrderField(QWidget):
    """Finds an order by words or number; optional.

    Signals:
        chosen(): Another order was chosen, or none.
    """

    chosen = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._hits: dict[str, Hit] = {}
        self._reading: JobHandle | None = None
        self.order: OrderId | None = None
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.line = QLineEdit(self)
        self.line.setAccessibleName(tr("The order it is about"))
        self.line.setPlaceholderText(tr("optional: type its name or number"))
        self.line.setClearButtonEnabled(True)
        row.addWidget(self.line)
        note = label("", ink="soon", size=Type.SMALL, wrap=True)
        row.addWidget(note)
        self._guard = SecretGuard(self.line, note)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = completer.popup()
        if popup is not None:
            popup.setAccessibleName(tr("Orders that fit"))
        completer.activated.connect(self.choose)
        self.line.setCompleter(completer)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SEARCH_MS)
        self._timer.timeout.connect(self._search)
        self.line.textEdited.connect(self._typed)
        self.line.textChanged.connect(self._emptied)
        self.setFocusProxy(self.line)

    @Slot()
    def _typed(self) -> None:
        self.order = None
        self._timer.start()

    @Slot(str)
    def _emptied(self, text: str) -> None:
        if not text:
            self.order = None
            self.chosen.emit()

    @Slot()
    def _search(self) -> None:
        text = self.line.text().strip()
        if len(text) >= 2:
            self._reading = self._bridge.read(search, text, limit=8)
            self._reading.succeeded.connect(self._found)

    @Slot(object)
    def _found(self, hits: tuple[Hit, ...]) -> None:
        if self.sender() is not self._reading:
            return
        orders = [hit for hit in hits if hit.order is not None]
        self._hits = {f"{hit.title} · {hit.subtitle}": hit for hit in orders}
        self._names.setStringList(list(self._hits))
        completer = self.line.completer()
        if self._hits and self.line.hasFocus() and completer is not None:
            completer.complete()

    @Slot(str)
    def choose(self, name: str) -> None:
        """Takes one of the orders that were found."""
        hit = self._hits.get(name)
        if hit is not None:
            self.order = hit.order
            self.line.setText(name)
            self.chosen.emit()


class LinkForm(QWidget):
    """A link to look at.

    Signals:
        asked(): It is to be checked.
    """

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = _column(self)
        hint = tr("Paste the address. It is read letter by letter; nothing is opened.")
        column.addWidget(label(hint, ink="second", wrap=True))
        self.line = QLineEdit(self)
        self.line.setAccessibleName(tr("The link"))
        self.line.setPlaceholderText("https://…")
        self.line.setClearButtonEnabled(True)
        self.line.returnPressed.connect(self.asked)
        column.addWidget(self.line)
        self.note = label("", ink="soon", size=Type.SMALL, wrap=True)
        column.addWidget(self.note)
        self._guard = SecretGuard(self.line, self.note)
        column.addWidget(_buttons(self, tr("Check the link"), self.line))
        column.addStretch(1)
        self.setFocusProxy(self.line)

    @property
    def text(self) -> str:
        """The address."""
        return self.line.text().strip()


class MessageForm(QWidget):
    """A message to look at, and the order it is about.

    Signals:
        asked(): It is to be checked.
    """

    asked = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = _column(self)
        hint = tr("Paste what the seller, the shop or “support” wrote, in any language.")
        column.addWidget(label(hint, ink="second", wrap=True))
        self.field = QPlainTextEdit(self)
        self.field.setAccessibleName(tr("The message"))
        self.field.setPlaceholderText(tr("Please confirm receipt first, then we refund you…"))
        self.field.setTabChangesFocus(True)
        self.field.setMinimumHeight(170)
        self.field.installEventFilter(self)
        column.addWidget(self.field)
        self.note = label("", ink="soon", size=Type.SMALL, wrap=True)
        column.addWidget(self.note)
        self._guard = SecretGuard(self.field, self.note)
        column.addWidget(label(tr("Which order is it about?"), ink="second"))
        self.order = OrderField(bridge, self)
        column.addWidget(self.order)
        column.addWidget(_buttons(self, tr("Check the message"), self.field))
        column.addStretch(1)
        self.setFocusProxy(self.field)

    @property
    def text(self) -> str:
        """The message, without what must not stay."""
        self._guard.look()
        return self.field.toPlainText().strip()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Checks on Ctrl+Enter."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.asked.emit()
            return True
        return False


class PaymentForm(QWidget):
    """A payment somebody is about to make.

    Signals:
        asked(): It is to be checked.
    """

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = _column(self)
        hint = tr("How are you about to pay? Only the kind is asked, never a number.")
        column.addWidget(label(hint, ink="second", wrap=True))
        form = QFormLayout()
        form.setHorizontalSpacing(tokens.GAP_CARD)
        form.setVerticalSpacing(tokens.GAP)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.method = self._combo(
            form, tr("Way of paying"),
            [(words.instrument_title(kind), str(kind)) for kind in InstrumentKind],
        )  # fmt: skip
        self.wallet = self._combo(
            form, tr("Wallet"),
            [(tr("not chosen"), "")] + [(words.wallet_title(n), n)
                                        for n in _WALLETS],
        )  # fmt: skip
        self.network = self._combo(
            form, tr("Card network"),
            [(tr("not known"), "")] + [(words.network_title(name), name) for name in _NETWORKS],
        )  # fmt: skip
        self.card_kind = self._combo(
            form, tr("Kind of card"),
            [(tr("not known"), ""), (tr("Credit card"), "credit"), (tr("Debit card"), "debit"),
             (tr("Prepaid card"), "prepaid"), (tr("Virtual card"), "virtual")],
        )  # fmt: skip
        column.addLayout(form)
        self.outside = self._tick(column, tr("The seller wants it paid past the platform"))
        self.others = self._tick(column, tr("The card belongs to somebody else"))
        column.addWidget(_buttons(self, tr("Check the payment"), None))
        column.addStretch(1)
        self._form = form
        self.method.currentIndexChanged.connect(self._fit)
        self._fit()
        self.setFocusProxy(self.method)

    def _combo(self, form: QFormLayout, name: str, pairs: list[tuple[str, str]]) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        for text, value in pairs:
            box.addItem(text, value)
        title = label(name, ink="second")
        title.setBuddy(box)
        form.addRow(title, box)
        return box

    def _tick(self, column: QVBoxLayout, text: str) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setAccessibleName(text)
        column.addWidget(box)
        return box

    @Slot()
    def _fit(self) -> None:
        """Shows only what matters for the way that is chosen."""
        method = str(self.method.currentData())
        card = method == InstrumentKind.CARD
        wallet = method in (InstrumentKind.WALLET, InstrumentKind.PAY_LATER)
        self._form.setRowVisible(self.wallet, wallet)
        self._form.setRowVisible(self.network, card)
        self._form.setRowVisible(self.card_kind, card or wallet)
        self.others.setVisible(card or wallet)

    @property
    def question(self) -> PaymentQuestion:
        """What is asked."""
        method = str(self.method.currentData())
        card = method == InstrumentKind.CARD
        wallet = method in (InstrumentKind.WALLET, InstrumentKind.PAY_LATER)
        return PaymentQuestion(
            method=method,
            network=str(self.network.currentData()) if card else "",
            wallet=str(self.wallet.currentData()) if wallet else "",
            card_kind=str(self.card_kind.currentData()) if card or wallet else "",
            outside_platform=self.outside.isChecked(),
            others_card=self.others.isChecked() and (card or wallet),
        )


def _column(form: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(form)
    column.setContentsMargins(0, tokens.GAP, 0, 0)
    column.setSpacing(tokens.GAP)
    return column


def _buttons(
    form: LinkForm | MessageForm | PaymentForm,
    verb: str,
    field: QLineEdit | QPlainTextEdit | None,
) -> QWidget:
    """The row with the one button, and Paste where there is something to paste into."""
    holder = QWidget(form)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(tokens.GAP)
    go = button(verb, Act.PRIMARY, parent=holder)
    go.clicked.connect(lambda _checked=False: form.asked.emit())
    row.addWidget(go)
    if field is not None:
        paste = button(tr("Paste and check"), parent=holder)

        def paste_and_ask() -> None:
            text = QGuiApplication.clipboard().text()
            if isinstance(field, QLineEdit):
                field.setText(" ".join(text.split()))
            else:
                field.setPlainText(text)
            form.asked.emit()

        paste.clicked.connect(lambda _checked=False: paste_and_ask())
        row.addWidget(paste)
    row.addStretch(1)
    return holder

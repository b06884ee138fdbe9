"""The room *Check*: what is asked at the left, the verdict at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QTabWidget, QVBoxLayout

from disputedesk.common.texts import tr
from disputedesk.gui import tokens
from disputedesk.gui.cards import Card, EmptyState, RoomHead
from disputedesk.gui.check.asking import (
    LinkForm,
    MessageForm,
    PaymentForm,
    look_at_link,
    look_at_message,
    look_at_payment,
)
from disputedesk.gui.check.verdict_view import VerdictView
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.rooms import Desktop, RoomView
from disputedesk.safety.verdict import Verdict

_BESIDE = 860


class CheckRoom(RoomView):
    """Asks in a form, reads the verdict in a job, shows it beside."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop)
        self._reading: JobHandle | None = None
        self.verdict: VerdictView | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(tokens.GAP_ROOM, tokens.GAP_CARD, tokens.GAP_ROOM, 0)
        outer.setSpacing(12)
        second = tr("Before you press, believe or pay. Nothing leaves this computer.")
        outer.addWidget(RoomHead(tr("Check"), second))
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(tokens.GAP_CARD)
        outer.addLayout(self._halves, 1)
        self._halves.addWidget(self._forms(), 2)
        self.area = QScrollArea(self)
        self.area.setAccessibleName(tr("The verdict"))
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._halves.addWidget(self.area, 3)
        self._empty()

    def _forms(self) -> Card:
        card = Card()
        self.tabs = QTabWidget(card)
        self.tabs.setAccessibleName(tr("What to check"))
        self.tabs.tabBar().setAccessibleName(tr("What to check"))
        self.message = MessageForm(self.bridge)
        self.link = LinkForm()
        self.payment = PaymentForm()
        for form, title, asked in (
            (self.message, tr("A message"), self.check_message),
            (self.link, tr("A link"), self.check_link),
            (self.payment, tr("A payment"), self.check_payment),
        ):
            self.tabs.addTab(form, title)
            form.asked.connect(asked)
        self.tabs.currentChanged.connect(self._turned)
        card.column.addWidget(self.tabs)
        return card

    def _empty(self) -> None:
        hint = tr("Paste a message, a link, or say how you are about to pay. The verdict stands "
                  "here: one word, the reasons, what to do.")  # fmt: skip
        self.area.setWidget(EmptyState("check", tr("Nothing checked yet"), hint))
        self.verdict = None

    @Slot(int)
    def _turned(self, at: int) -> None:
        self._reading = None
        self._empty()
        form = self.tabs.widget(at)
        if form is not None:
            form.setFocus()

    # -- asking

    @Slot()
    def check_message(self) -> None:
        """Checks the message that was pasted."""
        if self.message.text:
            self._read(
                self.bridge.read(look_at_message, self.message.text, self.message.order.order)
            )

    @Slot()
    def check_link(self) -> None:
        """Checks the link that was pasted."""
        if self.link.text:
            self._read(self.bridge.read(look_at_link, self.link.text))

    @Slot()
    def check_payment(self) -> None:
        """Checks the payment that was described."""
        self._read(self.bridge.read(look_at_payment, self.payment.question))

    def _read(self, job: JobHandle) -> None:
        self._reading = job
        job.succeeded.connect(self._show)

    @Slot(object)
    def _show(self, verdict: Verdict) -> None:
        if self.sender() is not self._reading:
            return
        view = VerdictView(verdict, self.desktop.notices)
        view.setObjectName("surface")
        view.setContentsMargins(0, 0, tokens.GAP_CARD, tokens.GAP_ROOM)
        self.verdict = view
        self.area.setWidget(view)
        self.area.verticalScrollBar().setValue(0)

    # -- the room

    def entered(self) -> None:
        """Gives the keyboard to the form."""
        form = self.tabs.currentWidget()
        if form is not None:
            form.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stands the verdict under the form in a narrow window."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(direction)

    def scenes(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        """A verdict of each kind."""
        return (
            ("message", self._scene_message),
            ("link", self._scene_link),
            ("payment", self._scene_payment),
        )

    def _later(self, ask: Callable[[], None]) -> None:
        QTimer.singleShot(0, self, ask)

    def _scene_message(self) -> None:
        self.tabs.setCurrentIndex(0)
        self.message.field.setPlainText(
            "Dear friend, please confirm receipt first and cancel the dispute, then we refund you "
            "via PayPal. My card is 4111 1111 1111 1111."
        )
        self._later(self.check_message)

    def _scene_link(self) -> None:
        self.tabs.setCurrentIndex(1)
        self.link.line.setText("https://www.aliexpress.com.order-refund.example/login")
        self._later(self.check_link)

    def _scene_payment(self) -> None:
        self.tabs.setCurrentIndex(2)
        self.payment.outside.setChecked(True)
        self._later(self.check_payment)

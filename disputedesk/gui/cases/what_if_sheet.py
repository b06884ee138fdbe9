"""What if: four suppositions about a case, each answered beside what holds now; nothing is kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.texts import tr
from disputedesk.desk import words
from disputedesk.desk.queries.what_if import BeforeAfter, MovedWindow, Supposition, suppose_case
from disputedesk.desk.views import CaseDetail
from disputedesk.gui import tokens
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet

_NETWORKS = ("visa", "mastercard", "amex", "discover", "jcb", "unionpay", "mir")
_PAUSE_MS = 120
_TOP = Qt.AlignmentFlag.AlignTop


class WhatIfSheet(Sheet):
    """Asks what is supposed and shows what would move, and what doing nothing would cost then."""

    def __init__(self, desktop: Desktop, detail: CaseDetail, parent: QWidget) -> None:
        super().__init__(
            tr("What if…"), parent,
            second=tr("{case}. Only a thought: nothing of it is kept.", case=detail.title),
            width=720,
        )  # fmt: skip
        self._bridge = desktop.bridge
        self._detail = detail
        self._asking: JobHandle | None = None
        self.choices = QButtonGroup(self)
        self._suppositions: dict[QRadioButton, Supposition] = {}
        self.days = QSpinBox(self)
        self.days.setRange(1, 365)
        self.days.setValue(20)
        self.days.setAccessibleName(tr("Days of the extension"))
        self.network = QComboBox(self)
        self.network.setAccessibleName(tr("The other card's network"))
        own = {str(fact.value) for fact in detail.facts if fact.name == "network"}
        for name in _NETWORKS:
            if name not in own:
                self.network.addItem(words.network_title(name), name)
        extended = tr("the seller extends the protection, in days:")
        self._offer(Supposition.EXTENDED, extended, self.days)
        self._offer(Supposition.CONFIRMED, tr("I confirm receipt now"))
        self._offer(Supposition.RETURNED, tr("I send the goods back today"))
        other = tr("I had paid directly with a card of:")
        self._offer(Supposition.OTHER_CARD, other, self.network)
        area = QScrollArea(self)
        area.setAccessibleName(tr("What would move"))
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area = area
        self.column.addWidget(area, 1)
        self.prefer_height(560)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.ask)
        self.choices.buttonClicked.connect(self._pause.start)
        self.days.valueChanged.connect(lambda _days: self._choose(Supposition.EXTENDED))
        self.network.activated.connect(lambda _at: self._choose(Supposition.OTHER_CARD))
        next(iter(self._suppositions)).setChecked(True)
        self.ask()

    @property
    def supposition(self) -> Supposition:
        """What is supposed."""
        return next(what for button, what in self._suppositions.items() if button.isChecked())

    @property
    def body(self) -> QWidget | None:
        """What the answer is shown in; `None` before there is one."""
        return self._area.widget()

    def _offer(self, what: Supposition, text: str, beside: QWidget | None = None) -> None:
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        choice = QRadioButton(text.replace("&", "&&"), self)
        choice.setAccessibleName(text)
        self.choices.addButton(choice)
        self._suppositions[choice] = what
        row.addWidget(choice)
        if beside is not None:
            row.addWidget(beside)
        row.addStretch(1)
        self.column.addLayout(row)

    def _choose(self, what: Supposition) -> None:
        for button, supposition in self._suppositions.items():
            if supposition is what:
                button.setChecked(True)
        self._pause.start()

    @Slot()
    def ask(self) -> None:
        """Asks the rules anew."""
        self._asking = self._bridge.read(
            suppose_case,
            self._detail.case.id,
            self.supposition,
            days=self.days.value(),
            network=str(self.network.currentData()),
        )
        self._asking.succeeded.connect(self._show)

    @Slot(object)
    def _show(self, answer: BeforeAfter) -> None:
        if self.sender() is not self._asking:
            return
        body = QWidget()
        body.setObjectName("surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, tokens.GAP, 0)
        column.setSpacing(tokens.GAP)
        column.addWidget(label(tr("If you do nothing"), strong=True))
        if answer.before.nothing == answer.after.nothing:
            column.addWidget(
                label(tr("As now: {sentence}", sentence=answer.before.nothing), wrap=True)
            )
        else:
            column.addLayout(_pair(body, answer.before.nothing, answer.after.nothing))
        if answer.after.next_reason:
            column.addWidget(label(tr("The next step, then"), strong=True))
            column.addWidget(label(answer.after.next_reason, wrap=True))
        if not answer.moved:
            column.addWidget(label(tr("No window would move."), ink="second", wrap=True))
        for moved in answer.moved:
            column.addLayout(_window(body, moved))
        column.addStretch(1)
        self._area.setWidget(body)


def _window(parent: QWidget, moved: MovedWindow) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(label(moved.title, strong=True, wrap=True))
    column.addLayout(_pair(parent, words.window_text(moved.before), words.window_text(moved.after)))
    return column


def _pair(parent: QWidget, now: str, then: str) -> QGridLayout:
    """Now and then, one under the other, each behind its word."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(tokens.GAP)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    for row, (when, text) in enumerate(((tr("now"), now), (tr("then"), then))):
        grid.addWidget(label(when, ink="mute", parent=parent), row, 0, _TOP)
        grid.addWidget(label(text, strong=row == 1, wrap=True, parent=parent), row, 1)
    return grid

"""The money of a case: what is claimed, and how it ended."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk import words
from disputedesk.desk.views import CaseDetail
from disputedesk.gui import tokens
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cases.ledger_view import sentences
from disputedesk.gui.cases.money_field import MoneyField
from disputedesk.gui.labels import label
from disputedesk.model.case import CaseStage
from disputedesk.model.ids import CaseId


class MoneyTab(QWidget):
    """Sums, and the way to close or take up the case.

    Signals:
        close_wanted(): The case has ended.
        reopen_wanted(): The case is taken up again.
    """

    close_wanted = Signal()
    reopen_wanted = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._case: CaseId | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.GAP, 0, 0)
        column.setSpacing(tokens.GAP)
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.GAP_CARD)
        grid.setVerticalSpacing(tokens.GAP)
        grid.setColumnStretch(1, 1)
        self.ordered = label("")
        self.paid = label("", wrap=True)
        self.outcome = label("", wrap=True)
        self.back = label("", wrap=True)
        self.claimed = MoneyField(tr("Claimed"), self)
        self.claimed.committed.connect(self._claim)
        for at, (text, field) in enumerate((
            (tr("The order"), self.ordered), (tr("Paid with"), self.paid),
            (tr("Claimed"), self.claimed), (tr("Came back"), self.back),
            (tr("How it ended"), self.outcome),
        )):  # fmt: skip
            grid.addWidget(label(text, ink="second"), at, 0)
            grid.addWidget(field, at, 1)
        column.addLayout(grid)
        hint = tr("Claim less than the order when only a part of it is wrong. Enter keeps the sum.")
        column.addWidget(label(hint, ink="mute", wrap=True))
        row = QHBoxLayout()
        self.close_button = button(tr("The case has ended…"), parent=self)
        self.close_button.clicked.connect(lambda _checked=False: self.close_wanted.emit())
        self.reopen = button(tr("Take it up again"), Act.PLAIN, parent=self)
        self.reopen.clicked.connect(lambda _checked=False: self.reopen_wanted.emit())
        row.addWidget(self.close_button)
        row.addWidget(self.reopen)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def set_detail(self, detail: CaseDetail) -> None:
        """Shows the sums of a case."""
        case, order = detail.case, detail.order
        self._case = case.id
        self.ordered.setText(words.money_text(order.total) if order.total else tr("not known"))
        self.paid.setText(_paid_with(detail))
        if not self.claimed.has_keyboard:
            currency = order.total.currency if order.total else "USD"
            self.claimed.set_money(case.claimed or order.total, currency)
        closed = case.stage is CaseStage.CLOSED
        told = [text for text, _ink in sentences(detail.after)]
        self.back.setText("\n".join(told) or tr("nothing yet"))
        self.outcome.setText(_outcome(detail))
        self.close_button.setVisible(not closed)
        self.reopen.setVisible(closed)

    @Slot()
    def _claim(self) -> None:
        from disputedesk.desk.operations.cases import set_case

        money = self.claimed.money
        if self._case is not None and money is not None:
            self._bridge.run(set_case, self._case, claimed=money)


def _paid_with(detail: CaseDetail) -> str:
    card = detail.instrument
    if card is None:
        return tr("not known")
    parts = [words.instrument_title(card.kind), words.network_title(card.network), card.mask]
    parts += [card.issuer or card.label]
    return " · ".join(part for part in parts if part)


def _outcome(detail: CaseDetail) -> str:
    case = detail.case
    if case.outcome is None:
        return detail.stage_title
    text = words.outcome_title(case.outcome)
    return f"{text}: {words.money_text(case.won)}" if case.won else text

"""The ledger of refunds of a case: each line, how it stands, and what is late."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import day_text, tr
from disputedesk.desk import words
from disputedesk.desk.after_views import AfterView, CreditRow
from disputedesk.desk.after_words import credit_hint, credit_title
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.labels import Ink, label, set_tip
from disputedesk.gui.tokens import Type
from disputedesk.model.credit import CreditKind

_TOP = Qt.AlignmentFlag.AlignTop
_SIGNS: dict[CreditKind, tuple[str, Ink]] = {
    CreditKind.PROMISED: ("◇", "wait"),
    CreditKind.PROVISIONAL: ("▲", "soon"),
    CreditKind.FINAL: ("✓", "open"),
    CreditKind.TAKEN_BACK: ("◆", "urgent"),
}


class LedgerView(QWidget):
    """The lines of a ledger of refunds, and how it stands.

    Signals:
        add_wanted(): A line is to be entered.
        remove_wanted(number): A line was a mistake.
        chase_wanted(): A late refund is to be asked for.
    """

    add_wanted = Signal()
    remove_wanted = Signal(int)
    chase_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP_CHIP)
        head = QHBoxLayout()
        head.addWidget(label(tr("Money that comes back"), strong=True, ink="second"), 1)
        self.add = button(tr("Add…"), Act.LINK, icon="plus", parent=self)
        self.add.setAccessibleName(tr("Add money that comes back"))
        self.add.clicked.connect(lambda _checked=False: self.add_wanted.emit())
        head.addWidget(self.add)
        column.addLayout(head)
        self._body = QWidget(self)
        column.addWidget(self._body)
        self._column = column
        self._seen: object = None

    def set_view(self, view: AfterView) -> None:
        """Shows a ledger."""
        seen = (view.credits, view.balances, view.still_out)
        if seen == self._seen:
            return
        self._seen = seen
        old, self._body = self._body, QWidget(self)
        self._column.replaceWidget(old, self._body)
        old.hide()
        old.deleteLater()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP_CHIP)
        if view.credits:
            column.addLayout(self._lines(view))
        else:
            text = tr("Nothing was promised or paid yet. Add what the seller promises, what the "
                      "bank gives for now, and what is back for good.")  # fmt: skip
            column.addWidget(label(text, ink="second", wrap=True))
        for text, ink in sentences(view):
            column.addWidget(label(text, ink=ink, wrap=True))
        for row in view.late:
            column.addLayout(self._late(row))
        self._body.show()

    def _lines(self, view: AfterView) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.GAP)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(4, 1)
        for at, row in enumerate(view.credits):
            credit = row.credit
            sign, ink = _SIGNS[credit.kind]
            mark = label(sign, ink=ink, strong=True)
            kind = label(credit_title(credit.kind), ink=ink)
            set_tip(kind, credit_hint(credit.kind))
            grid.addWidget(mark, at, 0, _TOP)
            grid.addWidget(label(day_text(credit.on), ink="second"), at, 1, _TOP)
            grid.addWidget(kind, at, 2, _TOP)
            grid.addWidget(label(words.money_text(credit.amount)), at, 3,
                           _TOP | Qt.AlignmentFlag.AlignRight)  # fmt: skip
            told = label(_detail(row), ink="mute", size=Type.SMALL, wrap=True)
            grid.addWidget(told, at, 4, _TOP)
            out = button(tr("Take out"), Act.LINK, parent=self._body)
            out.setAccessibleName(tr("Take out: {line}", line=_spoken(row)))
            out.clicked.connect(
                lambda _checked=False, number=credit.id: self.remove_wanted.emit(number)
            )
            grid.addWidget(out, at, 5, _TOP)
        return grid

    def _late(self, row: CreditRow) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(tokens.GAP)
        line.addWidget(label(f"! {row.said}", ink="urgent", wrap=True), 1)
        chase = button(tr("Ask where it is…"), parent=self._body)
        chase.clicked.connect(lambda _checked=False: self.chase_wanted.emit())
        line.addWidget(chase, 0, _TOP)
        return line


def sentences(view: AfterView) -> list[tuple[str, Ink]]:
    """How a ledger stands, a sentence for each thing to know, and its colour."""
    told: list[tuple[str, Ink]] = [
        (tr("✓ Back for good: {sum}.", sum=words.money_text(money)), "open") for money in view.final
    ]
    told += [
        (tr("▲ {sum} is provisional: the bank may take it back until the dispute has ended.",
            sum=words.money_text(money)), "soon")
        for money in view.provisional
    ]  # fmt: skip
    if view.credits and view.still_out is not None and view.still_out.minor:
        text = tr("Not back for good: {sum}.", sum=words.money_text(view.still_out))
        told.append((text, "second"))
    return told


def _detail(row: CreditRow) -> str:
    credit = row.credit
    parts = []
    if row.left is not None and credit.due_on is not None:
        parts.append(tr("due by {day}", day=day_text(credit.due_on)))
    if row.filing is not None:
        parts.append(words.avenue_title(row.filing.avenue))
    if row.exhibit is not None:
        parts.append(tr("Exhibit {number}", number=row.exhibit.number))
    return " · ".join([*parts, *(text for text in (credit.reference, credit.note) if text)])


def _spoken(row: CreditRow) -> str:
    credit = row.credit
    return f"{credit_title(credit.kind)}, {words.money_text(credit.amount)}, {day_text(credit.on)}"

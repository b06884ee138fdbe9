"""The three sums above the list: at stake, promised and not seen, won back."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.desk.views import TodayView
from disputedesk.desk.words import money_text
from disputedesk.gui import tokens
from disputedesk.gui.labels import label, set_tip
from disputedesk.gui.tokens import Type
from disputedesk.model.money import Money

_MOST = 2


class Sums(QWidget):
    """Sums by currency; what is nothing is not shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP_ROOM + 4)
        self._parts = []
        for _ in range(3):
            part = QWidget(self)
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 6, 0, 0)
            column.setSpacing(2)
            title = label("", ink="second", size=Type.SMALL)
            value = label("", strong=True, size=Type.COUNT)
            column.addWidget(title)
            column.addWidget(value)
            column.addStretch(1)
            row.addWidget(part)
            self._parts.append((part, title, value))
        row.addStretch(1)

    def set_view(self, view: TodayView) -> None:
        """Shows the sums of `view`."""
        stake = trn("At stake, {count} case", "At stake, {count} cases", view.cases)
        titles = (
            (stake if view.cases else tr("At stake"), view.at_stake),
            (tr("Promised, not seen yet"), view.promised),
            (tr("Won back this year"), view.won),
        )
        for (part, title, value), (words, sums) in zip(self._parts, titles, strict=True):
            part.setVisible(bool(sums))
            title.setText(words)
            value.setText(sum_text(sums))
            set_tip(value, "\n".join(money_text(one) for one in sums) if len(sums) > 1 else "")


def sum_text(sums: tuple[Money, ...]) -> str:
    """Sums of several currencies as people write them beside each other."""
    shown = " + ".join(money_text(one) for one in sums[:_MOST])
    left = len(sums) - _MOST
    if left > 0:
        return trn("{sums} + {count} more", "{sums} + {count} more", left, sums=shown)
    return shown

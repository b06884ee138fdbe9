"""What an empty desk shows: three doors, and nothing else to decide."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.gui import tokens
from disputedesk.gui.cards import Door
from disputedesk.gui.labels import label
from disputedesk.gui.rooms import AddOrder, ChooseFiles, Desktop, SampleDesk
from disputedesk.gui.tokens import Type

_SIDE_BY_SIDE = 760


class Doors(QWidget):
    """Bring in files, add an order, or look at a sample; only doors that lead somewhere."""

    def __init__(self, desktop: Desktop, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.GAP_CHIP, 0, tokens.GAP_CARD, 0)
        column.setSpacing(tokens.GAP)
        column.addStretch(2)
        title = label(tr("Welcome. Where shall we begin?"), size=Type.TITLE, strong=True, wrap=True)
        column.addWidget(title)
        column.addWidget(
            label(
                tr(
                    "DisputeDesk keeps your orders and the days that matter, tells what to do "
                    "next, and writes it. Everything stays on this machine."
                ),
                ink="second",
                wrap=True,
            )
        )
        column.addSpacing(tokens.GAP_CARD)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(tokens.GAP_CARD)
        self.doors: list[Door] = []
        if desktop.can(ChooseFiles):
            self._add(
                desktop,
                ChooseFiles(),
                "import",
                tr("Bring in mails or exports"),
                tr(
                    "Drop order mails or a shop's export anywhere on this window, or choose "
                    "files. You see what was recognised before it is kept."
                ),
            )
        if desktop.can(AddOrder):
            self._add(
                desktop,
                AddOrder(),
                "plus",
                tr("Add an order"),
                tr("Type what you know: the shop, the sum, the day. The rest can wait."),
            )
        if desktop.can(SampleDesk):
            self._add(
                desktop,
                SampleDesk(),
                "sample",
                tr("Look at a sample desk"),
                tr("Made-up orders and cases to try everything on; gone with one click."),
            )
        column.addLayout(self._row)
        column.addStretch(3)

    def _add(self, desktop: Desktop, request: object, icon: str, title: str, text: str) -> None:
        door = Door(icon, title, text, self)
        door.opened.connect(lambda: desktop.ask(request))
        self._row.addWidget(door, 1)
        self.doors.append(door)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stands the doors one under the other in a narrow window."""
        super().resizeEvent(event)
        wide = self.width() >= _SIDE_BY_SIDE
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(direction)

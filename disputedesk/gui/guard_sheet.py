"""What a step would end, said before it is taken; orders and cases both ask through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from disputedesk.common.texts import day_text, tr
from disputedesk.gui.buttons import Act
from disputedesk.gui.cards import Banner
from disputedesk.gui.labels import label
from disputedesk.gui.sheet import Sheet

if TYPE_CHECKING:
    from disputedesk.safety.guards import GuardNotice


class GuardSheet(Sheet):
    """Says what would be lost by saying that it came; leaving it is the easy way.

    Args:
        notice: What the guard found.
        verb: The words on the button that goes on all the same.
        parent: The window.
    """

    def __init__(self, notice: GuardNotice, verb: str, parent: QWidget) -> None:
        super().__init__(
            tr("Before you say that it came"), parent, verb=verb, act=Act.DANGER, width=560
        )
        self.column.addWidget(Banner(notice.headline, surface="urgent", icon="warning"))
        for loss in notice.losses:
            self.column.addWidget(label(loss, wrap=True))
        if notice.until is not None:
            until = day_text(notice.until, weekday=True)
            text = tr("On the platform something stays open until {day}.", day=until)
            self.column.addWidget(label(text, strong=True, wrap=True))
        self.column.addStretch(1)
        if self.accept_button is not None:
            self.accept_button.setDefault(False)
        self.cancel.setText(tr("Leave it as it is"))
        self.cancel.setAccessibleName(tr("Leave it as it is"))
        self.cancel.setDefault(True)
        self.cancel.setFocus()

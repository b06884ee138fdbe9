"""One answer to the question what went wrong: a picture and plain words."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from disputedesk.desk.views import ProblemChoice
from disputedesk.gui import tokens
from disputedesk.gui.cards import Door
from disputedesk.model.problem import Problem

_GROUP_ICONS: Final = {"not_arrived": "parcel", "arrived": "flag", "money": "money"}
_ICONS: Final = {
    Problem.LATE: "clock",
    Problem.WRONG_ITEM: "orders",
    Problem.NOT_AS_DESCRIBED: "search",
    Problem.COUNTERFEIT: "warning",
    Problem.DEFECTIVE: "settings",
    Problem.CHANGED_MIND: "undo",
    Problem.RETURNED_NO_REFUND: "undo",
    Problem.CANCELLED_NO_REFUND: "close",
    Problem.DUPLICATE_CHARGE: "copy",
    Problem.RECURRING_CANCELLED: "calendar",
    Problem.UNAUTHORISED: "warning",
    Problem.MERCHANT_CLOSED: "seller",
    Problem.MISREPRESENTED: "message",
}


class ProblemDoor(Door):
    """One answer to "What went wrong?"."""

    def __init__(self, choice: ProblemChoice, parent: QWidget) -> None:
        icon = _ICONS.get(choice.problem) or _GROUP_ICONS.get(choice.group, "info")
        super().__init__(icon, choice.text, choice.hint, parent)
        self.problem = choice.problem
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(*(tokens.GAP_CARD,) * 4)

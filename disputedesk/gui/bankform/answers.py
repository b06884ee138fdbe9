"""The answers at which a box is ticked, chosen in words rather than by our short names."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk import words
from disputedesk.gui.labels import set_tip
from disputedesk.model.case import Wish
from disputedesk.model.problem import Problem
from disputedesk.papers.bankform.places import OR

_ANSWERS: Final = {"problem": tuple(map(str, Problem)), "wish": tuple(map(str, Wish))}
"""Values whose answers are short words of ours, and these."""


def has_answers(source: str) -> bool:
    """Whether the answers of a value are to be chosen here."""
    return source in _ANSWERS


class AnswersButton(QPushButton):
    """Opens a menu of answers; several can be ticked.

    Signals:
        picked(when): The answers that are ticked now, as they are kept.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        menu = QMenu(self)
        self.setMenu(menu)
        menu.triggered.connect(self._triggered)

    def show_answers(self, source: str, when: str) -> None:
        """Offers the answers of a value, with those ticked that stand in `when`."""
        menu = self.menu()
        menu.clear()
        chosen = when.split(OR)
        told = []
        for code in _ANSWERS.get(source, ()):
            title = words.wish_title(Wish(code)) if source == "wish" else words.problem_text(
                Problem(code))  # fmt: skip
            action = menu.addAction(title)
            action.setData(code)
            action.setCheckable(True)
            action.setChecked(code in chosen)
            if code in chosen:
                told.append(title)
        text = "; ".join(told) or tr("choose the answers…")
        self.setText(text)
        self.setAccessibleName(tr("Ticked when the answer is"))
        self.setAccessibleDescription(text)
        set_tip(self, text)

    @Slot()
    def _triggered(self) -> None:
        ticked = [str(each.data()) for each in self.menu().actions() if each.isChecked()]
        self.picked.emit(OR.join(sorted(ticked)))

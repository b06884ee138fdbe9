"""Papers to choose from: shelf by shelf, found by a word of their title or use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.desk import words
from disputedesk.desk.form_words import kind_word, shelf_title
from disputedesk.desk.views import PaperChoice
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.labels import ElidedLabel, Ink, label, set_tip
from disputedesk.gui.tokens import Type

_MANY: Final = 5
"""From so many papers on there is a field to find one by."""


class PaperRow(QWidget):
    """One paper that can be prepared: its title, how it stands with it, its button."""

    def __init__(self, choice: PaperChoice, parent: QWidget) -> None:
        super().__init__(parent)
        self.choice = choice
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        title = ElidedLabel(choice.title)
        set_tip(title, choice.summary)
        lines.addWidget(title)
        text, ink = how_it_stands(choice)
        lines.addWidget(label(text, ink=ink, size=Type.SMALL, wrap=True))
        row.addLayout(lines, 1)
        act = Act.PRIMARY if choice.recommended else Act.PLAIN
        self.prepare = button(tr("Prepare"), act, parent=self)
        self.prepare.setAccessibleName(tr("Prepare: {paper}", paper=choice.title))
        row.addWidget(self.prepare, 0, Qt.AlignmentFlag.AlignVCenter)

    def fits(self, wanted: str) -> bool:
        """Whether every word that is looked for stands in it."""
        choice = self.choice
        told = (choice.title, choice.summary, choice.form, shelf_title(choice.group),
                kind_word(choice.kind))  # fmt: skip
        text = " ".join(told).casefold()
        return all(word in text for word in wanted.casefold().split())


def how_it_stands(choice: PaperChoice) -> tuple[str, Ink]:
    """What a paper still lacks, in words, and the colour they have."""
    missing = len(choice.missing)
    if missing:
        text = trn("▲ {count} answer is missing", "▲ {count} answers are missing", missing)
        return text, "soon"
    if choice.avenue:
        avenue = words.avenue_title(choice.avenue)
        return tr("{avenue}; everything it needs is known", avenue=avenue), "mute"
    return tr("Everything it needs is known."), "mute"


class PaperList(QWidget):
    """Papers on their shelves, and a field that leaves the fitting ones.

    Signals:
        paper_wanted(choice): A paper is to be prepared.
    """

    paper_wanted = Signal(object)

    def __init__(self, choices: Sequence[PaperChoice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.words = QLineEdit(self)
        self.words.setAccessibleName(tr("Find a paper"))
        self.words.setPlaceholderText(tr("Find a paper: bank, refund, police…"))
        self.words.setClearButtonEnabled(True)
        self.words.setVisible(len(choices) >= _MANY)
        self.words.textChanged.connect(self._filter)
        column.addWidget(self.words)
        self.rows: list[PaperRow] = []
        self._heads: list[tuple[QLabel, list[PaperRow]]] = []
        for choice in choices:
            self._add(column, choice)
        self._nothing = label(tr("No paper has these words."), ink="second", wrap=True)
        self._nothing.setVisible(False)
        column.addWidget(self._nothing)

    def _add(self, column: QVBoxLayout, choice: PaperChoice) -> None:
        title = tr("Recommended now") if choice.recommended else shelf_title(choice.group)
        if not self._heads or self._heads[-1][0].text() != title:
            head = label(title, strong=True, ink="second")
            column.addWidget(head)
            self._heads.append((head, []))
        row = PaperRow(choice, self)
        row.prepare.clicked.connect(lambda _checked=False: self.paper_wanted.emit(choice))
        column.addWidget(row)
        self.rows.append(row)
        self._heads[-1][1].append(row)

    @Slot(str)
    def _filter(self, wanted: str) -> None:
        for row in self.rows:
            row.setVisible(row.fits(wanted))
        for head, rows in self._heads:
            head.setVisible(any(row.isVisibleTo(self) for row in rows))
        self._nothing.setVisible(not any(row.isVisibleTo(self) for row in self.rows))

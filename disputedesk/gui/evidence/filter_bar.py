"""The bar over the contact sheet: words, kind, case, what to be careful with, and the order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLineEdit, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk.evidence_views import (
    EvidenceCase,
    EvidenceFilter,
    EvidenceGroup,
    EvidenceSort,
)
from disputedesk.gui import tokens
from disputedesk.model.ids import CaseId

_TYPE_MS: Final = 90
_BESIDE: Final = 900
_WIDEST: Final = 230
_EVERYTHING, _UNUSED, _SUSPECTED, _REDACTED = "", "unused", "suspected", "redacted"


def group_words() -> dict[EvidenceGroup, str]:
    """The kinds of files in words."""
    return {
        EvidenceGroup.PICTURES: tr("Pictures"),
        EvidenceGroup.PAPERS: tr("Papers"),
        EvidenceGroup.MAILS: tr("Mails"),
        EvidenceGroup.FILMS: tr("Films and sound"),
        EvidenceGroup.OTHER: tr("Other files"),
    }


class FilterBar(QWidget):
    """One line, or two in a narrow room.

    Signals:
        changed(): Another filter or order is wanted.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(tokens.GAP)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(tr("Words in files, mails and captions"))
        self.field.setAccessibleName(tr("Search the evidence"))
        self.field.setClearButtonEnabled(True)
        self._rows.addWidget(self.field, 1)
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP_CHIP)
        self._rows.addLayout(row)
        self.group = self._box(tr("Kind of file"), (tr("Every kind"), None))
        for group, text in group_words().items():
            self.group.addItem(text, group.value)
        self.case = self._box(tr("Case"), (tr("Every case"), None))
        self.only = self._box(tr("Show only"), (tr("Used and unused"), _EVERYTHING))
        for text, value in (
            (tr("Used in no case"), _UNUSED),
            (tr("Shows a number that must not leave"), _SUSPECTED),
            (tr("Has a redacted copy"), _REDACTED),
        ):
            self.only.addItem(text, value)
        self.sort = self._box(tr("Order"), (tr("Newest first"), EvidenceSort.NEWEST.value))
        self.sort.addItem(tr("By the day it was made"), EvidenceSort.CAPTURED.value)
        for box in (self.group, self.case, self.only, self.sort):
            row.addWidget(box)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPE_MS)
        self._timer.timeout.connect(self.changed)
        self.field.textChanged.connect(lambda _text: self._timer.start())

    def _box(self, name: str, first: tuple[str, str | None]) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setMaximumWidth(_WIDEST)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(13)
        box.addItem(*first)
        box.currentIndexChanged.connect(self._chosen)
        return box

    @Slot(int)
    def _chosen(self, _at: int) -> None:
        self.changed.emit()

    @property
    def wanted(self) -> EvidenceFilter:
        """What is to be shown."""
        group, case = self.group.currentData(), self.case.currentData()
        only = self.only.currentData()
        return EvidenceFilter(
            text=self.field.text().strip(),
            group=None if group is None else EvidenceGroup(group),
            case=None if case is None else CaseId(case),
            unused=only == _UNUSED,
            suspected=only == _SUSPECTED,
            redacted=only == _REDACTED,
        )

    @property
    def order(self) -> EvidenceSort:
        """In which order."""
        return EvidenceSort(self.sort.currentData())

    def set_cases(self, cases: Sequence[EvidenceCase]) -> None:
        """Offers these cases; the chosen one stays chosen as long as it is there."""
        chosen = self.case.currentData()
        with QSignalBlocker(self.case):
            while self.case.count() > 1:
                self.case.removeItem(1)
            for case in cases:
                text = tr("{number}: {title}", number=case.number, title=case.title)
                self.case.addItem(text, int(case.id))
            self.case.setCurrentIndex(max(0, self.case.findData(chosen)))
        if self.case.currentData() != chosen:
            self.changed.emit()

    def clear(self) -> None:
        """Shows everything again."""
        with QSignalBlocker(self.field):
            self.field.clear()
        for box in (self.group, self.case, self.only):
            with QSignalBlocker(box):
                box.setCurrentIndex(0)
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts the boxes under the field in a narrow room."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE
        self._rows.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )

"""What must be hidden before it leaves: a line for each exhibit that shows a number or code."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.desk.operations.reading import settle_suspicion
from disputedesk.desk.queries.redaction import can_redact
from disputedesk.desk.queries.suspicions import SuspicionView, suspicions_of
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.labels import label, set_tip
from disputedesk.gui.rooms import Desktop, RedactEvidence
from disputedesk.model.ids import CaseId

_MOST: Final = 4


class HiddenNumbers(QWidget):
    """The lines, gone where there is nothing to hide; lives in the card of the exhibits.

    Each line offers to hide the number in a copy, and to say that it is none.

    Signals:
        told(exhibits): The numbers of the exhibits that show something, as a frozen set.
    """

    told = Signal(object)

    def __init__(self, desktop: Desktop, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desktop = desktop
        self._case: CaseId | None = None
        self._shown: tuple[SuspicionView, ...] = ()
        self._rows: list[QWidget] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(tokens.GAP_CHIP)
        self.setVisible(False)
        desktop.answerable.connect(self._build)

    @property
    def lines(self) -> tuple[SuspicionView, ...]:
        """What is shown."""
        return self._shown

    def show_case(self, case_id: CaseId) -> None:
        """Reads anew what was found in the exhibits of a case."""
        if self._case != case_id:
            self._case = case_id
            self.show_found(())
        reading = self._desktop.bridge.read(suspicions_of, case_id)
        reading.setProperty("case", int(case_id))
        reading.succeeded.connect(self._read)

    @Slot(object)
    def _read(self, found: tuple[SuspicionView, ...]) -> None:
        if self.sender().property("case") == self._case:
            self.show_found(tuple(each for each in found if each.would_leave))

    def show_found(self, found: tuple[SuspicionView, ...]) -> None:
        """Shows these lines, where they are not those that stand there."""
        if found != self._shown:
            self._shown = found
            self._build()
            self.told.emit(frozenset(each.exhibit for each in found))

    @Slot()
    def _build(self) -> None:
        """Makes the lines anew."""
        for old in self._rows:
            self.column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = [self._line(each) for each in self._shown[:_MOST]]
        rest = len(self._shown) - _MOST
        if rest > 0:
            more = trn("{count} more", "{count} more", rest)
            self._rows.append(label(more, ink="second", parent=self))
        for each in self._rows:
            self.column.addWidget(each)
        self.setVisible(bool(self._shown))

    def _line(self, each: SuspicionView) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        row.addWidget(label(each.line, ink="urgent", wrap=True), 1)
        can_hide = can_redact(each.media_type) and self._desktop.can(RedactEvidence)
        if can_hide:
            hide = button(tr("Hide it…"), Act.LINK, parent=line)
            hide.setAccessibleName(tr("Hide it on exhibit {number}", number=each.number))
            hide.clicked.connect(lambda _checked=False, each=each: self._hide(each))
            row.addWidget(hide)
        none = button(tr("Not a secret"), Act.LINK, parent=line)
        none.setAccessibleName(tr("Not a secret, exhibit {number}", number=each.number))
        set_tip(none, tr("Say that you looked: this is no card number and no code."))
        none.clicked.connect(lambda _checked=False, each=each: self._settle(each))
        row.addWidget(none)
        return line

    def _hide(self, each: SuspicionView) -> None:
        self._desktop.ask(RedactEvidence(each.hidden_in))

    def _settle(self, each: SuspicionView) -> None:
        self._desktop.bridge.run(settle_suspicion, each.id)

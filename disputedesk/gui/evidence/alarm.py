"""What must not leave: numbers that can be read in a piece, and what to do about them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import day_text, tr, trn
from disputedesk.desk.evidence_views import EvidenceDetail
from disputedesk.desk.operations.reading import is_dangerous
from disputedesk.desk.queries.redaction import can_redact
from disputedesk.desk.secret_words import found_words
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.labels import Ink, label
from disputedesk.gui.tokens import Type
from disputedesk.model.evidence import Suspicion

_MOST_LINES: Final = 5


class Alarm(QFrame):
    """The numbers that were seen; those that somebody settled stand below, quietly.

    Signals:
        settled(suspicion, on): Somebody says that it is no secret, or takes that back.
        hide_wanted(): A redacted copy is to be made.
    """

    settled = Signal(int, bool)
    hide_wanted = Signal()

    def __init__(
        self, detail: EvidenceDetail, *, can_hide: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        counts = [each for each in detail.suspicions if is_dangerous(each)]
        told = [
            each for each in detail.suspicions if each.settled_on is None and each not in counts
        ]
        rest = [each for each in detail.suspicions if each.settled_on is not None]
        can_hide = can_hide and can_redact(detail.evidence.media_type)
        is_safe = detail.copy is not None or not counts
        self.setProperty("card", "open" if is_safe else "urgent")
        self._ink: Ink = "open" if is_safe else "urgent"
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.GAP_CARD, tokens.GAP, tokens.GAP_CARD, tokens.GAP)
        column.setSpacing(tokens.GAP_CHIP)
        for each in counts[:_MOST_LINES]:
            column.addLayout(self._line(each))
        more = len(counts) - _MOST_LINES
        if more > 0:
            text = trn("and {count} more", "and {count} more", more)
            column.addWidget(label(text, ink=self._ink))
        if counts:
            words = self._what_now(detail, can_hide=can_hide)
            column.addWidget(label(words, ink=self._ink, wrap=True))
        if can_hide and counts:
            text = tr("Hide more…") if detail.copy is not None else tr("Hide it in a copy…")
            hide = button(text, Act.PLAIN if is_safe else Act.PRIMARY, parent=self)
            hide.clicked.connect(lambda _checked=False: self.hide_wanted.emit())
            row = QHBoxLayout()
            row.addWidget(hide)
            row.addStretch(1)
            column.addLayout(row)
        for each in told[:_MOST_LINES]:
            text = tr("{found}; that keeps nothing from leaving.", found=_found(each))
            column.addWidget(label(text, ink="mute", size=Type.SMALL, wrap=True))
        for each in rest[:_MOST_LINES]:
            column.addLayout(self._settled_line(each))

    def _what_now(self, detail: EvidenceDetail, *, can_hide: bool) -> str:
        if detail.copy is not None:
            return tr("The redacted copy goes out in its place; this original stays with you.")
        if can_hide:
            return tr("It must not leave like this. A copy in which it is hidden goes out instead.")
        return tr("It must not leave like this, and no copy can be made of such a file. Add a "
                  "picture or a PDF of it without the number.")  # fmt: skip

    def _line(self, each: Suspicion) -> QHBoxLayout:
        text = tr("{found}.", found=_found(each))
        row = QHBoxLayout()
        row.addWidget(label(text, ink=self._ink, strong=True, wrap=True), 1)
        none = button(tr("This is no secret"), Act.QUIET, parent=self)
        none.setAccessibleDescription(text)
        none.clicked.connect(lambda _checked=False, number=each.id: self.settled.emit(number, True))
        row.addWidget(none)
        return row

    def _settled_line(self, each: Suspicion) -> QHBoxLayout:
        day = day_text(each.settled_on) if each.settled_on is not None else ""
        text = tr("{found}: no secret, as you said on {day}.", found=_found(each), day=day)
        row = QHBoxLayout()
        row.addWidget(label(text, ink="mute", size=Type.SMALL, wrap=True), 1)
        back = button(tr("It is one after all"), Act.QUIET, parent=self)
        back.setAccessibleDescription(text)
        back.clicked.connect(
            lambda _checked=False, number=each.id: self.settled.emit(number, False)
        )
        row.addWidget(back)
        return row


def _found(each: Suspicion) -> str:
    """What was seen and where, without a stop."""
    return found_words(each.kind, each.place, each.shown)

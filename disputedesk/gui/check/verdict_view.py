"""A verdict: one word with shape and colour, the reasons with their quotes, and what to do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.gui import tokens
from disputedesk.gui.buttons import button
from disputedesk.gui.cards import Card, Surface
from disputedesk.gui.labels import Ink, label
from disputedesk.gui.notices import Notices, announce
from disputedesk.gui.tokens import Tone, Type
from disputedesk.safety.verdict import Level, Protection, Reason, Verdict

_TOP: Final = Qt.AlignmentFlag.AlignTop
_TONES: Final = {
    Level.NOTHING_FOUND: Tone.WAIT,
    Level.CARE: Tone.SOON,
    Level.DANGER: Tone.URGENT,
}
_SURFACES: Final[dict[Level, Surface]] = {
    Level.NOTHING_FOUND: "wait",
    Level.CARE: "soon",
    Level.DANGER: "urgent",
}


def tone_of_level(level: Level) -> Tone:
    """How loud a level is; nothing found is not green, for it promises nothing."""
    return _TONES[level]


class VerdictView(QWidget):
    """Shows one verdict; replaced whole when another is reached."""

    def __init__(self, verdict: Verdict, notices: Notices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verdict = verdict
        self._notices = notices
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP_CARD)
        column.addWidget(self._head(verdict))
        if verdict.reasons:
            column.addWidget(self._reasons(verdict))
        if verdict.protections:
            column.addWidget(self._protections(verdict))
        if verdict.advice:
            card = Card(tr("What to do"))
            for line in verdict.advice:
                card.column.addWidget(label(f"· {line}", wrap=True, selectable=True))
            column.addWidget(card)
        if verdict.reply:
            column.addWidget(self._reply(verdict.reply))
        column.addWidget(self._checked(verdict))
        column.addStretch(1)
        announce(self, f"{verdict.word}. {verdict.headline}", urgent=verdict.level is Level.DANGER)

    def _head(self, verdict: Verdict) -> QWidget:
        tone = tone_of_level(verdict.level)
        card = Card(surface=_SURFACES[verdict.level])
        ink: Ink = tone.value
        self.word = label(f"{tone.shape} {verdict.word}", size=Type.TITLE, strong=True, ink=ink)
        self.word.setAccessibleName(verdict.word)
        card.column.addWidget(self.word)
        card.column.addWidget(label(verdict.headline, wrap=True, selectable=True))
        if verdict.host:
            text = tr("It leads to: {host}", host=verdict.host)
            card.column.addWidget(label(text, strong=True, wrap=True, selectable=True))
        return card

    def _reasons(self, verdict: Verdict) -> QWidget:
        card = Card(tr("Why"))
        for reason in verdict.reasons:
            card.column.addWidget(_reason(reason))
        return card

    def _protections(self, verdict: Verdict) -> QWidget:
        card = Card(tr("What this payment protects"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.GAP_CARD)
        grid.setVerticalSpacing(tokens.GAP)
        grid.setColumnStretch(2, 1)
        for at, way in enumerate(verdict.protections):
            word, ink = protection_word(way)
            grid.addWidget(label(way.title, wrap=True), at, 0, _TOP)
            grid.addWidget(label(word, strong=True, ink=ink), at, 1, _TOP)
            grid.addWidget(label(way.text, ink="second", wrap=True), at, 2, _TOP)
        card.column.addLayout(grid)
        for line in verdict.facts:
            card.column.addWidget(label(line, wrap=True, selectable=True))
        return card

    def _reply(self, text: str) -> QWidget:
        card = Card()
        head = QHBoxLayout()
        head.addWidget(label(tr("An answer you can send"), strong=True), 1)
        self.copy = button(tr("Copy"), icon="copy", parent=card)
        self.copy.setAccessibleName(tr("Copy the answer"))
        self.copy.clicked.connect(self._copy)
        head.addWidget(self.copy)
        card.column.addLayout(head)
        self.reply = QPlainTextEdit(card)
        self.reply.setAccessibleName(tr("An answer you can send"))
        self.reply.setReadOnly(True)
        self.reply.setPlainText(text)
        self.reply.setFixedHeight(min(180, 56 + 20 * (len(text) // 60 + text.count("\n"))))
        card.column.addWidget(self.reply)
        return card

    def _checked(self, verdict: Verdict) -> QWidget:
        card = Card(surface="quiet")
        if verdict.level is Level.NOTHING_FOUND:
            text = tr("Nothing found is no promise. This was looked at:")
        else:
            text = tr("This was looked at:")
        card.column.addWidget(label(text, ink="second", wrap=True))
        for line in (*verdict.checked, *verdict.sources):
            shown = label(f"· {line}", ink="second", size=Type.SMALL, wrap=True, selectable=True)
            card.column.addWidget(shown)
        return card

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.verdict.reply)
        self._notices.say(tr("The answer is in the clipboard."))


def protection_word(way: Protection) -> tuple[str, Ink]:
    """Whether a way is there, with shape, word and colour."""
    if way.has is None:
        return f"◇ {tr('unclear')}", "wait"
    return (f"● {tr('yes')}", "open") if way.has else (f"◆ {tr('no')}", "urgent")


def _reason(reason: Reason) -> QWidget:
    tone = tone_of_level(reason.level)
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, tokens.GAP_CHIP)
    line.setSpacing(tokens.GAP)
    ink: Ink = tone.value
    sign = label(tone.shape, ink=ink, strong=True)
    sign.setAccessibleName(reason.level.word)
    sign.setFixedWidth(16)
    line.addWidget(sign, 0, _TOP)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(reason.text, wrap=True, selectable=True))
    if reason.quote:
        words.addWidget(label(f"“{reason.quote}”", ink=ink, wrap=True, selectable=True))
    if reason.forbidden_by:
        text = tr("Forbidden by: {rule}", rule=reason.forbidden_by)
        words.addWidget(label(text, ink="mute", size=Type.SMALL, wrap=True, selectable=True))
    line.addLayout(words, 1)
    return row

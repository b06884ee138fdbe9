"""Fields that never hold a card number: what looks like one is masked as it is typed or pasted."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from disputedesk.common.secrets import SecretKind, find_secrets, mask
from disputedesk.common.texts import tr
from disputedesk.gui.labels import label
from disputedesk.gui.notices import announce
from disputedesk.gui.tokens import Type

_AT_ONCE: Final = 4000
_SOON_MS: Final = 300


def why_masked(text: str) -> str:
    """The word on why something in `text` is masked; empty where nothing is."""
    kinds = {secret.kind for secret in find_secrets(text)}
    if not kinds:
        return ""
    if kinds & {SecretKind.PAN, SecretKind.TRACK}:
        return tr("Card numbers are never kept: only the last four digits stay.")
    return tr("Security codes are never kept, so this one was taken out.")


class SecretGuard(QObject):
    """Watches one field; lives as long as it.

    Long texts are looked at when typing rests, short ones with every key; a text that is read
    before that is looked at by `look` first.
    """

    def __init__(self, field: QLineEdit | QPlainTextEdit, note: QLabel) -> None:
        super().__init__(field)
        self._field = field
        self._note = note
        note.setVisible(False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        field.textChanged.connect(self._changed)

    def _text(self) -> str:
        field = self._field
        return field.text() if isinstance(field, QLineEdit) else field.toPlainText()

    @Slot()
    def _changed(self) -> None:
        if isinstance(self._field, QLineEdit):
            self.look()
            return
        # Inside a paste the document is still being edited: look once that is over.
        self._timer.start(0 if len(self._text()) <= _AT_ONCE else _SOON_MS)

    @Slot()
    def look(self) -> None:
        """Masks what must not stay; the field's own undo forgets it too."""
        text = self._text()
        why = why_masked(text)
        if not why:
            return
        clean = mask(text)
        field = self._field
        if isinstance(field, QLineEdit):
            behind = len(text) - field.cursorPosition()
            field.setText(clean)
            field.setCursorPosition(max(0, len(clean) - behind))
        else:
            behind = field.document().characterCount() - field.textCursor().position()
            field.setPlainText(clean)
            cursor = field.textCursor()
            cursor.setPosition(max(0, field.document().characterCount() - behind))
            field.setTextCursor(cursor)
        self._note.setText(why)
        self._note.setVisible(True)
        announce(field, why)


class GuardedLine(QWidget):
    """A line that masks secrets, with room under it for a word on why."""

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.line = QLineEdit(self)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(hint)
        self.note = label("", ink="soon", size=Type.SMALL, wrap=True)
        column.addWidget(self.line)
        column.addWidget(self.note)
        self.setFocusProxy(self.line)
        self._guard = SecretGuard(self.line, self.note)

    @property
    def text(self) -> str:
        """What it holds, without blanks around it."""
        return self.line.text().strip()

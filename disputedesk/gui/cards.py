"""Cards, banners and empty states: the surfaces that rooms are built of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.icons import IconMark
from disputedesk.gui.labels import ElidedLabel, Ink, label, set_ink
from disputedesk.gui.tokens import Type

Surface = Literal["yes", "quiet", "door", "urgent", "soon", "open", "wait", "accent"]
"""How a card is filled, by meaning."""


_SPOKEN: Final[dict[str, Ink]] = {
    "urgent": "urgent",
    "soon": "soon",
    "open": "open",
    "wait": "wait",
}


class Card(QFrame):
    """A rounded surface with a column of things on it: `card.column.addWidget(…)`."""

    def __init__(
        self, title: str = "", *, surface: Surface = "yes", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", surface)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*(tokens.GAP_CARD,) * 4)
        self.column.setSpacing(tokens.GAP)
        if title:
            self.column.addWidget(label(title, strong=True))


class Banner(QFrame):
    """One sentence across the room, coloured by meaning, with buttons at its end."""

    def __init__(
        self,
        text: str,
        *,
        strong: str = "",
        surface: Surface = "accent",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", surface)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(tokens.GAP_CARD, tokens.GAP, tokens.GAP_CARD, tokens.GAP)
        self._row.setSpacing(tokens.GAP)
        ink: Ink = _SPOKEN.get(surface, "text")
        if icon:
            self._row.addWidget(IconMark(icon, ink if ink != "text" else "text_2"))
        self.strong = label(strong, strong=True, ink=ink)
        self.text = label(text, ink=ink, wrap=True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._row.addWidget(self.strong, 0)
        self._row.addWidget(self.text, 1)
        self.strong.setVisible(bool(strong))

    def set_surface(self, surface: Surface) -> None:
        """Gives it another meaning, and so another colour."""
        self.setProperty("card", surface)
        self.style().unpolish(self)
        self.style().polish(self)
        ink: Ink = _SPOKEN.get(surface, "text")
        for one in (self.strong, self.text):
            set_ink(one, ink)

    def add_button(self, text: str, pressed: Callable[[], object], act: Act = Act.PLAIN) -> None:
        """Adds a button at the end that calls `pressed`, a bound slot of a living object."""
        one = button(text, act, parent=self)
        one.clicked.connect(lambda _checked=False: pressed())
        self._row.addWidget(one)


class Door(QFrame):
    """A large way in: an icon, what it does, one line more; pressed with mouse, Enter or Space.

    Signals:
        opened(): It was pressed.
    """

    opened = Signal()

    def __init__(self, icon: str, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "door")
        self.setProperty("ringed", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(tokens.GAP_ROOM,) * 4)
        column.setSpacing(tokens.GAP)
        column.addWidget(IconMark(icon, "accent", 32))
        column.addSpacing(tokens.GAP_CHIP)
        column.addWidget(label(title, strong=True, size=Type.STRONG, wrap=True))
        column.addWidget(label(text, ink="second", wrap=True))
        column.addStretch(1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Opens when released inside."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Opens on Enter and Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class EmptyState(QWidget):
    """What a list shows when it has nothing: an icon, a sentence, and a door out."""

    def __init__(
        self, icon: str, title: str, text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(tokens.GAP)
        self._column.addStretch(2)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._column.addWidget(IconMark(icon, "mute", 40), 0, centre)
        self.title = label(title, strong=True, size=Type.STRONG, wrap=True)
        self.title.setAlignment(centre)
        self._column.addWidget(self.title)
        self.text = label(text, ink="second", wrap=True)
        self.text.setAlignment(centre)
        self._column.addWidget(self.text)
        self.text.setVisible(bool(text))
        self._doors = QHBoxLayout()
        self._doors.addStretch(1)
        self._doors.addStretch(1)
        self._column.addLayout(self._doors)
        self._column.addStretch(3)

    def set_words(self, title: str, text: str) -> None:
        """Says something else."""
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))

    def add_button(
        self, text: str, pressed: Callable[[], object], act: Act = Act.PRIMARY
    ) -> QWidget:
        """Adds a door that calls `pressed`, a bound slot of a living object."""
        one = button(text, act, parent=self)
        one.clicked.connect(lambda _checked=False: pressed())
        self._doors.insertWidget(self._doors.count() - 1, one)
        return one


class RoomHead(QWidget):
    """The head of a room: title, one line under it, a place for buttons at the right."""

    def __init__(self, title: str, second: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP_CARD)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title = ElidedLabel(title, size=Type.TITLE, strong=True)
        self.second = ElidedLabel(second, ink="second")
        words.addWidget(self.title)
        words.addWidget(self.second)
        row.addLayout(words, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(tokens.GAP)
        row.addLayout(self.buttons)

"""What looks like a search field in a room's head: one key or click opens the palette."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from disputedesk.common.texts import tr
from disputedesk.gui import tokens
from disputedesk.gui.icons import pixmap
from disputedesk.gui.labels import set_tip
from disputedesk.gui.rooms import Desktop, FindAnything
from disputedesk.gui.theme import colours_of, sized
from disputedesk.gui.tokens import Type


class SearchBox(QAbstractButton):
    """Opens the palette; painted like a field, with its key beside the words."""

    def __init__(self, desktop: Desktop, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = tr("Search orders, people, numbers")
        self.setAccessibleName(self._words)
        set_tip(self, f"{self._words} (Ctrl+K)")
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: desktop.ask(FindAnything()))

    def sizeHint(self) -> QSize:
        """Room for the words and the key."""
        metrics = self.fontMetrics()
        return QSize(
            metrics.horizontalAdvance(self._words) + 118,
            max(tokens.CONTROL_HEIGHT + 2, metrics.height() + 14),
        )

    def minimumSizeHint(self) -> QSize:
        """The glass and a few letters."""
        return QSize(110, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints a field with a glass, a hint and the key."""
        colours = colours_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(colours.mute), 1))
        painter.setBrush(QColor(colours.base))
        painter.drawRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
        painter.drawPixmap(9, (self.height() - 18) // 2, pixmap("search", colours.mute, 18))
        painter.setFont(sized(self.font(), Type.SMALL))
        key = "Ctrl+K"
        wide = painter.fontMetrics().horizontalAdvance(key) + 12
        cap = box.adjusted(box.width() - wide - 7, 7, -7, -7)
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(QColor(colours.text_2))
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), key)
        painter.setFont(self.font())
        painter.setPen(QColor(colours.mute))
        words = box.adjusted(34, 0, -wide - 14, 0)
        shown = painter.fontMetrics().elidedText(
            self._words, Qt.TextElideMode.ElideRight, int(words.width())
        )
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()

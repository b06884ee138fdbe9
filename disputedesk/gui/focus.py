"""The focus ring: two pixels of accent with a pixel of air, around whatever has the keyboard."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QRadioButton,
    QSlider,
    QWidget,
)

from disputedesk.gui import tokens
from disputedesk.gui.theme import colours_of

_MARGIN: Final = tokens.RING + tokens.RING_GAP
_RINGED: Final = (QAbstractButton, QSlider)
_FOLLOWED: Final = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ParentChange,
)


class _Ring(QWidget):
    """The painted ring; a sibling of the focused widget, blind to the mouse."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the ring just inside its own edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours_of(self).accent), tokens.RING))
        half = tokens.RING / 2
        area = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(area, tokens.RADIUS + 2, tokens.RADIUS + 2)
        painter.end()


class FocusRing(QObject):
    """Keeps the ring around the focused button; fields and lists paint their own focus.

    Owned by the start; lives on the GUI thread.
    """

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._target: QWidget | None = None
        self._ring: _Ring | None = None
        app.focusChanged.connect(self._focus_moved)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if self._target is not None:
            self._target.removeEventFilter(self)
            self._target.destroyed.disconnect(self._target_gone)
        self._target = new if isinstance(new, _RINGED) or _wants_ring(new) else None
        if self._target is None:
            self._hide()
            return
        self._target.installEventFilter(self)
        self._target.destroyed.connect(self._target_gone)
        self._place()

    @Slot()
    def _target_gone(self) -> None:
        self._target = None
        self._ring = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the focused widget about; takes no event away."""
        if watched is self._target and event.type() in _FOLLOWED:
            self._place()
        return False

    def _hide(self) -> None:
        if self._ring is not None:
            self._ring.hide()
            self._ring.deleteLater()
            self._ring = None

    def _place(self) -> None:
        target = self._target
        home = target.parentWidget() if target is not None else None
        if target is None or home is None or not target.isVisible():
            self._hide()
            return
        if self._ring is None or self._ring.parentWidget() is not home:
            self._hide()
            self._ring = _Ring()
            self._ring.setParent(home)
        area = target.geometry()
        margin = 0 if isinstance(target, QCheckBox | QRadioButton) else _MARGIN
        self._ring.setGeometry(area.adjusted(-margin, -margin, margin, margin))
        self._ring.raise_()
        self._ring.show()


def _wants_ring(widget: QWidget | None) -> bool:
    return widget is not None and bool(widget.property("ringed"))

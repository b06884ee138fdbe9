"""A picture to look at closely: fitted to its place, or point by point and moved by hand."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QWidget

from disputedesk.common.texts import tr
from disputedesk.gui.theme import colours_of

_EDGE: Final = 8


class _Canvas(QWidget):
    """Paints the picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image: QImage | None = None

    def shown_size(self) -> QSize:
        """The picture's own size in the screen's points."""
        if self.image is None:
            return QSize(0, 0)
        return self.image.size() / self.devicePixelRatioF()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints it in the middle, never larger than it is."""
        image = self.image
        if image is None:
            return
        room = QSize(max(1, self.width() - 2 * _EDGE), max(1, self.height() - 2 * _EDGE))
        size = self.shown_size()
        if size.width() > room.width() or size.height() > room.height():
            size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        place = QRectF(left, top, size.width(), size.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, image)
        painter.setPen(QPen(QColor(colours_of(self).border), 1))
        painter.drawRect(place)
        painter.end()


class PictureView(QScrollArea):
    """A picture; 1 or a double click shows it in full, 0 fits it again.

    Signals:
        full_wanted(): It is to be seen point by point, and only a smaller one is here.
    """

    full_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("The picture"))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.canvas = _Canvas(self)
        self.setWidget(self.canvas)
        self._is_fitted = True
        self._has_full = False
        self._pressed: QPoint | None = None

    @property
    def is_fitted(self) -> bool:
        """Whether the whole picture is in view."""
        return self._is_fitted

    def set_picture(self, image: QImage | None, *, full: bool = False) -> None:
        """Shows another picture; a full one takes the place of its smaller self."""
        self.canvas.image = image
        self._has_full = full
        if not full:
            self._is_fitted = True
        self._lay_out()

    def fit(self) -> None:
        """Fits the picture to its place."""
        self._is_fitted = True
        self._lay_out()

    def show_full(self) -> None:
        """Shows the picture point by point."""
        self._is_fitted = False
        if not self._has_full:
            self.full_wanted.emit()
        self._lay_out()

    def _lay_out(self) -> None:
        room = self.viewport().size()
        if not self._is_fitted:
            room = room.expandedTo(self.canvas.shown_size() + QSize(2 * _EDGE, 2 * _EDGE))
        self.canvas.resize(room)
        self.canvas.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits it to the new place."""
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 shows it in full, 0 fits it; arrows move it."""
        if event.key() in (Qt.Key.Key_1, Qt.Key.Key_Plus):
            self.show_full()
        elif event.key() in (Qt.Key.Key_0, Qt.Key.Key_Minus):
            self.fit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Changes between the two."""
        if self._is_fitted:
            self.show_full()
        else:
            self.fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of the picture."""
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moves it along."""
        if self._pressed is None or not event.buttons():
            return
        step = self._pressed - event.position().toPoint()
        self._pressed = event.position().toPoint()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + step.x())
        down.setValue(down.value() + step.y())

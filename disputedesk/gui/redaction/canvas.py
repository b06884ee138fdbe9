"""The page with its boxes: drawn, moved and sized with the mouse or with keys alone."""

from __future__ import annotations

import dataclasses
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from disputedesk.common.texts import tr
from disputedesk.gui.redaction.grips import CORNER, WHOLE, Grip, grip_at, is_box, pulled
from disputedesk.gui.redaction.history import Boxes
from disputedesk.gui.theme import colours_of
from disputedesk.media.redaction_boxes import Box

_NEAR: Final = 7
_STEP: Final = 0.01
_FINE: Final = 0.002
_NEW: Final = (0.3, 0.45, 0.7, 0.55)
_SEEN_THROUGH: Final = 200
"""How dark a box is while it is drawn: what it hides can still be made out."""

_POINTERS: Final = {
    WHOLE: Qt.CursorShape.SizeAllCursor,
    Grip.LEFT: Qt.CursorShape.SizeHorCursor,
    Grip.RIGHT: Qt.CursorShape.SizeHorCursor,
    Grip.TOP: Qt.CursorShape.SizeVerCursor,
    Grip.BOTTOM: Qt.CursorShape.SizeVerCursor,
    CORNER: Qt.CursorShape.SizeFDiagCursor,
    Grip.LEFT | Grip.TOP: Qt.CursorShape.SizeFDiagCursor,
}
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class PageCanvas(QWidget):
    """Shows one page; its boxes are parts of the page, whatever its size on the screen.

    Signals:
        drawn(boxes): All boxes after one was drawn, moved, sized or removed.
        chosen(text): Which box is chosen now, in words; empty for none.
    """

    drawn = Signal(object)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("The page with its boxes"))
        self._image: QImage | None = None
        self._page = 1
        self._boxes: Boxes = ()
        self._found: Boxes = ()
        self._current: int | None = None
        self._held: tuple[Grip, QPointF, Box] | None = None
        self._moving: Box | None = None
        self.read_only = False

    def show_page(self, page: int, image: QImage | None) -> None:
        """Shows another page, or `None` while it is being read."""
        if page != self._page:
            self._choose(None)
        self._page, self._image = page, image
        self.update()

    def show_boxes(self, boxes: Boxes, found: Boxes = ()) -> None:
        """Shows the boxes of all pages, and those that were found and are not covered yet."""
        self._boxes, self._found = boxes, found
        if self._current is not None and self._current >= len(boxes):
            self._choose(None)
        self._say()
        self.update()

    @property
    def current(self) -> Box | None:
        """The chosen box."""
        return None if self._current is None else self._boxes[self._current]

    def sizeHint(self) -> QSize:
        """As large as it was made."""
        return self.size()

    def _here(self) -> list[int]:
        """The places of this page's boxes among all."""
        return [at for at, box in enumerate(self._boxes) if box.page == self._page]

    def _choose(self, at: int | None) -> None:
        self._current = at
        self._say()
        self.update()

    def _say(self) -> None:
        """Tells screen readers and the sheet what is chosen."""
        box, here = self.current, self._here()
        text = ""
        if box is not None and self._current in here:
            text = tr(
                "Box {number} of {count}: {left} to {right} % across, {top} to {bottom} % down",
                number=here.index(self._current) + 1, count=len(here),
                left=round(box.left * 100), right=round(box.right * 100),
                top=round(box.top * 100), bottom=round(box.bottom * 100),
            )  # fmt: skip
        self.setAccessibleDescription(text)
        self.chosen.emit(text)

    # Drawing

    def _rect(self, box: Box) -> QRectF:
        wide, high = self.width(), self.height()
        return QRectF(
            QPointF(box.left * wide, box.top * high), QPointF(box.right * wide, box.bottom * high)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the page, what was found on it, and its boxes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        colours = colours_of(self)
        if self._image is None:
            painter.fillRect(self.rect(), QColor(colours.alt))
            painter.setPen(QColor(colours.text_2))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("Opening…"))
        else:
            painter.drawImage(QRectF(self.rect()), self._image)
        for box in self._found:
            if box.page == self._page:
                painter.setPen(QPen(QColor(colours.urgent), 2, Qt.PenStyle.DashLine))
                painter.drawRect(self._rect(box).adjusted(-2, -2, 2, 2))
        for at in self._here():
            box = self._boxes[at]
            if at == self._current and self._moving is not None:
                box = self._moving
            self._paint_box(painter, box, chosen=at == self._current)
        if self._current is None and self._moving is not None:
            self._paint_box(painter, self._moving, chosen=True)
        painter.setPen(QPen(QColor(colours.accent if self.hasFocus() else colours.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_box(self, painter: QPainter, box: Box, *, chosen: bool) -> None:
        colours = colours_of(self)
        rect = self._rect(box)
        painter.setPen(QPen(QColor(128, 128, 128), 1))
        painter.setBrush(QColor(0, 0, 0, _SEEN_THROUGH))
        painter.drawRect(rect)
        if not chosen:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor("white"), 3))
        painter.drawRect(rect)
        painter.setPen(QPen(QColor(colours.accent), 2))
        painter.drawRect(rect)
        painter.setBrush(QColor("white"))
        for corner in (rect.topLeft(), rect.topRight(), rect.bottomLeft(), rect.bottomRight()):
            painter.drawEllipse(corner, 4, 4)

    # Mouse

    def _place(self, event: QMouseEvent) -> QPointF:
        at = event.position()
        return QPointF(at.x() / max(1, self.width()), at.y() / max(1, self.height()))

    def _under(self, place: QPointF) -> tuple[int, Grip] | None:
        """The box at a place of the page, the newest first, and how it is held."""
        near = (_NEAR / max(1, self.width()), _NEAR / max(1, self.height()))
        for at in reversed(self._here()):
            grip = grip_at(self._boxes[at], place.x(), place.y(), near)
            if grip is not None:
                return at, grip
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of a box, covers what was found, or begins a new box."""
        if self.read_only or self._image is None or event.button() != Qt.MouseButton.LeftButton:
            return
        place = self._place(event)
        under = self._under(place)
        found = self._found_at(place)
        if under is not None:
            self._choose(under[0])
            self._held = (under[1], place, self._boxes[under[0]])
        elif found is not None:
            self.drawn.emit((*self._boxes, found))
        else:
            self._choose(None)
            start = Box(self._page, place.x(), place.y(), place.x(), place.y())
            self._held = (CORNER, place, start)

    def _found_at(self, place: QPointF) -> Box | None:
        """What was found at a place and is not covered yet."""
        for box in self._found:
            inside = box.left <= place.x() <= box.right and box.top <= place.y() <= box.bottom
            if box.page == self._page and inside:
                return box
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lets the held sides follow the hand; without a hold the pointer tells what it would."""
        place = self._place(event)
        if self._held is None:
            self._point(place)
            return
        grip, start, box = self._held
        self._moving = pulled(box, grip, place.x() - start.x(), place.y() - start.y())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keeps the box as it is now; a mere click draws none."""
        moved, self._moving, self._held = self._moving, None, None
        if moved is not None and is_box(moved):
            self._keep(moved)
        self.update()

    def _point(self, place: QPointF) -> None:
        if self.read_only:
            self.setCursor(Qt.CursorShape.ArrowCursor)
            return
        under = self._under(place)
        if under is None:
            self.setCursor(Qt.CursorShape.CrossCursor)
        else:
            self.setCursor(_POINTERS.get(under[1], Qt.CursorShape.SizeBDiagCursor))

    def _keep(self, box: Box) -> None:
        """Tells of a new box, or of the chosen one changed."""
        boxes = list(self._boxes)
        if self._current is None:
            boxes.append(box)
            self._current = len(boxes) - 1
        else:
            boxes[self._current] = box
        self.drawn.emit(tuple(boxes))

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Shift and arrows size, Delete removes, N begins a new box, Esc lets go."""
        key = event.key()
        if self.read_only or self._image is None:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_N and not event.modifiers():
            self.add_box()
        elif key in _ARROWS and self._current is not None:
            self._nudge(key, event.modifiers())
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and self._current is not None:
            self.remove_box()
        elif key == Qt.Key.Key_Escape and self._current is not None:
            self._choose(None)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from box to box, and after the last one on to the next control."""
        here = self._here()
        if here and not self.read_only:
            at = here.index(self._current) if self._current in here else (-1 if forward else None)
            after = len(here) - 1 if at is None else at + (1 if forward else -1)
            if 0 <= after < len(here):
                self._choose(here[after])
                return True
        self._choose(None)
        return super().focusNextPrevChild(forward)

    def add_box(self) -> None:
        """A new box in the middle of the page, chosen."""
        self._current = None
        left, top, right, bottom = _NEW
        self._keep(Box(self._page, left, top, right, bottom))

    def remove_box(self) -> None:
        """Removes the chosen box."""
        at = self._current
        if at is not None:
            self._current = None
            self.drawn.emit((*self._boxes[:at], *self._boxes[at + 1 :]))

    def _nudge(self, key: int, held: Qt.KeyboardModifier) -> None:
        box = self.current
        if box is None:
            return
        across, down = _ARROWS[Qt.Key(key)]
        step = _FINE if held & Qt.KeyboardModifier.ControlModifier else _STEP
        grip = CORNER if held & Qt.KeyboardModifier.ShiftModifier else WHOLE
        moved = pulled(box, grip, across * step, down * step)
        if is_box(moved):
            self._keep(dataclasses.replace(moved, page=self._page))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows that keys are heard."""
        super().focusInEvent(event)
        self.update()

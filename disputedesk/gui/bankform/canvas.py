"""The bank's page as it would leave, with its places; those put by hand follow it."""

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
from disputedesk.gui.bankform.history import Fields
from disputedesk.gui.theme import colours_of
from disputedesk.gui.tokens import LIGHT, Tone
from disputedesk.model.bank_form import BankField

NUDGE: Final = 5
"""Tenths of a millimetre an arrow moves a place."""

LEAST: Final = 20
"""Tenths of a millimetre below which a drawn place was a click."""

_USUAL: Final = (600, 60)
_GRID: Final = 50
_CORNER: Final = 8
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class FormCanvas(QWidget):
    """Shows one page; boxes are tenths of a millimetre, whatever the size on the screen.

    Signals:
        chosen(at): The place at this index was chosen; -1 for none.
        moved(fields): All places after one was moved or sized.
        placed(page, box): A new place was drawn.
    """

    chosen = Signal(int)
    moved = Signal(object)
    placed = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("The page with its places"))
        self._image: QImage | None = None
        self._size = (2100.0, 2970.0)
        self._page = 1
        self._fields: Fields = ()
        self._tones: dict[int, Tone] = {}
        self._movable: frozenset[int] = frozenset()
        self.current = -1
        self.adding = self.grid = False
        self._held: tuple[QPointF, BankField, bool] | None = None
        self._moving: tuple[int, int, int, int] | None = None

    def show_page(self, page: int, size: tuple[float, float], image: QImage | None) -> None:
        """Shows a page of `size` points; `None` while it is being drawn."""
        self._page, self._image = page, image
        self._size = (size[0] * 254 / 72, size[1] * 254 / 72)
        self.update()

    def show_places(
        self, fields: Fields, tones: dict[int, Tone], movable: frozenset[int], current: int
    ) -> None:
        """Shows all places: their urgency by index, which may be moved, and the chosen one."""
        self._fields, self._tones, self._movable = fields, tones, movable
        self.current = current if 0 <= current < len(fields) else -1
        self._say()
        self.update()

    def set_grid(self, shown: bool) -> None:
        """Shows or hides a grid of 5 mm; what is drawn by hand then keeps to it."""
        self.grid = shown
        self.update()

    def set_adding(self, on: bool) -> None:
        """Lets the next click put a new place."""
        self.adding = on
        self.setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)

    def sizeHint(self) -> QSize:
        """As large as it was made."""
        return self.size()

    def _say(self) -> None:
        """Tells screen readers what is chosen."""
        text = ""
        if self.current >= 0:
            field = self._fields[self.current]
            left, top = (f"{side / 10:g}" for side in field.box[:2])
            text = tr("{name}: {left} mm from the left, {top} mm from the top",
                      name=field.name, left=left, top=top)  # fmt: skip
        self.setAccessibleDescription(text)

    # Drawing

    def _scale(self) -> tuple[float, float]:
        return self.width() / self._size[0], self.height() / self._size[1]

    def _rect(self, box: tuple[int, int, int, int]) -> QRectF:
        across, down = self._scale()
        return QRectF(box[0] * across, box[1] * down, box[2] * across, box[3] * down)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the page and its places."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        colours = colours_of(self)
        if self._image is None:
            painter.fillRect(self.rect(), QColor(colours.alt))
            painter.setPen(QColor(colours.text_2))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("Opening…"))
        else:
            painter.drawImage(QRectF(self.rect()), self._image)
        if self.grid:
            self._paint_grid(painter)
        for at, field in enumerate(self._fields):
            if field.page == self._page:
                self._paint_place(painter, at, field)
        if self._moving is not None and self.current < 0:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(self._rect(self._moving))
        painter.setPen(QPen(QColor(colours.accent if self.hasFocus() else colours.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_grid(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor(0, 90, 180, 45), 1))
        across, down = self._scale()
        for at in range(0, round(self._size[0]), _GRID):
            painter.drawLine(QPointF(at * across, 0), QPointF(at * across, self.height()))
        for at in range(0, round(self._size[1]), _GRID):
            painter.drawLine(QPointF(0, at * down), QPointF(self.width(), at * down))

    def _paint_place(self, painter: QPainter, at: int, field: BankField) -> None:
        """A place: a dashed frame by its urgency, a whole one when it is chosen.

        The page is white whatever the theme, so the frames are dark.
        """
        current = at == self.current
        box = self._moving if current and self._moving is not None else field.box
        ink = QColor(self._tones.get(at, Tone.WAIT).ink(LIGHT))
        rect = self._rect(box)
        painter.setBrush(QColor(30, 100, 220, 36) if current else Qt.BrushStyle.NoBrush)
        style = Qt.PenStyle.SolidLine if current else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(LIGHT.accent) if current else ink, 2 if current else 1, style))
        painter.drawRect(rect)
        if current and at in self._movable:
            painter.setBrush(QColor("white"))
            painter.drawEllipse(rect.bottomRight(), 4, 4)

    # Mouse

    def _place(self, event: QMouseEvent) -> QPointF:
        across, down = self._scale()
        at = event.position()
        return QPointF(at.x() / across, at.y() / down)

    def _under(self, place: QPointF) -> int:
        for at in reversed(range(len(self._fields))):
            left, top, width, height = self._fields[at].box
            near = QRectF(left, top, width, height).adjusted(-10, -10, 10, 10)
            if self._fields[at].page == self._page and near.contains(place):
                return at
        return -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Chooses a place and takes hold of it, or begins a new one."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = self._place(event)
        at = -1 if self.adding else self._under(place)
        self.current = at
        self.chosen.emit(at)
        if at < 0:
            left, top = self._kept_to_grid(place.x(), place.y())
            begin = BankField(0, 0, "", self._page, (left, top, 0, 0))
            self._held = (place, begin, True) if self.adding else None
        elif at in self._movable:
            across, down = self._scale()
            corner = self._rect(self._fields[at].box).bottomRight()
            near = abs(corner.x() - place.x() * across), abs(corner.y() - place.y() * down)
            self._held = (place, self._fields[at], max(near) <= _CORNER)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lets what is held follow the hand."""
        if self._held is None:
            return
        start, field, sizing = self._held
        place = self._place(event)
        across, down = place.x() - start.x(), place.y() - start.y()
        left, top, width, height = field.box
        if sizing:
            box = left, top, max(0, round(width + across)), max(0, round(height + down))
        else:
            x, y = self._kept_to_grid(left + across, top + down)
            box = x, y, width, height
        self._moving = self._inside(box)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keeps the place where it is now; a click while adding puts one of the usual size."""
        held, moved = self._held, self._moving
        self._held = self._moving = None
        if held is None:
            return
        if self.adding:
            left, top = held[1].box[:2]
            box = moved if moved and min(moved[2:]) >= LEAST else (left, top, *_USUAL)
            self.placed.emit(self._page, self._inside(box))
        elif moved is not None:
            self._keep(moved)
        self.update()

    def _kept_to_grid(self, left: float, top: float) -> tuple[int, int]:
        if self.grid:
            return round(left / _GRID) * _GRID, round(top / _GRID) * _GRID
        return round(left), round(top)

    def _inside(self, box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
        wide, high = int(self._size[0]), int(self._size[1])
        width, height = min(box[2], wide), min(box[3], high)
        return (min(max(box[0], 0), wide - width), min(max(box[1], 0), high - height),
                width, height)  # fmt: skip

    def _keep(self, box: tuple[int, int, int, int]) -> None:
        fields = list(self._fields)
        fields[self.current] = dataclasses.replace(fields[self.current], box=box)
        self.moved.emit(tuple(fields))

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move a place by half a millimetre, Shift and arrows size it, N puts a new one."""
        key = event.key()
        if key == Qt.Key.Key_N and not event.modifiers():
            wide, high = round(self._size[0]), round(self._size[1])
            self.placed.emit(self._page, (wide // 3, high // 3, *_USUAL))
        elif key in _ARROWS and self.current in self._movable:
            across, down = (step * NUDGE for step in _ARROWS[Qt.Key(key)])
            left, top, width, height = self._fields[self.current].box
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                box = left, top, max(LEAST, width + across), max(LEAST, height + down)
            else:
                box = left + across, top + down, width, height
            self._keep(self._inside(box))
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from place to place of the page, and after the last one on."""
        here = [at for at, field in enumerate(self._fields) if field.page == self._page]
        if here:
            if self.current in here:
                at = here.index(self.current) + (1 if forward else -1)
            else:
                at = 0 if forward else len(here) - 1
            if 0 <= at < len(here):
                self.chosen.emit(here[at])
                return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows that keys are heard."""
        super().focusInEvent(event)
        self.update()

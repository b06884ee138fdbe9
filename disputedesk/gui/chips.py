"""Chips: a state said by a shape, a word and a colour at once."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from disputedesk.deadlines.words import Status
from disputedesk.gui import tokens
from disputedesk.gui.labels import set_tip
from disputedesk.gui.theme import colours_of, sized
from disputedesk.gui.tokens import Colours, Tone, Type

_SIDE: Final = 7
_URGENT_DAYS: Final = 0
_SOON_DAYS: Final = 7


@dataclasses.dataclass(frozen=True, slots=True)
class Chip:
    """What a chip says and how urgent it is."""

    text: str
    tone: Tone

    @property
    def words(self) -> str:
        """Shape and words, as they are painted."""
        return f"{self.tone.shape} {self.text}"


def tone_of(
    status: Status, act_by: dt.date | None, today: dt.date, *, theirs: bool = False
) -> Tone:
    """How urgent a clock is: by the day to act, not by the day it closes.

    Args:
        status: What the window is today.
        act_by: The day to act by; `None` when nothing presses.
        today: The day the screen shows.
        theirs: Whether it is the other side's turn.
    """
    if status in (Status.NOT_YET, Status.UNKNOWN, Status.NOT_AVAILABLE):
        return Tone.WAIT
    if theirs:
        return Tone.WAIT if act_by is None or act_by >= today else Tone.SOON
    if act_by is None:
        return Tone.OPEN
    left = (act_by - today).days
    if left <= _URGENT_DAYS or status is Status.CLOSED:
        return Tone.URGENT
    return Tone.SOON if left <= _SOON_DAYS else Tone.OPEN


def chip_width(font: QFont, chip: Chip) -> float:
    """How wide `chip` is painted in `font` (already the chip's size)."""
    return QFontMetricsF(font).horizontalAdvance(chip.words) + 2 * _SIDE


def paint_chip(painter: QPainter, area: QRectF, chip: Chip, font: QFont, colours: Colours) -> None:
    """Paints `chip` at the left of `area`, cut with an ellipsis when it does not fit."""
    width = min(chip_width(font, chip) + 1, area.width())
    box = QRectF(area.x(), area.y(), width, area.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(chip.tone.soft(colours)))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(chip.tone.ink(colours)))
    painter.setFont(font)
    words = QFontMetricsF(font).elidedText(
        chip.words, Qt.TextElideMode.ElideRight, width - 2 * _SIDE + 1
    )
    painter.drawText(
        box.adjusted(_SIDE, 0, 0, 0),
        int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
        words,
    )
    painter.restore()


class ChipLabel(QWidget):
    """A chip as a widget of its own."""

    def __init__(self, chip: Chip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._chip = chip
        self.set_chip(chip)

    def set_chip(self, chip: Chip) -> None:
        """Shows another chip."""
        self._chip = chip
        self.setAccessibleName(chip.text)
        set_tip(self, chip.text)
        self.updateGeometry()
        self.update()

    def chip_font(self) -> QFont:
        """The font a chip is written in."""
        return sized(self.font(), Type.SMALL, strong=True)

    def sizeHint(self) -> QSize:
        """As wide as its words, one line high."""
        height = QFontMetricsF(self.chip_font()).height() + tokens.GAP_CHIP
        return QSize(int(chip_width(self.chip_font(), self._chip)) + 2, int(height))

    def minimumSizeHint(self) -> QSize:
        """A few letters; the tool tip has the rest."""
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the chip in the palette in force."""
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self._chip, self.chip_font(), colours_of(self))
        painter.end()

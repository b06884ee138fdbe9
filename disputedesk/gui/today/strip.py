"""The next thirty days as a strip: on each day the marks of what must be acted on by then."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.desk.views import StripDay
from disputedesk.gui import tokens
from disputedesk.gui.dates import long_day, weekday_letter
from disputedesk.gui.labels import tip_text
from disputedesk.gui.theme import colours_of, line_height, sized
from disputedesk.gui.tokens import Colours, Tone, Type

_LEAST_DAY: Final = 19.0
_MARK: Final = 0.56
_PAD: Final = 8
_MOST_MARKS: Final = 2


def day_sentence(day: StripDay) -> str:
    """What a day holds, in words; says so when it holds nothing."""
    parts = []
    if day.urgent:
        parts.append(trn("{count} closing", "{count} closing", day.urgent))
    if day.soon:
        parts.append(trn("{count} to act on", "{count} to act on", day.soon))
    if day.calm:
        parts.append(trn("{count} with time", "{count} with time", day.calm))
    if day.waiting:
        parts.append(trn("{count} answer due", "{count} answers due", day.waiting))
    what = ", ".join(parts) or tr("nothing")
    return tr("{day}: {what}", day=long_day(day.day), what=what)


class DayStrip(QWidget):
    """A row of days; as many as fit. Arrows walk, Enter and click choose a day.

    Signals:
        day_chosen(day): A day was clicked, or Enter was pressed on it.
    """

    day_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: tuple[StripDay, ...] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringed", True)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("The next days"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_days(self, days: tuple[StripDay, ...]) -> None:
        """Shows `days`, the first of them today."""
        self._days = days
        self._at = min(self._at, max(0, len(days) - 1))
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all days."""
        return QSize(int(30 * self._least()) + 2 * _PAD, self._high())

    def minimumSizeHint(self) -> QSize:
        """A week at least."""
        return QSize(int(7 * self._least()) + 2 * _PAD, self._high())

    def _least(self) -> float:
        metrics = QFontMetricsF(sized(self.font(), Type.SMALL))
        return max(_LEAST_DAY, metrics.horizontalAdvance("00") + 5)

    def _line(self) -> int:
        return line_height(self.font(), Type.SMALL) - 2

    def _top(self) -> float:
        return 2 * self._line() * _MARK + 6

    def _high(self) -> int:
        return int(self._top()) + 2 * self._line() + 6

    def _shown(self) -> int:
        fit = int((self.width() - 2 * _PAD) // self._least())
        return max(1, min(len(self._days), fit))

    def _box(self, at: int) -> QRectF:
        wide = (self.width() - 2 * _PAD) / self._shown()
        return QRectF(_PAD + at * wide, 0, wide, self.height())

    def day_index(self, x: float) -> int:
        """The day under a place; -1 beside the days."""
        at = int((x - _PAD) // ((self.width() - 2 * _PAD) / self._shown()))
        return at if self._days and 0 <= at < self._shown() else -1

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the card and its days."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = colours_of(self)
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.setBrush(QColor(colours.base))
        card = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(card, tokens.RADIUS_CARD, tokens.RADIUS_CARD)
        for at, day in enumerate(self._days[: self._shown()]):
            self._paint_day(painter, self._box(at), day, colours, first=at == 0)
            if self.hasFocus() and at == self._at:
                painter.setPen(QPen(QColor(colours.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(self._box(at).adjusted(1, 3, -1, -3), 4, 4)
        painter.end()

    def _paint_day(
        self, painter: QPainter, box: QRectF, day: StripDay, colours: Colours, *, first: bool
    ) -> None:
        line, top = self._line(), self._top()
        weekend = day.day.isoweekday() > 5
        centre = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip)
        painter.setFont(sized(self.font(), Type.SMALL, strong=first))
        painter.setPen(QColor(colours.accent if first else colours.mute))
        letter = QRectF(box.x(), top, box.width(), line)
        painter.drawText(letter, centre, weekday_letter(day.day))
        painter.setPen(
            QColor(colours.accent if first else colours.mute if weekend else colours.text)
        )
        painter.drawText(letter.translated(0, line), centre, str(day.day.day))
        marks = [Tone.URGENT] * day.urgent + [Tone.SOON] * day.soon
        marks += [Tone.OPEN] * day.calm + [Tone.WAIT] * day.waiting
        high = line * _MARK
        place = QRectF(box.x(), top - high - 1, box.width(), high)
        for row, tone in enumerate(marks[:_MOST_MARKS]):
            painter.setPen(QColor(tone.ink(colours)))
            painter.drawText(place.translated(0, -row * high), centre, tone.shape)
        if len(marks) > _MOST_MARKS:
            text = f"+{len(marks) - _MOST_MARKS}"
            wide = QFontMetricsF(painter.font()).horizontalAdvance(text)
            if wide + 12 <= box.width():
                painter.setPen(QColor(colours.text_2))
                painter.drawText(QRectF(box.center().x() + 5, place.y(), wide, high), centre, text)

    def event(self, event: QEvent) -> bool:
        """Says on hover what a day holds."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self.day_index(float(event.pos().x()))
            if at >= 0:
                QToolTip.showText(event.globalPos(), tip_text(day_sentence(self._days[at])), self)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Chooses the day under the mouse."""
        at = self.day_index(event.position().x())
        if at >= 0:
            self._at = at
            self._tell()
            self.update()
            self.day_chosen.emit(self._days[at].day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the days; Enter chooses one."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is not None and self._days:
            self._at = min(max(0, self._at + step), self._shown() - 1)
            self._tell()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._days:
            self.day_chosen.emit(self._days[self._at].day)
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        if self._days:
            self.setAccessibleDescription(day_sentence(self._days[self._at]))

"""The painted line of time: lanes of windows as bars, events as marks, today as a line."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
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

from disputedesk.common.texts import day_text, tr
from disputedesk.gui.dates import locale, short_day
from disputedesk.gui.labels import tip_text
from disputedesk.gui.theme import colours_of, line_height, sized
from disputedesk.gui.tokens import Colours, Tone, Type

_LANE_AIR: Final = 12
_LIFE_AIR: Final = 25
_AXIS_AIR: Final = 6
_DOT: Final = 4.0
_AHEAD: Final = 270
_BEFORE: Final = 4
_BEHIND: Final = 10
_BESIDE: Final = int(
    Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip
)
_LABELS_SHARE: Final = 0.3
_LABELS_MOST: Final = 240
_STEPS: Final = {
    Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1,
}  # fmt: skip


class BarLook(enum.Enum):
    """How a bar is drawn."""

    RUNNING = enum.auto()
    NOT_YET = enum.auto()
    CLOSED = enum.auto()


@dataclasses.dataclass(frozen=True, slots=True)
class Bar:
    """One window on a lane.

    Attributes:
        opens: `None` begins at the left edge.
        closes: `None` runs off the right edge.
        key: What `chosen` tells of it.
        short: Fewer words, for where the others do not fit.
    """

    opens: dt.date | None
    closes: dt.date | None
    text: str
    tip: str
    tone: Tone
    look: BarLook = BarLook.RUNNING
    key: object = None
    short: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """One event: a dot on the first line or on a lane."""

    day: dt.date
    text: str
    tip: str = ""
    strong: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Lane:
    """One avenue: its name, its windows, and what happened on it."""

    title: str
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class TimelineView:
    """All a timeline shows."""

    today: dt.date
    life: tuple[Mark, ...] = ()
    lanes: tuple[Lane, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class _Spot:
    area: QRectF
    tip: str
    key: object


class Timeline(QWidget):
    """Lanes over a common axis; arrows walk the bars, hover and Enter tell why.

    Signals:
        chosen(key): A bar was clicked, or Enter was pressed on it.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: TimelineView | None = None
        self._first = self._last = 0
        self._spots: list[_Spot] = []
        self._current = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringed", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Timeline"))

    def set_view(self, view: TimelineView) -> None:
        """Shows `view`."""
        self._view = view
        self._first, self._last = _span(view)
        self._current = -1
        parts = [f"{mark.text} {day_text(mark.day)}" for mark in view.life]
        parts += [f"{lane.title}: {bar.text}" for lane in view.lanes for bar in lane.bars]
        self.setAccessibleDescription("; ".join(parts))
        self._spots = []
        self.updateGeometry()
        self.update()

    @property
    def bars(self) -> tuple[Bar, ...]:
        """All bars in order of lanes."""
        return tuple(bar for lane in self._view.lanes for bar in lane.bars) if self._view else ()

    def sizeHint(self) -> QSize:
        """As high as its lanes."""
        lanes = len(self._view.lanes) if self._view else 1
        life = self._life() if self._view and self._view.life else 0
        return QSize(520, self._axis() + life + lanes * self._lane() + 6)

    def minimumSizeHint(self) -> QSize:
        """Narrow windows squeeze the axis, not the lanes."""
        return QSize(300, self.sizeHint().height())

    def _line(self) -> int:
        return line_height(self.font(), Type.SMALL)

    def _lane(self) -> int:
        return self._line() + _LANE_AIR

    def _axis(self) -> int:
        return self._line() + _AXIS_AIR

    def _life(self) -> int:
        return _LIFE_AIR + 3 * (self._line() - 2)

    def labels_width(self) -> float:
        """How much of the left the lanes' names take."""
        if not self._view or not self._view.lanes:
            return 0.0
        metrics = QFontMetricsF(self.font())
        widest = max(metrics.horizontalAdvance(lane.title) for lane in self._view.lanes) + 16
        return min(widest, _LABELS_MOST, self.width() * _LABELS_SHARE + 60)

    def x_of(self, day: dt.date) -> float:
        """Where `day` begins, clipped to the axis."""
        left, width = self.labels_width(), self.width() - self.labels_width() - 8
        at = min(max(day.toordinal(), self._first), self._last)
        return left + width * (at - self._first) / max(1, self._last - self._first)

    def day_at(self, x: float) -> dt.date:
        """The day under a place of the axis."""
        left, width = self.labels_width(), self.width() - self.labels_width() - 8
        share = min(1.0, max(0.0, (x - left) / max(1.0, width)))
        return dt.date.fromordinal(self._first + round(share * (self._last - self._first)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints axis, life, lanes and today."""
        if self._view is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._spots = []
        colours = colours_of(self)
        self._paint_months(painter, colours)
        self._paint_today(painter, colours)
        top = float(self._axis())
        if self._view.life:
            self._paint_life(painter, colours, top)
            top += self._life()
        for lane in self._view.lanes:
            self._paint_lane(painter, colours, lane, top)
            top += self._lane()
        painter.end()

    def _paint_months(self, painter: QPainter, colours: Colours) -> None:
        painter.setFont(sized(self.font(), Type.SMALL))
        metrics = QFontMetricsF(painter.font())
        free = self.labels_width()
        day = dt.date.fromordinal(self._first).replace(day=1)
        bottom = float(self.height())
        while day.toordinal() <= self._last:
            if day.toordinal() >= self._first:
                x = self.x_of(day)
                painter.setPen(QPen(QColor(colours.alt), 1))
                painter.drawLine(QPointF(x, self._axis() - 2), QPointF(x, bottom))
                name = locale().standaloneMonthName(day.month, locale().FormatType.ShortFormat)
                text = name.rstrip(".") + (f" {day.year}" if day.month == 1 else "")
                wide = metrics.horizontalAdvance(text)
                if x >= free and x + wide < self.width():
                    painter.setPen(QColor(colours.mute))
                    painter.drawText(QPointF(x + 3, self._axis() - 8), text)
                    free = x + wide + 10
            day = (day + dt.timedelta(days=32)).replace(day=1)

    def _paint_life(self, painter: QPainter, colours: Colours, top: float) -> None:
        assert self._view is not None
        middle = top + 12
        marks = sorted(self._view.life, key=lambda mark: mark.day)
        painter.setPen(QPen(QColor(colours.mute), 2))
        painter.drawLine(
            QPointF(self.x_of(marks[0].day), middle), QPointF(self.x_of(marks[-1].day), middle)
        )
        font = sized(self.font(), Type.SMALL)
        metrics = QFontMetricsF(font)
        free = [0.0, 0.0, 0.0]
        for mark in marks:
            x = self.x_of(mark.day)
            later = mark.day > self._view.today
            painter.setPen(QPen(QColor(colours.text_2), 1.75))
            painter.setBrush(QColor(colours.base if later else colours.text_2))
            painter.drawEllipse(QPointF(x, middle), _DOT, _DOT)
            tip = mark.tip or f"{mark.text}, {day_text(mark.day, weekday=True)}"
            self._spots.append(_Spot(QRectF(x - 9, middle - 9, 18, 18), tip, None))
            words = f"{mark.text} {short_day(mark.day, self._view.today).partition(' ')[2]}"
            wide = metrics.horizontalAdvance(words)
            start = min(max(x - 6, 0.0), self.width() - wide - 2)
            row = next((at for at in (0, 1, 2) if start >= free[at]), None)
            if row is None:
                continue
            free[row] = start + wide + 12
            painter.setFont(font)
            high = self._line() - 2
            place = QRectF(start, middle + 7 + row * high, wide + 2, high)
            painter.fillRect(place, QColor(colours.base))
            painter.setPen(QColor(colours.text if mark.strong else colours.text_2))
            painter.drawText(place, _BESIDE, words)

    def _paint_lane(self, painter: QPainter, colours: Colours, lane: Lane, top: float) -> None:
        painter.setFont(self.font())
        painter.setPen(QColor(colours.text_2))
        room = self.labels_width() - 12
        title = painter.fontMetrics().elidedText(lane.title, Qt.TextElideMode.ElideRight, int(room))
        area = QRectF(0, top, room, self._lane())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), title)
        if title != lane.title:
            self._spots.append(_Spot(area, lane.title, None))
        for bar in lane.bars:
            self._paint_bar(painter, colours, bar, top + _LANE_AIR / 2)
        for mark in lane.marks:
            x = self.x_of(mark.day)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.text))
            painter.drawEllipse(QPointF(x, top + self._lane() / 2), _DOT, _DOT)
            tip = mark.tip or f"{mark.text}, {day_text(mark.day, weekday=True)}"
            self._spots.append(_Spot(QRectF(x - 8, top, 16, self._lane()), tip, None))

    def _paint_bar(self, painter: QPainter, colours: Colours, bar: Bar, top: float) -> None:
        first, last = dt.date.fromordinal(self._first), dt.date.fromordinal(self._last)
        left = self.x_of(bar.opens or first)
        right = self.x_of((bar.closes or last) + dt.timedelta(days=1)) if bar.closes else None
        end = right if right is not None else float(self.width() - 2)
        box = QRectF(left, top, max(8.0, end - left), self._line())
        ink, soft = QColor(bar.tone.ink(colours)), QColor(bar.tone.soft(colours))
        edge = QPen(ink, 1.4)
        if bar.look is BarLook.CLOSED:
            ink, soft = QColor(colours.mute), QColor(colours.alt)
            edge = QPen(Qt.PenStyle.NoPen)
        elif bar.look is BarLook.NOT_YET:
            soft = QColor(colours.base)
            edge = QPen(ink, 1.4, Qt.PenStyle.DashLine)
        painter.setPen(edge)
        painter.setBrush(soft)
        painter.drawRoundedRect(box, 4, 4)
        self._spots.append(_Spot(box.adjusted(-2, -4, 2, 4), bar.tip, bar.key))
        if self.hasFocus() and bar in self.bars[self._current : self._current + 1]:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 6, 6)
        self._paint_words(painter, bar, box, ink)

    def _paint_words(self, painter: QPainter, bar: Bar, box: QRectF, ink: QColor) -> None:
        painter.setFont(sized(self.font(), Type.SMALL))
        metrics = QFontMetricsF(painter.font())
        painter.setPen(ink)
        for text in (bar.text, bar.short):
            if text and self._paint_fitting(painter, text, box, metrics):
                return

    def _paint_fitting(
        self, painter: QPainter, text: str, box: QRectF, metrics: QFontMetricsF
    ) -> bool:
        """Whether `text` found room inside the bar, after it or before it."""
        wide = metrics.horizontalAdvance(text)
        if wide + 12 <= box.width():
            painter.drawText(box.adjusted(7, 0, 0, 0), _BESIDE, text)
            return True
        after = QRectF(box.right() + 6, box.y(), wide + 4, box.height())
        before = QRectF(box.left() - wide - 8, box.y(), wide + 4, box.height())
        place = after if after.right() <= self.width() else before
        if place.left() < self.labels_width():
            return False
        painter.fillRect(place.adjusted(-3, 1, 1, -1), QColor(colours_of(self).base))
        painter.drawText(place, _BESIDE, text)
        return True

    def _paint_today(self, painter: QPainter, colours: Colours) -> None:
        assert self._view is not None
        x = self.x_of(self._view.today)
        painter.setPen(QPen(QColor(colours.accent), 2))
        painter.drawLine(QPointF(x, self._axis() - 4), QPointF(x, self.height() - 4))
        painter.setFont(sized(self.font(), Type.SMALL, strong=True))
        words = tr("today")
        wide = QFontMetricsF(painter.font()).horizontalAdvance(words) + 10
        start = min(max(x - wide / 2, 0.0), self.width() - wide)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        box = QRectF(start, 0, wide, self._axis() - 4)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(colours.on_accent))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)

    def event(self, event: QEvent) -> bool:
        """Shows why on hover."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            spot = self._spot_at(QPointF(event.pos()))
            if spot is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), tip_text(spot.tip), self)
            return True
        return super().event(event)

    def _spot_at(self, place: QPointF) -> _Spot | None:
        return next((spot for spot in reversed(self._spots) if spot.area.contains(place)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be opened."""
        spot = self._spot_at(event.position())
        hand = spot is not None and spot.key is not None
        shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Chooses the bar under the mouse."""
        spot = self._spot_at(event.position())
        if spot is not None and spot.key is not None:
            self.chosen.emit(spot.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the bars; Enter opens one."""
        bars = self.bars
        step = _STEPS.get(Qt.Key(event.key()))
        if bars and step is not None:
            self._current = min(max(0, self._current + step), len(bars) - 1)
            self.setAccessibleDescription(bars[self._current].tip)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._current < len(
            bars
        ):
            self.chosen.emit(bars[self._current].key)
        else:
            super().keyPressEvent(event)


def _span(view: TimelineView) -> tuple[int, int]:
    """First and last day of the axis: all that happened, and what closes in the near future."""
    today = view.today.toordinal()
    bars = [bar for lane in view.lanes for bar in lane.bars]
    marks = [*view.life, *(mark for lane in view.lanes for mark in lane.marks)]
    days = [mark.day.toordinal() for mark in marks]
    days += [day.toordinal() for bar in bars for day in (bar.opens, bar.closes) if day is not None]
    days = [day for day in days if day <= today + _AHEAD] or [today - 30, today + 30]
    first = min(*days, today - _BEFORE) - _BEFORE
    last = max(*days, today + _BEHIND) + _BEHIND
    return first, last

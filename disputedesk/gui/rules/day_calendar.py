"""The coloured calendar: a window's months as grids, each day telling why it counts or does not."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.deadlines.days import CountedDay, DayCount, DayMark, DayMarkKind, DayState
from disputedesk.desk import day_words
from disputedesk.gui import tokens
from disputedesk.gui.dates import locale, weekday_letter
from disputedesk.gui.labels import tip_text
from disputedesk.gui.rules.day_cells import cell_of, look_of, look_title, paint_cell
from disputedesk.gui.theme import colours_of, sized
from disputedesk.gui.tokens import Type

_ALL_UP_TO: Final = 6
"""So many months are all shown; of longer counts those where nothing happens are folded."""
_BETWEEN: Final = 18
_MONDAY: Final = dt.date(2026, 1, 5)


@dataclasses.dataclass(frozen=True, slots=True)
class Month:
    """One month's grid."""

    first: dt.date
    days: tuple[CountedDay, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Fold:
    """Months in which nothing happens, as one line."""

    text: str


Block = Month | Fold


def blocks_of(count: DayCount) -> tuple[Block, ...]:
    """The months to show and the folded ones between them."""
    months = [
        Month(dt.date(year, month, 1), tuple(days))
        for (year, month), days in itertools.groupby(
            count.days, key=lambda one: (one.day.year, one.day.month)
        )
    ]
    if len(months) <= _ALL_UP_TO:
        return tuple(months)
    marked = {(one.day.year, one.day.month) for one in count.marks}
    blocks: list[Block] = []
    for is_quiet, run in itertools.groupby(
        months, key=lambda one: (one.first.year, one.first.month) not in marked
    ):
        quiet = list(run)
        blocks += [_folded(quiet)] if is_quiet and len(quiet) > 1 else quiet
    return tuple(blocks)


def _folded(months: list[Month]) -> Fold:
    days = [day for month in months for day in month.days]
    counted = sum(day.state is DayState.COUNTED for day in days)
    skipped = sum(day.state is DayState.SKIPPED for day in days)
    if not counted + skipped:
        first, last = month_title(months[0].first), month_title(months[-1].first)
        text = tr("{first} – {last}: {what}", first=first, last=last,
                  what=look_title(look_of(days[0])))  # fmt: skip
        return Fold(text)
    text = tr(
        "{first} – {last}: {counted}, {skipped}",
        first=month_title(months[0].first),
        last=month_title(months[-1].first),
        counted=trn("{count} day counts", "{count} days count", counted),
        skipped=trn("{count} does not", "{count} do not", skipped),
    )
    return Fold(text)


def month_title(first: dt.date) -> str:
    """A month's name with its year: March 2026."""
    name = locale().standaloneMonthName(first.month)
    return f"{name[:1].upper()}{name[1:]} {first.year}"


class DayCalendar(QWidget):
    """Paints a window's days; arrows walk through them, and each says what it is.

    Signals:
        told(sentence): The day under the mouse or the keyboard, in words; empty for none.
    """

    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("The days of the chosen way"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._count: DayCount | None = None
        self._blocks: tuple[Block, ...] = ()
        self._marks: dict[dt.date, tuple[DayMark, ...]] = {}
        self._cells: dict[dt.date, tuple[QRectF, CountedDay]] = {}
        self._heads: list[tuple[QRectF, str, bool]] = []
        self._current: dt.date | None = None

    @property
    def count(self) -> DayCount | None:
        """What is shown."""
        return self._count

    def set_count(self, count: DayCount | None) -> None:
        """Shows another window's days."""
        if count == self._count:
            return
        self._count = count
        self._blocks = blocks_of(count) if count else ()
        marks: dict[dt.date, list[DayMark]] = {}
        for one in count.marks if count else ():
            marks.setdefault(one.day, []).append(one)
        self._marks = {day: tuple(found) for day, found in marks.items()}
        closing = [m.day for m in count.marks if m.kind is DayMarkKind.CLOSES] if count else []
        self._current = closing[0] if closing else (count.days[-1].day if count else None)
        self._fit()
        self.setAccessibleDescription(day_words.head_text(count) if count else "")

    def sentence(self, day: dt.date) -> str:
        """One of its days in words; empty for a day that is not shown."""
        found = self._cells.get(day)
        return day_words.day_sentence(found[1], self._marks.get(day, ())) if found else ""

    # -- sizes

    def _cell(self) -> QSize:
        metrics = QFontMetricsF(sized(self.font(), Type.SMALL, strong=True))
        wide = max(28, int(metrics.horizontalAdvance("30?")) + 10)
        return QSize(wide, max(34, int(2 * metrics.height()) + 4))

    def _lay_out(self, width: int) -> int:
        """Finds a place for every day at this width; gives the height it takes."""
        cell = self._cell()
        line = int(QFontMetricsF(sized(self.font(), Type.BODY, strong=True)).height())
        block = 7 * cell.width()
        columns = max(1, (width + _BETWEEN) // (block + _BETWEEN))
        self._cells, self._heads = {}, []
        top, tallest, column = 0, 0, 0
        for one in self._blocks:
            if isinstance(one, Fold) or column >= columns:
                top, tallest, column = top + tallest + (_BETWEEN if tallest else 0), 0, 0
            if isinstance(one, Fold):
                self._heads.append((QRectF(0, top, width, line + 6), one.text, False))
                top += line + 6 + tokens.GAP
                continue
            left = column * (block + _BETWEEN)
            tallest = max(tallest, self._place_month(one, left, top, line, cell))
            column += 1
        return top + tallest + 4

    def _place_month(self, month: Month, left: int, top: int, line: int, cell: QSize) -> int:
        head = QRectF(left, top, 7 * cell.width(), line + 4)
        self._heads.append((head, month_title(month.first), True))
        low = top + 2 * line + 8
        before = month.first.weekday()
        skipped = (before + month.days[0].day.day - 1) // 7
        last = 0
        for day in month.days:
            at = before + day.day.day - 1
            row, column = divmod(at, 7)
            box = QRectF(
                left + column * cell.width() + 1,
                low + (row - skipped) * cell.height() + 1,
                cell.width() - 2,
                cell.height() - 2,
            )
            self._cells[day.day] = (box, day)
            last = max(last, int(box.bottom()))
        return last - top + 2

    def _fit(self) -> None:
        self._lay_out(max(self.width(), 120))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Months flow: the narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height all months take at a width."""
        height = self._lay_out(width)
        if width != self.width():
            self._lay_out(self.width())
        return height

    def sizeHint(self) -> QSize:
        """Two months beside each other."""
        width = max(self.width(), 14 * self._cell().width() + _BETWEEN)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """One month wide."""
        width = 7 * self._cell().width()
        return QSize(width, 40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Places the months anew."""
        super().resizeEvent(event)
        self._lay_out(self.width())
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs other places."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the months."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = colours_of(self)
        for box, text, is_month in self._heads:
            self._paint_head(painter, box, text, is_month=is_month)
        painter.setFont(sized(self.font(), Type.SMALL))
        for day, (box, counted) in self._cells.items():
            kinds = tuple(one.kind for one in self._marks.get(day, ()))
            paint_cell(painter, box, str(day.day), cell_of(counted, kinds), colours)
        found = self._cells.get(self._current) if self._current else None
        if found is not None and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), tokens.RING, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(found[0].adjusted(-1, -1, 1, 1), 5, 5)
        painter.end()

    def _paint_head(self, painter: QPainter, box: QRectF, text: str, *, is_month: bool) -> None:
        colours = colours_of(self)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(QColor(colours.text if is_month else colours.text_2))
        painter.setFont(sized(self.font(), Type.BODY, strong=is_month))
        shown = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(box.width())
        )
        painter.drawText(box, left, shown)
        if not is_month:
            return
        painter.setFont(QFont(sized(self.font(), Type.SMALL)))
        painter.setPen(QColor(colours.mute))
        wide = box.width() / 7
        for at in range(7):
            letter = weekday_letter(_MONDAY + dt.timedelta(at))
            low = QRectF(box.left() + at * wide, box.bottom(), wide, box.height())
            painter.drawText(low, int(Qt.AlignmentFlag.AlignCenter), letter)

    # -- mouse and keyboard

    def _day_at(self, point: QPointF) -> dt.date | None:
        return next((d for d, (box, _c) in self._cells.items() if box.contains(point)), None)

    def event(self, event: QEvent) -> bool:
        """Shows a day's words on hover."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self._day_at(QPointF(event.pos()))
            if day is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), tip_text(self.sentence(day)), self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tells the day under the mouse."""
        day = self._day_at(event.position())
        if day is not None:
            self.told.emit(self.sentence(day))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Goes to the pressed day."""
        day = self._day_at(event.position())
        if day is not None:
            self.go_to(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walks by days and weeks; Home and End go to the first and the last day."""
        days = sorted(self._cells)
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7,
            Qt.Key.Key_Home: -len(days), Qt.Key.Key_End: len(days),
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is None or not days or self._current not in self._cells:
            super().keyPressEvent(event)
            return
        at = days.index(self._current) + step
        self.go_to(days[min(max(0, at), len(days) - 1)])

    def go_to(self, day: dt.date) -> None:
        """Makes a day the current one and tells it."""
        self._current = day
        sentence = self.sentence(day)
        self.setAccessibleDescription(sentence)
        self.told.emit(sentence)
        self.update()

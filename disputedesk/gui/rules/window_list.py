"""The windows of an answer: in the order to use them, each with its state, days and days left."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.deadlines.plan import PlanStep
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor, Status
from disputedesk.desk import words
from disputedesk.desk.queries.typed_facts import Answer, dates_text
from disputedesk.gui import tokens
from disputedesk.gui.chips import Chip, chip_width, paint_chip, tone_of
from disputedesk.gui.rows import Column, Index, RowModel, RowRole
from disputedesk.gui.theme import colours_of, line_height, sized
from disputedesk.gui.tokens import Tone, Type

_INSET = 12
_MOST_SHOWN = 7


@dataclasses.dataclass(frozen=True, slots=True)
class WindowRow:
    """One window as a line.

    Attributes:
        order: Its place in the plan; 0 where it is no step of it.
        second: Its days, or why it has none.
    """

    window: Window
    order: int
    title: str
    second: str
    chip: Chip

    @property
    def sentence(self) -> str:
        """The line as a screen reader says it."""
        return ", ".join((self.title, self.chip.text, self.second))


def rows_of(answer: Answer) -> tuple[WindowRow, ...]:
    """The lines of an answer, in its order."""
    found = answer.calculation
    return tuple(_row(answer, window) for window in found.windows)


def _row(answer: Answer, window: Window) -> WindowRow:
    plan = answer.calculation.plan
    step = plan.step_of(window.rule)
    order = step.order if step is not None else 0
    theirs = window.actor is not Actor.BUYER
    title = window.title
    if order:
        title = tr("{number}. {title}", number=order, title=title)
    elif theirs:
        actor = words.actor_word(window.actor)
        title = tr("{title} (time for {actor})", title=title, actor=actor)
    today, act_by = answer.calculation.today, window.file_by or window.closes
    if step is not None and step.last_safe_day is not None:
        act_by = step.last_safe_day
    tone = tone_of(window.status, act_by, today, theirs=theirs)
    state = words.status_word(window.status)
    if window.rule in plan.begun:
        state = tr("filed")
    if window.status is Status.CLOSED or window.rule in plan.begun:
        tone = Tone.WAIT
    second = ", ".join(part for part in (left_text(window, step), dates_text(window, step)) if part)
    avenue = words.avenue_title(window.avenue)
    said = " · ".join(part for part in (avenue, second or window.reason) if part)
    return WindowRow(window, order, title, said, Chip(state, tone))


def left_text(window: Window, step: PlanStep | None = None) -> str:
    """How many days are left, in words; empty where none can be told.

    Args:
        window: The window.
        step: Its step of the plan: where the money goes sooner, no days are boasted of.
    """
    left = window.days_left
    if step is not None and step.held_until is not None:
        return ""
    if left is None or window.status in (Status.NOT_AVAILABLE, Status.UNKNOWN):
        return ""
    if left < 0:
        return trn("{count} day too late", "{count} days too late", -left)
    if left == 0:
        return tr("today is the last day")
    return trn("{count} day left", "{count} days left", left)


class _RowPainter(QStyledItemDelegate):
    """Paints a title with a chip, and the days under it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines."""
        view: Any = option.widget
        return QSize(120, 2 * line_height(view.font()) + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints one window."""
        view: Any = option.widget
        row: WindowRow = index.data(RowRole)
        colours = colours_of(view)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(2, 1, -2, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(colours.accent_soft))
            painter.setPen(
                QPen(QColor(colours.accent), 2) if view.hasFocus() else Qt.PenStyle.NoPen
            )
            painter.drawRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
        words = box.adjusted(_INSET, 5, -_INSET, -5)
        half = words.height() // 2
        small = sized(view.font(), Type.SMALL, strong=True)
        wide = chip_width(small, row.chip) + 2
        chip = QRectF(words.right() - wide, words.top() - 1, wide + 1, half + 2)
        paint_chip(painter, chip, row.chip, small, colours)
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        upper = words.adjusted(0, 0, -int(wide) - tokens.GAP, -half)
        painter.setFont(sized(view.font(), Type.BODY, strong=bool(row.order)))
        painter.setPen(QColor(colours.text if row.order else colours.text_2))
        painter.drawText(upper, middle, _cut(painter, row.title, upper.width()))
        lower = words.adjusted(0, half, 0, 0)
        painter.setFont(sized(view.font(), Type.SMALL))
        painter.setPen(QColor(colours.text_2))
        painter.drawText(lower, middle, _cut(painter, row.second, lower.width()))
        painter.restore()


def _cut(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)


class WindowList(QListView):
    """The list; as high as its lines, up to a few."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Ways to get it back, in the order to use them"))
        self.setObjectName("plain")
        said: Column[WindowRow] = Column("line", "", _said, tip=_said)
        self.rows: RowModel[WindowRow] = RowModel((said,), lambda row: row.window.rule, self)
        self.setModel(self.rows)
        self.setItemDelegate(_RowPainter(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def show_answer(self, answer: Answer) -> None:
        """Shows an answer's windows; the chosen one stays chosen."""
        before = self.chosen
        self.rows.set_rows(rows_of(answer))
        shown = min(len(self.rows.rows), _MOST_SHOWN)
        one = 2 * line_height(self.font()) + 14
        self.setFixedHeight(shown * one + 8)
        if self.rows.rows:
            at = self.rows.find(before.window.rule) if before is not None else -1
            if at < 0 and answer.calculation.plan.next_step is not None:
                at = self.rows.find(answer.calculation.plan.next_step)
            self.setCurrentIndex(self.rows.index(max(0, at), 0))

    @property
    def chosen(self) -> WindowRow | None:
        """The chosen line."""
        return self.rows.row_at(self.currentIndex())


def _said(row: WindowRow) -> str:
    return row.sentence

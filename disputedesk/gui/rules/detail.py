"""One window of the calculator: its days as a calendar, and the steps that lead to them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import day_text, tr
from disputedesk.deadlines.days import DayCount, DayMarkKind
from disputedesk.deadlines.plan import PlanStep
from disputedesk.deadlines.window import Window
from disputedesk.desk import day_words, words
from disputedesk.desk.queries.rule_pages import source_text
from disputedesk.desk.queries.typed_facts import dates_text
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cards import Card
from disputedesk.gui.labels import Ink, label
from disputedesk.gui.rules.day_calendar import DayCalendar
from disputedesk.gui.rules.legend import Legend
from disputedesk.gui.rules.window_list import left_text
from disputedesk.gui.tokens import Type


class WindowDetail(Card):
    """The card of the chosen window; its calendar stays when only its days change.

    Signals:
        rule_wanted(id): The rule behind it is to be read.
        copy_wanted(): The whole answer is to be copied as text.
    """

    rule_wanted = Signal(str)
    copy_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._window: Window | None = None
        top = QHBoxLayout()
        self.title = label("", size=Type.STRONG, strong=True, wrap=True)
        top.addWidget(self.title, 1)
        self.rule = button(tr("Read the rule"), Act.LINK, parent=self)
        self.rule.clicked.connect(self._read)
        top.addWidget(self.rule, 0, Qt.AlignmentFlag.AlignTop)
        self.copy = button(tr("Copy as text"), icon="copy", parent=self)
        self.copy.clicked.connect(lambda _checked=False: self.copy_wanted.emit())
        top.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(top)
        self.dates = label("", wrap=True, selectable=True)
        self.column.addWidget(self.dates)
        self.calendar = DayCalendar(self)
        self.column.addWidget(self.calendar)
        self.told = label("", ink="accent", size=Type.SMALL, wrap=True)
        self.told.setMinimumHeight(2 * self.told.fontMetrics().height())
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(self.told)
        self.calendar.told.connect(self.told.setText)
        self._body = QWidget(self)
        self.column.addWidget(self._body)

    def show_window(
        self, window: Window, count: DayCount | None, step: PlanStep | None = None
    ) -> None:
        """Shows a window and its days."""
        self._window = window
        self.title.setText(window.title)
        self.rule.setAccessibleName(tr("Read the rule: {title}", title=window.title))
        status = words.status_word(window.status)
        days = ", ".join(
            part for part in (left_text(window, step), dates_text(window, step)) if part
        )
        begun = status[:1].upper() + status[1:]
        self.dates.setText(tr("{status}: {days}.", status=begun, days=days) if days else begun)
        self.calendar.set_count(count)
        self.calendar.setVisible(count is not None)
        self.told.setVisible(count is not None)
        hint = tr("Rest the mouse on a day, or walk with the arrow keys, to read why it counts.")
        self.told.setText(hint)
        self._replace_body(window, count)

    def _replace_body(self, window: Window, count: DayCount | None) -> None:
        old, self._body = self._body, QWidget(self)
        self.column.replaceWidget(old, self._body)
        old.hide()
        old.deleteLater()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP_CHIP)
        if count is not None:
            column.addWidget(Legend(count, self._body))
            column.addSpacing(tokens.GAP)
        _lines(column, "", [window.reason], "text")
        _lines(column, tr("How it is counted"), _steps(window, count), "text")
        _lines(column, tr("Taken instead"), [one.text for one in window.assumed], "soon")
        _lines(column, tr("Mind"), [*window.warnings, *(count.doubts if count else ())], "soon")
        if count is not None and count.calendars:
            by = [tr("Counted by: {calendar}", calendar=name) for name in count.calendars]
            _lines(column, "", by, "mute")
        _lines(column, tr("Who says so"), [source_text(one) for one in window.sources], "second")
        self._body.show()

    @Slot()
    def _read(self) -> None:
        if self._window is not None:
            self.rule_wanted.emit(str(self._window.rule))


def _steps(window: Window, count: DayCount | None) -> list[str]:
    lines = [step.sentence for step in window.because]
    if count is not None:
        lines.append(day_words.head_text(count))
        lines += [
            tr("{day}: {text}", day=day_text(one.day, weekday=True), text=one.text)
            for one in day_words.outside_marks(count)
            if one.kind is DayMarkKind.TODAY
        ]
    return lines


def _lines(column: QVBoxLayout, title: str, lines: list[str], ink: Ink) -> None:
    shown = [line for line in lines if line]
    if not shown:
        return
    if title:
        column.addSpacing(tokens.GAP_CHIP)
        column.addWidget(label(title, strong=True, ink="second", size=Type.SMALL))
    for line in shown:
        column.addWidget(label(line, ink=ink, wrap=True, selectable=True))

"""A field for a day, typed the way people write days; says at once which day it understood."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from disputedesk.common.texts import day_text, tr
from disputedesk.gui import tokens
from disputedesk.gui.labels import label, set_ink
from disputedesk.gui.tokens import Type

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_NAMED = re.compile(r"(\d{1,2})\.?\s+([^\W\d_]+)\.?\s+(\d{4})")
_NAMED_FIRST = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2}),?\s+(\d{4})")
_LETTERS: Final = 3


class UnclearDay(ValueError):
    """A text that is no day, or could be two; the message says so to the user."""


def parse_day(text: str, today: dt.date) -> dt.date | None:
    """The day that `text` means; `None` for an empty text.

    With dots the day stands first; with slashes only what cannot be misread is taken.

    Raises:
        UnclearDay: It is no day, or it could be two.
    """
    plain = " ".join(text.casefold().split())
    if not plain:
        return None
    if plain in (tr("today"), "today"):
        return today
    if plain in (tr("yesterday"), "yesterday"):
        return today - dt.timedelta(days=1)
    if found := _ISO.fullmatch(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTTED.fullmatch(plain):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    if found := _NAMED.fullmatch(plain):
        return _day(int(found[3]), _month(found[2]), int(found[1]))
    if found := _NAMED_FIRST.fullmatch(plain):
        return _day(int(found[3]), _month(found[1]), int(found[2]))
    if found := _SLASHED.fullmatch(plain):
        return _slashed(int(found[1]), int(found[2]), int(found[3]))
    raise UnclearDay(tr("Write the day like 14 Mar 2026 or 14.03.2026."))


def _slashed(first: int, second: int, year: int) -> dt.date:
    if first == second or second > 12:
        return _day(year, first, second)
    if first > 12:
        return _day(year, second, first)
    raise UnclearDay(
        tr("This could be two different days. Write the month in letters, like 14 Mar 2026.")
    )


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise UnclearDay(tr("There is no such day in the calendar.")) from error


def _month(word: str) -> int:
    beginning = word[:_LETTERS]
    for locale in (QLocale(QLocale.Language.English), QLocale(QLocale.Language.Russian)):
        for month in range(1, 13):
            names = (
                locale.monthName(month, QLocale.FormatType.LongFormat),
                locale.standaloneMonthName(month, QLocale.FormatType.LongFormat),
            )
            if any(name.casefold().startswith(beginning) for name in names):
                return month
    raise UnclearDay(tr("Write the day like 14 Mar 2026 or 14.03.2026."))


class DayField(QWidget):
    """A line for a day, with the understood day in words beside it. Up and Down move by a day.

    Signals:
        changed(): Another day was understood, or none any more.
        committed(): Enter was pressed.
    """

    changed = Signal()
    committed = Signal()

    def __init__(
        self, name: str, today: dt.date, day: dt.date | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._day = day
        self._fault = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        self.line = _DayLine(self._step, self)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(tr("14 Mar 2026"))
        self.line.setText(day_text(day) if day else "")
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self.committed)
        self.hint = label("", ink="mute", size=Type.SMALL, wrap=True)
        row.addWidget(self.line, 1)
        row.addWidget(self.hint, 1)
        self.setFocusProxy(self.line)
        self._typed()

    @property
    def day(self) -> dt.date | None:
        """The day understood; `None` when empty or unclear."""
        return self._day

    @property
    def fault(self) -> str:
        """Why the text is no day; empty when all is well."""
        return self._fault

    def set_day(self, day: dt.date | None) -> None:
        """Shows another day."""
        self.line.setText(day_text(day) if day else "")

    @Slot()
    def _typed(self) -> None:
        try:
            self._day, self._fault = parse_day(self.line.text(), self._today), ""
        except UnclearDay as error:
            self._day, self._fault = None, str(error)
        words = day_text(self._day, weekday=True) if self._day else self._fault
        self.hint.setText(words)
        set_ink(self.hint, "urgent" if self._fault else "mute")
        self.line.setAccessibleDescription(words)
        self.changed.emit()

    def _step(self, days: int) -> None:
        base = self._day or self._today
        self.set_day(base + dt.timedelta(days=days) if self._day else base)


class _DayLine(QLineEdit):
    """The line itself; Up and Down move by a day."""

    def __init__(self, step: Callable[[int], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._step = step

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves by a day on Up and Down."""
        if event.key() == Qt.Key.Key_Up:
            self._step(1)
        elif event.key() == Qt.Key.Key_Down:
            self._step(-1)
        else:
            super().keyPressEvent(event)

"""Days as a worried person reads them: how long is left, in words and large figures."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QLocale

from disputedesk.common import texts
from disputedesk.common.texts import day_distance_text, day_text, tr, trn


def countdown_text(day: dt.date | None, today: dt.date) -> str:
    """The large words of a row: `today`, `tomorrow`, `3 days`, `2 days late`."""
    if day is None:
        return tr("no date")
    left = (day - today).days
    if left == 0:
        return tr("today")
    if left == 1:
        return tr("tomorrow")
    if left < 0:
        return trn("{count} day late", "{count} days late", -left)
    return trn("{count} day", "{count} days", left)


def short_day(day: dt.date, today: dt.date) -> str:
    """`day` with its weekday, the year only where it is another one: Wed 9 Dec."""
    text = day_text(day, weekday=True)
    return text.removesuffix(f" {day.year}") if day.year == today.year else text


def day_in_words(day: dt.date, today: dt.date) -> str:
    """`day` as people say it: in 3 days, Thu 26 Nov 2026."""
    return tr(
        "{distance}, {day}",
        distance=day_distance_text(day, today),
        day=day_text(day, weekday=True),
    )


def exact_day(day: dt.date, today: dt.date) -> str:
    """The exact form for a tool tip: Thursday 26 November 2026 (in 3 days)."""
    return tr("{day} ({distance})", day=long_day(day), distance=day_distance_text(day, today))


def locale() -> QLocale:
    """The locale of the language in force, in the user's own country where the two fit."""
    system = QLocale.system()
    code = texts.language()
    return system if system.name().startswith(code) else QLocale(code)


def long_day(day: dt.date) -> str:
    """The whole day in letters: Sunday 6 December 2026."""
    text = locale().toString(QDate(day.year, day.month, day.day), "dddd d MMMM yyyy")
    return text[:1].upper() + text[1:]


def compact_day(day: dt.date) -> str:
    """`day` in the width of a table's column, the month still in letters: 30 Nov 2026."""
    text = locale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")
    return text.replace(".", "")


def weekday_letter(day: dt.date) -> str:
    """The weekday's shortest name, for the strip of days."""
    return locale().dayName(day.isoweekday(), QLocale.FormatType.NarrowFormat)

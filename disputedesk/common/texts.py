"""Words for people: one gettext catalogue per language, the same for screens, commands and papers.

The message is the English sentence itself. Values are named, never glued:
`tr("{count} orders kept.", count=3)`. The language is a context variable, so a Russian letter can
be written while the screen is English (`with using("ru"):`), on any thread.
"""

from __future__ import annotations

import contextlib
import contextvars
import datetime as dt
import functools
import gettext
import locale
import os
from collections.abc import Iterator
from typing import Final

from disputedesk.common import locations

LANGUAGES: Final = {"en": "English", "ru": "Русский"}
"""The languages the program speaks, each by its own name."""

_language: contextvars.ContextVar[str | None] = contextvars.ContextVar("language", default=None)
_default = "en"


def set_language(code: str) -> None:
    """Makes `code` the language of the whole process; an unknown one becomes English."""
    global _default  # noqa: PLW0603 - one process, one default language
    _default = code if code in LANGUAGES else "en"


def language() -> str:
    """The language in force here."""
    return _language.get() or _default


def system_language() -> str:
    """The first language of the user's environment that the program speaks, else English."""
    wanted = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    wanted.append(locale.getlocale()[0] or "")
    for name in wanted:
        if name[:2].lower() in LANGUAGES:
            return name[:2].lower()
        if name:
            return "en"
    return "en"


@contextlib.contextmanager
def using(code: str) -> Iterator[None]:
    """Speaks `code` inside the block, on this thread or task only."""
    token = _language.set(code if code in LANGUAGES else "en")
    try:
        yield
    finally:
        _language.reset(token)


@functools.cache
def _catalogue(code: str) -> gettext.NullTranslations:
    path = locations.resources("texts", f"{code}.mo")
    if code == "en" or not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as stream:
        return gettext.GNUTranslations(stream)


def tr(message: str, /, **values: object) -> str:
    """`message` in the language in force, its `{names}` filled with `values`."""
    text = _catalogue(language()).gettext(message) if message else ""
    return text.format(**values) if values else text


def trn(singular: str, plural: str, count: int, /, **values: object) -> str:
    """The form of the message that fits `count`, which is also given to it as `{count}`."""
    text = _catalogue(language()).ngettext(singular, plural, count)
    return text.format(count=count, **values)


def mark(message: str) -> str:
    """`message` unchanged: marks a text for translation that is looked up later with `tr`."""
    return message


_MONTHS: Final = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "ru": (
        "января", "февраля", "марта", "апреля", "мая", "июня",
        "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ),
}  # fmt: skip
_WEEKDAYS: Final = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
}


def day_text(day: dt.date, *, weekday: bool = False) -> str:
    """`day` as people write it, the month in letters and the year always there: 14 Mar 2026."""
    code = language()
    text = f"{day.day} {_MONTHS[code][day.month - 1]} {day.year}"
    return f"{_WEEKDAYS[code][day.weekday()]} {text}" if weekday else text


def day_distance_text(day: dt.date, today: dt.date) -> str:
    """How far `day` is from `today`, in words: today, tomorrow, in 3 days, 2 days ago."""
    days = (day - today).days
    if days == 0:
        return tr("today")
    if days == 1:
        return tr("tomorrow")
    if days == -1:
        return tr("yesterday")
    if days > 0:
        return trn("in {count} day", "in {count} days", days)
    return trn("{count} day ago", "{count} days ago", -days)

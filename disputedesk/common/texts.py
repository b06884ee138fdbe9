"""Words for people: one gettext catalogue per language, the same for screens, commands and papers.

The message is the English sentence itself. Values are named, never glued:
`tr("{count} orders kept.", count=3)`. The language is a context variable, so a Russian letter can
be written while the screen is English (`with using("ru"):`), on any thread.

Papers speak more languages than screens, because their reader may be abroad. The catalogue of such
a language holds only what papers say; everything else, such as the reason why one cannot be made,
is for the user and stays in the language of the screen.
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

PAPER_LANGUAGES: Final = ("de", "es", "fr", "pt", "pl")
"""The languages that papers speak besides, and no screen."""

_language: contextvars.ContextVar[str | None] = contextvars.ContextVar("language", default=None)
_screen: contextvars.ContextVar[str | None] = contextvars.ContextVar("screen", default=None)
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
    """Speaks `code`, a language of screens or of papers, inside the block, on this thread only."""
    outer = language()
    user = _screen.set(outer if outer in LANGUAGES else _screen.get())
    token = _language.set(code if code in LANGUAGES or code in PAPER_LANGUAGES else "en")
    try:
        yield
    finally:
        _language.reset(token)
        _screen.reset(user)


class _ForTheUser(gettext.NullTranslations):
    """What a catalogue of papers does not hold, in the language of the screen."""

    def gettext(self, message: str) -> str:
        """The message as the screen says it."""
        return _catalogue(_screen.get() or _default).gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form of the message that fits, as the screen says it."""
        return _catalogue(_screen.get() or _default).ngettext(msgid1, msgid2, n)


@functools.cache
def _catalogue(code: str) -> gettext.NullTranslations:
    path = locations.resources("texts", f"{code}.mo")
    if code == "en" or not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as stream:
        catalogue = gettext.GNUTranslations(stream)
    if code in PAPER_LANGUAGES:
        catalogue.add_fallback(_ForTheUser())
    return catalogue


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
    "de": (
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ),
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "pt": (
        "janeiro", "fevereiro", "março", "abril", "maio", "junho",
        "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
    ),
    "pl": (
        "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
        "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
    ),
}  # fmt: skip
_WEEKDAYS: Final = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    "de": ("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."),
    "es": ("lun.", "mar.", "mié.", "jue.", "vie.", "sáb.", "dom."),
    "fr": ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
    "pt": ("seg.", "ter.", "qua.", "qui.", "sex.", "sáb.", "dom."),
    "pl": ("pn.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz."),
}
_DAYS: Final = {
    "de": "{day}. {month} {year}",
    "es": "{day} de {month} de {year}",
    "pt": "{day} de {month} de {year}",
}
"""How a day is put together where it is not simply day, month and year."""


def day_text(day: dt.date, *, weekday: bool = False) -> str:
    """`day` as people write it, the month in letters and the year always there: 14 Mar 2026."""
    code = language()
    pattern = _DAYS.get(code, "{day} {month} {year}")
    text = pattern.format(day=day.day, month=_MONTHS[code][day.month - 1], year=day.year)
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

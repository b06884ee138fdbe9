"""Days and moments in printed text, in every language that papers speak."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

_MONTHS: Final = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12, "янв": 1, "фев": 2, "мар": 3, "апр": 4, "мая": 5, "май": 5,
    "июн": 6, "июл": 7, "авг": 8, "сен": 9, "окт": 10, "ноя": 11, "дек": 12,
    "mär": 3, "mai": 5, "okt": 10, "dez": 12, "ene": 1, "abr": 4, "ago": 8, "dic": 12, "fév": 2,
    "avr": 4, "juin": 6, "juil": 7, "aoû": 8, "déc": 12, "fev": 2, "set": 9, "out": 10, "sty": 1,
    "lut": 2, "kwi": 4, "maj": 5, "cze": 6, "lip": 7, "sie": 8, "wrz": 9, "paź": 10, "lis": 11,
    "gru": 12,
}  # fmt: skip
"""Months by their first letters, three or, where those are of two months, four."""

_WRITTEN: Final = re.compile(
    r"\b(\d{1,2})(?:\.º|\.|er)?\s+(?:de\s+)?([^\W\d_]{3,12})\.?,?\s+(?:de\s+)?(\d{4})\b"
)
_ISO: Final = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_CLOCK: Final = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?\b")
_ZONE: Final = re.compile(
    r"\b\d{1,2}:\d{2}(?::\d{2})?\s*\(?(?:UTC|GMT|Z\b|[+\-−]\d{2}:?\d{2}|[A-Z]{3,4}\b)"
)
_NO_ZONE: Final = re.compile(r"zone (?:is )?(?:not|un)known|without a zone|no time zone|"
                             r"(?:час\w* )?пояс\w* (?:не|неизвест)", re.I)  # fmt: skip


def days_in(text: str) -> list[dt.date]:
    """The days written in `text`, in order; what is no day of the calendar is left out."""
    found = []
    for match in _WRITTEN.finditer(text.replace("\u00a0", " ")):
        name = match[2].lower()
        month = _MONTHS.get(name[:4]) or _MONTHS.get(name[:3])
        if month:
            found += _day(int(match[3]), month, int(match[1]))
    for match in _ISO.finditer(text):
        found += _day(int(match[1]), int(match[2]), int(match[3]))
    return found


def _day(year: int, month: int, day: int) -> list[dt.date]:
    try:
        return [dt.date(year, month, day)]
    except ValueError:
        return []


def lacks_zone(text: str) -> bool:
    """Whether a clock time in `text` stands without its zone."""
    return bool(_CLOCK.search(text)) and not _ZONE.search(text) and not _NO_ZONE.search(text)

"""Single cells believed or refused: texts without card numbers, days, sums, counts, addresses."""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from typing import Final
from urllib.parse import urlsplit

from disputedesk.common.secrets import mask, mask_pan, passes_luhn
from disputedesk.common.texts import tr
from disputedesk.intake.amounts import read_amount
from disputedesk.intake.days import DayOrder, read_day
from disputedesk.model.money import Money

_NOTHING: Final = frozenset({"", "not available", "not applicable", "n/a", "none", "null", "-"})
_LONGEST_TEXT: Final = 500
_LONGEST_URL: Final = 2_000
_LONG_DIGITS: Final = re.compile(r"(?<!\d)\d{13,19}(?!\d)")
_THREE_DIGITS: Final = re.compile(r"\d[^\d]*\d[^\d]*\d")
"""The fewest digits any secret has; a text with fewer need not be searched for one."""

_UNSEEN: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
_FIRST_YEAR: Final = 1995
_LAST_YEAR: Final = 2099
_MOST_PIECES: Final = 1_000_000


class BadCell(Exception):
    """A cell that cannot be believed: its column, why, and what to do.

    Args:
        column: The column's name as the file has it.
        why: One sentence.
        remedy: One sentence; may be empty.
    """

    def __init__(self, column: str, why: str, remedy: str = "") -> None:
        super().__init__(column, why, remedy)
        self.column = column
        self.why = why
        self.remedy = remedy


def is_nothing(text: str) -> bool:
    """Whether the cell says in words that it is empty."""
    return text.strip().casefold() in _NOTHING


def clean_text(text: str, longest: int = _LONGEST_TEXT) -> str:
    """`text` on one line, without control signs and lone surrogates, card numbers masked."""
    if is_nothing(text):
        return ""
    plain = text[: longest * 4]
    if not plain.isprintable():
        plain = "".join(" " if unicodedata.category(c) in _UNSEEN else c for c in plain)
    plain = " ".join(plain.split())
    masked = _LONG_DIGITS.sub(_masked_run, mask(plain)) if _THREE_DIGITS.search(plain) else plain
    return masked if len(masked) <= longest else masked[: longest - 1].rstrip() + "…"


def _masked_run(match: re.Match[str]) -> str:
    return mask_pan(match.group()) if passes_luhn(match.group()) else match.group()


def clean_url(text: str, *, known: tuple[str, ...] = ()) -> str:
    """A web address that may be kept, made absolute; empty for anything else.

    Args:
        text: The address, perhaps without its scheme (`//www…`).
        known: Product and order numbers the file gives in columns of their own; other long
            numbers that could be a card's are no reason to keep an address.
    """
    text = text.strip()
    text = f"https:{text}" if text.startswith("//") else text
    if len(text) > _LONGEST_URL or not text.isprintable() or " " in text:
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        return ""
    for match in _LONG_DIGITS.finditer(text):
        if match.group() not in known and passes_luhn(match.group()):
            return ""
    return text


def a_count(text: str, column: str) -> int:
    """A number of pieces, 1 where the cell is empty.

    Raises:
        BadCell: It is no whole number from 1 on.
    """
    if is_nothing(text):
        return 1
    digits = text.strip().removesuffix(".0").removesuffix(".00")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 7):
        raise BadCell(column, tr("“{text}” is no number of pieces.", text=clean_text(text, 40)))
    count = int(digits)
    if not 1 <= count <= _MOST_PIECES:
        raise BadCell(column, tr("“{text}” is no number of pieces.", text=digits))
    return count


def a_sum(text: str, column: str, currency: str = "") -> Money | None:
    """The sum a cell says; `None` where it says none.

    Raises:
        BadCell: There is something, but no sum, or one that can be read in two ways.
    """
    if is_nothing(text):
        return None
    money = _amount(text, currency)
    if money is None:
        raise BadCell(
            column, tr("“{text}” is no sum that can be read in one way.", text=clean_text(text, 40))
        )
    return money


def a_day(text: str, column: str, order: DayOrder | None = None) -> dt.date | None:
    """The day a cell says; `None` where it says none.

    Raises:
        BadCell: There is something, but no day, or one that can be read in two ways.
    """
    if is_nothing(text):
        return None
    day = _day(text, order)
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise BadCell(
            column, tr("“{text}” is no day that can be read in one way.", text=clean_text(text, 40))
        )
    return day


@functools.lru_cache(maxsize=8192)
def _amount(text: str, currency: str) -> Money | None:
    """`read_amount`, remembered: an export says the same few sums in thousands of rows."""
    return read_amount(text, currency_hint=currency or None)


@functools.lru_cache(maxsize=8192)
def _day(text: str, order: DayOrder | None) -> dt.date | None:
    """`read_day`, remembered: an export has few days and many rows."""
    return read_day(text, order=order)


def an_instant(text: str, column: str) -> dt.datetime | None:
    """The instant of an ISO 8601 cell, aware; a bare one is taken as UTC; `None` where empty.

    Raises:
        BadCell: There is something else in the cell.
    """
    if is_nothing(text):
        return None
    try:
        instant = dt.datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise BadCell(
            column, tr("“{text}” is no day and time.", text=clean_text(text, 40))
        ) from error
    if not _FIRST_YEAR <= instant.year <= _LAST_YEAR:
        raise BadCell(column, tr("“{text}” is no day and time.", text=clean_text(text, 40)))
    return instant if instant.tzinfo else instant.replace(tzinfo=dt.UTC)


def a_number(text: str, column: str, shape: re.Pattern[str]) -> str:
    """An order number of the given shape, guarded quotes and `=""` wrappers taken off.

    Raises:
        BadCell: The cell holds no such number; one that a spreadsheet rounded is told apart.
    """
    number = text.strip().strip("=\"'").strip()
    if shape.fullmatch(number):
        return number
    if re.fullmatch(r"\d([.,]\d+)?[eE]\+\d+", number):
        raise BadCell(
            column,
            tr("A spreadsheet has rounded the order number to {text}.", text=number[:40]),
            tr("Import the file as it was downloaded, not one saved again by a spreadsheet."),
        )
    if is_nothing(number):
        raise BadCell(column, tr("The order number is missing."))
    raise BadCell(column, tr("“{text}” is no order number.", text=clean_text(number, 40)))


def a_currency(text: str, column: str) -> str:
    """A currency code of three letters; empty where the cell is.

    Raises:
        BadCell: The cell holds something else.
    """
    code = text.strip().upper()
    if is_nothing(code):
        return ""
    if not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise BadCell(column, tr("“{text}” is no currency code.", text=clean_text(text, 40)))
    return code

"""Days, sums and lists as a letter says them, in the letter's language and without doubt.

Months are words, because 03/04 is two days in two countries; a currency is its three letters,
because "$" is the sign of many.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from disputedesk.model.money import Money

_DAY_PATTERNS: Final = {"en": "d\u00a0MMMM y", "ru": "d\u00a0MMMM y\u00a0'года'"}
"""No line ends between a day and its month."""

_OWN_NAMES: Final = {"ru": {"RUB": "руб.", "UAH": "грн", "KZT": "тенге", "BYN": "бел. руб."}}


def day(value: dt.date, language: str) -> str:
    """`value` as a letter writes it: 14 March 2026, 14 марта 2026 года."""
    from babel.dates import format_date

    return format_date(value, _DAY_PATTERNS[language], locale=language)


def instant(value: dt.datetime, language: str) -> str:
    """`value` with its clock time and its offset, so that nobody has to guess the zone.

    A clock's reading without a zone is told without one.
    """
    if value.tzinfo is None:
        return f"{day(value.date(), language)}, {value:%H:%M}"
    offset = value.strftime("%z")
    zone = f"UTC{offset[:3]}:{offset[3:5]}" if offset and offset != "+0000" else "UTC"
    return f"{day(value.date(), language)}, {value:%H:%M} ({zone})"


def money(value: Money, language: str) -> str:
    """`value` with the language's separators: EUR 1,243.10; 1 243,10 EUR."""
    from babel.numbers import format_decimal

    pattern = "#,##0." + "0" * value.digits if value.digits else "#,##0"
    number = format_decimal(Decimal(value.amount), pattern, locale=language)
    number = number.replace("\u202f", "\u00a0")
    own = _OWN_NAMES.get(language, {}).get(value.currency, value.currency)
    return f"{own}\u00a0{number}" if language == "en" else f"{number}\u00a0{own}"


def number_runs(numbers: Iterable[int]) -> str:
    """Numbers in rising order, runs drawn together: 1–3, 7."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


@functools.cache
def country(code: str, language: str) -> str:
    """The country's name, in capitals as the post wants its last line; empty when not known."""
    from babel import Locale

    name = Locale.parse(language).territories.get(code.upper(), "") if code else ""
    return name.upper()

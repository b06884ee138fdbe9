"""Days, sums and lists as a letter says them, in the letter's language and without doubt.

Months are words, because 03/04 is two days in two countries; a currency is its three letters,
because "$" is the sign of many.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from disputedesk.model.money import Money

_DAY_PATTERNS: Final = {
    "en": "d\u00a0MMMM y",
    "ru": "d\u00a0MMMM y\u00a0'года'",
    "de": "d.\u00a0MMMM y",
    "es": "d\u00a0'de'\u00a0MMMM 'de' y",
    "fr": "d\u00a0MMMM y",
    "pt": "d\u00a0'de'\u00a0MMMM 'de' y",
    "pl": "d\u00a0MMMM y\u00a0'r.'",
}
"""No line ends between a day and its month."""

_FIRST_DAYS: Final = {"fr": "d'er'\u00a0MMMM y", "pt": "d'.º'\u00a0'de'\u00a0MMMM 'de' y"}
"""Where the first of a month is said as an ordinal: 1er mars, 1.º de março."""

_OWN_NAMES: Final = {"ru": {"RUB": "руб.", "UAH": "грн", "KZT": "тенге", "BYN": "бел. руб."}}


def day(value: dt.date, language: str) -> str:
    """`value` as a letter writes it: 14 March 2026, 14 марта 2026 года, 14. März 2026."""
    from babel.dates import format_date

    patterns = _FIRST_DAYS if value.day == 1 and language in _FIRST_DAYS else _DAY_PATTERNS
    return format_date(value, patterns[language], locale=language)


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


def number(value: int, language: str) -> str:
    """`value` with its digits in threes, as the language parts them."""
    told = f"{value:,}"
    return told if language == "en" else told.replace(",", "\u00a0")


def counted_things(count: int, forms: Mapping[str, str], language: str) -> str:
    """`count` with the form of its noun the language wants: 1 day, 120 Tage, 22 dni.

    Args:
        count: How many.
        forms: By plural category (`one`, `few`, `many`, `other`), with `{count}` in it; a category
            that is not there is said as `other`.
        language: Whose plural rule holds.
    """
    from babel import Locale

    category = Locale.parse(language).plural_form(count)
    return forms.get(category, forms["other"]).format(count=count)


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

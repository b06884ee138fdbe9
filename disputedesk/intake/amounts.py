"""Sums of money out of text as people and shops write it; what can be read two ways is not read.

How a number is read:

* Two different separators: the last one is the decimal sign (`1.234,56`, `1,234.56`, `1 234,50`).
* A separator that repeats groups thousands (`1.234.567`); so do spaces and apostrophes.
* One point or comma before one, two, four or more digits is the decimal sign (`23,45`, `12.5`).
* One point or comma before exactly three digits (`1,234`, `12.500`) is ambiguous, and gives `None`,
  unless the currency settles it: one without cents (JPY, KRW) can only mean thousands, and a
  currency whose own country always groups with that sign (`$1,234`, `R$ 1.234`) means thousands.
* A number finer than the currency's smallest coin gives `None`; so does a number without currency
  and hint, and a text that holds anything besides the amount.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Final

from disputedesk.model.money import MINOR_DIGITS, Money

_LONGEST: Final = 80
"""Characters beyond which a text is no amount."""

_SYMBOLS: Final[dict[str, tuple[str, ...]]] = {
    "US $": ("USD",), "US$": ("USD",), "USD $": ("USD",), "$": (
        "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "CLP", "COP", "ARS", "TWD",
    ),
    "A$": ("AUD",), "AU $": ("AUD",), "AU$": ("AUD",), "C$": ("CAD",), "CA $": ("CAD",),
    "CA$": ("CAD",), "CDN$": ("CAD",), "NZ $": ("NZD",), "NZ$": ("NZD",), "HK$": ("HKD",),
    "S$": ("SGD",), "SG $": ("SGD",), "MX$": ("MXN",), "MX $": ("MXN",), "NT$": ("TWD",),
    "CLP$": ("CLP",), "COP$": ("COP",), "ARS$": ("ARS",), "R$": ("BRL",), "R $": ("BRL",),
    "€": ("EUR",), "euros": ("EUR",), "Euros": ("EUR",), "euro": ("EUR",), "Euro": ("EUR",),
    "£": ("GBP",), "¥": ("JPY", "CNY"), "CN¥": ("CNY",), "JP¥": ("JPY",), "円": ("JPY",),
    "元": ("CNY",), "₽": ("RUB",), "руб.": ("RUB",), "руб": ("RUB",), "р.": ("RUB", "BYN"),
    "Br": ("BYN",), "₴": ("UAH",), "грн": ("UAH",), "грн.": ("UAH",), "₸": ("KZT",),
    "zł": ("PLN",), "zl": ("PLN",), "Kč": ("CZK",), "Ft": ("HUF",), "lei": ("RON",),
    "лв": ("BGN",), "лв.": ("BGN",), "kr": ("SEK", "NOK", "DKK", "ISK"),
    "kr.": ("DKK", "SEK", "NOK", "ISK"), "Fr.": ("CHF",), "SFr.": ("CHF",), "₺": ("TRY",),
    "TL": ("TRY",), "₪": ("ILS",), "₩": ("KRW",), "원": ("KRW",), "₹": ("INR",), "Rs.": ("INR",),
    "Rp": ("IDR",), "RM": ("MYR",), "฿": ("THB",), "₫": ("VND",), "₱": ("PHP",),
}  # fmt: skip
_USUAL: Final = {"$": "USD"}
"""What an ambiguous sign means when no hint says otherwise; the others stay unread."""

_CODE_WORDS: Final = (
    "AED ALL AMD ARS AUD AZN BAM BDT BGN BHD BRL BYN CAD CHF CLP CNY COP CZK DKK DZD EGP EUR GBP"
    " GEL HKD HRK HUF IDR ILS INR ISK JOD JPY KES KRW KWD KZT LKR MAD MDL MKD MXN MYR NGN NOK NZD"
    " OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH USD UYU UZS VND ZAR"
)
_CODES: Final = frozenset(_CODE_WORDS.split())
_GROUPS_WITH: Final = {
    "USD": ",", "GBP": ",", "AUD": ",", "NZD": ",", "HKD": ",", "SGD": ",", "CNY": ",",
    "INR": ",", "ILS": ",", "MXN": ",", "THB": ",", "TWD": ",", "MYR": ",", "PHP": ",",
    "BRL": ".", "IDR": ".", "COP": ".", "ARS": ".",
}  # fmt: skip
"""The sign that groups thousands in the currency's own country, where there is only one."""

_SAME_WIDTH: Final = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007", " "),
        **dict.fromkeys("\u2008\u2009\u200a\u202f\u205f\u3000\t", " "),
        **dict.fromkeys("\u2019\u02bc\u2032\uff07\u066c", "'"),
        **dict.fromkeys("\u2212\u2013\u2014\uff0d\u2010\u2011", "-"),
        "\u066b": ",", "\uff04": "$", "\uffe5": "¥", "\uffe1": "£", "\uff0e": ".", "\uff0c": ",",
    }
)  # fmt: skip
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")

_TOKENS: Final = "|".join(
    re.escape(token) for token in sorted({*_SYMBOLS, *_CODES}, key=lambda text: (-len(text), text))
)
_NUMBER: Final = (
    r"(?:\d{1,2}(?:,\d{2}){1,5},\d{3}(?:\.\d{1,2})?"
    r"|\d{1,3}(?:(?P<sep>[ '.,])\d{3})(?:(?P=sep)\d{3}){0,5}(?:[.,]\d{1,6})?"
    r"|\d{1,15}(?:[.,]\d{1,6})?)(?![\d'])(?![.,]\d)"
)
_AMOUNT: Final = re.compile(
    rf"(?P<open>\()?(?P<sign>[-+] ?)?"
    rf"(?:(?<![^\W\d_])(?P<before>{_TOKENS}) ?)?(?P<inner>[-+] ?)?"
    rf"(?P<number>{_NUMBER})(?P<dash>[.,]-{{1,2}})?(?P<minus>-)?"
    rf"(?: ?(?P<after>{_TOKENS})(?![^\W\d_]))?(?P<late>-)?(?P<close>\))?"
)
_TORN_CENTS: Final = re.compile(r" ?[.,] ?\d{1,2}(?!\d)|\s\d{2}(?![\d.,:/-]|\s?[^\W\d_])")
"""Cents that stand apart from their amount, as raised figures do once a page became text."""


@dataclasses.dataclass(frozen=True, slots=True)
class FoundAmount:
    """An amount with a currency inside a longer text.

    Attributes:
        money: What it says; `None` when it can be read two ways.
        text: As it stands there.
        start: Where it begins in the text that was searched.
        end: Where it ends.
    """

    money: Money | None
    text: str
    start: int
    end: int


def read_amount(text: str, *, currency_hint: str | None = None) -> Money | None:
    """The sum that the whole of `text` says, or `None` when it says none or can mean two.

    Args:
        text: `US $5.49`, `1 234,50 ₽`, `EUR 1.234,56`, `12,00-`, `(3.50)`; a leading or trailing
            minus, or brackets, make it negative.
        currency_hint: Currency of a number that shows none, and the choice where a sign stands for
            several (`$`, `kr`, `¥`); an explicit currency always wins over it.
    """
    if len(text) > _LONGEST:
        return None
    plain = _INVISIBLE.sub("", text).translate(_SAME_WIDTH).strip()
    found = _AMOUNT.fullmatch(plain)
    return _money(found, _clean_hint(currency_hint)) if found else None


def find_amounts(text: str, *, currency_hint: str | None = None) -> tuple[FoundAmount, ...]:
    """Every amount in `text` that shows a currency, in order; ambiguous ones without `money`."""
    return tuple(_found(text, _clean_hint(currency_hint)))


def _found(text: str, hint: str | None) -> Iterator[FoundAmount]:
    plain = _INVISIBLE.sub(" ", text).translate(_SAME_WIDTH)
    for match in _AMOUNT.finditer(plain):
        shows_currency = match["before"] or match["after"]
        before = text[match.start() - 1 : match.start()]
        if not shows_currency or (before and before in "0123456789.,"):
            continue
        start, end = match.span()
        torn = _TORN_CENTS.match(plain, end) is not None
        money = None if torn else _money(match, hint)
        yield FoundAmount(money, text[start:end].strip(), start, end)


def _clean_hint(hint: str | None) -> str | None:
    code = (hint or "").strip().upper()
    return code if code in _CODES else None


def _money(match: re.Match[str], hint: str | None) -> Money | None:
    currency = _currency(match, hint)
    if currency is None or bool(match["open"]) != bool(match["close"]):
        return None
    number = _plain_number(match["number"], match["sep"], currency)
    if number is None:
        return None
    minuses = [part for part in match.group("sign", "inner", "minus", "late") if part]
    if len(minuses) + bool(match["open"]) > 1:
        return None
    negative = bool(match["open"]) or any("-" in part for part in minuses)
    try:
        return Money.of(f"-{number}" if negative else number, currency)
    except ValueError:
        return None


def _currency(match: re.Match[str], hint: str | None) -> str | None:
    """The one currency that the signs around the number leave; `None` when none or several."""
    left = _options(match["before"])
    right = _options(match["after"])
    if not (left or right):
        return hint
    options = tuple(code for code in left or right if code in (right or left))
    if len(options) == 1 or not options:
        return options[0] if options else None
    if hint in options:
        return hint
    return _USUAL.get(match["before"] or match["after"])


def _options(token: str | None) -> tuple[str, ...]:
    if not token:
        return ()
    return _SYMBOLS.get(token) or (token,)


def _plain_number(text: str, separator: str | None, currency: str) -> str | None:
    """`text` as a decimal with a point, or `None` when it can be read two ways."""
    digits = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)
    if separator is None:
        if digits.count(",") > 1:
            return digits.replace(",", "")
        return digits.replace(",", ".")
    groups = digits.split(separator)
    tail = re.split(r"[.,]", groups[-1])
    if len(tail) == 2 and separator not in ".,":
        return "".join([*groups[:-1], tail[0]]) + f".{tail[1]}"
    if len(tail) == 2:
        other = "," if separator == "." else "."
        return digits.replace(separator, "").replace(other, ".")
    if len(groups) > 2:
        return "".join(groups) if len(groups[-1]) == 3 and groups[0][0] != "0" else None
    return _one_group(groups, separator, currency)


def _one_group(groups: list[str], separator: str, currency: str) -> str | None:
    """One separator before exactly three digits: thousands only where the currency says so."""
    whole, last = groups
    if whole.startswith("0"):
        return f"{whole}.{last}" if separator in ".," else None
    certain = (
        separator in " '"
        or MINOR_DIGITS.get(currency) == 0
        or _GROUPS_WITH.get(currency) == separator
    )
    return whole + last if certain else None

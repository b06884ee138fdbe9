"""Sums as people write them, in the language in force."""

from __future__ import annotations

from typing import Final

from disputedesk.common import texts
from disputedesk.model.money import Money

_SYMBOL: Final = {
    "USD": "US$", "EUR": "€", "GBP": "£", "RUB": "₽", "UAH": "₴", "KZT": "₸", "JPY": "¥",
    "PLN": "zł", "INR": "₹", "BRL": "R$", "CNY": "CN¥", "CAD": "CA$", "AUD": "A$",
}  # fmt: skip
_TIGHT: Final = frozenset("€£¥₹")
_BEHIND: Final = frozenset({"PLN", "RUB", "UAH", "KZT"})
_NO_BREAK = "\u00a0"


def money_text(money: Money) -> str:
    """A sum as people write it in the language in force: US$ 43.10, €86.00; 43,10 US$."""
    symbol = _SYMBOL.get(money.currency, money.currency)
    english = texts.language() == "en"
    number = f"{abs(money.amount):,.{money.digits}f}"
    if not english:
        number = number.replace(",", _NO_BREAK).replace(".", ",")
    sign = "−" if money.minor < 0 else ""
    if not english or money.currency in _BEHIND:
        return f"{sign}{number}{_NO_BREAK}{symbol}"
    gap = "" if symbol in _TIGHT else _NO_BREAK
    return f"{sign}{symbol}{gap}{number}"

"""Sums of money: a decimal and its currency, stored as whole minor units, never a float."""

from __future__ import annotations

import dataclasses
from decimal import Decimal, InvalidOperation
from typing import Final, Self

MINOR_DIGITS: Final = {
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
    "RWF": 0, "UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
    "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}  # fmt: skip
"""Decimal places of the currencies that do not have two (ISO 4217, list one)."""


@dataclasses.dataclass(frozen=True, slots=True, order=False)
class Money:
    """A sum in one currency, exact to the currency's minor unit.

    Attributes:
        minor: The sum in minor units (cents); negative for money that went back.
        currency: Three capital letters of ISO 4217.
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if len(self.currency) != 3 or not (self.currency.isascii() and self.currency.isupper()):
            message = f"{self.currency!r} is not a currency: three capital letters of ISO 4217."
            raise ValueError(message)

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str) -> Self:
        """The sum `amount` (a decimal with a point, or whole units) in `currency`.

        Raises:
            ValueError: `amount` is no number, or finer than the currency's minor unit.
        """
        try:
            value = Decimal(amount)
            scaled = value.scaleb(MINOR_DIGITS.get(currency, 2))
            minor = int(scaled)
        except (InvalidOperation, OverflowError, ValueError) as error:
            message = f"{amount!r} is not an amount."
            raise ValueError(message) from error
        if minor != scaled:
            message = f"{amount} {currency} is finer than the currency's smallest coin."
            raise ValueError(message)
        return cls(minor, currency)

    @property
    def digits(self) -> int:
        """Decimal places of the currency."""
        return MINOR_DIGITS.get(self.currency, 2)

    @property
    def amount(self) -> Decimal:
        """The sum as a decimal with the currency's number of places."""
        return Decimal(self.minor).scaleb(-self.digits)

    def __str__(self) -> str:
        """The plain form for files and JSON: `43.10 USD`."""
        return f"{self.amount:.{self.digits}f} {self.currency}"

    def __add__(self, other: Money) -> Money:
        """The sum of both; they must share a currency."""
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        """The difference; they must share a currency."""
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        """Whether this is the smaller sum; they must share a currency."""
        self._same(other)
        return self.minor < other.minor

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            message = f"{self.currency} and {other.currency} cannot be added or compared."
            raise ValueError(message)

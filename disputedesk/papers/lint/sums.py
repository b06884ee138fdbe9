"""Sums as people write them: each with the currencies it can be in."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from disputedesk.model.money import Money

_SIGNS: Final = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "BRL"), "€": ("EUR",), "£": ("GBP",),
    "₽": ("RUB",), "руб": ("RUB",), "р.": ("RUB",), "zł": ("PLN",), "zl": ("PLN",),
    "euro": ("EUR",), "euros": ("EUR",), "евро": ("EUR",), "dollars": ("USD", "CAD", "AUD"),
    "долларов": ("USD",), "₸": ("KZT",), "¥": ("JPY", "CNY"), "r$": ("BRL",),
}  # fmt: skip
_LONGEST: Final = 20_000
_NUMBER: Final = r"\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3})+(?:[.,]\d{1,2})?|\d{1,9}(?:[.,]\d{1,2})?"
_CURRENCY: Final = "|".join(re.escape(s) for s in sorted(_SIGNS, key=len, reverse=True))
_AFTER: Final = re.compile(
    rf"(?<![\d.,])(?P<sum>{_NUMBER})[ \u00a0]?(?P<what>{_CURRENCY}|[A-Z]{{3}}(?![A-Za-z]))",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(
    rf"(?<![A-Za-z])(?P<what>{_CURRENCY}|[A-Z]{{3}})[ \u00a0]?(?P<sum>{_NUMBER})(?![\d])",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"[A-Z]{3}")


@dataclasses.dataclass(frozen=True, slots=True)
class SumMention:
    """One sum in a text; `text` is how it stands there."""

    start: int
    end: int
    text: str
    amount: Decimal
    currencies: tuple[str, ...]

    def in_currency_of(self, money: Money) -> bool:
        """Whether it can be in the currency of `money`."""
        return money.currency in self.currencies

    def is_sum(self, money: Money) -> bool:
        """Whether it can be `money`."""
        return self.in_currency_of(money) and self.amount == abs(Decimal(money.amount))


def sums_in(text: str) -> tuple[SumMention, ...]:
    """The sums that `text` names with a currency, in order."""
    found: dict[int, SumMention] = {}
    for mention in _all(text[:_LONGEST]):
        if not any(o.start < mention.end and mention.start < o.end for o in found.values()):
            found[mention.start] = mention
    return tuple(found[start] for start in sorted(found))


def _all(text: str) -> Iterator[SumMention]:
    for match in (*_BEFORE.finditer(text), *_AFTER.finditer(text)):
        what = match["what"]
        known = _SIGNS.get(what.casefold())
        if known is None and not _CODE.fullmatch(what):
            continue
        amount = _amount(match["sum"])
        if amount is not None:
            yield SumMention(match.start(), match.end(), match[0], amount, known or (what,))


def _amount(text: str) -> Decimal | None:
    """The number, whichever signs part thousands and decimals."""
    plain = re.sub(r"[ \u00a0\u202f'’]", "", text)
    head, sign, tail = "", "", plain
    cut = max(plain.rfind("."), plain.rfind(","))
    if cut >= 0 and len(plain) - cut - 1 <= 2:
        head, sign, tail = plain[:cut], ".", plain[cut + 1 :]
    digits = re.sub(r"[.,]", "", head if sign else plain)
    try:
        return Decimal(f"{digits}{sign}{tail if sign else ''}")
    except InvalidOperation:
        return None

"""Orders that a loose parcel or payment may belong to; suggested with a reason, never taken."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.intake.draft import OrderDraft, PaymentDraft
from disputedesk.intake.review import KnownOrder, Suggestion
from disputedesk.model.ids import OrderId
from disputedesk.model.money import Money

_DAYS_APART: Final = 4
"""How far the booking of a payment may lie from the day of its order to be suggested."""

_MOST: Final = 5
_WORD: Final = re.compile(r"[\w-]{6,60}")


def order_words(draft: PaymentDraft) -> frozenset[str]:
    """Words of a payment that may be an order's number, in small letters."""
    text = f"{draft.invoice} {draft.description}".casefold()
    return frozenset({draft.invoice.casefold(), *_WORD.findall(text)} - {""})


class PaidOrders:
    """Orders by their sums, so that a payment finds those it may have paid for."""

    def __init__(self, known: Sequence[KnownOrder], new: Sequence[tuple[str, OrderDraft]]) -> None:
        self._by_sum: dict[Money, list[tuple[dt.date, OrderId | None, str]]] = {}
        for order in known:
            self._add(order.total, order.ordered_on, order.order, "")
        for key, draft in new:
            self._add(draft.total, draft.ordered_on, None, key)

    def _add(
        self, total: Money | None, day: dt.date | None, order: OrderId | None, key: str
    ) -> None:
        if total is not None and day is not None:
            self._by_sum.setdefault(total, []).append((day, order, key))

    def suggest(self, draft: PaymentDraft) -> tuple[Suggestion, ...]:
        """Orders of the same sum placed within a few days of the payment, nearest first."""
        paid = Money(abs(draft.amount.minor), draft.amount.currency)
        found = [
            (abs((draft.booked_on - day).days), order, key)
            for day, order, key in self._by_sum.get(paid, ())
        ]
        near = sorted((row for row in found if row[0] <= _DAYS_APART), key=lambda row: row[0])
        why = tr("The sum is the same and the days are close.")
        return tuple(Suggestion(order, key, why) for _, order, key in near[:_MOST])


def hinted_orders(hints: Sequence[str], known: Sequence[KnownOrder]) -> tuple[Suggestion, ...]:
    """Orders of a shop that a carrier's message names."""
    words = [hint.casefold().strip() for hint in hints if len(hint.strip()) > 2]
    return tuple(
        Suggestion(order.order, "", tr("The message names {shop}.", shop=order.shop))
        for order in known
        if order.shop and any(_alike(word, order.shop.casefold()) for word in words)
    )[:_MOST]


def _alike(hint: str, shop: str) -> bool:
    return hint in shop or (len(shop) > 3 and shop in hint)

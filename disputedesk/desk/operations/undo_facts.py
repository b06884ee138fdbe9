"""Taking back what an act did to the facts of an order."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from disputedesk.model.fact import Fact, FactOrigin, FactSource
from disputedesk.model.ids import CaseId, EvidenceId, FactName, OrderId
from disputedesk.model.money import Money
from disputedesk.store.values import LedgerEntry

if TYPE_CHECKING:
    from disputedesk.desk.transaction import Transaction


def put_facts_back(
    change: Transaction, order_id: OrderId, entry: LedgerEntry, before: Mapping[str, Any]
) -> None:
    """Withdraws the facts an act recorded, and records again those it made unknown."""
    from disputedesk.store.encoding import value_of

    former = before.get("order")
    if former:
        day = former["ordered_on"]
        order = change.rows.orders.get(order_id)
        change.rows.orders.update(
            dataclasses.replace(
                order,
                ordered_on=None if day is None else dt.date.fromisoformat(day),
                total=money_of_text(former["total"]),
            )
        )
    change.rows.facts.withdraw((entry.after or {}).get("facts", ()))  # type: ignore[arg-type] # our own entry
    for gone in before.get("gone", ()):
        number = gone.get("evidence")
        shown = None if number is None else EvidenceId(number)
        fact = Fact(
            FactName(gone["name"]),
            value_of(gone["value"]),
            FactSource(FactOrigin(gone["origin"]), gone["note"], shown),
        )
        case = None if gone["case"] is None else CaseId(gone["case"])
        change.rows.facts.record(order_id, fact, case)
    change.touch_order(order_id)


def money_of_text(text: object) -> Money | None:
    """The sum that a ledger entry holds as text; `None` for none."""
    if not text:
        return None
    amount, _, currency = str(text).partition(" ")
    return Money.of(amount, currency)


def day_of_text(text: object) -> dt.date | None:
    """The day that a ledger entry holds as text; `None` for none."""
    return dt.date.fromisoformat(str(text)) if text else None

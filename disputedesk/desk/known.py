"""What is known of an order: its own values and its people's, under the facts recorded for it."""

from __future__ import annotations

from collections.abc import Iterable

from disputedesk.model.case import Case
from disputedesk.model.fact import Fact, Facts, FactValue
from disputedesk.model.order import Client, Instrument, Order, Payment
from disputedesk.model.platforms import wallet_paid_through


def known_facts(
    order: Order,
    client: Client,
    *,
    instrument: Instrument | None = None,
    payments: Iterable[Payment] = (),
    recorded: Iterable[Fact] = (),
    case: Case | None = None,
) -> Facts:
    """The facts the engine is asked with; a recorded fact beats what the order row says.

    Args:
        order: Gives platform, order day and sum.
        client: Gives the place whose days count.
        instrument: Gives how was paid; `None` when nobody said.
        payments: Give the day and sum of the first payment out.
        recorded: The current facts of order and case.
        case: Gives the problem and the sum in dispute; `None` while nothing is wrong.
    """
    values: dict[str, FactValue] = {"platform": order.platform, "order_ref": order.number}
    if order.ordered_on is not None:
        values["ordered_on"] = order.ordered_on
    if order.total is not None:
        values |= {"amount": order.total, "currency": order.total.currency}
    values |= _of_place(client)
    if instrument is not None:
        values |= _of_instrument(instrument)
    values |= _of_payments(payments)
    if case is not None:
        values["problem"] = str(case.problem)
    values |= {fact.name: fact.value for fact in recorded}
    if case is not None and case.claimed is not None:
        values["amount"] = case.claimed
    return Facts(values)


def _of_place(client: Client) -> dict[str, FactValue]:
    place = {
        "consumer_country": client.country,
        "consumer_subdivision": client.subdivision,
        "consumer_zone": client.zone,
    }
    return {name: value for name, value in place.items() if value}


def _of_instrument(instrument: Instrument) -> dict[str, FactValue]:
    values: dict[str, FactValue] = {"method": str(instrument.kind)}
    wallet = wallet_paid_through(str(instrument.kind), instrument.label)
    if wallet:
        values["wallet"] = wallet
    texts = {
        "network": instrument.network,
        "card_kind": instrument.card_kind,
        "issuer": instrument.issuer,
        "issuer_country": instrument.issuer_country,
    }
    return values | {name: value for name, value in texts.items() if value}


def _of_payments(payments: Iterable[Payment]) -> dict[str, FactValue]:
    days = [p.paid_on for p in payments if p.amount.minor > 0 and p.paid_on is not None]
    return {"transaction_date": min(days)} if days else {}

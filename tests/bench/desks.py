"""Desks as large as asked for, made once through the store's bulk roads and kept between runs."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
from pathlib import Path

from disputedesk.common.clock import FixedClock
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations.orders import owner_of
from disputedesk.model.fact import Fact, FactOrigin, FactSource
from disputedesk.model.ids import ClientId, FactName, OrderId, SellerId
from disputedesk.model.money import Money
from disputedesk.model.order import Order, Seller
from disputedesk.store.values import FactEntry, Subject
from tests.bench.moment import TODAY

CACHE = Path(tempfile.gettempdir()) / "disputedesk-bench"
_EDITION = "1"
"""Raised when what a generated desk holds changes, so that older ones are made again."""
_BLOCK = 10_000
_THINGS = ("Lamp", "Kettle", "Backpack", "Charger", "Наушники", "Knife set", "Dress", "Filament")


def clock() -> FixedClock:
    """The day the generated desks are looked at."""
    return FixedClock.on(TODAY)


def desk_of(orders: int) -> Path:
    """The folder of a desk with so many orders; made when there is none yet."""
    folder = CACHE / f"desk-{_EDITION}-{orders}"
    if folder.exists():
        return folder
    half = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(half, ignore_errors=True)
    desk = Desk.open(half, clock=clock())
    for start in range(0, orders, _BLOCK):
        _add(desk, start, min(_BLOCK, orders - start))
        sys.stderr.write(f"\rmaking a desk: {min(start + _BLOCK, orders):,} of {orders:,} orders")
    sys.stderr.write("\n")
    desk.close()
    half.rename(folder)
    return folder


def made_orders(client: ClientId, sellers: list[Seller], start: int, count: int) -> list[Order]:
    """Invented orders, no two alike."""
    return [
        Order(
            OrderId(0),
            client,
            "aliexpress" if at % 3 else "amazon",
            str(8_100_000_000_000_000 + at * 37),
            f"{_THINGS[at % len(_THINGS)]} no. {at}",
            seller=sellers[at % len(sellers)],
            ordered_on=TODAY - dt.timedelta(days=10 + at % 700),
            total=Money(500 + at * 7919 % 90_000, "USD" if at % 4 else "EUR"),
        )
        for at in range(start, start + count)
    ]


def _add(desk: Desk, start: int, count: int) -> None:
    """One block of orders with their facts; every tenth still has a clock that runs."""
    with desk.transaction("bench.make") as change:
        client = owner_of(change, None)
        sellers = [
            change.rows.sellers.add(Seller(SellerId(0), "aliexpress", f"Store {number}"))
            for number in range(200)
        ]
        kept = change.rows.orders.add_many(made_orders(client.id, sellers, start, count))
        change.rows.facts.record_many([each for order in kept for each in _facts(order)])
        change.touch_orders(frozenset(order.id for order in kept))
        change.note(Subject("batch", start), None, {"said": "made"})


def _facts(order: Order) -> list[FactEntry]:
    ordered = order.ordered_on
    assert ordered is not None
    source = FactSource(FactOrigin.EXPORT, "bench")
    facts = {
        "shipped_on": ordered + dt.timedelta(days=3),
        "expected_delivery": ordered + dt.timedelta(days=40),
        "method": "card",
        "network": "visa",
        "processing_date": ordered + dt.timedelta(days=1),
    }
    if order.id % 10:
        facts["received_on"] = ordered + dt.timedelta(days=9)
    return [
        FactEntry(order.id, Fact(FactName(name), value, source)) for name, value in facts.items()
    ]

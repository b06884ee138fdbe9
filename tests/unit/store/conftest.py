"""A desk with one client, one seller and one order, real SQLite under tmp_path."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from disputedesk.common.clock import FixedClock
from disputedesk.model.ids import ClientId, OrderId, SellerId
from disputedesk.model.money import Money
from disputedesk.model.order import Client, Order, Seller
from disputedesk.store.opening import Store

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@dataclasses.dataclass(frozen=True)
class Basics:
    """What nearly every test needs."""

    client: Client
    seller: Seller
    order: Order


def an_order(client: Client, number: str = "8001", **values: object) -> Order:
    fields: dict[str, object] = {
        "id": OrderId(0),
        "client": client.id,
        "platform": "aliexpress",
        "number": number,
        "title": "Phone case",
        **values,
    }
    return Order(**fields)  # type: ignore[arg-type]  # a builder takes any field by name


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "desk", clock=FixedClock(NOW)) as opened:
        yield opened


@pytest.fixture
def basics(store: Store) -> Basics:
    with store.transaction() as tx:
        client = tx.clients.add(Client(ClientId(0), "Анна Ёлкина", is_self=True))
        seller = tx.sellers.add(Seller(SellerId(0), "aliexpress", "Good Shop"))
        order = tx.orders.add(
            an_order(
                client,
                seller=seller,
                ordered_on=dt.date(2026, 1, 2),
                total=Money.of("43.10", "USD"),
                tracking=("LP00123CN", "RB00456CN"),
                note="gift for mum",
            )
        )
    return Basics(client, seller, order)


@pytest.fixture
def build():
    return an_order

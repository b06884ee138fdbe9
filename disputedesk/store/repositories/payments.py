"""Payments, and the items of orders."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from disputedesk.common.errors import NotFound
from disputedesk.common.texts import tr
from disputedesk.model.ids import BatchId, InstrumentId, ItemId, OrderId, PaymentId
from disputedesk.model.order import Item, Payment
from disputedesk.store import schema
from disputedesk.store.unit import Unit, among, money_columns, money_of


class Items:
    """The lines of orders."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, order_id: OrderId, item: Item) -> Item:
        """The line as kept, after the order's others."""
        return self.add_many([(order_id, item)])[0]

    def add_many(self, entries: Sequence[tuple[OrderId, Item]]) -> tuple[Item, ...]:
        """The lines as kept, each after those of its order before it."""
        first = self._unit.next_id(schema.item)
        rows = [
            {"id": first + place, "order_id": order_id, "position": first + place, **_item(item)}
            for place, (order_id, item) in enumerate(entries)
        ]
        self._unit.insert_many(schema.item, rows)
        return tuple(
            dataclasses.replace(item, id=ItemId(first + place))
            for place, (_, item) in enumerate(entries)
        )

    def replace(self, order_id: OrderId, items: Iterable[Item]) -> tuple[Item, ...]:
        """Puts these lines in the place of the order's."""
        self._unit.connection.execute(
            schema.item.delete().where(schema.item.c.order_id == order_id)
        )
        return self.add_many([(order_id, item) for item in items])

    def list(self, order_id: OrderId) -> tuple[Item, ...]:
        """The order's lines."""
        return self.of_orders([order_id]).get(order_id, ())

    def of_orders(self, order_ids: Iterable[OrderId]) -> dict[OrderId, tuple[Item, ...]]:
        """The lines of many orders; an order without any has no entry."""
        table = schema.item
        query = (
            sa.select(table)
            .where(among(table.c.order_id, order_ids))
            .order_by(table.c.order_id, table.c.position)
        )
        found: dict[OrderId, tuple[Item, ...]] = {}
        for row in self._unit.connection.execute(query).mappings():
            owner = OrderId(row["order_id"])
            found[owner] = (*found.get(owner, ()), _item_of(row))
        return found


class Payments:
    """Movements of money for orders."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, payment: Payment, *, batch_id: BatchId | None = None) -> Payment:
        """The payment as kept, with its number."""
        return self.add_many([payment], batch_id=batch_id)[0]

    def add_many(
        self, payments: Sequence[Payment], *, batch_id: BatchId | None = None
    ) -> tuple[Payment, ...]:
        """The payments as kept."""
        table = schema.payment
        first = self._unit.next_id(table)
        rows = [
            {"id": first + place, "batch_id": batch_id, **_payment(payment)}
            for place, payment in enumerate(payments)
        ]
        self._unit.insert_many(table, rows)
        return tuple(
            dataclasses.replace(payment, id=PaymentId(first + place))
            for place, payment in enumerate(payments)
        )

    def update(self, payment: Payment) -> Payment:
        """Keeps the payment's new values.

        Raises:
            NotFound: There is no such payment.
        """
        table = schema.payment
        result = self._unit.connection.execute(
            table.update().where(table.c.id == payment.id).values(**_payment(payment))
        )
        if result.rowcount == 0:
            raise NotFound(tr("There is no payment {number}.", number=payment.id))
        return payment

    def remove(self, payment_id: PaymentId) -> None:
        """Forgets a payment, known or not."""
        table = schema.payment
        self._unit.connection.execute(table.delete().where(table.c.id == payment_id))

    def get(self, payment_id: PaymentId) -> Payment:
        """The payment with this number.

        Raises:
            NotFound: There is none.
        """
        found = self._where(schema.payment.c.id == payment_id)
        if not found:
            raise NotFound(tr("There is no payment {number}.", number=payment_id))
        return found[0]

    def list(self, order_id: OrderId) -> tuple[Payment, ...]:
        """The order's payments, in the order they became known."""
        return self._where(schema.payment.c.order_id == order_id)

    def of_orders(self, order_ids: Iterable[OrderId]) -> dict[OrderId, tuple[Payment, ...]]:
        """The payments of many orders; an order without any has no entry."""
        found: dict[OrderId, tuple[Payment, ...]] = {}
        for payment in self._where(among(schema.payment.c.order_id, order_ids)):
            found[payment.order] = (*found.get(payment.order, ()), payment)
        return found

    def find_by_reference(self, reference: str) -> tuple[Payment, ...]:
        """Payments with the bank's or wallet's own number `reference`."""
        return self._where(schema.payment.c.reference == reference)

    def of_batch(self, batch_id: BatchId) -> tuple[Payment, ...]:
        """The payments that an import brought and that are still there."""
        return self._where(schema.payment.c.batch_id == batch_id)

    def _where(self, condition: sa.ColumnElement[bool]) -> tuple[Payment, ...]:
        query = sa.select(schema.payment).where(condition).order_by(schema.payment.c.id)
        return tuple(_payment_of(row) for row in self._unit.connection.execute(query).mappings())


def _item(item: Item) -> dict[str, Any]:
    return {
        "title": item.title,
        "quantity": item.quantity,
        **money_columns("price", item.price),
        "variant": item.variant,
        "url": item.url,
    }


def _item_of(row: sa.RowMapping) -> Item:
    return Item(
        id=ItemId(row["id"]),
        title=row["title"],
        quantity=row["quantity"],
        price=money_of(row, "price"),
        variant=row["variant"],
        url=row["url"],
    )


def _payment(payment: Payment) -> dict[str, Any]:
    return {
        "order_id": payment.order,
        "instrument_id": payment.instrument,
        **money_columns("amount", payment.amount),
        "paid_on": payment.paid_on,
        "reference": payment.reference,
        "descriptor": payment.descriptor,
    }


def _payment_of(row: sa.RowMapping) -> Payment:
    amount = money_of(row, "amount")
    assert amount is not None  # the column is NOT NULL
    instrument = row["instrument_id"]
    return Payment(
        id=PaymentId(row["id"]),
        order=OrderId(row["order_id"]),
        instrument=None if instrument is None else InstrumentId(instrument),
        amount=amount,
        paid_on=row["paid_on"],
        reference=row["reference"],
        descriptor=row["descriptor"],
    )

"""Orders."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final

import sqlalchemy as sa

from disputedesk.common.errors import Conflict, NotFound
from disputedesk.common.texts import tr
from disputedesk.model.ids import BatchId, ClientId, OrderId, SellerId
from disputedesk.model.money import Money
from disputedesk.model.order import Order, OrderState, Seller
from disputedesk.store import schema
from disputedesk.store.columns import NaiveInstantError
from disputedesk.store.repositories.parcels import Parcels
from disputedesk.store.unit import Unit, among, money_columns, money_of, one_of

_T = schema.orders
_COLUMNS: Final = (
    "id", "client_id", "platform", "number", "title", "seller_id", "ordered_on", "total_minor",
    "total_currency", "state", "note", "sample", "batch_id", "version",
)  # fmt: skip
_PLACES: Final = ", ".join("?" * len(_COLUMNS))
_INSERT: Final = f"INSERT INTO orders ({', '.join(_COLUMNS)}) VALUES ({_PLACES})"  # noqa: S608 - our own column names
_INSERT_PARCEL: Final = (
    "INSERT INTO parcel (order_id, position, number, carrier) VALUES (?, ?, ?, '')"
)


class Orders:
    """What was bought. A removed order is kept for its history and no longer found."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, order: Order, *, batch_id: BatchId | None = None) -> Order:
        """The order as kept, with its number and version 1.

        Raises:
            Conflict: The client has a living order of this number on this platform.
        """
        return self.add_many([order], batch_id=batch_id)[0]

    def add_many(
        self, orders: Sequence[Order], *, batch_id: BatchId | None = None
    ) -> tuple[Order, ...]:
        """The orders as kept; a few statements for any number of them.

        Raises:
            Conflict: One of them is there already.
        """
        first = self._unit.next_id(_T)
        kept = tuple(
            dataclasses.replace(order, id=OrderId(first + place), version=1)
            for place, order in enumerate(orders)
        )
        connection = self._unit.connection
        if kept:
            connection.exec_driver_sql(_INSERT, [_raw(order, batch_id) for order in kept])
        parcels = _raw_parcels(kept)
        if parcels:
            connection.exec_driver_sql(_INSERT_PARCEL, parcels)
        self._unit.searched.update(order.id for order in kept)
        return kept

    def update(self, order: Order) -> Order:
        """Keeps the order's new values and gives it with its new version.

        Tracking numbers that are not known yet are added; known ones stay.

        Raises:
            NotFound: There is no such order.
            Conflict: Somebody changed it since this value was read.
        """
        newer = dataclasses.replace(order, version=order.version + 1)
        result = self._unit.connection.execute(
            _T.update()
            .where(_T.c.id == order.id, _T.c.version == order.version, _T.c.removed_at.is_(None))
            .values(**_columns(newer))
        )
        if result.rowcount == 0:
            self._refuse_stale(order)
        Parcels(self._unit).record_numbers(order.id, order.tracking)
        self._unit.searched.add(order.id)
        return dataclasses.replace(newer, tracking=self.get(order.id).tracking)

    def set_state(self, order_id: OrderId, state: OrderState) -> None:
        """Keeps where the order stands; that follows from its facts, so its version stays."""
        self._unit.connection.execute(_T.update().where(_T.c.id == order_id).values(state=state))

    def remove(self, order_id: OrderId) -> None:
        """Takes the order off every list; its facts and cases stay in the history.

        Raises:
            NotFound: There is no such order.
        """
        self.get(order_id)
        connection = self._unit.connection
        connection.execute(
            _T.update()
            .where(_T.c.id == order_id)
            .values(removed_at=self._unit.at, version=_T.c.version + 1)
        )
        connection.execute(schema.window.delete().where(schema.window.c.order_id == order_id))
        connection.execute(
            schema.import_line.delete().where(schema.import_line.c.order_id == order_id)
        )
        self._unit.searched.add(order_id)

    def restore(self, order_id: OrderId) -> Order:
        """Puts a removed order back on the lists; its windows must be computed again.

        Raises:
            NotFound: There never was such an order.
            Conflict: A new order of the same number has taken its place.
        """
        self._unit.connection.execute(
            _T.update().where(_T.c.id == order_id).values(removed_at=None, version=_T.c.version + 1)
        )
        self._unit.searched.add(order_id)
        return self.get(order_id)

    def get(self, order_id: OrderId) -> Order:
        """The order with this number.

        Raises:
            NotFound: There is none, or it was removed.
        """
        found = self.find(order_id)
        if found is None:
            raise _not_there(order_id)
        return found

    def need(self, order_id: OrderId) -> None:
        """Does nothing where there is such an order.

        Raises:
            NotFound: There is none, or it was removed.
        """
        if not self._unit.rows(
            "SELECT 1 FROM orders WHERE id = ? AND removed_at IS NULL", order_id
        ):
            raise _not_there(order_id)

    def find(self, order_id: OrderId) -> Order | None:
        """The order with this number, or `None`."""
        found = self._where(_T.c.id == order_id)
        return found[0] if found else None

    def find_by_number(
        self, number: str, platform: str | None = None, client_id: ClientId | None = None
    ) -> tuple[Order, ...]:
        """Orders with the platform's number `number`, oldest first."""
        condition = _T.c.number == number
        if platform is not None:
            condition = sa.and_(condition, _T.c.platform == platform)
        if client_id is not None:
            condition = sa.and_(condition, _T.c.client_id == client_id)
        return self._where(condition)

    def find_by_numbers(self, numbers: Iterable[str]) -> tuple[Order, ...]:
        """Orders with any of the platforms' numbers, for an import of many."""
        return self._where(one_of(_T.c.number, numbers))

    def find_by_totals(self, sums: Iterable[Money]) -> tuple[Order, ...]:
        """Orders that cost exactly one of these sums, for suggesting them to loose payments."""
        wanted = sorted({(money.minor, money.currency) for money in sums})
        if not wanted:
            return ()
        return self._where(sa.tuple_(_T.c.total_minor, _T.c.total_currency).in_(wanted))

    def find_by_tracking(self, number: str) -> tuple[Order, ...]:
        """Orders that have a parcel with this tracking number."""
        owners = sa.select(schema.parcel.c.order_id).where(schema.parcel.c.number == number)
        return self._where(_T.c.id.in_(owners))

    def get_many(self, order_ids: Iterable[OrderId]) -> tuple[Order, ...]:
        """The orders with these numbers that there are, by number."""
        return self._where(among(_T.c.id, order_ids))

    def of_client(self, client_id: ClientId) -> tuple[Order, ...]:
        """The client's orders, oldest number first."""
        return self._where(_T.c.client_id == client_id)

    def of_batch(self, batch_id: BatchId) -> tuple[Order, ...]:
        """The orders that an import brought and that are still there."""
        return self._where(_T.c.batch_id == batch_id)

    def list(self) -> tuple[Order, ...]:
        """All orders by number; for exports and recomputing, never for a screen."""
        return self._where(sa.true())

    def ids(self) -> tuple[OrderId, ...]:
        """The numbers of all orders, rising."""
        query = sa.select(_T.c.id).where(_T.c.removed_at.is_(None)).order_by(_T.c.id)
        return tuple(self._unit.connection.execute(query).scalars())

    def _where(self, condition: sa.ColumnElement[bool]) -> tuple[Order, ...]:
        living = sa.and_(condition, _T.c.removed_at.is_(None))
        shop = schema.seller
        query = (
            sa.select(
                _T, shop.c.platform.label("shop_platform"), shop.c.name.label("shop_name"),
                shop.c.url.label("shop_url"),
            )
            .outerjoin(shop, shop.c.id == _T.c.seller_id)
            .where(living)
            .order_by(_T.c.id)
        )  # fmt: skip
        rows = self._unit.connection.execute(query).mappings().all()
        tracking = Parcels(self._unit).numbers_of([row["id"] for row in rows])
        return tuple(_order_of(row, tracking.get(row["id"], ())) for row in rows)

    def _refuse_stale(self, order: Order) -> None:
        now = self.get(order.id)
        raise Conflict(
            tr("Order {number} was changed by somebody else meanwhile.", number=now.number),
            tr("order {number}", number=now.number),
            tr("Look at what it says now, then make your change again."),
        )


def _not_there(order_id: OrderId) -> NotFound:
    return NotFound(tr("There is no order with the desk's number {number}.", number=order_id))


def _columns(order: Order) -> dict[str, Any]:
    return {
        "client_id": order.client,
        "platform": order.platform,
        "number": order.number,
        "title": order.title,
        "seller_id": None if order.seller is None else order.seller.id,
        "ordered_on": order.ordered_on,
        **money_columns("total", order.total),
        "state": order.state,
        "note": order.note,
        "sample": order.sample,
        "version": order.version,
    }


def _order_of(row: sa.RowMapping, tracking: tuple[str, ...]) -> Order:
    shop = None
    if row["seller_id"] is not None:
        shop = Seller(
            SellerId(row["seller_id"]), row["shop_platform"], row["shop_name"], row["shop_url"]
        )
    return Order(
        id=OrderId(row["id"]),
        client=ClientId(row["client_id"]),
        platform=row["platform"],
        number=row["number"],
        title=row["title"],
        seller=shop,
        ordered_on=row["ordered_on"],
        total=money_of(row, "total"),
        state=row["state"],
        tracking=tracking,
        note=row["note"],
        sample=row["sample"],
        version=row["version"],
    )


def _raw(order: Order, batch_id: BatchId | None) -> tuple[Any, ...]:
    """The order's columns as SQLite keeps them: an import of many takes the driver's own road."""
    total = order.total
    return (
        order.id, order.client, order.platform, order.number, order.title,
        None if order.seller is None else order.seller.id, _day(order.ordered_on),
        None if total is None else total.minor, None if total is None else total.currency,
        order.state.value, order.note, int(order.sample), batch_id, order.version,
    )  # fmt: skip


def _day(day: dt.date | None) -> str | None:
    if isinstance(day, dt.datetime):
        message = f"{day!r} is an instant where a day belongs."
        raise NaiveInstantError(message)
    return None if day is None else day.isoformat()


def _raw_parcels(orders: Iterable[Order]) -> list[tuple[int, int, str]]:
    return [
        (order.id, place, number)
        for order in orders
        for place, number in enumerate(dict.fromkeys(order.tracking), 1)
    ]

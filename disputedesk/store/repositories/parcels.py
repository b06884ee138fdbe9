"""Parcels: tracking numbers of orders, and who carries them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

import sqlalchemy as sa

from disputedesk.model.ids import OrderId
from disputedesk.store import schema
from disputedesk.store.unit import Unit
from disputedesk.store.values import Parcel

_T = schema.parcel
_NUMBERS: Final = (
    "SELECT order_id, number FROM parcel WHERE order_id IN (SELECT value FROM json_each(?)) "
    "ORDER BY order_id, position, id"
)


class Parcels:
    """The parcels of orders; a number stands once per order."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def record(self, parcel: Parcel) -> Parcel:
        """Keeps a parcel; a known one learns its carrier, and keeps the one it had over none."""
        known = {each.number: each for each in self.list(parcel.order)}
        if parcel.number not in known:
            self._unit.insert(
                _T,
                {
                    "order_id": parcel.order,
                    "position": len(known) + 1,
                    "number": parcel.number,
                    "carrier": parcel.carrier,
                },
            )
        elif parcel.carrier:
            self._unit.connection.execute(
                _T.update().where(self._is(parcel)).values(carrier=parcel.carrier)
            )
        else:
            return known[parcel.number]
        self._unit.searched.add(parcel.order)
        return parcel

    def record_numbers(self, order_id: OrderId, numbers: Iterable[str]) -> None:
        """Keeps those tracking numbers that are new."""
        known = {each.number for each in self.list(order_id)}
        for number in numbers:
            if number not in known:
                self.record(Parcel(order_id, number))

    def remove(self, order_id: OrderId, number: str) -> None:
        """Forgets a parcel, known or not."""
        self._unit.connection.execute(_T.delete().where(self._is(Parcel(order_id, number))))
        self._unit.searched.add(order_id)

    def list(self, order_id: OrderId) -> tuple[Parcel, ...]:
        """The order's parcels, in the order they became known."""
        query = (
            sa.select(_T.c.order_id, _T.c.number, _T.c.carrier)
            .where(_T.c.order_id == order_id)
            .order_by(_T.c.position, _T.c.id)
        )
        return tuple(Parcel(*row) for row in self._unit.connection.execute(query))

    def numbers_of(self, order_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """The tracking numbers of many orders, each in the order they became known."""
        found: dict[int, tuple[str, ...]] = {}
        for order_id, number in self._unit.rows(_NUMBERS, json.dumps(list(order_ids))):
            found[order_id] = (*found.get(order_id, ()), number)
        return found

    def _is(self, parcel: Parcel) -> sa.ColumnElement[bool]:
        return sa.and_(_T.c.order_id == parcel.order, _T.c.number == parcel.number)

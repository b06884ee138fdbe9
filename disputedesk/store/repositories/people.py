"""Clients, sellers and instruments."""

from __future__ import annotations

import dataclasses
import re
from typing import Any, Final

import sqlalchemy as sa

from disputedesk.common.errors import NotFound, Refused
from disputedesk.common.texts import tr
from disputedesk.model.ids import ClientId, InstrumentId, OrderId, SellerId
from disputedesk.model.order import Client, Instrument, Seller
from disputedesk.store import schema
from disputedesk.store.unit import Unit

_FIRST_SHOWN: Final = 6
_LAST_SHOWN: Final = 4
_DIGITS: Final = re.compile(r"\d+")


def _plain(value: Any, *left_out: str) -> dict[str, Any]:
    """The fields of a value by name, without its number and those left out."""
    return {
        field.name: getattr(value, field.name)
        for field in dataclasses.fields(value)
        if field.name != "id" and field.name not in left_out
    }


class Clients:
    """The people whose orders the desk keeps."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, client: Client) -> Client:
        """The client as kept, with its number."""
        number = self._unit.insert(schema.client, _plain(client))
        return dataclasses.replace(client, id=ClientId(number))

    def update(self, client: Client) -> Client:
        """Keeps the client's new values; its orders are found under its new name.

        Raises:
            NotFound: There is no such client.
        """
        self.get(client.id)
        table = schema.client
        self._unit.connection.execute(
            table.update().where(table.c.id == client.id).values(**_plain(client))
        )
        self._unit.searched.update(self._orders(client.id))
        return client

    def get(self, client_id: ClientId) -> Client:
        """The client with this number.

        Raises:
            NotFound: There is none.
        """
        found = self.find(client_id)
        if found is None:
            raise NotFound(tr("There is no client {number}.", number=client_id))
        return found

    def find(self, client_id: ClientId) -> Client | None:
        """The client with this number, or `None`."""
        return self._one(schema.client.c.id == client_id)

    def find_self(self) -> Client | None:
        """The owner of the desk as a client, or `None` before the first order."""
        return self._one(schema.client.c.is_self.is_(sa.true()))

    def find_by_name(self, name: str) -> Client | None:
        """The first client of exactly this name, or `None`."""
        return self._one(schema.client.c.name == name)

    def list(self) -> tuple[Client, ...]:
        """All clients by name."""
        rows = self._unit.connection.execute(
            sa.select(schema.client).order_by(schema.client.c.name, schema.client.c.id)
        )
        return tuple(Client(**row) for row in rows.mappings())

    def _one(self, condition: sa.ColumnElement[bool]) -> Client | None:
        query = sa.select(schema.client).where(condition).order_by(schema.client.c.id).limit(1)
        row = self._unit.connection.execute(query).mappings().first()
        return None if row is None else Client(**row)

    def _orders(self, client_id: ClientId) -> tuple[OrderId, ...]:
        query = sa.select(schema.orders.c.id).where(schema.orders.c.client_id == client_id)
        return tuple(self._unit.connection.execute(query).scalars())


class Sellers:
    """Shops on platforms; a name stands once per platform."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, seller: Seller) -> Seller:
        """The seller as kept; one that is known by platform and name is given back as it is."""
        known = self.find_by_name(seller.platform, seller.name)
        if known is not None:
            return known
        number = self._unit.insert(schema.seller, _plain(seller))
        return dataclasses.replace(seller, id=SellerId(number))

    def update(self, seller: Seller) -> Seller:
        """Keeps the seller's new values.

        Raises:
            NotFound: There is no such seller.
        """
        self.get(seller.id)
        connection = self._unit.connection
        table = schema.seller
        connection.execute(table.update().where(table.c.id == seller.id).values(**_plain(seller)))
        orders = sa.select(schema.orders.c.id).where(schema.orders.c.seller_id == seller.id)
        self._unit.searched.update(connection.execute(orders).scalars())
        return seller

    def get(self, seller_id: SellerId) -> Seller:
        """The seller with this number.

        Raises:
            NotFound: There is none.
        """
        found = self.find(seller_id)
        if found is None:
            raise NotFound(tr("There is no seller {number}.", number=seller_id))
        return found

    def find(self, seller_id: SellerId) -> Seller | None:
        """The seller with this number, or `None`."""
        return self._one(schema.seller.c.id == seller_id)

    def find_by_name(self, platform: str, name: str) -> Seller | None:
        """The seller of this name on this platform, or `None`."""
        return self._one(
            sa.and_(schema.seller.c.platform == platform, schema.seller.c.name == name)
        )

    def list(self) -> tuple[Seller, ...]:
        """All sellers by platform and name."""
        table = schema.seller
        rows = self._unit.connection.execute(
            sa.select(table).order_by(table.c.platform, table.c.name)
        )
        return tuple(Seller(**row) for row in rows.mappings())

    def _one(self, condition: sa.ColumnElement[bool]) -> Seller | None:
        query = sa.select(schema.seller).where(condition)
        row = self._unit.connection.execute(query).mappings().first()
        return None if row is None else Seller(**row)


class Instruments:
    """What clients pay with; a mask that shows too much of a number is refused."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, instrument: Instrument) -> Instrument:
        """The instrument as kept, with its number.

        Raises:
            Refused: Its texts show more of a card number than may be kept.
        """
        number = self._unit.insert(schema.instrument, _instrument_columns(instrument))
        return dataclasses.replace(instrument, id=InstrumentId(number))

    def update(self, instrument: Instrument) -> Instrument:
        """Keeps the instrument's new values.

        Raises:
            NotFound: There is no such instrument.
            Refused: Its texts show more of a card number than may be kept.
        """
        self.get(instrument.id)
        table = schema.instrument
        self._unit.connection.execute(
            table.update()
            .where(table.c.id == instrument.id)
            .values(**_instrument_columns(instrument))
        )
        return instrument

    def get(self, instrument_id: InstrumentId) -> Instrument:
        """The instrument with this number.

        Raises:
            NotFound: There is none.
        """
        found = self.find(instrument_id)
        if found is None:
            raise NotFound(tr("There is no instrument {number}.", number=instrument_id))
        return found

    def find(self, instrument_id: InstrumentId) -> Instrument | None:
        """The instrument with this number, or `None`."""
        found = self._many(schema.instrument.c.id == instrument_id)
        return found[0] if found else None

    def find_by_mask(self, client_id: ClientId, mask: str) -> Instrument | None:
        """The client's instrument shown as `mask`, or `None`."""
        table = schema.instrument
        found = self._many(sa.and_(table.c.client_id == client_id, table.c.mask == mask))
        return found[0] if found else None

    def list(self, client_id: ClientId) -> tuple[Instrument, ...]:
        """The client's instruments, in the order they became known."""
        return self._many(schema.instrument.c.client_id == client_id)

    def _many(self, condition: sa.ColumnElement[bool]) -> tuple[Instrument, ...]:
        query = sa.select(schema.instrument).where(condition).order_by(schema.instrument.c.id)
        rows = self._unit.connection.execute(query).mappings()
        return tuple(_instrument_of(row) for row in rows)


def _instrument_of(row: sa.RowMapping) -> Instrument:
    values = dict(row)
    return Instrument(client=values.pop("client_id"), **values)


def _instrument_columns(instrument: Instrument) -> dict[str, Any]:
    for text in (instrument.mask, instrument.label):
        _refuse_full_number(text)
    return {"client_id": instrument.client, **_plain(instrument, "client")}


def _refuse_full_number(text: str) -> None:
    runs = _DIGITS.findall(re.sub(r"(?<=\d)[ \-.](?=\d)", "", text))
    longest = max((len(run) for run in runs), default=0)
    shown = sum(len(run) for run in runs)
    if longest > _FIRST_SHOWN or shown > _FIRST_SHOWN + _LAST_SHOWN:
        raise Refused(
            tr("A card number may be kept only with its middle hidden."),
            tr("the instrument's mask"),
            tr("Keep at most the first six and the last four digits, as in 51****6458."),
        )

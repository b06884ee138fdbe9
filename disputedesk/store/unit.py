"""What the repositories of one transaction share: the connection, the moment, what was touched."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from disputedesk.model.money import Money
from disputedesk.store.sealing import Seals


@dataclasses.dataclass(slots=True)
class Unit:
    """One transaction's shared state; lives on one thread, as long as its block.

    Attributes:
        at: The moment everything in it happened.
        actor: Who does it: `user`, `program`, or a person's name.
        step: Number of this transaction in the ledger.
        searched: Orders whose search rows must follow.
        evidence_searched: Evidence whose search rows must follow.
    """

    connection: sa.Connection
    at: dt.datetime
    actor: str
    step: int = 0
    seals: Seals = dataclasses.field(default_factory=Seals)
    searched: set[int] = dataclasses.field(default_factory=set)
    evidence_searched: set[int] = dataclasses.field(default_factory=set)

    def rows(self, query: str, *values: object) -> list[Any]:
        """The rows of a fixed query by the driver's own road, which builds nothing on the way."""
        driver: Any = self.connection.connection.driver_connection
        found: list[Any] = driver.execute(query, values).fetchall()
        return found

    def next_id(self, table: sa.Table) -> int:
        """The number the next row of `table` gets; only writers ask, and one writes at a time."""
        found = self.rows(f"SELECT max(id) FROM {table.name}")  # noqa: S608 - our own table
        return int(found[0][0] or 0) + 1

    def insert(self, table: sa.Table, values: Mapping[str, Any]) -> int:
        """Adds one row and gives its number."""
        result = self.connection.execute(table.insert().values(**values))
        key = result.inserted_primary_key
        assert key is not None  # one row was inserted, and every table here has a number
        return int(key[0])

    def insert_many(self, table: sa.Table, rows: list[dict[str, Any]]) -> None:
        """Adds rows that all have the same columns, in one call of the driver."""
        if rows:
            self.connection.execute(table.insert(), rows)

    def let_go(self, column: sa.Column[Any], number: int) -> None:
        """Empties a column that may be empty wherever it points to `number`."""
        self.connection.execute(
            column.table.update().where(column == number).values({column.name: None})
        )


def money_columns(name: str, money: Money | None) -> dict[str, object]:
    """The two columns of a sum."""
    return {
        f"{name}_minor": None if money is None else money.minor,
        f"{name}_currency": None if money is None else money.currency,
    }


def money_of(row: sa.RowMapping, name: str) -> Money | None:
    """The sum in the two columns of `name`."""
    minor = row[f"{name}_minor"]
    return None if minor is None else Money(minor, row[f"{name}_currency"])


def among(column: sa.ColumnElement[Any], numbers: Iterable[int]) -> sa.ColumnElement[bool]:
    """A condition for any number of numbers: they travel as one JSON text."""
    return _in_json(column, list(numbers))


def one_of(column: sa.ColumnElement[Any], texts: Iterable[str]) -> sa.ColumnElement[bool]:
    """A condition for any number of texts: they travel as one JSON text."""
    return _in_json(column, list(texts))


def _in_json(
    column: sa.ColumnElement[Any], values: list[int] | list[str]
) -> sa.ColumnElement[bool]:
    each = sa.func.json_each(json.dumps(values)).table_valued("value")
    return column.in_(sa.select(each.c.value))

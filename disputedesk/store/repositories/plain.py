"""What repositories share whose rows are one value each: added, changed, read, taken away."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, ClassVar, Generic, Protocol, TypeVar

import sqlalchemy as sa

from disputedesk.common.errors import NotFound
from disputedesk.common.texts import tr
from disputedesk.store.unit import Unit


class _Kept(Protocol):
    """A frozen dataclass with a number."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def id(self) -> int: ...


T = TypeVar("T", bound=_Kept)


class Plain(Generic[T]):
    """The rows of `table` as values of `made`; a subclass names both.

    Attributes:
        table: Where the rows are.
        made: What a row is.
        columns: For each field whose column is called otherwise, the column.
    """

    table: ClassVar[sa.Table]
    made: ClassVar[type[Any]]
    columns: ClassVar[Mapping[str, str]] = {}

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, value: T) -> T:
        """The value as kept, with its number."""
        number = self._unit.insert(self.table, self._row(value))
        return dataclasses.replace(value, id=number)

    def put(self, value: T) -> T:
        """The value as kept under the number it had, or a new one where that was given since.

        This is what undo brings back.
        """
        if self._where(self.table.c.id == value.id):
            return self.add(value)
        self._unit.insert(self.table, {"id": value.id, **self._row(value)})
        return value

    def update(self, value: T) -> T:
        """Keeps the value under the number it has.

        Raises:
            NotFound: There is no such row.
        """
        self.get(value.id)
        where = self.table.c.id == value.id
        self._unit.connection.execute(self.table.update().where(where).values(**self._row(value)))
        return value

    def remove(self, number: int) -> None:
        """Takes a row away; nothing where there is none."""
        self._unit.connection.execute(self.table.delete().where(self.table.c.id == number))

    def get(self, number: int) -> T:
        """The row with this number.

        Raises:
            NotFound: There is none.
        """
        found = self._where(self.table.c.id == number)
        if not found:
            raise NotFound(tr("There is no {kind} {number}.", kind=self.table.name, number=number))
        return found[0]

    def list(self) -> tuple[T, ...]:
        """Every row, oldest first."""
        return self._where(sa.true())

    def _where(self, condition: sa.ColumnElement[bool]) -> tuple[T, ...]:
        query = sa.select(self.table).where(condition).order_by(self.table.c.id)
        rows = self._unit.connection.execute(query).mappings()
        return tuple(self._value(row) for row in rows)

    def _row(self, value: T) -> dict[str, Any]:
        """The columns of `value`, its number left out."""
        fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        del fields["id"]
        return {self.columns.get(name, name): each for name, each in fields.items()}

    def _value(self, row: sa.RowMapping) -> T:
        """What the columns of `row` say."""
        names = (f.name for f in dataclasses.fields(self.made))
        made: T = self.made(**{name: row[self.columns.get(name, name)] for name in names})
        return made

"""Windows as rows: recomputed by the transaction that changed their facts, read by lists."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from disputedesk.model.ids import OrderId
from disputedesk.store import schema
from disputedesk.store.encoding import instant_text
from disputedesk.store.unit import Unit
from disputedesk.store.values import WindowRow, WindowState

_T = schema.window
_COLUMNS: Final = (
    "order_id", "case_id", "rule_id", "avenue", "stage", "actor", "opens", "closes", "file_by",
    "arguable_until", "state", "closes_at", "lead", "zone",
)  # fmt: skip
_INSERT: Final = (
    f"INSERT INTO window ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608 - our own column names
)
_STORED: Final = (
    f"SELECT {', '.join(_COLUMNS)}, id FROM window "  # noqa: S608 - our own column names
    "WHERE order_id IN (SELECT value FROM json_each(?)) ORDER BY order_id, id"
)
_REPLACE: Final = f"UPDATE window SET {', '.join(f'{name} = ?' for name in _COLUMNS)} WHERE id = ?"  # noqa: S608 - our own column names
_REDATE: Final = (
    "UPDATE window SET opens = ?, closes = ?, file_by = ?, arguable_until = ? WHERE id = ?"
)
_DAYS: Final = slice(6, 10)
RawWindow: TypeAlias = tuple[Any, ...]
"""A window's columns as SQLite keeps them, in the order of `WindowRow`; a stored one's id last."""
WIDEST_MARGIN: Final = "store.widest_margin"
"""Setting: the most days any stored window's `file_by` lies before its `closes`.

A list of what is still open and overdue to file looks back this far and no further."""


class Windows:
    """The stored windows of orders; all of an order's are replaced at once."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._widest = 0
        self._kept = -1

    def replace(self, order_id: OrderId, rows: Iterable[WindowRow]) -> None:
        """Puts these windows in the place of the order's."""
        self.replace_many([order_id], rows)

    def replace_many(self, order_ids: Iterable[OrderId], rows: Iterable[WindowRow]) -> None:
        """Puts these windows in the place of those of all the orders, in a few calls."""
        connection = self._unit.connection
        owners = [(order_id,) for order_id in order_ids]
        if owners:
            connection.exec_driver_sql("DELETE FROM window WHERE order_id = ?", owners)
        new = [raw_window(row) for row in rows]
        if new:
            connection.exec_driver_sql(_INSERT, new)
            self._margins(new)
            self._keep_margin()

    def stored(self, order_ids: Iterable[OrderId]) -> dict[OrderId, list[RawWindow]]:
        """The stored windows of many orders with their numbers; an order without has no entry."""
        driver: Any = self._unit.connection.connection.driver_connection
        found: dict[OrderId, list[RawWindow]] = {}
        for row in driver.execute(_STORED, (json.dumps(list(order_ids)),)):
            found.setdefault(row[0], []).append(row)
        return found

    def put(self, changes: Iterable[tuple[Sequence[RawWindow], Sequence[RawWindow]]]) -> None:
        """Puts new windows in the place of stored ones, each pair those of one order.

        A window that only moved is moved where it lies: most changes are such.
        """
        redated: list[RawWindow] = []
        replaced: list[RawWindow] = []
        gone: list[tuple[int]] = []
        new: list[RawWindow] = []
        for stored, fresh in changes:
            for old, row in zip(stored, fresh, strict=False):
                if old[:6] == row[:6] and old[10:-1] == row[10:]:
                    redated.append((*row[_DAYS], old[-1]))
                else:
                    replaced.append((*row, old[-1]))
            gone.extend((old[-1],) for old in stored[len(fresh) :])
            new.extend(fresh[len(stored) :])
            self._margins(fresh)
        driver: Any = self._unit.connection.connection.driver_connection
        for statement, rows in (
            (_REDATE, redated),
            (_REPLACE, replaced),
            ("DELETE FROM window WHERE id = ?", gone),
            (_INSERT, new),
        ):
            if rows:
                driver.executemany(statement, rows)
        self._keep_margin()

    def list(self, order_id: OrderId) -> tuple[WindowRow, ...]:
        """The order's windows, soonest to file by first, undated ones last."""
        query = (
            sa.select(*(_T.c[name] for name in _COLUMNS))
            .where(_T.c.order_id == order_id)
            .order_by(_T.c.file_by.is_(None), _T.c.file_by, _T.c.id)
        )
        return tuple(_row_of(row) for row in self._unit.connection.execute(query))

    def _margins(self, new: Iterable[RawWindow]) -> None:
        for row in new:
            if row[7] is not None and row[8] is not None and row[7] - row[8] > self._widest:
                self._widest = row[7] - row[8]

    def _keep_margin(self) -> None:
        if self._widest <= self._kept:
            return
        self._kept = self._widest
        self._unit.connection.exec_driver_sql(
            "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE "
            "SET value = excluded.value "
            "WHERE CAST(value AS INTEGER) < CAST(excluded.value AS INTEGER)",
            (WIDEST_MARGIN, str(self._widest)),
        )


def raw_window(row: WindowRow) -> RawWindow:
    """The window's columns as SQLite keeps them."""
    return (
        row.order, row.case, row.rule, row.avenue, row.stage, row.actor, row.opens, row.closes,
        row.file_by, row.arguable_until, row.state.value,
        None if row.closes_at is None else instant_text(row.closes_at), int(row.lead), row.zone,
    )  # fmt: skip


def _row_of(row: Sequence[Any]) -> WindowRow:
    values = list(row)
    values[10] = WindowState(values[10])
    return WindowRow(*values)

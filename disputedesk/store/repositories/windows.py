"""Windows as rows: recomputed by the transaction that changed their facts, read by lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

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
WIDEST_MARGIN: Final = "store.widest_margin"
"""Setting: the most days any stored window's `file_by` lies before its `closes`.

A list of what is still open and overdue to file looks back this far and no further."""


class Windows:
    """The stored windows of orders; all of an order's are replaced at once."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def replace(self, order_id: OrderId, rows: Iterable[WindowRow]) -> None:
        """Puts these windows in the place of the order's."""
        self.replace_many([order_id], rows)

    def replace_many(self, order_ids: Iterable[OrderId], rows: Iterable[WindowRow]) -> None:
        """Puts these windows in the place of those of all the orders, in a few calls."""
        connection = self._unit.connection
        owners = [(order_id,) for order_id in order_ids]
        if owners:
            connection.exec_driver_sql("DELETE FROM window WHERE order_id = ?", owners)
        new = [_raw(row) for row in rows]
        if new:
            connection.exec_driver_sql(_INSERT, new)
            self._note_margin(new)

    def list(self, order_id: OrderId) -> tuple[WindowRow, ...]:
        """The order's windows, soonest to file by first, undated ones last."""
        query = (
            sa.select(*(_T.c[name] for name in _COLUMNS))
            .where(_T.c.order_id == order_id)
            .order_by(_T.c.file_by.is_(None), _T.c.file_by, _T.c.id)
        )
        return tuple(_row_of(row) for row in self._unit.connection.execute(query))

    def _note_margin(self, new: Sequence[tuple[Any, ...]]) -> None:
        widest = max((r[7] - r[8] for r in new if r[7] is not None and r[8] is not None), default=0)
        self._unit.connection.exec_driver_sql(
            "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE "
            "SET value = excluded.value "
            "WHERE CAST(value AS INTEGER) < CAST(excluded.value AS INTEGER)",
            (WIDEST_MARGIN, str(widest)),
        )


def _raw(row: WindowRow) -> tuple[Any, ...]:
    return (
        row.order, row.case, row.rule, row.avenue, row.stage, row.actor, row.opens, row.closes,
        row.file_by, row.arguable_until, row.state.value,
        None if row.closes_at is None else instant_text(row.closes_at), int(row.lead), row.zone,
    )  # fmt: skip


def _row_of(row: Sequence[Any]) -> WindowRow:
    values = list(row)
    values[10] = WindowState(values[10])
    return WindowRow(*values)

# ruff: noqa: S608 - the queries are joined from fixed pieces of our own, every value is bound
"""SQL of order lists: made of fixed pieces, with every value bound."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Final

from disputedesk.store.folding import search_query
from disputedesk.store.reading.rows import OrderFilter, OrderSort

SHOWN: Final = """
SELECT o.id, o.client_id, c.name, o.platform, o.number, o.title, coalesce(s.name, ''),
       o.ordered_on, o.total_minor, o.total_currency, o.state,
       w.file_by, w.closes, coalesce(w.rule_id, ''),
       (SELECT max(k.number) FROM case_ k
        WHERE k.order_id = o.id AND k.removed_at IS NULL AND k.stage <> 'closed'),
       o.sample, o.version
FROM orders o
JOIN client c ON c.id = o.client_id
LEFT JOIN seller s ON s.id = o.seller_id
LEFT JOIN window w ON w.id = (
    SELECT l.id FROM window l
    WHERE l.order_id = o.id AND l.lead = 1 AND l.file_by IS NOT NULL
    ORDER BY l.file_by, l.closes, l.id LIMIT 1)
"""
"""The columns of an order's row, in the order `reader` takes them."""

_ORDERS: Final = "orders o"
_ORDERS_BY_WINDOW: Final = (
    "window w INDEXED BY ix_window_lead CROSS JOIN orders o "
    "ON o.id = w.order_id AND w.lead = 1 AND NOT EXISTS (SELECT 1 FROM window l "
    "WHERE l.order_id = w.order_id AND l.lead = 1 "
    "AND (l.file_by, l.closes, l.id) < (w.file_by, w.closes, w.id))"
)
_NO_WINDOW: Final = (
    "NOT EXISTS (SELECT 1 FROM window l "
    "WHERE l.order_id = o.id AND l.lead = 1 AND l.file_by IS NOT NULL)"
)
KEYS: Final[Mapping[OrderSort, str]] = {
    OrderSort.ENTERED: "o.id",
    OrderSort.ORDERED_ON: "o.ordered_on",
    OrderSort.NUMBER: "o.number",
    OrderSort.TITLE: "o.title",
    OrderSort.TOTAL: "o.total_minor",
    OrderSort.FILE_BY: "w.file_by",
}
MAY_LACK: Final = frozenset({OrderSort.ORDERED_ON, OrderSort.TOTAL, OrderSort.FILE_BY})
"""Sorts whose key an order may lack; those orders come after all others."""


def source_of(sort: OrderSort) -> str:
    """The tables to walk, such that an index gives the order; by window, each order comes once."""
    return _ORDERS_BY_WINDOW if sort is OrderSort.FILE_BY else _ORDERS


def lacking(sort: OrderSort) -> str:
    """Whether an order `o` lacks what is sorted by."""
    return _NO_WINDOW if sort is OrderSort.FILE_BY else f"{KEYS[sort]} IS NULL"


@dataclasses.dataclass(frozen=True, slots=True)
class Condition:
    """A condition in SQL and the values bound in it, in their order."""

    sql: str
    values: tuple[object, ...] = ()

    def also(self, sql: str, *values: object) -> Condition:
        """This condition and another."""
        return Condition(f"{self.sql} AND {sql}", (*self.values, *values))


AMONG_SEARCHED: Final = "o.id IN (SELECT rowid FROM order_search WHERE order_search MATCH ?)"
SEARCHED: Final = "order_search MATCH ?"
SEARCHING: Final = "order_search f CROSS JOIN orders o ON o.id = f.rowid"
"""A source in which `SEARCHED` stops as soon as enough was found."""


def condition_of(wanted: OrderFilter, text_is: str = AMONG_SEARCHED) -> Condition | None:
    """Which orders `wanted` lets pass; `None` when its text has no word to search for."""
    found = Condition("o.removed_at IS NULL")
    if wanted.text.strip():
        query = search_query(wanted.text)
        if not query:
            return None
        found = found.also(text_is, query)
    if wanted.client is not None:
        found = found.also("o.client_id = ?", wanted.client)
    if wanted.platform:
        found = found.also("o.platform = ?", wanted.platform)
    if wanted.state is not None:
        found = found.also("o.state = ?", wanted.state.value)
    if wanted.with_case is not None:
        found = found.also(
            f"{'' if wanted.with_case else 'NOT '}EXISTS (SELECT 1 FROM case_ k WHERE "
            "k.order_id = o.id AND k.removed_at IS NULL AND k.stage <> 'closed')"
        )
    return found


def direction(*, descending: bool) -> str:
    """The word of SQL for it."""
    return "DESC" if descending else "ASC"

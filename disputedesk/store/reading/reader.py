# ruff: noqa: S608 - the queries are joined from fixed pieces of our own, every value is bound
"""The reader: one connection, one thread at a time, frozen rows."""

from __future__ import annotations

import array
import datetime as dt
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from disputedesk.model.case import CaseStage
from disputedesk.model.ids import CaseId, ClientId, OrderId
from disputedesk.model.money import Money
from disputedesk.store.folding import search_query
from disputedesk.store.reading import taking
from disputedesk.store.reading.bases import Basis
from disputedesk.store.reading.connecting import connect_to_read
from disputedesk.store.reading.evidence_rows import EvidenceRows
from disputedesk.store.reading.finds import EvidenceFinds
from disputedesk.store.reading.order_queries import (
    KEYS,
    MAY_LACK,
    SEARCHED,
    SEARCHING,
    SHOWN,
    Condition,
    condition_of,
    direction,
    lacking,
    source_of,
)
from disputedesk.store.reading.paper_rows import PaperRows
from disputedesk.store.reading.rows import (
    AtStake,
    CaseRow,
    DueCursor,
    DueRow,
    FactRow,
    OrderCursor,
    OrderFilter,
    OrderRow,
    OrderSort,
    StripDay,
)
from disputedesk.store.sentences import told_by_driver

_EVERYTHING: Final = OrderFilter()
_OPEN: Final = "w.lead = 1 AND w.file_by >= ? AND w.closes >= ?"


class Reader:
    """Reads a desk for screens, each call one moment of it; serves one thread at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._connection = connect_to_read(folder)

    def close(self) -> None:
        """Lets go of the file; twice is once."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def change_mark(self) -> int:
        """A number that differs once anybody else has changed the desk."""
        return int(self._all("PRAGMA data_version")[0][0])

    def settings(self) -> dict[str, str]:
        """All settings by key."""
        return dict(self._all("SELECT key, value FROM setting ORDER BY key"))

    def origin(self) -> str:
        """The hash of the ledger's first entry, which tells desks apart; empty when untouched."""
        found = self._all("SELECT hash FROM ledger ORDER BY id LIMIT 1")
        return str(found[0][0]) if found else ""

    def due(
        self,
        today: dt.date,
        limit: int = 100,
        *,
        after: DueCursor | None = None,
        until: dt.date | None = None,
        actor: str = "",
        client: ClientId | None = None,
    ) -> tuple[DueRow, ...]:
        """Listed windows that are not closed on `today`, soonest `file_by` first.

        Those whose `file_by` has passed and that can still be filed come first.

        Args:
            today: The day it is.
            limit: The most rows to give.
            after: Where the page before ended.
            until: The last `file_by` wanted; `None` is no end.
            actor: Only this side's windows; empty is both sides'.
            client: Only this client's; `None` is everybody's.
        """
        wanted = Condition(_OPEN, (self._overdue_from(today), today.toordinal()))
        if after is not None:
            wanted = wanted.also(
                "(w.file_by, w.closes, w.id) > (?, ?, ?)", after.file_by, after.closes, after.window
            ).also("w.file_by >= ?", after.file_by)
        if until is not None:
            wanted = wanted.also("w.file_by <= ?", until.toordinal())
        if actor:
            wanted = wanted.also("w.actor = ?", actor)
        if client is not None:
            wanted = wanted.also("o.client_id = ?", client)
        found = self._all(
            f"{taking.DUE} WHERE {wanted.sql} ORDER BY w.file_by, w.closes, w.id LIMIT ?",
            *wanted.values,
            limit,
        )
        return tuple(taking.due_row(row) for row in found)

    def windows_of(self, order_id: OrderId) -> tuple[DueRow, ...]:
        """The order's listed windows, closed ones too, soonest first."""
        found = self._all(
            f"{taking.DUE} WHERE w.order_id = ? AND w.lead = 1 AND w.file_by IS NOT NULL "
            "ORDER BY w.file_by, w.closes, w.id",
            order_id,
        )
        return tuple(taking.due_row(row) for row in found)

    def count_due(self, today: dt.date, until: dt.date, cap: int = 1000) -> int:
        """How many listed windows are to be filed by `until`; stops at `cap` and one more."""
        found = self._all(
            "SELECT count(*) FROM (SELECT 1 FROM window w INDEXED BY ix_window_lead "
            f"WHERE {_OPEN} AND w.file_by <= ? LIMIT ?)",
            self._overdue_from(today),
            today.toordinal(),
            until.toordinal(),
            cap + 1,
        )
        return int(found[0][0])

    def strip(self, from_day: dt.date, to_day: dt.date) -> tuple[StripDay, ...]:
        """How many listed windows are to be filed by each day; days without any are left out."""
        found = self._all(
            "SELECT w.file_by, count(*) FROM window w INDEXED BY ix_window_lead "
            "WHERE w.lead = 1 AND w.file_by BETWEEN ? AND ? GROUP BY w.file_by ORDER BY w.file_by",
            from_day.toordinal(),
            to_day.toordinal(),
        )
        return tuple(StripDay(dt.date.fromordinal(day), count) for day, count in found)

    def at_stake(self, today: dt.date, until: dt.date) -> tuple[AtStake, ...]:
        """What the orders cost whose listed windows are to be filed by `until`, by currency."""
        found = self._all(
            "SELECT sum(o.total_minor), o.total_currency, count(*) FROM orders o WHERE o.id IN "
            "(SELECT w.order_id FROM window w INDEXED BY ix_window_lead "
            f"WHERE {_OPEN} AND w.file_by <= ?) AND o.total_minor IS NOT NULL "
            "GROUP BY o.total_currency ORDER BY count(*) DESC, o.total_currency",
            self._overdue_from(today),
            today.toordinal(),
            until.toordinal(),
        )
        return tuple(AtStake(Money(minor, currency), count) for minor, currency, count in found)

    def orders_page(
        self,
        wanted: OrderFilter = _EVERYTHING,
        sort: OrderSort = OrderSort.ORDERED_ON,
        limit: int = 100,
        *,
        descending: bool = True,
        after: OrderCursor | None = None,
    ) -> tuple[OrderRow, ...]:
        """One page of orders; those that lack what is sorted by come last, whichever way.

        Args:
            wanted: Which orders.
            sort: By what.
            limit: The most rows to give.
            descending: Whether the greatest comes first.
            after: Where the page before ended.
        """
        condition = condition_of(wanted)
        if condition is None:
            return ()
        found: list[OrderRow] = []
        if after is None or after.key is not None:
            found += self._keyed(condition, sort, limit, descending=descending, after=after)
        if len(found) < limit and sort in MAY_LACK:
            rest = after.order if after is not None and after.key is None else None
            found += self._keyless(condition, sort, limit - len(found), rest)
        return tuple(found)

    def order_ids(
        self,
        wanted: OrderFilter = _EVERYTHING,
        sort: OrderSort = OrderSort.ORDERED_ON,
        *,
        descending: bool = True,
    ) -> array.array[int]:
        """The numbers of all wanted orders, sorted: eight bytes each, for a table of any length."""
        condition = condition_of(wanted)
        if condition is None:
            return array.array("q")
        numbers = self._numbers(self._sorted_ids(condition, sort, descending=descending))
        if sort in MAY_LACK:
            rest = condition.also(lacking(sort))
            query = f"SELECT o.id FROM orders o WHERE {rest.sql} ORDER BY o.id DESC"
            numbers.extend(self._numbers((query, rest.values)))
        return numbers

    def orders(self, order_ids: Iterable[OrderId]) -> tuple[OrderRow, ...]:
        """The rows of these orders, in this order; removed ones are left out."""
        wanted = list(order_ids)
        found = self._all(
            f"{SHOWN} WHERE o.id IN (SELECT value FROM json_each(?)) AND o.removed_at IS NULL",
            json.dumps(wanted),
        )
        rows = {row[0]: taking.order_row(row, row[0]) for row in found}
        return tuple(rows[number] for number in wanted if number in rows)

    def count_orders(self, wanted: OrderFilter = _EVERYTHING, cap: int = 1000) -> int:
        """How many orders are wanted; stops at `cap` and one more."""
        condition = condition_of(wanted, SEARCHED)
        if condition is None:
            return 0
        source = SEARCHING if wanted.text.strip() else "orders o"
        found = self._all(
            f"SELECT count(*) FROM (SELECT 1 FROM {source} WHERE {condition.sql} LIMIT ?)",
            *condition.values,
            cap + 1,
        )
        return int(found[0][0])

    def search(self, text: str, limit: int = 50) -> tuple[OrderRow, ...]:
        """Orders that hold all words of `text`, the newest entered first."""
        query = search_query(text)
        if not query:
            return ()
        found = self._all(
            "SELECT rowid FROM order_search WHERE order_search MATCH ? ORDER BY rowid DESC LIMIT ?",
            query,
            limit,
        )
        return self.orders([OrderId(row[0]) for row in found])

    def facts(self, order_ids: Iterable[OrderId]) -> tuple[FactRow, ...]:
        """The current facts of these orders and of their cases, by order, case and name."""
        found = self._all(
            "SELECT order_id, case_id, name, value, origin, note, evidence_id FROM fact "
            "WHERE order_id IN (SELECT value FROM json_each(?)) "
            "AND superseded_by IS NULL AND withdrawn_at IS NULL ORDER BY order_id, case_id, name",
            json.dumps(list(order_ids)),
        )
        return tuple(taking.fact_row(row) for row in found)

    def cases(self, case_ids: Iterable[CaseId]) -> tuple[CaseRow, ...]:
        """These cases, by number."""
        found = self._all(
            f"{taking.CASES} WHERE k.id IN (SELECT value FROM json_each(?)) "
            "AND k.removed_at IS NULL ORDER BY k.number",
            json.dumps(list(case_ids)),
        )
        return tuple(taking.case_row(row) for row in found)

    def cases_page(
        self,
        limit: int = 100,
        *,
        below: int | None = None,
        stages: Sequence[CaseStage] = (),
        order: OrderId | None = None,
        client: ClientId | None = None,
    ) -> tuple[CaseRow, ...]:
        """Cases, the newest number first; `below` is the last number of the page before."""
        wanted = Condition("k.removed_at IS NULL")
        if below is not None:
            wanted = wanted.also("k.number < ?", below)
        if stages:
            stage = "k.stage IN (SELECT value FROM json_each(?))"
            wanted = wanted.also(stage, json.dumps([*stages]))
        if order is not None:
            wanted = wanted.also("k.order_id = ?", order)
        if client is not None:
            wanted = wanted.also("k.client_id = ?", client)
        found = self._all(
            f"{taking.CASES} WHERE {wanted.sql} ORDER BY k.number DESC LIMIT ?",
            *wanted.values,
            limit,
        )
        return tuple(taking.case_row(row) for row in found)

    def count_cases(self) -> dict[CaseStage, int]:
        """How many cases stand at each stage."""
        found = self._all(
            "SELECT stage, count(*) FROM case_ WHERE removed_at IS NULL GROUP BY stage"
        )
        return {CaseStage(stage): count for stage, count in found}

    @property
    def basis(self) -> Basis:
        """What windows and plans of some orders and cases rest on."""
        return Basis(self._all)

    @property
    def evidence_rows(self) -> EvidenceRows:
        """Lists of evidence."""
        return EvidenceRows(self._all)

    @property
    def paper_rows(self) -> PaperRows:
        """Lists of papers."""
        return PaperRows(self._all)

    @property
    def evidence(self) -> EvidenceFinds:
        """Evidence by its words."""
        return EvidenceFinds(self._all)

    def _sorted_ids(
        self, condition: Condition, sort: OrderSort, *, descending: bool
    ) -> tuple[str, tuple[object, ...]]:
        key, way = KEYS[sort], direction(descending=descending)
        if sort in MAY_LACK:
            condition = condition.also(f"{key} IS NOT NULL")
        query = (
            f"SELECT o.id FROM {source_of(sort)} WHERE {condition.sql} "
            f"ORDER BY {key} {way}, o.id {way}"
        )
        return query, condition.values

    def _numbers(self, query: tuple[str, tuple[object, ...]]) -> array.array[int]:
        with told_by_driver(self._folder):
            return array.array("q", (row[0] for row in self._connection.execute(*query)))

    def _keyed(
        self,
        condition: Condition,
        sort: OrderSort,
        limit: int,
        *,
        descending: bool,
        after: OrderCursor | None,
    ) -> list[OrderRow]:
        key, way = KEYS[sort], direction(descending=descending)
        if sort in MAY_LACK:
            condition = condition.also(f"{key} IS NOT NULL")
        if after is not None:
            sign = "<" if descending else ">"
            condition = condition.also(f"({key}, o.id) {sign} (?, ?)", after.key, after.order)
        return self._order_rows(
            f"SELECT o.id, {key} FROM {source_of(sort)} WHERE {condition.sql} "
            f"ORDER BY {key} {way}, o.id {way} LIMIT ?",
            *condition.values,
            limit,
        )

    def _keyless(
        self, condition: Condition, sort: OrderSort, limit: int, below: OrderId | None
    ) -> list[OrderRow]:
        condition = condition.also(lacking(sort))
        if below is not None:
            condition = condition.also("o.id < ?", below)
        return self._order_rows(
            f"SELECT o.id, NULL FROM orders o WHERE {condition.sql} ORDER BY o.id DESC LIMIT ?",
            *condition.values,
            limit,
        )

    def _order_rows(self, query: str, *values: object) -> list[OrderRow]:
        """The rows of the orders that `query` names with their keys, in its order.

        The page is found by its index alone; what is shown is then looked up for its rows only.
        """
        keys = self._all(query, *values)
        found = self._all(
            f"{SHOWN} WHERE o.id IN (SELECT value FROM json_each(?))",
            json.dumps([row[0] for row in keys]),
        )
        shown = {row[0]: row for row in found}
        return [taking.order_row(shown[number], key) for number, key in keys]

    def _overdue_from(self, today: dt.date) -> int:
        """The earliest `file_by` of a window that may still be open on `today`."""
        found = self._all("SELECT value FROM setting WHERE key = 'store.widest_margin'")
        return today.toordinal() - (int(found[0][0]) if found else 0)

    def _all(self, query: str, *values: object) -> list[Any]:
        with told_by_driver(self._folder):
            return self._connection.execute(query, values).fetchall()

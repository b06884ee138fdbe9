"""Rows of SQL into rows of screens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from disputedesk.model.case import CaseOutcome, CaseStage
from disputedesk.model.fact import Fact, FactOrigin, FactSource
from disputedesk.model.money import Money
from disputedesk.model.order import OrderState
from disputedesk.model.problem import Problem
from disputedesk.store.encoding import instant_of, value_of
from disputedesk.store.reading.rows import CaseRow, DueRow, FactRow, OrderCursor, OrderRow

DUE: Final = """
SELECT w.id, o.id, o.number, o.platform, o.title, coalesce(s.name, ''), o.client_id, c.name,
       w.case_id, k.number, k.problem, k.stage, w.rule_id, w.avenue, w.stage, w.actor, w.opens,
       w.closes, w.file_by, w.arguable_until, w.closes_at,
       coalesce(k.claimed_minor, o.total_minor), coalesce(k.claimed_currency, o.total_currency),
       w.zone
FROM window w
JOIN orders o ON o.id = w.order_id
JOIN client c ON c.id = o.client_id
LEFT JOIN seller s ON s.id = o.seller_id
LEFT JOIN case_ k ON k.id = w.case_id
"""
CASES: Final = """
SELECT k.id, k.number, k.order_id, o.number, o.title, coalesce(s.name, ''), k.client_id, c.name,
       k.problem, k.stage, k.opened_on, o.total_minor, o.total_currency, k.claimed_minor,
       k.claimed_currency, k.outcome, k.won_minor, k.won_currency,
       (SELECT min(w.file_by) FROM window w
        WHERE w.order_id = k.order_id AND w.case_id = k.id AND w.lead = 1)
FROM case_ k
JOIN orders o ON o.id = k.order_id
JOIN client c ON c.id = k.client_id
LEFT JOIN seller s ON s.id = o.seller_id
"""


def due_row(row: Sequence[Any]) -> DueRow:
    """A row of `DUE`."""
    values = [*row[:21], _money(row[21], row[22]), row[23]]
    values[10] = None if row[10] is None else Problem(row[10])
    values[11] = None if row[11] is None else CaseStage(row[11])
    values[16:20] = (_day(ordinal) for ordinal in row[16:20])
    values[20] = None if row[20] is None else instant_of(row[20])
    return DueRow(*values)


def order_row(row: Sequence[Any], key: str | int | None) -> OrderRow:
    """A row of `order_queries.SHOWN`, with what it was sorted by."""
    values = [*row[:8], _money(row[8], row[9]), *row[10:], OrderCursor(key, row[0])]
    values[7] = None if row[7] is None else dt.date.fromisoformat(row[7])
    values[9] = OrderState(row[10])
    values[10:12] = _day(row[11]), _day(row[12])
    values[14] = bool(row[15])
    return OrderRow(*values)


def case_row(row: Sequence[Any]) -> CaseRow:
    """A row of `CASES`."""
    return CaseRow(
        *(
            *row[:8],
            Problem(row[8]),
            CaseStage(row[9]),
            dt.date.fromisoformat(row[10]),
            _money(row[11], row[12]),
            _money(row[13], row[14]),
            None if row[15] is None else CaseOutcome(row[15]),
            _money(row[16], row[17]),
            _day(row[18]),
        )
    )


def fact_row(row: Sequence[Any]) -> FactRow:
    """A row of facts: order, case, name, value, origin, note, evidence."""
    source = FactSource(FactOrigin(row[4]), row[5], row[6])
    return FactRow(row[0], row[1], Fact(row[2], value_of(row[3]), source))


def _day(ordinal: int | None) -> dt.date | None:
    return None if ordinal is None else dt.date.fromordinal(ordinal)


def _money(minor: int | None, currency: str | None) -> Money | None:
    return None if minor is None or currency is None else Money(minor, currency)

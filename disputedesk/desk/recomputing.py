"""Windows of changed orders, computed in the transaction that changed them.

What is stored is what lists need: where the days lie, not why. The trace is made again when it is
read. An order without a case keeps one watched window, the soonest protection that would lapse if
the parcel never came; an order with open cases keeps every dated window of theirs.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Container, Sequence
from typing import TYPE_CHECKING, Any, Final

from disputedesk.deadlines.idleness import running_timer
from disputedesk.deadlines.planning import is_begun, is_pending
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Avenue, Stage, Status
from disputedesk.desk.rulebook import Rulebook
from disputedesk.desk.watching import Lapse, find_lapse, is_listed
from disputedesk.model.fact import Facts
from disputedesk.model.ids import CaseId, OrderId
from disputedesk.model.order import OrderState
from disputedesk.store.values import WindowRow, WindowState

if TYPE_CHECKING:
    from disputedesk.store.repositories.bases import OrderBase
    from disputedesk.store.transaction import StoreTransaction

BLOCK: Final = 1_000
_SETTLED: Final = frozenset(
    str(state) for state in (OrderState.RECEIVED, OrderState.CONFIRMED, OrderState.CANCELLED)
)
_DATED: Final = WindowState.DATED.value


def recompute_orders(
    rulebook: Rulebook, rows: StoreTransaction, order_ids: Sequence[OrderId], today: dt.date
) -> None:
    """Replaces the stored windows of these orders, and their states, by fresh ones."""
    for start in range(0, len(order_ids), BLOCK):
        block = order_ids[start : start + BLOCK]
        stored = rows.windows.stored(block)
        changes: list[tuple[Sequence[Any], Sequence[Any]]] = []
        for base in rows.bases.of_orders(block):
            fresh = fresh_windows(rulebook, base, today)
            old = stored.pop(base.id, [])
            if [row[:-1] for row in old] != fresh:
                changes.append((old, fresh))
            state = state_word(base.values, base.state)
            if state != base.state:
                rows.orders.set_state(base.id, OrderState(state))
        changes.extend((old, ()) for old in stored.values())
        if changes:
            rows.windows.put(changes)


def fresh_windows(rulebook: Rulebook, base: OrderBase, today: dt.date) -> list[tuple[Any, ...]]:
    """The windows that lists need of one order, as the store keeps them."""
    if base.has_case:
        return [
            row
            for case in base.cases
            for facts in (Facts({**base.values, **case.values}),)
            for window in rulebook.windows(facts, today=today)
            for row in _rows_for(base, case.id, window, facts)
        ]
    if state_word(base.values, base.state) in _SETTLED:
        return []
    lapse = find_lapse(rulebook, base.values)
    if lapse is None:
        return []
    if isinstance(lapse, Lapse):
        return [_bare_row(base, lapse)]
    return _rows_for(base, None, lapse, Facts(base.values))


def _bare_row(base: OrderBase, lapse: Lapse) -> tuple[Any, ...]:
    head, opens, closes, file_by, looser = lapse
    return (
        base.id, None, *head, opens or None, closes, file_by, looser or None, _DATED, None, 1,
        base.zone,
    )  # fmt: skip


def _rows_for(
    base: OrderBase, case_id: CaseId | None, window: Window, facts: Facts
) -> list[tuple[Any, ...]]:
    """The rows of one window; a platform's dispute has one more while its timer holds the money.

    The dispute outlives the timer, but the money does not wait: lists show the timer's end first,
    and the dispute's own last day once that has passed.
    """
    from disputedesk.store.repositories.windows import raw_window

    whole = _row(base, case_id, window, lead=is_listed(window) and not is_begun(window, facts))
    if case_id is not None and is_pending(window, facts):
        whole = dataclasses.replace(whole, state=WindowState.ASKED)
    found = [whole]
    day = running_timer(facts, dt.date.min)
    ends_at = facts.get("protection_ends_at")
    first = window.avenue is Avenue.PLATFORM_DISPUTE and window.stage is Stage.FIRST_FILING
    if first and whole.closes is not None and day is not None and isinstance(ends_at, dt.datetime):
        timer = day.toordinal()
        if timer < whole.closes and (whole.opens is None or timer >= whole.opens):
            margin = whole.closes - (whole.file_by or whole.closes)
            file_by = max(timer - margin, whole.opens or 0)
            held = dataclasses.replace(whole, closes=timer, file_by=file_by, closes_at=ends_at)
            found = [held, whole]
    return [raw_window(row) for row in found]


def _row(base: OrderBase, case_id: CaseId | None, window: Window, *, lead: bool) -> WindowRow:
    return WindowRow(
        order=base.id,
        case=case_id,
        rule=window.rule,
        avenue=str(window.avenue),
        stage=str(window.stage),
        actor=str(window.actor),
        opens=_ordinal(window.opens),
        closes=_ordinal(window.closes),
        file_by=_ordinal(window.file_by or window.closes),
        arguable_until=_ordinal(window.arguable_until),
        state=_state(window),
        closes_at=window.closes_at,
        lead=lead,
        zone=base.zone,
    )


def _state(window: Window) -> WindowState:
    if window.status is Status.NOT_AVAILABLE:
        return WindowState.NOT_AVAILABLE
    return WindowState.UNKNOWN if window.closes is None else WindowState.DATED


def _ordinal(day: dt.date | None) -> int | None:
    return None if day is None else day.toordinal()


_STATE_FACTS: Final = tuple(
    (name, str(state))
    for name, state in (
        ("cancelled_on", OrderState.CANCELLED),
        ("merchant_cancelled_on", OrderState.CANCELLED),
        ("confirmed_on", OrderState.CONFIRMED),
        ("received_on", OrderState.RECEIVED),
        ("delivered_on", OrderState.DELIVERED),
        ("last_scan_on", OrderState.SHIPPED),
        ("shipped_on", OrderState.SHIPPED),
    )
)


def state_word(facts: Container[str], now: str) -> str:
    """Where an order stands by the names of its facts; an export's "completed" is kept."""
    for name, state in _STATE_FACTS:
        if name in facts:
            return state
    return now if now in _SETTLED else OrderState.ORDERED.value

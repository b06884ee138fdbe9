"""Windows of changed orders, computed in the transaction that changed them.

What is stored is what lists need: where the days lie, not why. The trace is made again when it is
read. An order without a case keeps one watched window, the soonest protection that would lapse if
the parcel never came; an order with open cases keeps every dated window of theirs.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from disputedesk.deadlines.idleness import running_timer
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor, Avenue, Stage, Status
from disputedesk.desk.known import known_facts
from disputedesk.desk.rulebook import Rulebook
from disputedesk.model.case import Case, CaseStage
from disputedesk.model.fact import Fact, Facts
from disputedesk.model.ids import CaseId, ClientId, InstrumentId, OrderId
from disputedesk.model.order import Client, Instrument, Order, OrderState, Payment
from disputedesk.model.problem import Problem
from disputedesk.store.values import WindowRow, WindowState

if TYPE_CHECKING:
    from disputedesk.store.transaction import StoreTransaction

_WATCHED: Final = (
    (Avenue.PLATFORM_DISPUTE, Avenue.WALLET_CLAIM),
    (Avenue.CARD_CHARGEBACK,),
)
"""Avenues whose first filing is watched before anything is wrong; the first line that has one."""
_SETTLED: Final = frozenset({OrderState.RECEIVED, OrderState.CONFIRMED, OrderState.CANCELLED})
_BLOCK: Final = 500


def recompute_orders(
    rulebook: Rulebook, rows: StoreTransaction, order_ids: Sequence[OrderId], today: dt.date
) -> None:
    """Replaces the stored windows of these orders, and their states, by fresh ones."""
    people = _People(rows)
    for start in range(0, len(order_ids), _BLOCK):
        block = order_ids[start : start + _BLOCK]
        orders = rows.orders.get_many(block)
        facts = rows.facts.current_many(block)
        payments = rows.payments.of_orders(block)
        cases = _by_order(rows.cases.of_orders(block))
        new: list[WindowRow] = []
        for order in orders:
            client = people.client(order.client)
            paid = payments.get(order.id, ())
            recorded = facts.get(order.id, ())
            basis = _Basis(order, client, people.instrument_of(paid), paid, recorded)
            new.extend(_rows_of(rulebook, rows, basis, cases.get(order.id, ()), today))
            _follow_state(rows, order, recorded)
        rows.windows.replace_many(block, new)


class _People:
    """Clients and instruments met in one run, each read once."""

    def __init__(self, rows: StoreTransaction) -> None:
        self._rows = rows
        self._clients: dict[ClientId, Client] = {}
        self._instruments: dict[InstrumentId, Instrument] = {}

    def client(self, client_id: ClientId) -> Client:
        if client_id not in self._clients:
            self._clients[client_id] = self._rows.clients.get(client_id)
        return self._clients[client_id]

    def instrument_of(self, payments: Iterable[Payment]) -> Instrument | None:
        for payment in payments:
            number = payment.instrument
            if number is not None:
                if number not in self._instruments:
                    self._instruments[number] = self._rows.instruments.get(number)
                return self._instruments[number]
        return None


class _Basis:
    """What the windows of one order rest on, apart from its cases."""

    __slots__ = ("client", "instrument", "order", "payments", "recorded")

    def __init__(
        self,
        order: Order,
        client: Client,
        instrument: Instrument | None,
        payments: Sequence[Payment],
        recorded: Sequence[Fact],
    ) -> None:
        self.order = order
        self.client = client
        self.instrument = instrument
        self.payments = payments
        self.recorded = recorded

    def facts(self, case: Case | None, recorded: Sequence[Fact] | None = None) -> Facts:
        return known_facts(
            self.order,
            self.client,
            instrument=self.instrument,
            payments=self.payments,
            recorded=self.recorded if recorded is None else recorded,
            case=case,
        )


def _by_order(cases: Iterable[Case]) -> dict[OrderId, list[Case]]:
    found: dict[OrderId, list[Case]] = {}
    for case in cases:
        found.setdefault(case.order, []).append(case)
    return found


def _rows_of(
    rulebook: Rulebook,
    rows: StoreTransaction,
    basis: _Basis,
    cases: Sequence[Case],
    today: dt.date,
) -> list[WindowRow]:
    living = [case for case in cases if case.stage is not CaseStage.CLOSED]
    if not cases:
        return _watched_rows(rulebook, basis, today)
    found: list[WindowRow] = []
    for case in living:
        recorded = rows.facts.current(basis.order.id, case.id)
        facts = basis.facts(case, recorded)
        for window in rulebook.windows(facts, today=today):
            found.extend(_rows_for(basis, case.id, window, facts))
    return found


def is_listed(window: Window) -> bool:
    """Whether lists show this window: it can be used, and its last day is known."""
    return window.closes is not None and window.status is not Status.NOT_AVAILABLE


def watched_facts(facts: Facts) -> Facts:
    """The facts of an order without a case, asked as if the parcel never came."""
    return facts.with_values({"problem": str(Problem.NOT_RECEIVED)})


def watched(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Of the windows of an order without a case those that protect it while nothing is wrong yet.

    Rights that need no watching, such as withdrawing from the contract, would only be noise there.
    """
    avenues = {avenue for line in _WATCHED for avenue in line}
    return tuple(window for window in windows if window.avenue in avenues)


def _watched_rows(rulebook: Rulebook, basis: _Basis, today: dt.date) -> list[WindowRow]:
    facts = basis.facts(None)
    if state_of(basis.order, facts) in _SETTLED:
        return []
    window = watched_window(rulebook.windows(watched_facts(facts), today=today))
    return [] if window is None else _rows_for(basis, None, window, facts)


def watched_window(windows: Iterable[Window]) -> Window | None:
    """The protection to keep an eye on before anything is wrong, or `None`."""
    mine = [
        window
        for window in windows
        if window.actor is Actor.BUYER and window.stage is Stage.FIRST_FILING and is_listed(window)
    ]
    for avenues in _WATCHED:
        found = [window for window in mine if window.avenue in avenues]
        if found:
            return min(found, key=lambda window: window.file_by or window.closes or dt.date.max)
    return None


def _rows_for(
    basis: _Basis, case_id: CaseId | None, window: Window, facts: Facts
) -> list[WindowRow]:
    """The rows of one window; a platform's dispute has one more while its timer holds the money.

    The dispute outlives the timer, but the money does not wait: lists show the timer's end first,
    and the dispute's own last day once that has passed.
    """
    whole = _row(basis, case_id, window, lead=is_listed(window))
    day = running_timer(facts, dt.date.min)
    ends_at = facts.get("protection_ends_at")
    first = window.avenue is Avenue.PLATFORM_DISPUTE and window.stage is Stage.FIRST_FILING
    if not first or whole.closes is None or day is None or not isinstance(ends_at, dt.datetime):
        return [whole]
    timer = day.toordinal()
    if timer >= whole.closes or (whole.opens is not None and timer < whole.opens):
        return [whole]
    margin = whole.closes - (whole.file_by or whole.closes)
    file_by = max(timer - margin, whole.opens or 0)
    return [
        dataclasses.replace(whole, closes=timer, file_by=file_by, closes_at=ends_at),
        whole,
    ]


def _row(basis: _Basis, case_id: CaseId | None, window: Window, *, lead: bool) -> WindowRow:
    return WindowRow(
        order=basis.order.id,
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
        zone=basis.client.zone,
    )


def _state(window: Window) -> WindowState:
    if window.status is Status.NOT_AVAILABLE:
        return WindowState.NOT_AVAILABLE
    return WindowState.UNKNOWN if window.closes is None else WindowState.DATED


def _ordinal(day: dt.date | None) -> int | None:
    return None if day is None else day.toordinal()


_STATE_FACTS: Final = (
    ("cancelled_on", OrderState.CANCELLED),
    ("merchant_cancelled_on", OrderState.CANCELLED),
    ("confirmed_on", OrderState.CONFIRMED),
    ("received_on", OrderState.RECEIVED),
    ("delivered_on", OrderState.DELIVERED),
    ("last_scan_on", OrderState.SHIPPED),
    ("shipped_on", OrderState.SHIPPED),
)


def state_of(order: Order, facts: Facts) -> OrderState:
    """Where an order stands by its facts; an export's bare word "completed" is kept."""
    for name, state in _STATE_FACTS:
        if name in facts:
            return state
    return order.state if order.state in _SETTLED else OrderState.ORDERED


def _follow_state(rows: StoreTransaction, order: Order, recorded: Sequence[Fact]) -> None:
    facts = Facts({fact.name: fact.value for fact in recorded})
    state = state_of(order, facts)
    if state is not order.state:
        rows.orders.set_state(order.id, state)

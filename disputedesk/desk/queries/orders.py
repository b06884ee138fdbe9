"""Orders: the table's pages without SQLAlchemy, one order's whole life with it."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from disputedesk.common.errors import NotFound
from disputedesk.common.texts import tr
from disputedesk.deadlines.plan import Plan
from disputedesk.deadlines.window import Window
from disputedesk.desk import words
from disputedesk.desk.facts import by_name, fact_view, label_of
from disputedesk.desk.views import (
    FactView,
    LifeMark,
    OrderDetail,
    OrderFilter,
    OrderRowView,
    OrdersQuery,
    WhatIf,
)
from disputedesk.model.case import CaseStage
from disputedesk.model.fact import Fact, Facts, FactSubject, FactValue
from disputedesk.model.ids import FactName, OrderId
from disputedesk.model.order import OrderState
from disputedesk.model.problem import Problem
from disputedesk.store.reading import OrderFilter as StoredFilter
from disputedesk.store.reading import OrderRow
from disputedesk.store.reading import OrderSort as StoredSort

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disputedesk.desk.basis import OrderBasis
    from disputedesk.desk.desk import Desk

_ALWAYS: Final = (
    "ordered_on", "shipped_on", "promised_by", "last_scan_on", "delivered_on", "received_on",
    "protection_ends_at", "amount", "method", "network", "card_kind", "transaction_date",
    "processing_date", "expected_delivery",
)  # fmt: skip
"""Facts every order shows, known or not, in this order."""
_MARKS: Final = (
    "ordered_on", "transaction_date", "processing_date", "shipped_on", "promised_by",
    "expected_delivery", "last_scan_on", "delivered_on", "received_on", "confirmed_on",
    "protection_ends_at", "returned_on", "cancelled_on", "merchant_cancelled_on",
    "platform_dispute_opened_on", "platform_escalated_on", "platform_decided_on", "filed_on",
    "contacted_seller_on", "credit_voucher_on", "provisional_credit_on", "reply_asked_by",
)  # fmt: skip


def order_ids(desk: Desk, query: OrdersQuery) -> array[int]:
    """Numbers of the orders the query asks for, in its order; rows are fetched as they show."""
    return desk.reader().order_ids(
        _wanted(query), StoredSort(query.sort.value), descending=query.descending
    )


def _wanted(query: OrdersQuery) -> StoredFilter:
    with_case = True if query.show is OrderFilter.WITH_CASE else None
    by_state = query.show not in {OrderFilter.ALL, OrderFilter.WITH_CASE}
    state = OrderState(query.show.value) if by_state else None
    return StoredFilter(text=query.text, state=state, with_case=with_case)


def order_rows(desk: Desk, ids: Sequence[OrderId]) -> tuple[OrderRowView, ...]:
    """The lines of these orders, in the order asked for; removed ones are left out."""
    reader = desk.reader()
    clocks = reader.basis.next_windows(ids, desk.today)
    return tuple(_row_view(desk, row, clocks.get(row.id)) for row in reader.orders(ids))


def _row_view(
    desk: Desk, row: OrderRow, clock: tuple[dt.date, dt.date, str] | None
) -> OrderRowView:
    act_by, closes, rule_id = clock or (None, None, "")
    rule = desk.rulebook.rules.find(rule_id) if rule_id else None
    return OrderRowView(
        id=row.id,
        number=row.number,
        platform=row.platform,
        title=row.title,
        seller=row.seller,
        client=row.client_name,
        ordered_on=row.ordered_on,
        total=row.total,
        state=row.state,
        act_by=act_by,
        closes=closes,
        avenue_title=words.avenue_title(rule.avenue) if rule is not None else "",
        case_number=row.case_number,
    )


def find_order(desk: Desk, ref: str) -> OrderId:
    """The order with this number or the desk's own number for it.

    Raises:
        NotFound: There is none, or several share the number.
    """
    plain = ref.strip().replace(" ", "")
    with desk.store.snapshot() as rows:
        found = rows.orders.find_by_number(plain)
        if not found and plain.isdecimal() and len(plain) < 12:
            single = rows.orders.find(OrderId(int(plain)))
            found = () if single is None else (single,)
    if len(found) == 1:
        return found[0].id
    if found:
        raise NotFound(
            tr("Several orders have this number."),
            ref,
            tr("Name one of them by the desk's own number: {numbers}.",
               numbers=", ".join(str(order.id) for order in found)),
        )  # fmt: skip
    raise NotFound(tr("There is no such order."), ref, tr("disputedesk orders lists them all."))


def order_detail(desk: Desk, order_id: OrderId, *, today: dt.date | None = None) -> OrderDetail:
    """Everything about one order, its windows with their traces.

    Of an order with an open case they are the windows of what went wrong there; else those that
    would lapse if it never came.

    Raises:
        NotFound: There is no such order.
    """
    from disputedesk.desk.basis import read_case, read_order
    from disputedesk.desk.planning import plan_for
    from disputedesk.desk.watching import watched, watched_facts

    day = today or desk.today
    with desk.store.snapshot() as rows:
        basis = read_order(rows, order_id)
        wrong = next((one for one in basis.cases if one.stage is not CaseStage.CLOSED), None)
        case = None if wrong is None else read_case(rows, wrong.id)
    if case is None:
        facts = watched_facts(basis.facts)
        windows = watched(desk.rulebook.windows(facts, today=day, explain=True))
        plan = desk.rulebook.plan(windows, facts, today=day)
    else:
        windows = desk.rulebook.windows(case.facts, today=day, explain=True)
        plan = plan_for(
            desk.rulebook, windows, case.facts, case.filings, today=day,
            asked_since=case.asked_since,
        )  # fmt: skip
        shown = {step.window.rule for step in plan.steps} | set(plan.begun)
        shown |= {clock.rule for clock in plan.their_clocks}
        windows = tuple(window for window in windows if window.rule in shown)
    return OrderDetail(
        order=basis.order,
        client=basis.client,
        items=basis.items,
        payments=basis.payments,
        instrument=basis.instrument,
        facts=fact_views(desk, basis, _ALWAYS),
        windows=in_plan_order(windows, plan),
        plan=plan,
        marks=marks_of(desk, basis.facts),
        cases=tuple(reversed(basis.cases)),
        today=day,
    )


def in_plan_order(windows: Sequence[Window], plan: Plan) -> tuple[Window, ...]:
    """The plan's windows first, in its order, then the others as the rules have them."""
    place = {step.window.rule: step.order for step in plan.steps}
    last = len(windows)
    return tuple(sorted(windows, key=lambda window: place.get(window.rule, last)))


def fact_views(desk: Desk, basis: OrderBasis, always: Iterable[str]) -> tuple[FactView, ...]:
    """The facts to show: those always shown, then all others that are known."""
    catalogue = desk.rulebook.catalogue
    recorded: dict[str, Fact] = by_name(basis.recorded)
    names = dict.fromkeys((*always, *recorded))
    return tuple(
        fact_view(definition, recorded, basis.facts.get(name))
        for name in names
        if (definition := catalogue.find(name)) is not None
        and definition.subject is not FactSubject.PLACE
    )


def marks_of(desk: Desk, facts: Facts) -> tuple[LifeMark, ...]:
    """The dated facts of an order as marks on its line of life, by day."""
    marks = []
    for name in _MARKS:
        value = facts.get(name)
        definition = desk.rulebook.catalogue.find(name)
        if definition is None or not isinstance(value, dt.date):
            continue
        day = value.date() if isinstance(value, dt.datetime) else value
        marks.append(LifeMark(day, label_of(definition), "fact"))
    return tuple(sorted(marks, key=lambda mark: mark.day))


def what_if(
    desk: Desk,
    order_id: OrderId,
    values: Mapping[FactName, FactValue | None],
    *,
    problem: Problem | None = None,
    today: dt.date | None = None,
) -> WhatIf:
    """Windows and plan with some facts changed; keeps nothing.

    Args:
        desk: The desk.
        order_id: The order.
        values: The facts to change; `None` takes one away.
        problem: What is wrong; `None` asks as if the parcel never came.
        today: The day to compute as of; `None` is today.
    """
    from disputedesk.desk.basis import read_order
    from disputedesk.desk.watching import watched_facts

    day = today or desk.today
    with desk.store.snapshot() as rows:
        facts = read_order(rows, order_id).facts
    facts = (
        watched_facts(facts) if problem is None else facts.with_values({"problem": str(problem)})
    )
    facts = facts.with_values({str(name): value for name, value in values.items()})
    windows = desk.rulebook.windows(facts, today=day, explain=True)
    return WhatIf(windows, desk.rulebook.plan(windows, facts, today=day))

"""Refunds that were promised for a day that has passed: rows of *Today*, without SQLAlchemy."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from disputedesk.common.texts import day_text, tr, trn
from disputedesk.deadlines.words import Actor, Avenue, Status
from disputedesk.desk import words
from disputedesk.desk.views import LATE_REFUND, DueGroup, DueView, NextStep, StepKind
from disputedesk.model.credit_ledger import OpenPromise, open_promises
from disputedesk.model.ids import CaseId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.model.case import Case
    from disputedesk.store.reading.bases import OrderBase


def late_refunds(desk: Desk, today: dt.date, limit: int) -> tuple[DueView, ...]:
    """For each open case with a promised refund that is late, a row; the latest first.

    Args:
        desk: The desk.
        today: The day it is.
        limit: The most rows.
    """
    basis = desk.reader().basis
    found: dict[CaseId, OpenPromise] = {}
    for case_id, lines in basis.credits_of_late(today).items():
        late = [one for one in open_promises(lines) if one.days_late(today)]
        if late:
            found[case_id] = max(late, key=lambda one: one.days_late(today))
    if not found:
        return ()
    cases = basis.cases(found)
    orders = basis.orders({case.order for case in cases.values()})
    rows = [
        _row(case, orders[case.order], found[case.id], today)
        for case in cases.values()
        if case.order in orders
    ]
    return tuple(sorted(rows, key=lambda row: row.act_by or today))[:limit]


def late_sentence(promise: OpenPromise, today: dt.date) -> str:
    """How late a promised refund is, one sentence."""
    count = promise.days_late(today)
    return trn(
        "The refund of {sum} was promised for {day}: late since {count} day.",
        "The refund of {sum} was promised for {day}: late since {count} days.",
        count,
        sum=words.money_text(promise.left),
        day=day_text(promise.credit.due_on or promise.credit.on),
    )


def _row(case: Case, base: OrderBase, promise: OpenPromise, today: dt.date) -> DueView:
    order = base.order
    seller = order.seller.name if order.seller else ""
    number = tr("order {number}", number=order.number)
    parts = (words.platform_title(order.platform), seller, number)
    return DueView(
        order=order.id,
        case=case.id,
        rule=LATE_REFUND,
        group=DueGroup.OVERDUE,
        title=tr("Promised refund not here: {item}", item=order.title),
        subtitle=" · ".join(part for part in parts if part),
        avenue=Avenue.SELLER,
        avenue_title=tr("Promised refund"),
        status=Status.CLOSED,
        act_by=promise.credit.due_on,
        closes=None,
        closes_at=None,
        opens=None,
        acts=Actor.SELLER,
        money=promise.left,
        nothing=late_sentence(promise, today),
        step=NextStep(StepKind.OPEN_CASE, tr("Ask where it is"), LATE_REFUND),
        reserve=False,
        case_number=case.number,
        client=base.client.name,
        client_is_self=base.client.is_self,
    )

"""Guards: what an act would lose, and until when, before it is done."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from disputedesk.desk.queries.orders import what_if
from disputedesk.model.ids import FactName, OrderId
from disputedesk.safety.guards import GuardNotice, confirm_guard

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


def received_guard(
    desk: Desk, order_id: OrderId, *, on: dt.date, today: dt.date | None = None
) -> GuardNotice | None:
    """What marking the order received and confirmed would end; `None` where nothing is at stake.

    Args:
        desk: The desk.
        order_id: The order.
        on: The day of receipt.
        today: The day it is; `None` is the desk's.
    """
    with desk.store.snapshot() as rows:
        cases = [case for case in rows.cases.of_order(order_id) if case.outcome is None]
        order = rows.orders.get(order_id)
    problem = cases[0].problem if cases else None
    before = what_if(desk, order_id, {}, problem=problem, today=today)
    after = what_if(
        desk,
        order_id,
        {FactName("received_on"): on, FactName("confirmed_on"): on},
        problem=problem,
        today=today,
    )
    notice = confirm_guard(before.windows, after.windows, amount=order.total)
    return notice if notice.stops else None

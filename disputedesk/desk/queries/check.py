"""Links, messages and payments held against the safety desk; with an order, against its timer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from disputedesk.model.ids import FactName, OrderId
from disputedesk.safety.links import check_link
from disputedesk.safety.messages import check_message as check_text
from disputedesk.safety.payments import PaymentQuestion, check_payment
from disputedesk.safety.timers import OrderTimer
from disputedesk.safety.verdict import Verdict

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

__all__ = ["PaymentQuestion", "check_link", "check_message", "check_payment", "order_timer"]


def check_message(
    desk: Desk | None,
    text: str,
    *,
    language: str | None = None,
    order_id: OrderId | None = None,
) -> Verdict:
    """The verdict on what a seller or shop wrote.

    Args:
        desk: The desk the order is on; `None` without an order.
        text: The message.
        language: Its language; `None` recognises it.
        order_id: The order it is about: its own timer is part of the verdict.
    """
    timer = None
    if desk is not None and order_id is not None:
        timer = order_timer(desk, order_id)
    return check_text(text, language=language, order=timer)


def order_timer(desk: Desk, order_id: OrderId) -> OrderTimer:
    """What is at stake for an order: its timer, and what confirming now would leave."""
    from disputedesk.desk.queries.orders import what_if
    from disputedesk.desk.watching import watched_window

    with desk.store.snapshot() as rows:
        order = rows.orders.get(order_id)
        facts = {fact.name: fact.value for fact in rows.facts.current(order_id)}
    ends = facts.get(FactName("protection_ends_at"))
    confirmed = what_if(desk, order_id, {FactName("confirmed_on"): desk.today})
    left = watched_window(
        window for window in confirmed.windows if str(window.avenue) == "platform_dispute"
    )
    return OrderTimer(
        protection_ends_at=ends if isinstance(ends, dt.datetime) else None,
        now=desk.clock.now(),
        closes_after_confirming=None if left is None else left.closes,
        amount=order.total,
        today=desk.today,
    )

"""What a mail tells, in words for people."""

from __future__ import annotations

from typing import Final

from disputedesk.common.texts import mark, tr

_TEXTS: Final = {
    "confirmed": mark("Mail of {sender}, order confirmed"),
    "awaiting_payment": mark("Mail of {sender}, waiting for payment"),
    "paid": mark("Mail of {sender}, payment received"),
    "ready_to_ship": mark("Mail of {sender}, being made ready to ship"),
    "shipped": mark("Mail of {sender}, shipped"),
    "announced": mark("Mail of {sender}, parcel announced"),
    "in_transit": mark("Mail of {sender}, on its way"),
    "out_for_delivery": mark("Mail of {sender}, out for delivery"),
    "pickup": mark("Mail of {sender}, ready to be collected"),
    "delivered": mark("Mail of {sender}, delivered"),
    "awaiting_confirmation": mark("Mail of {sender}, asking to confirm receipt"),
    "delayed": mark("Mail of {sender}, delivery delayed"),
    "failed": mark("Mail of {sender}, delivery failed"),
    "cancelled": mark("Mail of {sender}, order cancelled"),
    "refunded": mark("Mail of {sender}, refund"),
    "update": mark("Mail of {sender}, news of an order"),
}


def describe(event: str, sender: str) -> str:
    """What the mail was recognised as; an unknown event gives only the sender."""
    return tr(_TEXTS.get(event, mark("Mail of {sender}")), sender=sender)

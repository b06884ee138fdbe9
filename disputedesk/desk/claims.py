"""Which statements of a case an exhibit can prove, and which it proves while nobody says more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from disputedesk.common.texts import mark, tr
from disputedesk.deadlines.catalogue import FactCatalogue
from disputedesk.desk import words
from disputedesk.desk.evidence_views import ClaimView
from disputedesk.desk.facts import label_of

if TYPE_CHECKING:
    from disputedesk.desk.basis import CaseBasis

PROVES: Final[Mapping[str, tuple[str, ...]]] = {
    "order_page": (
        "order_number",
        "items",
        "ordered_on",
        "amount",
        "platform",
        "promised_by",
        "expected_delivery",
    ),
    "listing": ("goods_promised", "items"),
    "tracking": ("tracking_status", "tracking", "last_scan_on", "delivered_on", "not_received"),
    "chat": ("contact", "contacted_seller_on", "seller_answer", "contact_impossible"),
    "statement": (
        "transaction_date",
        "processing_date",
        "amount_charged",
        "descriptor",
        "merchant",
    ),
    "receipt": ("amount_charged", "correct_amount", "other_payment_on"),
    "photo": ("goods_received", "received_on", "counterfeit", "goods_missing"),
    "video": ("goods_received",),
    "fault": ("goods_received", "counterfeit"),
    "size": ("goods_received",),
    "serial": ("goods_received", "counterfeit"),
    "packaging": ("received_on", "goods_missing"),
    "timer": ("protection_ends_at",),
    "decision": ("platform_decided_on",),
    "cancellation": ("cancelled_on", "cancellation_method", "cancellation_number"),
    "return_proof": ("returned_on", "return_tracking", "return_carrier", "return_delivered_on"),
    "refund_promise": ("credit_voucher_on", "credit_promised"),
    "police_report": ("police_report", "reported_on"),
    "reply": ("merchant_reply_on", "reply_asked_by"),
}
"""Which statements an exhibit of each kind shows, unless somebody said what it proves."""

_NAMES: Final = {
    "order_number": mark("The order number"),
    "items": mark("What was ordered"),
    "tracking": mark("The tracking number"),
    "not_received": mark("That nothing came"),
    "contact": mark("That the seller was asked"),
    "seller_answer": mark("What the seller answered"),
    "amount_charged": mark("The sum that was charged"),
    "descriptor": mark("The name on the statement"),
    "merchant": mark("Who charged it"),
}
"""Statements that are no facts of their own."""

_LONGEST_VALUE: Final = 60


def claims_of(
    basis: CaseBasis, kind: str, said: Collection[str], catalogue: FactCatalogue
) -> tuple[ClaimView, ...]:
    """What an exhibit of a case may be said to prove, in an order that ticking does not change.

    What is usual for its kind comes first, then what the case knows, then the rest.

    Args:
        basis: The case.
        kind: What the exhibit is; decides what is usual.
        said: What somebody said it proves.
        catalogue: What facts mean.
    """
    usual = PROVES.get(kind, ())
    known = (str(fact.name) for fact in basis.order.recorded)
    names = (*usual, *known, *_all_usual())
    offered = (name for name in names if name in _NAMES or name in catalogue)
    return tuple(
        ClaimView(name, _text(name, catalogue), _value(basis, name), name in said, name in usual)
        for name in dict.fromkeys((*offered, *said))
    )


def _all_usual() -> Iterable[str]:
    return (name for names in PROVES.values() for name in names)


def _text(name: str, catalogue: FactCatalogue) -> str:
    if name in _NAMES:
        return tr(_NAMES[name])
    definition = catalogue.find(name)
    return name if definition is None else label_of(definition)


def _value(basis: CaseBasis, name: str) -> str:
    """What the case knows of it, short enough for a line."""
    if name == "order_number":
        return basis.order.order.number
    text = " ".join(words.fact_value_text(basis.facts.get(name)).split())
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"

"""Facts as they are shown and asked for, and made harmless before they are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from disputedesk.common.errors import Refused
from disputedesk.common.secrets import mask
from disputedesk.common.texts import day_text, mark, tr
from disputedesk.deadlines.catalogue import FactCatalogue
from disputedesk.desk.views import FactView
from disputedesk.model.fact import Fact, FactDefinition, FactValue
from disputedesk.model.ids import FactName
from disputedesk.model.money import Money

_LABELS: Final = {
    "platform": mark("Platform"),
    "ordered_on": mark("Ordered"),
    "dispatch_due_on": mark("To be shipped by"),
    "shipped_on": mark("Shipped"),
    "promised_by": mark("Promised by"),
    "expected_delivery": mark("Expected"),
    "last_scan_on": mark("Last scan"),
    "delivered_on": mark("Delivered (carrier)"),
    "received_on": mark("Received"),
    "confirmed_on": mark("Confirmed"),
    "protection_ends_at": mark("Protection ends"),
    "extended_by_days": mark("Extended by"),
    "order_closed_on": mark("Order closed"),
    "cancelled_on": mark("Cancelled"),
    "merchant_cancelled_on": mark("Cancelled by the shop"),
    "category": mark("Category"),
    "free_return": mark("Free return"),
    "method": mark("Paid with"),
    "network": mark("Card network"),
    "wallet": mark("Wallet"),
    "card_kind": mark("Kind of card"),
    "issuer": mark("Bank"),
    "issuer_country": mark("Country of the bank"),
    "transaction_date": mark("Paid"),
    "processing_date": mark("Booked"),
    "debit_date": mark("Debited"),
    "statement_sent_on": mark("Statement sent"),
    "amount": mark("Sum"),
    "currency": mark("Currency"),
    "item_price": mark("Price of the item"),
    "problem": mark("What went wrong"),
    "aware_on": mark("Noticed"),
    "contacted_seller_on": mark("Seller asked"),
    "seller_refused_on": mark("Seller refused"),
    "returned_on": mark("Sent back"),
    "return_delivered_on": mark("Return delivered"),
    "credit_voucher_on": mark("Refund promised"),
    "service_ended_on": mark("Service ended"),
    "merchant_closed_on": mark("Shop closed"),
    "withdrawn_on": mark("Withdrawn"),
    "informed_of_withdrawal_on": mark("Told of the right"),
    "platform_dispute_opened_on": mark("Dispute opened"),
    "platform_escalated_on": mark("Escalated"),
    "platform_decided_on": mark("Platform decided"),
    "filed_on": mark("Filed with the bank"),
    "provisional_credit_on": mark("Provisional credit"),
    "merchant_reply_on": mark("Merchant replied"),
    "complained_on": mark("Complained"),
    "final_response_on": mark("Final response"),
    "reply_asked_by": mark("Answer asked by"),
    "consumer_country": mark("Your country"),
    "consumer_subdivision": mark("Your region"),
    "consumer_zone": mark("Your time zone"),
    "seller_country": mark("Seller's country"),
    "seller_subdivision": mark("Seller's region"),
    "issuer_subdivision": mark("Region of the bank"),
    "timer_zone": mark("Zone of the timer"),
    "merchant_category": mark("Merchant code"),
    "dispute_ends_at": mark("Dispute open until"),
    "travel_agency": mark("Travel agency"),
    "third_party_gift_card": mark("Gift card of others"),
    "seller_gift_card": mark("Seller's gift card"),
    "gift_card_expires_on": mark("Gift card expires"),
    "gift_card_no_expiry": mark("Never expires"),
    "card_present": mark("Card was used"),
    "extra_charge": mark("Extra charge"),
    "refund_lost_on_exchange": mark("Exchange loss"),
    "adjustment_on": mark("Adjusted"),
    "refund_processed_on": mark("Refund booked"),
    "balance_unpaid": mark("Still owed"),
    "paid_seller_directly": mark("Paid directly"),
    "payee_bank_in_eea": mark("Bank in the EEA"),
    "wallet_dispute_opened_on": mark("Wallet dispute"),
    "wallet_escalated_on": mark("Wallet asked"),
    "wallet_decided_on": mark("Wallet decided"),
    "refund_promise_undated": mark("Undated promise"),
    "return_ordered": mark("Return ordered"),
    "goods_accepted": mark("Goods accepted"),
    "same_state_or_100_miles": mark("Sold nearby"),
    "notice_received_on": mark("Notice received"),
    "withdrawal_not_explained": mark("Right not told"),
    "delivery_address": mark("Delivered to"),
    "no_delivery_date": mark("No day named"),
    "tracking_status": mark("Tracking says"),
    "merchant_in_business": mark("Seller still trades"),
    "goods_missing": mark("What is missing"),
    "goods_promised": mark("What was promised"),
    "goods_received": mark("What came"),
    "goods_location": mark("Where it is now"),
    "expert_note": mark("Expert's word"),
    "return_carrier": mark("Return carrier"),
    "return_tracking": mark("Return tracking"),
    "return_refused_on": mark("Return refused"),
    "return_impossible": mark("Why not returned"),
    "credit_promised": mark("Promised sum"),
    "credit_reference": mark("Credit note"),
    "cancellation_method": mark("Cancelled by way of"),
    "cancellation_number": mark("Cancellation number"),
    "cancellation_reason": mark("Cancelled because"),
    "policy_shown": mark("Terms were shown"),
    "correct_amount": mark("Right sum"),
    "other_payment_on": mark("Other payment"),
    "other_payment_reference": mark("Its reference"),
    "other_payment_means": mark("Otherwise paid with"),
    "amount_mistake": mark("What is wrong"),
    "reported_on": mark("Reported to bank"),
    "card_blocked_on": mark("Card blocked"),
    "card_in_possession": mark("Card was with you"),
    "codes_disclosed": mark("Code passed on"),
    "police_report": mark("Police report"),
    "cash_place": mark("Cash machine"),
    "cash_received": mark("Cash paid out"),
    "descriptor": mark("Name on statement"),
    "contact_channel": mark("Seller reached by"),
    "contact_person": mark("Spoken to"),
    "seller_answer": mark("Seller's answer"),
    "contact_impossible": mark("Why not reached"),
    "breach": mark("Broken promise"),
    "paid_otherwise": mark("Part paid otherwise"),
    "contract_parties": mark("Who sold, who took"),
    "further_loss": mark("Further loss"),
}


_OWN_PLACE: Final = {
    "platform": mark(
        "Where an order was bought stays with it; add it again on the right platform."
    ),
    "problem": mark("What went wrong stands on the case: case set CASE problem=…"),
}
"""Facts that the order or the case itself says; a second place would contradict it."""
_AHEAD: Final = dt.timedelta(days=1)
"""A client's calendar can be a day ahead of the desk's."""
LARGEST_MINOR: Final = 10**15
"""In a currency's smallest coins: beyond any payment, and well within what the store can hold."""


def check_fact(
    catalogue: FactCatalogue, name: FactName, value: FactValue | None, *, today: dt.date
) -> None:
    """Refuses a fact that has its own place, a sum nobody can have paid, or a day still to come.

    Args:
        catalogue: Tells which days may lie ahead; a promise or a limit may.
        name: The fact.
        value: What is to be recorded; `None` makes it unknown, which is always taken.
        today: The desk's day.

    Raises:
        Refused: Names the fact and says where it belongs.
    """
    if value is None:
        return
    if name in _OWN_PLACE:
        raise Refused(tr("This is not recorded as a fact."), name, tr(_OWN_PLACE[name]))
    if isinstance(value, Money):
        check_sum(value, name)
    definition = catalogue.find(name)
    happened = definition is not None and not definition.ahead
    day = value.date() if isinstance(value, dt.datetime) else value
    if happened and isinstance(day, dt.date) and day > today + _AHEAD:
        raise Refused(
            tr("{day} has not come yet.", day=day_text(day)),
            name,
            tr("Write the day it happened, or leave it unknown until it has."),
        )


def check_sum(money: Money, where: str) -> None:
    """Refuses a sum below nothing, or one too large to be meant.

    Raises:
        Refused: Names where it stands.
    """
    if not 0 <= money.minor <= LARGEST_MINOR:
        raise Refused(
            tr("{text} is no sum that was paid.", text=str(money)),
            where,
            tr("Write what was paid, as 43.10 USD."),
        )


def plain_fact(value: FactValue) -> FactValue:
    """The value with card numbers and codes masked, where it is a text."""
    return mask(value) if isinstance(value, str) else value


def fact_label(catalogue: FactCatalogue, name: FactName) -> str:
    """A fact's name in words."""
    definition = catalogue.find(name)
    return label_of(definition) if definition is not None else str(name)


def label_of(definition: FactDefinition) -> str:
    """A fact's name in one to three words, as it stands before its value."""
    label = _LABELS.get(definition.name)
    return tr(label) if label else tr(definition.text).rstrip(".")


def fact_view(
    definition: FactDefinition, recorded: Mapping[str, Fact], value: FactValue | None = None
) -> FactView:
    """One fact as it is shown.

    Args:
        definition: What it means.
        recorded: What was recorded, by name; gives value and source.
        value: Its value where the order itself says it; `None` takes the recorded one.
    """
    fact = recorded.get(definition.name)
    return FactView(
        name=definition.name,
        label=label_of(definition),
        subject=definition.subject,
        kind=definition.kind,
        value=fact.value if fact is not None else value,
        source=fact.source if fact is not None else None,
        question=tr(definition.question) or tr(definition.text),
        choices=definition.choices,
    )


def by_name(facts: Iterable[Fact]) -> dict[str, Fact]:
    """Facts by name; of two the later counts."""
    return {fact.name: fact for fact in facts}

"""Windows counted by hand from the sources' words: an oracle that owes nothing to the engine.

Each row: the rule, the facts, and what must come out. Day 0 is the anchor's day; "within N days"
ends with day N; a wait of N days opens on day N. Rows say in their last column what their edge is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from disputedesk.deadlines.window import Window

WindowOf = Callable[..., Window | None]

CONTEXT = {
    "visa": "network visa",
    "mastercard": "network mastercard",
    "aliexpress": "platform aliexpress",
    "paypal": "wallet paypal",
    "us": "issuer_country US, card_kind credit",
    "uk": "consumer_country GB, card_kind credit, item_price 250.00 GBP",
    "eu": "problem changed_mind",
}
"""What every row of a pack takes for granted."""

DE = "consumer_country DE, consumer_subdivision BY"

ROWS: list[tuple[str, str, str, str]] = [
    # -- Visa: 120 days from processing or from the event, whichever is later; cap of 540
    ("visa.13.1", "processing_date 2025-01-12, expected_delivery 2025-03-20",
     "opens 2025-03-21, closes 2025-07-18", "expected day decides"),
    ("visa.13.1", "processing_date 2024-01-08, expected_delivery 2025-06-01",
     "opens 2025-06-02, closes 2025-07-01", "cap binds"),
    ("visa.13.1", "processing_date 2024-06-01, expected_delivery 2025-07-26",
     "closes 2025-11-23", "expected day + 120 is exactly the cap"),
    ("visa.13.1", "processing_date 2024-06-01, expected_delivery 2025-07-27",
     "closes 2025-11-23", "one day beyond the cap"),
    ("visa.13.1", "processing_date 2025-12-01, expected_delivery 2025-11-20",
     "opens 2025-11-21, closes 2026-03-31", "expected before processing"),
    ("visa.13.1", "processing_date 2025-12-01, expected_delivery 2026-02-28",
     "opens 2026-03-01, closes 2026-06-28", "month end"),
    ("visa.13.1", "transaction_date 2025-12-20, processing_date 2025-12-22",
     "opens 2026-01-04, closes 2026-04-21", "no day stated, over New Year"),
    ("visa.13.1", "transaction_date 2025-01-12, expected_delivery 2025-03-20",
     "opens 2025-03-21, closes 2025-07-18", "processing unknown, payment stands in"),
    ("visa.13.1", "processing_date 2025-01-12, promised_by 2025-03-20",
     "opens 2025-03-21, closes 2025-07-18", "the promise stands in"),
    ("visa.13.1", "processing_date 2026-01-02, expected_delivery 2026-02-10, "
     "problem late, returned_on 2026-03-20",
     "opens 2026-04-04, closes 2026-06-10", "came late and was sent back"),
    ("visa.13.1", "processing_date 2025-12-01, expected_delivery 2026-05-01, "
     "merchant_cancelled_on 2026-01-31, travel_agency yes",
     "opens 2026-03-02, closes 2026-08-29", "tour operator, over February"),
    ("visa.13.1", "processing_date 2025-11-03, transaction_date 2025-11-02, "
     "expected_delivery 2025-12-24, third_party_gift_card yes",
     "closes 2026-03-03", "gift card of a third party"),
    ("visa.13.2", "processing_date 2025-10-31", "opens none, closes 2026-02-28", "month end"),
    ("visa.13.3", "processing_date 2024-01-05, received_on 2024-02-29",
     "closes 2024-06-28", "received on a leap day"),
    ("visa.13.3", "processing_date 2024-02-10, received_on 2024-02-12, cancelled_on 2024-03-01",
     "opens 2024-03-16, closes 2024-06-11", "cancelled: 15 days"),
    ("visa.13.3", "processing_date 2025-06-20", "closes 2025-10-18", "receipt unknown"),
    ("visa.13.4", "processing_date 2025-10-01, received_on 2025-11-11",
     "closes 2026-03-11", "not yet told: receipt decides"),
    ("visa.13.4", "processing_date 2025-10-01", "closes 2026-01-29", "only processing known"),
    ("visa.13.5", "processing_date 2025-05-31, received_on 2025-05-20",
     "closes 2025-09-28", "processing after receipt"),
    ("visa.13.5", "processing_date 2023-08-01, received_on 2024-12-24",
     "closes 2025-01-22", "cap binds"),
    ("visa.13.6", "processing_date 2023-12-01, credit_voucher_on 2024-02-14",
     "opens 2024-02-29, closes 2024-06-13", "wait ends on a leap day"),
    ("visa.13.6", "processing_date 2026-01-30, refund_promise_undated yes",
     "closes 2026-05-30", "undated promise"),
    ("visa.13.7", "processing_date 2025-01-02, received_on 2025-01-20, returned_on 2025-02-13",
     "opens 2025-02-28, closes 2025-05-20", "sent back"),
    ("visa.13.7", "processing_date 2023-01-01, received_on 2024-04-20, returned_on 2024-05-02",
     "closes 2024-06-24", "cap binds"),
    ("visa.13.9", "processing_date 2024-10-31", "closes 2025-02-28", "not a leap year"),
    ("visa.12.2", "processing_date 2025-02-28", "closes 2025-06-28, arguable none", "no refund"),
    ("visa.12.3", "processing_date 2025-09-03", "closes 2026-01-01", "ends on a holiday: no roll"),
    ("visa.12.5", "processing_date 2025-08-31", "closes 2025-12-29", "month end"),
    ("visa.12.6.1", "processing_date 2024-01-31", "closes 2024-05-30", "over a leap day"),
    ("visa.12.6.2", "processing_date 2024-01-31", "closes 2024-05-30", "over a leap day"),
    ("visa.10.4", "processing_date 2025-06-30, card_present no", "closes 2025-10-28", "plain"),
    ("visa.10.3", "processing_date 2025-06-30, card_present yes", "closes 2025-10-28", "plain"),
    ("visa.merchant_answer", "filed_on 2024-01-30", "closes 2024-02-29", "leap day"),
    ("visa.pre_arbitration", "filed_on 2024-01-02, merchant_reply_on 2024-01-31",
     "closes 2024-03-01", "over a leap day"),
    ("visa.response", "merchant_reply_on 2024-01-31", "status unknown", "never computed"),
    ("visa.response", "merchant_reply_on 2024-01-31, reply_asked_by 2024-02-12",
     "closes 2024-02-12", "the letter's own day"),
    # -- Mastercard
    ("mastercard.4853.not_received", "transaction_date 2025-01-15, processing_date 2025-01-17",
     "opens 2025-02-14, closes 2025-05-17", "no day named: 30 days"),
    ("mastercard.4853.not_received", "processing_date 2025-01-17, expected_delivery 2025-04-01",
     "opens 2025-04-02, closes 2025-05-17, arguable 2025-07-30", "two readings"),
    ("mastercard.4853.service_stopped",
     "processing_date 2025-08-01, service_ended_on 2025-10-01, aware_on 2025-10-10",
     "closes 2026-02-07", "day of learning decides"),
    ("mastercard.4853.service_stopped",
     "processing_date 2024-03-01, service_ended_on 2025-07-01, aware_on 2025-07-02",
     "closes 2025-08-23", "cap binds"),
    ("mastercard.4853.not_as_described", "processing_date 2025-08-20, received_on 2025-09-09",
     "opens none, closes 2026-01-07", "delivery decides"),
    ("mastercard.4853.credit_not_processed", "credit_voucher_on 2024-02-20",
     "opens 2024-03-06, closes 2024-06-19", "over a leap day"),
    ("mastercard.4853.recurring", "processing_date 2025-03-31", "closes 2025-07-29", "plain"),
    ("mastercard.4834.duplicate", "processing_date 2025-12-31", "closes 2026-03-31", "90, not 120"),
    ("mastercard.4834.amount", "processing_date 2024-11-30, extra_charge no",
     "closes 2025-02-28", "not a leap year"),
    ("mastercard.4834.currency", "processing_date 2025-12-02",
     "closes 2026-03-02, arguable 2026-04-01", "two readings"),
    ("mastercard.4837", "processing_date 2023-11-01", "closes 2024-02-29", "leap day"),
    ("mastercard.merchant_answer", "filed_on 2025-12-15", "closes 2026-01-29", "45 days"),
    # -- AliExpress
    ("aliexpress.dispute.not_received",
     "shipped_on 2024-02-20, protection_ends_at 2024-04-20T23:59:00-07:00",
     "opens 2024-03-02, closes 2024-05-05", "the 11th day, over a leap day"),
    ("aliexpress.dispute.not_received",
     "shipped_on 2025-10-01, protection_ends_at 2025-10-25T23:30:00-07:00",
     "closes 2025-11-09", "over the end of summer time"),
    ("aliexpress.dispute.not_received",
     "shipped_on 2025-10-01, protection_ends_at 2025-10-25T23:30:00-07:00, "
     "consumer_zone Asia/Tokyo", "closes 2025-11-10", "the next day in Tokyo"),
    ("aliexpress.dispute.not_received", "shipped_on 2026-11-01, confirmed_on 2026-12-20",
     "closes 2027-01-04", "confirmed, over New Year"),
    ("aliexpress.dispute.received", "confirmed_on 2026-12-20", "closes 2027-01-04", "New Year"),
    ("aliexpress.free_return", "free_return yes, seller_country CN, ordered_on 2025-12-01",
     "closes 2026-03-01", "90 days"),
    ("aliexpress.free_return", "free_return yes, seller_country DE, confirmed_on 2025-12-20",
     "closes 2026-01-04", "15 days"),
    ("aliexpress.free_return", "free_return yes, seller_country BR, confirmed_on 2024-02-23",
     "closes 2024-03-01", "7 days over a leap day"),
    ("aliexpress.dispute.seller_answer", "platform_dispute_opened_on 2025-02-25",
     "closes 2025-03-02", "5 days"),
    ("aliexpress.dispute.platform_decision",
     "platform_dispute_opened_on 2024-02-18, platform_escalated_on 2024-02-23",
     "closes 2024-03-01", "the seventh day included"),
    ("aliexpress.dispute.return_goods", "platform_decided_on 2025-02-20, return_ordered yes",
     "closes 2025-03-02", "10 days"),
    ("aliexpress.appeal", "platform_decided_on 2025-12-28",
     "status unknown, closes none, arguable 2026-01-04", "a doubtful reading only"),
    # -- PayPal
    ("paypal.dispute.not_received", "transaction_date 2025-09-01",
     "opens 2025-09-08, closes 2026-02-28", "180 days"),
    ("paypal.dispute.not_as_described", "transaction_date 2025-09-01",
     "opens none, closes 2026-02-28", "180 days"),
    ("paypal.escalate", "wallet_dispute_opened_on 2025-12-20", "closes 2026-01-09", "20 days"),
    ("paypal.appeal", "wallet_decided_on 2024-02-20", "closes 2024-03-01", "10 days"),
    ("paypal.unauthorised.us", "consumer_country US, statement_sent_on 2025-01-01",
     "closes 2025-03-02", "60 days"),
    # -- United States
    ("us.fcba.billing_error", "statement_sent_on 2025-07-02, problem not_received",
     "opens 2025-07-02, closes 2025-08-31", "ends on a Sunday: no roll"),
    ("us.fcba.billing_error", "statement_sent_on 2025-01-01, problem not_received",
     "closes 2025-03-02", "60 days over February"),
    ("us.fcba.billing_error", "statement_sent_on 2025-01-01, problem defective, goods_accepted yes",
     "status not_available", "quality of accepted goods"),
    ("us.fcba.acknowledge", "notice_received_on 2025-01-30", "closes 2025-03-01", "30 days"),
    ("us.fcba.resolve", "notice_received_on 2025-11-02, billing_cycle_ends_on 2025-12-01",
     "closes 2026-01-31", "90 days cap two cycles"),
    ("us.fcba.resolve", "notice_received_on 2025-11-02, billing_cycle_ends_on 2025-11-29",
     "closes 2026-01-29", "two cycles end before the cap"),
    ("us.fcba.resolve", "notice_received_on 2025-12-31", "closes 2026-02-28",
     "the cycle is unknown: its end can only be later"),
    ("us.fcba.claims_and_defenses",
     "amount 50.00 USD, balance_unpaid yes, same_state_or_100_miles yes",
     "status not_available", "50.00 is not over 50"),
    # -- United Kingdom
    ("uk.section75", "consumer_subdivision SCT, expected_delivery 2024-02-29, problem not_received",
     "closes 2029-02-28", "5 years from a leap day"),
    ("uk.section75", "consumer_subdivision NIR, received_on 2024-02-28, problem defective",
     "closes 2030-02-28", "6 years"),
    ("uk.section75", "consumer_subdivision ENG, aware_on 2023-07-04, received_on 2022-01-01, "
     "problem misrepresented", "closes 2029-07-04", "from discovery"),
    ("uk.section75", "item_price 30000.01 GBP, received_on 2024-02-28, problem defective",
     "status not_available", "above the upper limit"),
    ("uk.section75.pay_later", "consumer_subdivision ENG, method pay_later, "
     "third_party_credit yes, credit_agreed_on 2026-08-01, received_on 2026-08-09, "
     "problem defective", "closes 2032-08-09", "the new rules, 6 years"),
    ("uk.complaint.lender", "complained_on 2025-11-10", "closes 2026-01-05", "8 weeks"),
    ("uk.complaint.payment_services", "consumer_subdivision ENG, complained_on 2025-12-22, "
     "payment_services_complaint yes", "closes 2026-01-15", "15 business days over Christmas"),
    ("uk.ombudsman", "transaction_date 2025-01-05, complained_on 2025-07-01, "
     "final_response_on 2025-08-30", "opens 2025-08-27, closes 2026-02-28",
     "the day after the bank's 8 weeks comes first; 6 months clamp"),
    ("uk.ombudsman", "transaction_date 2019-05-01, aware_on 2023-06-10, "
     "final_response_on 2026-03-01", "closes 2026-06-10", "3 years from knowledge bind"),
    # -- European Union
    ("eu.withdrawal", f"{DE}, received_on 2026-04-20", "closes 2026-05-04", "a working Monday"),
    ("eu.withdrawal", f"{DE}, received_on 2026-03-20", "closes 2026-04-07", "Good Friday rolls"),
    ("eu.withdrawal", "consumer_country FR, received_on 2026-03-20",
     "closes 2026-04-03", "Good Friday is a working day in France"),
    ("eu.withdrawal", f"{DE}, received_on 2026-12-18", "closes 2027-01-04", "New Year's Friday"),
    ("eu.withdrawal", f"{DE}, received_on 2025-12-11", "closes 2025-12-29", "two free days"),
    ("eu.withdrawal", "consumer_country FR, received_on 2025-12-11",
     "closes 2025-12-26", "26 December works in France"),
    ("eu.withdrawal", "consumer_country PL, received_on 2025-12-10",
     "closes 2025-12-29", "24 December is free in Poland"),
    ("eu.withdrawal", f"{DE}, received_on 2025-12-10", "closes 2025-12-24", "not in Germany"),
    ("eu.withdrawal", "consumer_country ES, consumer_subdivision MD, received_on 2026-04-17",
     "closes 2026-05-01, arguable 2026-05-04", "Spain does not roll, arguably it does"),
    ("eu.withdrawal.send_back", f"{DE}, received_on 2026-04-10, withdrawn_on 2026-04-19",
     "closes 2026-05-04", "a Sunday rolls"),
    ("eu.withdrawal.not_informed", f"{DE}, received_on 2025-11-30, withdrawal_not_explained yes",
     "closes 2026-12-14", "14 days, then 12 months"),
    ("eu.withdrawal.not_informed", f"{DE}, received_on 2024-12-06, withdrawal_not_explained yes",
     "closes 2025-12-22", "a Saturday rolls"),
    ("eu.withdrawal.not_informed",
     "consumer_country ES, received_on 2024-12-06, withdrawal_not_explained yes",
     "closes 2025-12-20", "Spain does not roll"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "facts", "expected"),
    [pytest.param(*row[:3], id=f"{row[0]}: {row[3]}") for row in ROWS],
)
def test_a_window_is_what_the_hand_counts(
    window_of: WindowOf, rule: str, facts: str, expected: str
) -> None:
    pack = rule.partition(".")[0]
    given = facts if pack == "eu" and "problem" in facts else f"{CONTEXT[pack]}, {facts}"
    window = window_of(rule, given)
    assert window is not None
    said = {
        "opens": window.opens,
        "closes": window.closes,
        "arguable": window.arguable_until,
        "status": window.status,
    }
    for part in expected.split(", "):
        key, value = part.split(" ")
        if key == "status":
            assert said[key] == value
        else:
            assert said[key] == (None if value == "none" else dt.date.fromisoformat(value)), key


@pytest.mark.parametrize("network", ["mastercard", "maestro"])
def test_maestro_counts_as_mastercard(window_of: WindowOf, network: str) -> None:
    window = window_of("mastercard.4837", f"network {network}, processing_date 2025-01-01")
    assert window is not None
    assert window.closes == dt.date(2025, 5, 1)


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("visa.13.1", "network mastercard, processing_date 2025-01-01"),
        ("mastercard.4837", "network visa, processing_date 2025-01-01"),
        ("aliexpress.dispute.not_received", "platform ebay, shipped_on 2025-01-01"),
        ("paypal.dispute.not_received", "wallet klarna, transaction_date 2025-01-01"),
        ("us.fcba.billing_error", "issuer_country DE, statement_sent_on 2025-01-01"),
        ("uk.section75", "consumer_country DE, received_on 2025-01-01"),
        ("eu.withdrawal", "consumer_country GB, received_on 2025-01-01"),
        ("visa.13.1", "processing_date 2025-01-01"),
    ],
)
def test_a_pack_that_does_not_concern_an_order_gives_no_window(
    window_of: WindowOf, rule: str, facts: str
) -> None:
    assert window_of(rule, facts) is None


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("visa.13.1", "network visa, method bank_transfer, processing_date 2025-01-01"),
        ("visa.13.1", "network visa, issuer_country RU, transaction_date 2024-01-01"),
        ("mastercard.4837", "network mastercard, issuer_country RU, transaction_date 2024-01-01"),
        ("visa.13.7", "network visa, processing_date 2025-01-01"),
        (
            "aliexpress.cancel.seller_answer",
            "platform aliexpress, ordered_on 2020-03-15, cancelled_on 2020-03-15",
        ),
    ],
)
def test_what_is_not_available_says_why(window_of: WindowOf, rule: str, facts: str) -> None:
    window = window_of(rule, facts)
    assert window is not None
    assert window.status == "not_available"
    assert window.reason.endswith(".")


def test_a_russian_card_from_before_the_networks_left_is_not_refused(window_of: WindowOf) -> None:
    facts = "network visa, issuer_country RU, transaction_date 2022-02-01"
    window = window_of("visa.13.1", facts)
    assert window is not None
    assert window.status != "not_available"


@pytest.mark.parametrize(
    ("rule", "facts", "file_by"),
    [
        # ten business days back from Friday 18 July, 4 July being free in the United States
        ("visa.13.1", "issuer_country US", dt.date(2025, 7, 3)),
        ("visa.13.1", "issuer_country DE, issuer_subdivision BE", dt.date(2025, 7, 4)),
        ("visa.13.1", "", dt.date(2025, 7, 4)),
    ],
)
def test_a_bank_is_told_ten_business_days_before(
    window_of: WindowOf, rule: str, facts: str, file_by: dt.date
) -> None:
    known = "network visa, processing_date 2025-01-12, expected_delivery 2025-03-20"
    window = window_of(rule, f"{known}, {facts}" if facts else known)
    assert window is not None
    assert window.file_by == file_by


@pytest.mark.parametrize(
    ("rule", "facts", "file_by"),
    [
        # 15 March 2026 is a Sunday: seven business days back is Thursday the 5th
        ("us.fcba.billing_error", "issuer_country US, card_kind credit, problem not_received, "
         "statement_sent_on 2026-01-14", dt.date(2026, 3, 5)),
        # the working day before Tuesday after Easter is Maundy Thursday
        ("eu.withdrawal", f"{DE}, problem changed_mind, received_on 2026-03-20",
         dt.date(2026, 4, 2)),
        ("paypal.escalate", "wallet paypal, wallet_dispute_opened_on 2025-12-20",
         dt.date(2026, 1, 6)),
    ],
)  # fmt: skip
def test_the_day_to_act_by_leaves_the_avenue_its_margin(
    window_of: WindowOf, rule: str, facts: str, file_by: dt.date
) -> None:
    window = window_of(rule, facts)
    assert window is not None
    assert window.file_by == file_by


def test_the_day_to_act_by_is_never_before_the_first_day(window_of: WindowOf) -> None:
    facts = "network visa, processing_date 2024-01-08, expected_delivery 2025-06-28"
    window = window_of("visa.13.1", facts)
    assert window is not None
    assert (window.opens, window.closes) == (dt.date(2025, 6, 29), dt.date(2025, 7, 1))
    assert window.file_by == window.opens


@pytest.mark.parametrize(
    ("today", "status"),
    [
        ("2025-03-20", "not_yet"),
        ("2025-03-21", "open"),
        ("2025-06-26", "open"),
        ("2025-06-27", "closing"),
        ("2025-07-18", "closing"),
        ("2025-07-19", "closed"),
    ],
)
def test_a_status_changes_on_the_day_it_should(
    window_of: WindowOf, today: str, status: str
) -> None:
    facts = "network visa, processing_date 2025-01-12, expected_delivery 2025-03-20"
    window = window_of("visa.13.1", facts, dt.date.fromisoformat(today))
    assert window is not None
    assert window.status == status


def test_a_wait_that_would_end_after_the_last_day_falls_away(window_of: WindowOf) -> None:
    facts = (
        "network visa, processing_date 2025-01-01, received_on 2025-01-05, returned_on 2025-05-01"
    )
    window = window_of("visa.13.3", facts, dt.date(2025, 5, 2))
    assert window is not None
    assert window.closes == dt.date(2025, 5, 5)
    assert window.opens is None
    assert window.status == "closing"


@pytest.mark.parametrize(
    "facts",
    [
        "network visa, wallet paypal, problem not_received",
        "network mastercard, wallet paypal, problem not_received",
    ],
)
def test_a_chargeback_on_a_card_behind_paypal_warns_of_its_case(
    window_of: WindowOf, facts: str
) -> None:
    rule = "visa.13.1" if "visa" in facts else "mastercard.4853.not_received"
    window = window_of(rule, f"{facts}, processing_date 2025-01-01")
    assert window is not None
    assert [effect.avenue for effect in window.forfeits] == ["wallet_claim"]
    assert window.pauses == ()


def test_a_chargeback_freezes_an_aliexpress_order(window_of: WindowOf) -> None:
    facts = "network visa, platform aliexpress, processing_date 2025-01-01"
    window = window_of("visa.13.1", facts)
    assert window is not None
    assert [effect.avenue for effect in window.pauses] == ["platform_dispute"]
    assert window.forfeits == ()

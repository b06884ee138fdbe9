"""The figures of the first seven packs against a table typed from the collected facts.

`120d processing_date` is 120 days from that fact; `cap` and `floor` mark limits of the result.
A row is written from the facts, not from the pack: whoever changes a figure changes it twice.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from disputedesk.common import locations

UNITS = {"days": "d", "business_days": "bd", "weeks": "w", "months": "m", "years": "y"}

FIGURES: list[tuple[str, str, str, str]] = [
    # rule, what its window is made of, and a source key that must be among those it cites
    ("visa.13.1", "opens", "30d merchant_cancelled_on; 15d returned_on; 1d expected_delivery; "
     "1d promised_by; 15d transaction_date", "q131"),
    ("visa.13.1", "closes", "120d processing_date; 120d expected_delivery; "
     "cap 540d processing_date", "q131"),
    ("visa.13.2", "closes", "120d processing_date", "q132"),
    ("visa.13.3", "opens", "15d returned_on; 15d cancelled_on", "kt133"),
    ("visa.13.3", "closes", "120d processing_date; 120d received_on; "
     "cap 540d processing_date", "kt133"),
    ("visa.13.4", "closes", "120d processing_date; 120d received_on; 120d aware_on; "
     "cap 540d processing_date", "midi134"),
    ("visa.13.5", "opens", "15d returned_on; 15d cancelled_on", "midi135"),
    ("visa.13.5", "closes", "120d processing_date; 120d received_on; "
     "cap 540d processing_date", "q135"),
    ("visa.13.6", "opens", "15d credit_voucher_on", "q136"),
    ("visa.13.6", "closes", "120d credit_voucher_on; 120d processing_date; "
     "cap 540d processing_date", "verifi136"),
    ("visa.13.7", "opens", "15d returned_on; 15d cancelled_on", "q137"),
    ("visa.13.7", "closes", "120d processing_date; 120d received_on; 120d expected_delivery; "
     "cap 540d processing_date", "q137"),
    ("visa.13.7", "arguable", "120d adjustment_on", "q137"),
    ("visa.13.9", "closes", "120d processing_date", "kt139"),
    ("visa.13.9", "arguable", "120d adjustment_on", "kt139"),
    ("visa.12.2", "closes", "120d processing_date", "q122"),
    ("visa.12.2", "arguable", "120d refund_processed_on", "q122"),
    ("visa.12.3", "closes", "120d processing_date", "midi123"),
    ("visa.12.5", "closes", "120d processing_date", "dmkt"),
    ("visa.12.6.1", "closes", "120d processing_date", "q126"),
    ("visa.12.6.2", "closes", "120d processing_date", "q126"),
    ("visa.10.4", "closes", "120d processing_date", "q104"),
    ("visa.10.3", "closes", "120d processing_date", "dmkt"),
    ("visa.merchant_answer", "closes", "30d filed_on", "cstop133"),
    ("visa.pre_arbitration", "closes", "30d merchant_reply_on", "qvisapre"),
    ("visa.13.6.adjustment", "closes", "120d adjustment_on", "q136"),
    ("visa.13.8", "closes", "120d original_credit_on", "q138"),
    ("visa.12.1", "closes", "75d processing_date", "midm121"),
    ("visa.12.1", "arguable", "120d processing_date", "midm121"),
    ("visa.12.4", "closes", "120d processing_date", "q124"),
    ("visa.11.1", "closes", "75d processing_date", "kt112"),
    ("visa.11.2", "closes", "75d processing_date", "kt112"),
    ("visa.11.3", "closes", "75d processing_date", "kt113"),
    ("visa.10.1", "closes", "120d processing_date", "dmkt"),
    ("visa.10.2", "closes", "120d processing_date", "dmkt"),
    ("visa.pre_arbitration.reply", "closes", "30d pre_arbitration_on", "qvisapre"),
    ("visa.arbitration", "closes", "10d pre_arbitration_answered_on", "cflow"),
    ("visa.response", "closes", "0d reply_asked_by", "forte23"),
    ("mastercard.4853.not_received", "opens", "1d expected_delivery; 1d promised_by; "
     "30d transaction_date", "q4853np"),
    ("mastercard.4853.not_received", "closes", "120d processing_date; "
     "floor 1d expected_delivery", "kt4853np"),
    ("mastercard.4853.not_received", "arguable", "120d expected_delivery", "q4853np"),
    ("mastercard.4853.service_stopped", "closes", "120d aware_on; 120d service_ended_on; "
     "cap 540d processing_date", "q4853np"),
    ("mastercard.4853.gift_card", "closes", "120d gift_card_expires_on; 540d processing_date",
     "kt4853np"),
    ("mastercard.4853.not_as_described", "opens", "15d returned_on; 15d cancelled_on", "midi53"),
    ("mastercard.4853.not_as_described", "closes", "120d processing_date; 120d received_on; "
     "120d cancelled_on; 120d service_ended_on; cap 540d processing_date", "midi53"),
    ("mastercard.4853.counterfeit", "closes", "120d processing_date", "q4853cf"),
    ("mastercard.4853.counterfeit", "arguable", "120d received_on", "q4853cf"),
    ("mastercard.4853.credit_not_processed", "opens", "15d credit_voucher_on; 15d returned_on; "
     "15d cancelled_on; 15d merchant_cancelled_on", "q4853cnp"),
    ("mastercard.4853.credit_not_processed", "closes", "120d credit_voucher_on; "
     "120d returned_on; 120d cancelled_on; 120d merchant_cancelled_on", "q4853cnp"),
    ("mastercard.4853.recurring", "closes", "120d processing_date", "kt4853rec"),
    ("mastercard.4853.addendum", "closes", "120d processing_date", "kt4853add"),
    ("mastercard.4853.credit_posted_as_charge", "closes", "120d processing_date", "mcguide"),
    ("mastercard.4834.duplicate", "closes", "90d processing_date", "forte4834"),
    ("mastercard.4834.other_means", "closes", "90d processing_date", "forte4834"),
    ("mastercard.4834.amount", "closes", "90d processing_date", "kt4834amt"),
    ("mastercard.4834.loss_damage", "closes", "90d processing_date", "forte4834"),
    ("mastercard.4834.exchange_loss", "closes", "90d processing_date", "midi4834x"),
    ("mastercard.4834.currency", "closes", "90d processing_date", "forte4834"),
    ("mastercard.4834.currency", "arguable", "120d processing_date", "midi4834old"),
    ("mastercard.4834.cash_machine", "closes", "90d processing_date", "guru4834"),
    ("mastercard.4834.cash_machine", "arguable", "120d processing_date", "guru4834"),
    ("mastercard.4837", "closes", "120d processing_date", "kt4837"),
    ("mastercard.merchant_answer", "closes", "45d filed_on", "cflow"),
    ("mastercard.4853.failed_travel", "closes", "120d processing_date", "q4853np2"),
    ("mastercard.4853.failed_travel", "arguable", "120d expected_delivery", "q4853np2"),
    ("mastercard.4853.no_show", "closes", "120d processing_date", "mcguide"),
    ("mastercard.4853.timeshare", "closes", "120d processing_date", "q4853ts"),
    ("mastercard.4853.digital_goods", "closes", "120d processing_date", "mcguide"),
    ("mastercard.4853.not_completed", "closes", "120d processing_date", "mcguide"),
    ("mastercard.4834.unreasonable_amount", "closes", "90d processing_date", "kt4834ur"),
    ("mastercard.4870", "closes", "120d processing_date", "adyeniss"),
    ("mastercard.4871", "closes", "120d processing_date", "adyeniss"),
    ("mastercard.4808", "closes", "90d processing_date", "kt4808"),
    ("mastercard.4808.late_presentment", "closes", "90d processing_date", "forte4808"),
    ("mastercard.pre_arbitration", "closes", "45d merchant_reply_on", "cflow"),
    ("mastercard.pre_arbitration.answer", "closes", "30d pre_arbitration_on", "adyenmc"),
    ("mastercard.arbitration", "closes", "0d next_step_limit_on", "qmcpre"),
    ("mastercard.response", "closes", "0d reply_asked_by", "qmcpre"),
    ("aliexpress.dispute.not_received", "opens", "11d shipped_on", "help2018"),
    ("aliexpress.dispute.not_received", "closes", "0d dispute_ends_at; 15d confirmed_on; "
     "15d order_closed_on; 15d protection_ends_at; 15d promised_by", "help2021"),
    ("aliexpress.dispute.received", "closes", "0d dispute_ends_at; 15d confirmed_on; "
     "15d order_closed_on; 15d protection_ends_at; 15d received_on; 15d promised_by", "short"),
    ("aliexpress.free_return", "closes", "90d ordered_on; 7d confirmed_on; 7d order_closed_on; "
     "15d confirmed_on; 15d order_closed_on", "sale"),
    ("aliexpress.free_return.warehouse", "closes", "8d returned_on", "sale"),
    ("aliexpress.dispute.seller_answer", "closes", "5d platform_dispute_opened_on", "help2018"),
    ("aliexpress.dispute.platform_decision", "closes", "7d platform_escalated_on", "seller19333"),
    ("aliexpress.dispute.return_goods", "closes", "10d platform_decided_on", "seller19333"),
    ("aliexpress.dispute.response", "closes", "0d reply_asked_by", "handling2022"),
    ("aliexpress.appeal", "closes", "0d reply_asked_by", "appeal"),
    ("aliexpress.appeal", "arguable", "7d platform_decided_on", "appeal"),
    ("aliexpress.cancel.seller_answer", "closes", "2d cancel_asked_at; 2d cancelled_on",
     "cancel"),
    ("aliexpress.seller_ships", "closes", "0d dispatch_due_on", "cancel"),
    ("aliexpress.dispute.until_2013", "opens", "6d shipped_on", "claim2012"),
    ("aliexpress.dispute.until_2013", "closes", "23d shipped_on; 27d shipped_on; 39d shipped_on; "
     "cap 0d confirmed_on; cap 0d order_closed_on", "protection2012"),
    ("aliexpress.dispute.until_2018", "opens", "6d shipped_on; 11d shipped_on", "blog2015"),
    ("aliexpress.dispute.until_2018", "closes", "0d dispute_ends_at; 0d confirmed_on; "
     "0d order_closed_on; 0d protection_ends_at", "blog2015"),
    ("aliexpress.dispute.until_2018", "arguable", "15d confirmed_on; 15d order_closed_on; "
     "15d protection_ends_at", "help2018"),
    ("aliexpress.dispute.talk_until_2015", "closes", "15d platform_dispute_opened_on",
     "claim2012"),
    ("aliexpress.dispute.file_claim", "opens", "4d platform_dispute_opened_on; "
     "3d platform_dispute_opened_on", "blog2015"),
    ("aliexpress.dispute.file_claim", "closes", "15d platform_dispute_opened_on", "claim2012"),
    ("aliexpress.dispute.in_transit", "closes", "0d promised_by", "help2021"),
    ("aliexpress.dispute.evidence", "closes", "0d reply_asked_by; 3d evidence_asked_on", "proof"),
    ("aliexpress.appeal_check", "closes", "5bd appeal_sent_on", "appeal"),
    ("aliexpress.frozen", "closes", "0d bank_answers_by", "frozen"),
    ("aliexpress.fast_delivery.not_received", "opens", "0d shipped_on; 1d promised_by", "sale"),
    ("aliexpress.fast_delivery.not_received", "closes", "0d dispute_ends_at", "sale"),
    ("aliexpress.fast_delivery.coupon", "closes", "60d coupon_given_on", "sale"),
    ("aliexpress.delivery_promise", "opens", "1d protection_ends_at", "promise"),
    ("aliexpress.delivery_promise", "closes", "15d protection_ends_at", "promise"),
    ("aliexpress.guaranteed_genuine", "closes", "0d dispute_ends_at", "genuine"),
    ("aliexpress.warranty", "opens", "15d confirmed_on; 15d order_closed_on", "warranty"),
    ("aliexpress.warranty", "closes", "1y confirmed_on; 1y order_closed_on", "warranty"),
    ("aliexpress.warranty", "arguable", "1y after 15d confirmed_on; "
     "1y after 15d order_closed_on", "warranty"),
    ("aliexpress.cancel.payment_check", "closes", "1d paid_at", "statuses"),
    ("aliexpress.unpaid", "closes", "20d ordered_on", "unpaid"),
    ("aliexpress.extension", "closes", "0d protection_ends_at", "extension"),
    ("aliexpress.refund.card", "closes", "10bd refund_processed_on", "short"),
    ("aliexpress.refund.card", "arguable", "20bd refund_processed_on", "refundcard"),
    ("aliexpress.refund.wallet", "closes", "15bd refund_processed_on; "
     "10bd refund_processed_on", "alipay"),
    ("aliexpress.refund.collect", "closes", "45d refund_processed_on", "othermoney"),
    ("paypal.dispute.not_received", "opens", "7d transaction_date", "window"),
    ("paypal.dispute.not_received", "closes", "180d transaction_date", "window"),
    ("paypal.dispute.not_as_described", "closes", "180d transaction_date", "disputes"),
    ("paypal.escalate", "closes", "20d wallet_dispute_opened_on", "window"),
    ("paypal.appeal", "closes", "10d wallet_decided_on", "appeal"),
    ("paypal.response", "closes", "0d reply_asked_by", "disputes"),
    ("paypal.unauthorised.us", "closes", "60d statement_sent_on", "unauthorised_us"),
    ("paypal.unauthorised.latin_america", "closes", "180d transaction_date",
     "unauthorised_latam"),
    ("paypal.unauthorised.europe", "closes", "13m debit_date", "psd2"),
    ("paypal.unauthorised.elsewhere", "closes", "0d wallet_limit_on", "unauthorised_us"),
    ("paypal.seller_answer", "closes", "7d wallet_dispute_opened_on; 0d seller_reply_due_on",
     "seller"),
    ("paypal.refund", "closes", "30d refund_processed_on; 5d refund_processed_on; "
     "0d refund_processed_on", "refund"),
    ("us.fcba.billing_error", "opens", "0d statement_sent_on", "regz13"),
    ("us.fcba.billing_error", "closes", "60d statement_sent_on", "usc1666"),
    ("us.fcba.acknowledge", "closes", "30d notice_received_on", "regz13"),
    ("us.fcba.resolve", "closes", "2m billing_cycle_ends_on; cap 90d notice_received_on",
     "interp13"),
    ("uk.section75", "closes", "6y aware_on; 6y expected_delivery; 6y received_on; 5y aware_on; "
     "5y expected_delivery; 5y received_on", "s75"),
    ("uk.section75", "arguable", "6y aware_on; 6y expected_delivery; 6y received_on", "s75"),
    ("uk.section75a", "closes", "6y expected_delivery; 6y received_on; 5y expected_delivery; "
     "5y received_on", "s75a"),
    ("uk.section75a", "arguable", "6y expected_delivery; 6y received_on", "s75a"),
    ("uk.section75.pay_later", "closes", "6y aware_on; 6y expected_delivery; 6y received_on; "
     "5y aware_on; 5y expected_delivery; 5y received_on", "bnpl"),
    ("uk.section75.pay_later", "arguable", "6y aware_on; 6y expected_delivery; 6y received_on",
     "bnpl"),
    ("uk.complaint.lender", "closes", "8w complained_on", "disp"),
    ("uk.complaint.payment_services", "closes", "15bd complained_on; 35bd complained_on", "disp"),
    ("uk.ombudsman", "opens", "0d final_response_on; 8w complained_on; 15bd complained_on; "
     "35bd complained_on", "disp"),
    ("uk.ombudsman", "closes", "6m final_response_on; cap 6y transaction_date; cap 3y aware_on; "
     "6y transaction_date; 3y aware_on", "fos"),
    ("eu.withdrawal", "closes", "14d received_on; 14d received_on rolled", "crd"),
    ("eu.withdrawal", "arguable", "14d received_on rolled", "r1182"),
    ("eu.withdrawal.not_informed", "closes", "14d informed_of_withdrawal_on; "
     "12m after 14d received_on; 14d informed_of_withdrawal_on rolled; "
     "12m after 14d received_on rolled", "crd10"),
    ("eu.withdrawal.button", "closes", "14d received_on; 14d received_on rolled", "button"),
    ("eu.withdrawal.button", "arguable", "14d received_on rolled", "r1182"),
    ("eu.withdrawal.refund", "closes", "14d withdrawn_on; 14d withdrawn_on rolled", "crd"),
    ("eu.withdrawal.send_back", "closes", "14d withdrawn_on; 14d withdrawn_on rolled", "crd"),
]  # fmt: skip

WITHOUT_FIGURES = {
    "us.fcba.claims_and_defenses", "us.unauthorised", "eu.withdrawal.before_delivery",
}  # fmt: skip
PACK_FILES = (
    "aliexpress", "visa", "mastercard", "paypal", "us_fcba", "uk_section75", "eu_withdrawal",
)  # fmt: skip

RULES: dict[str, Mapping[str, Any]] = {
    rule["id"]: rule
    for name in PACK_FILES
    for rule in tomllib.loads(locations.resources("packs", f"{name}.toml").read_text("utf-8"))[
        "rule"
    ]
}


def figures_of(node: Mapping[str, Any], mark: str = "") -> Iterator[str]:
    """Every length of time in an expression, as the table writes it."""
    anchor = node.get("from") or node.get("at")
    if isinstance(node.get("after"), dict):
        anchor = f"after {next(figures_of(node['after']))}"
    if anchor:
        length = next((f"{node[unit]}{sign}" for unit, sign in UNITS.items() if unit in node), "0d")
        if node.get("passed"):
            length = "1d"
        rolled = " rolled" if "roll" in node else ""
        yield f"{mark}{length} {anchor}{rolled}"
    for key in ("latest_of", "earliest_of", "first_known_of"):
        for part in node.get(key, []):
            yield from figures_of(part, mark)
    for case in node.get("cases", []):
        yield from figures_of(case["then"], mark)
    for cap in node.get("not_after", []):
        yield from figures_of(cap, "cap ")
    for floor in node.get("not_before", []):
        yield from figures_of(floor, "floor ")


@pytest.mark.parametrize(
    ("rule", "side", "figures", "source"),
    [pytest.param(*row, id=f"{row[0]} {row[1]}") for row in FIGURES],
)
def test_a_figure_is_that_of_the_facts(rule: str, side: str, figures: str, source: str) -> None:
    assert set(figures_of(RULES[rule][side])) == set(figures.split("; "))
    assert source in RULES[rule]["sources"]


def test_every_window_of_the_packs_stands_in_the_table() -> None:
    sides = {
        (rule_id, side)
        for rule_id, rule in RULES.items()
        for side in ("opens", "closes", "arguable")
        if side in rule
    }
    assert sides == {(rule, side) for rule, side, _, _ in FIGURES}
    assert {rule for rule in RULES if not {"closes"} & set(RULES[rule])} == WITHOUT_FIGURES


TOLD = re.compile(r"(\d+)(?: business| more)? (days|weeks|months|years|hours)")
SUMMARY_ONLY = {
    # figures that a summary tells and no window counts
    "uk.complaint.payment_services": {("15", "days"), ("35", "days")},  # business days, both
    "uk.ombudsman": {("15", "days"), ("35", "days")},
    "aliexpress.cancel.seller_answer": {("48", "hours")},
    "aliexpress.cancel.payment_check": {("24", "hours")},
    "aliexpress.extension": {("7", "days"), ("48", "hours")},
    # business days, which the windows count as such
    "aliexpress.appeal_check": {("5", "days")},
    "aliexpress.refund.card": {("20", "days")},
    "aliexpress.refund.wallet": {("15", "days"), ("10", "days")},
    "eu.withdrawal.before_delivery": {("14", "days")},
}


@pytest.mark.parametrize("rule_id", RULES)
def test_a_figure_in_a_summary_is_one_that_the_rule_counts_with(rule_id: str) -> None:
    rule = RULES[rule_id]
    counted = {
        figure.removeprefix("cap ").removeprefix("floor ").split(" ")[0]
        for side in ("opens", "closes", "arguable")
        for figure in figures_of(rule.get(side, {}))
    }
    told = set(TOLD.findall(rule["summary"])) - SUMMARY_ONLY.get(rule_id, set())
    assert {f"{number}{UNITS[unit]}" for number, unit in told} <= counted

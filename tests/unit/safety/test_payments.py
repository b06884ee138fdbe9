"""What ways of paying protect, as the data say."""

from __future__ import annotations

import pytest

from disputedesk.model.money import Money
from disputedesk.model.order import InstrumentKind
from disputedesk.model.platforms import WALLETS
from disputedesk.safety.payments import PaymentQuestion, check_payment, known_payments
from disputedesk.safety.verdict import Level


def ways(verdict):
    return {row.kind: row.has for row in verdict.protections}


@pytest.mark.parametrize(
    ("question", "platform", "wallet", "card"),
    [
        (PaymentQuestion("card", network="visa"), True, False, True),
        (PaymentQuestion(InstrumentKind.CARD, network="maestro"), True, False, True),
        (PaymentQuestion("mastercard"), True, False, True),
        (PaymentQuestion("card", wallet="PayPal"), True, True, True),
        (PaymentQuestion("wallet", wallet="paypal", card_kind="credit"), True, True, True),
        (PaymentQuestion("wallet", wallet="paypal"), True, True, False),
        (PaymentQuestion("wallet", wallet="Apple Pay"), True, False, True),
        (PaymentQuestion("pay_later", wallet="klarna"), True, True, None),
        (PaymentQuestion("wallet", wallet="webmoney"), True, True, False),
        (PaymentQuestion("wallet", wallet="yandex money"), True, None, False),
        (PaymentQuestion("wallet", wallet="alipay"), True, None, False),
        (PaymentQuestion("bank_transfer"), None, False, False),
        (PaymentQuestion("instant_transfer"), None, False, False),
        (PaymentQuestion("mobile_billing"), True, None, False),
        (PaymentQuestion("cash"), True, None, False),
        (PaymentQuestion("crypto"), None, False, False),
        (PaymentQuestion("cash", wallet="western_union"), None, False, False),
        (PaymentQuestion("wallet", wallet="Amazon Pay"), None, True, True),
        (PaymentQuestion("wallet", wallet="shop_pay"), None, False, True),
        (PaymentQuestion("wallet", wallet="wechat pay"), True, False, None),
        (PaymentQuestion("bank_transfer", wallet="wise"), None, None, None),
        (PaymentQuestion("instant_transfer", wallet="zelle"), None, False, False),
        (PaymentQuestion("instant_transfer", wallet="pix"), None, False, False),
    ],
)
def test_each_way_of_paying_opens_its_own_ways_back(question, platform, wallet, card):
    found = ways(check_payment(question))
    assert found["platform_dispute"] is platform
    assert found["wallet_claim"] is wallet
    assert found["card_chargeback"] is card


@pytest.mark.parametrize("kind", list(InstrumentKind))
def test_every_kind_of_instrument_has_an_answer(kind):
    verdict = check_payment(PaymentQuestion(kind))
    assert verdict.headline
    assert verdict.word


def test_a_refund_to_qiwi_has_nowhere_to_go():
    verdict = check_payment(PaymentQuestion("wallet", wallet="QIWI"))
    assert verdict.level is Level.DANGER
    assert "2024-02-21" in verdict.headline
    assert any("nowhere" in line.lower() for line in verdict.facts)


def test_outside_the_platform_its_dispute_is_gone_whatever_was_paid_with():
    for method in InstrumentKind:
        verdict = check_payment(PaymentQuestion(method, outside_platform=True))
        if verdict.protections:
            assert verdict.level is Level.DANGER
            assert ways(verdict)["platform_dispute"] is False


def test_somebody_elses_card_asks_for_care():
    verdict = check_payment(PaymentQuestion("card", others_card=True))
    assert verdict.level is Level.CARE
    assert "Somebody else's card" in verdict.reasons[0].text


def test_card_advice_knows_the_virtual_card_and_the_exclusion():
    advice = " ".join(check_payment(PaymentQuestion("card", amount=Money.of("10", "EUR"))).advice)
    assert "virtual" in advice
    assert "One way at a time" in advice
    assert "€10.00" in advice


def test_an_unknown_method_is_not_waved_through():
    verdict = check_payment(PaymentQuestion("cowrie shells"))
    assert verdict.level is Level.CARE
    assert verdict.protections == ()


def test_no_answer_says_safe():
    for row in known_payments().payment:
        for wallet in row.wallet or ("",):
            verdict = check_payment(PaymentQuestion(row.method[0], wallet=wallet))
            said = f"{verdict.word} {verdict.headline} {' '.join(verdict.advice)}".lower()
            assert "safe" not in said


def test_every_row_has_source_day_identifier_and_refund():
    data = known_payments()
    assert len(data.payment) >= 14
    assert data.general.source
    for row in data.payment:
        assert row.source
        assert row.checked_on.year >= 2026
        assert row.identifier
        assert row.refund
        assert row.confidence in {"high", "medium", "low"}
        entries = (row.platform_dispute, row.wallet_claim, row.card_chargeback, row.bank_claim)
        assert {entry.has for entry in entries} <= {"yes", "no", "unknown"}
        assert all(entry.text.endswith(".") for entry in entries)


def test_every_wallet_that_the_rules_know_is_known_here_too():
    named = {name for row in known_payments().payment for name in row.wallet}
    assert named >= set(WALLETS) - {"coinbase"}

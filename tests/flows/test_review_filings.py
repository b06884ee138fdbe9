"""What filing makes known: the clock that begins is that of the avenue that was used."""

import datetime as dt

import pytest

from disputedesk.desk.operations import cases, orders, people
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.queries import cases as case_queries
from disputedesk.model.ids import FactName, RuleId
from disputedesk.model.money import Money
from disputedesk.model.order import InstrumentKind
from disputedesk.model.problem import Problem

TODAY = dt.date(2026, 11, 23)


def a_case(
    desk, *, platform="shop", problem=Problem.NOT_RECEIVED, kind=InstrumentKind.CARD, **facts
):
    order = orders.add_order(
        desk,
        orders.NewOrder(
            platform=platform,
            number="8190000000000001",
            title="Lamp",
            ordered_on=dt.date(2026, 10, 1),
            total=Money.of("143.10", "USD"),
            facts={FactName(name): value for name, value in facts.items()},
        ),
    ).value
    people.set_instrument(
        desk, order, people.NewInstrument(kind, label="paypal" if kind == "wallet" else "")
    )
    return cases.open_case(desk, order, problem=problem).value


def dated(desk, case_id):
    """The last days that run in a case, by rule."""
    return {one.rule: one.closes for one in case_queries.case_detail(desk, case_id).windows}


def test_a_filed_wallet_dispute_starts_the_clock_to_escalate(desk):
    case_id = a_case(desk, kind=InstrumentKind.WALLET)
    cases.file_step(desk, case_id, rule=RuleId("paypal.dispute.not_received"), on=TODAY)
    assert dated(desk, case_id)["paypal.escalate"] == TODAY + dt.timedelta(days=20)
    assert case_queries.case_detail(desk, case_id).plan.next_step == "paypal.escalate"
    undo(desk)
    assert "paypal.escalate" not in dated(desk, case_id)


def test_a_filed_escalation_ends_the_clock_to_escalate(desk):
    case_id = a_case(desk, kind=InstrumentKind.WALLET)
    cases.file_step(desk, case_id, rule=RuleId("paypal.dispute.not_received"), on=TODAY)
    cases.file_step(desk, case_id, rule=RuleId("paypal.escalate"), on=TODAY)
    assert "paypal.escalate" not in dated(desk, case_id)


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("us.fcba.billing_error", {"issuer_country": "US", "card_kind": "credit"}),
        ("uk.section75", {"consumer_country": "GB", "card_kind": "credit"}),
    ],
)
def test_a_notice_to_the_bank_is_no_withdrawal_from_the_contract(desk, rule, facts):
    case_id = a_case(desk, statement_sent_on=dt.date(2026, 10, 20), **facts)
    cases.file_step(desk, case_id, rule=RuleId(rule), on=TODAY)
    known = {fact.name: fact.value for fact in case_queries.case_detail(desk, case_id).facts}
    assert known.get("withdrawn_on") is None


def test_a_declared_withdrawal_starts_the_seller_s_clock(desk):
    case_id = a_case(
        desk, problem=Problem.CHANGED_MIND, consumer_country="DE", consumer_subdivision="BY",
        received_on=dt.date(2026, 11, 20),
    )  # fmt: skip
    cases.file_step(desk, case_id, rule=RuleId("eu.withdrawal"), on=TODAY)
    assert dated(desk, case_id)["eu.withdrawal.refund"] == dt.date(2026, 12, 7)


def test_a_recommended_day_has_never_gone_by(desk):
    case_id = a_case(desk, kind=InstrumentKind.WALLET)
    filed = dt.date(2026, 11, 3)
    cases.file_step(desk, case_id, rule=RuleId("paypal.dispute.not_received"), on=filed)
    reason = case_queries.case_detail(desk, case_id).plan.next_reason
    assert "by 23 Nov 2026" in reason


def test_a_wallet_does_not_hold_the_money_until_its_protection_ends(desk):
    case_id = a_case(desk, kind=InstrumentKind.WALLET, transaction_date=dt.date(2026, 10, 1))
    nothing = case_queries.case_detail(desk, case_id).plan.nothing
    assert "protection ends" in nothing
    assert "goes to the seller" not in nothing


def test_the_plan_acts_before_the_platform_lets_the_money_go(desk):
    ends = dt.datetime(2026, 12, 1, 8, 59, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    case_id = a_case(
        desk, platform="aliexpress", shipped_on=dt.date(2026, 10, 3), protection_ends_at=ends
    )
    plan = case_queries.case_detail(desk, case_id).plan
    assert "by 28 Nov 2026: protection ends on 1 Dec 2026" in plan.next_reason
    (step,) = (one for one in plan.steps if one.window.rule == plan.next_step)
    assert step.last_safe_day == dt.date(2026, 11, 28)
    assert step.window.closes == dt.date(2026, 12, 15)

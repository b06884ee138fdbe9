"""What lists, plans and screens call pressing: the same day in all of them, and no false alarm."""

import datetime as dt

import pytest

from disputedesk.desk.operations import cases, orders
from disputedesk.desk.queries import cases as case_queries
from disputedesk.desk.queries import orders as order_queries
from disputedesk.desk.queries import today as today_queries
from disputedesk.desk.views import DueGroup, StepKind
from disputedesk.model.ids import FactName
from disputedesk.model.money import Money
from disputedesk.model.problem import Problem

TODAY = dt.date(2026, 11, 23)
CARD = {"method": "card", "network": "visa", "card_kind": "credit"}


@pytest.fixture
def wrong(desk):
    """Opens a case for an order with these facts."""

    def build(platform="other", problem=Problem.NOT_RECEIVED, **facts):
        new = orders.NewOrder(
            platform=platform,
            number="8190000000000001",
            title="Lamp",
            ordered_on=dt.date(2026, 9, 4),
            total=Money.of("143.10", "USD"),
            facts={FactName(name): value for name, value in facts.items()},
        )
        order = orders.add_order(desk, new).value
        return cases.open_case(desk, order, problem=problem).value

    return build


CONTESTED = {
    **CARD, "promised_by": dt.date(2026, 9, 24), "transaction_date": dt.date(2026, 9, 4),
    "processing_date": dt.date(2026, 9, 6), "contacted_seller_on": dt.date(2026, 9, 26),
    "filed_on": dt.date(2026, 10, 14), "provisional_credit_on": dt.date(2026, 10, 24),
    "merchant_reply_on": dt.date(2026, 11, 19), "consumer_country": "GB",
}  # fmt: skip


def test_the_merchants_reply_is_answered_before_everything_and_the_day_is_asked_for(desk, wrong):
    case = wrong(**CONTESTED)
    detail = case_queries.case_detail(desk, case)
    assert detail.plan.next_step == "visa.response"
    assert detail.act_by is None
    assert detail.step.kind is StepKind.ANSWER_QUESTION
    assert detail.step.fact == detail.questions[0].fact.name == "reply_asked_by"
    assert "visa.13.1" in detail.plan.begun
    (row,) = case_queries.case_rows(desk)
    assert row.asked
    first = today_queries.today_view(desk).rows[0]
    assert (first.rule, first.group, first.is_asked) == ("visa.response", DueGroup.TODAY, True)
    assert today_queries.due(desk)[0].rule == "visa.response"


def test_the_day_the_letter_names_is_counted_once_it_is_told(desk, wrong):
    case = wrong(**CONTESTED)
    order = case_queries.case_detail(desk, case).order.id
    orders.set_facts(desk, order, {FactName("reply_asked_by"): dt.date(2026, 11, 30)})
    detail = case_queries.case_detail(desk, case)
    assert detail.plan.next_step == "visa.response"
    assert detail.act_by == dt.date(2026, 11, 26)
    (row,) = case_queries.case_rows(desk)
    assert (row.asked, row.act_by) == (False, detail.act_by)
    assert not any(one.is_asked for one in today_queries.today_view(desk).rows)


def test_a_case_whose_answer_was_sent_is_not_asked_for_it_again(desk, wrong):
    case = wrong(**CONTESTED)
    cases.file_step(desk, case, rule="visa.response", on=TODAY)
    (row,) = case_queries.case_rows(desk)
    assert not row.asked
    assert case_queries.case_detail(desk, case).plan.next_step != "visa.response"


def test_what_was_filed_already_is_no_day_to_act_by(desk, wrong):
    told = {name: value for name, value in CONTESTED.items() if name != "merchant_reply_on"}
    case = wrong(**{**told, "consumer_country": "RU"})
    (row,) = case_queries.case_rows(desk)
    closes = {w.rule: w.file_by for w in case_queries.case_detail(desk, case).windows}
    assert row.act_by != closes["visa.13.1"]


LATE = {
    **CARD, "shipped_on": dt.date(2026, 9, 6), "promised_by": dt.date(2026, 10, 14),
    "transaction_date": dt.date(2026, 9, 4), "contacted_seller_on": dt.date(2026, 11, 17),
    "protection_ends_at": dt.datetime(2026, 11, 26, 8, 59, tzinfo=dt.UTC), "consumer_country": "DE",
}  # fmt: skip


def test_head_list_and_plan_tell_the_day_before_the_timer(desk, wrong):
    case = wrong("aliexpress", **LATE)
    detail = case_queries.case_detail(desk, case)
    step = detail.plan.step
    assert step.window.rule == "aliexpress.dispute.not_received"
    assert step.held_until == dt.date(2026, 11, 26)
    assert detail.act_by == step.last_safe_day == TODAY
    assert case_queries.case_rows(desk)[0].act_by == TODAY
    assert detail.plan.steps[0] is step
    assert detail.plan.step_of("no.such") is None


def test_a_sellers_duty_that_lapsed_is_no_overdue_row(desk, wrong):
    case = wrong("aliexpress", **LATE)
    assert case_queries.case_detail(desk, case).plan.chasers
    rows = today_queries.today_view(desk).rows
    assert rows[0].rule == "aliexpress.dispute.not_received"
    assert all(row.group is not DueGroup.OVERDUE for row in rows)


def test_an_order_with_a_case_tells_what_its_case_tells(desk, wrong):
    case = wrong("aliexpress", Problem.NOT_AS_DESCRIBED, **CARD, received_on=dt.date(2026, 11, 20))
    detail = case_queries.case_detail(desk, case)
    order = order_queries.order_detail(desk, detail.order.id)
    assert order.plan.next_step == detail.plan.next_step
    assert order.plan.nothing == detail.plan.nothing
    assert {w.rule for w in order.windows} >= {s.window.rule for s in detail.plan.steps}


def test_how_it_was_paid_is_asked_before_which_wallet_and_the_timer_first(desk, wrong):
    case = wrong("aliexpress", shipped_on=dt.date(2026, 9, 6))
    names = [one.fact.name for one in case_queries.case_detail(desk, case).questions]
    assert names[0] == "protection_ends_at"
    assert "method" in names
    assert not {"wallet", "network", "card_kind", "issuer_country"} & set(names)


def test_a_clock_of_the_bank_is_listed_by_its_own_last_day(desk, wrong):
    case = wrong(**CONTESTED)
    clocks = case_queries.case_detail(desk, case).plan.their_clocks
    (theirs,) = (one for one in clocks if one.rule == "visa.pre_arbitration")
    assert theirs.file_by == theirs.closes
    rows = {row.rule: row for row in today_queries.today_view(desk).rows}
    assert rows["visa.pre_arbitration"].act_by == theirs.closes

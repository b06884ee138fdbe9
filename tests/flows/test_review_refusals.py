"""What cannot be meant is refused by name, and what a case is about can be corrected."""

import contextlib
import datetime as dt
import io

import pytest

from disputedesk.cli.main import main
from disputedesk.common.errors import Conflict, Refused
from disputedesk.desk.operations import answers, cases, orders, people
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.queries import cases as case_queries
from disputedesk.model.case import CaseOutcome
from disputedesk.model.ids import FactName, RuleId
from disputedesk.model.money import Money
from disputedesk.model.order import InstrumentKind
from disputedesk.model.problem import Problem


def an_order(desk, total="43.10 USD"):
    amount, currency = total.split()
    new = orders.NewOrder(
        platform="aliexpress", number="819", title="Lamp", ordered_on=dt.date(2026, 10, 1),
        total=Money.of(amount, currency),
    )  # fmt: skip
    return orders.add_order(desk, new).value


@pytest.mark.parametrize("total", ["-0.01 USD", "1e30 USD", "92233720368547758.07 USD"])
def test_a_sum_that_nobody_paid_is_refused_by_name(desk, total):
    with pytest.raises(Refused) as refused:
        an_order(desk, total)
    assert refused.value.where == "total"


def test_a_fact_holds_no_sum_below_nothing(desk):
    with pytest.raises(Refused, match="no sum that was paid"):
        orders.set_facts(desk, an_order(desk), {FactName("amount"): Money.of("-4", "USD")})


@pytest.mark.parametrize(("name", "value"), [("platform", "ebay"), ("problem", "late")])
def test_what_the_order_and_the_case_say_themselves_gets_no_second_place(desk, name, value):
    with pytest.raises(Refused) as refused:
        orders.set_facts(desk, an_order(desk), {FactName(name): value})
    assert refused.value.where == name


@pytest.mark.parametrize(
    ("field", "text"),
    [("network", "viza"), ("card_kind", "gold"), ("issuer_country", "Deutschland")],
)
def test_a_word_that_no_rule_knows_is_refused_where_it_is_typed(desk, field, text):
    order = an_order(desk)
    with pytest.raises(Refused) as refused:
        people.set_instrument(
            desk, order, people.NewInstrument(InstrumentKind.CARD, **{field: text})
        )
    assert refused.value.where == field


def test_a_case_is_about_another_wrong_once_that_is_corrected_and_undo_puts_it_back(desk):
    case_id = cases.open_case(desk, an_order(desk), problem=Problem.NOT_RECEIVED).value
    answers.answer_question(desk, case_id, "problem", "damaged")
    detail = case_queries.case_detail(desk, case_id)
    assert detail.case.problem is Problem.DAMAGED
    rules = {one.rule for one in detail.windows}
    assert "aliexpress.dispute.received" in rules
    assert "aliexpress.dispute.not_received" not in rules
    undo(desk)
    assert case_queries.case_detail(desk, case_id).case.problem is Problem.NOT_RECEIVED


def test_two_open_cases_never_come_to_stand_for_the_same_wrong(desk):
    order = an_order(desk)
    cases.open_case(desk, order, problem=Problem.DAMAGED)
    second = cases.open_case(desk, order, problem=Problem.NOT_RECEIVED).value
    with pytest.raises(Conflict):
        cases.set_case(desk, second, problem=Problem.DAMAGED)


@pytest.mark.parametrize("words", [("order", "received", "1"), ("case", "advance", "1")])
def test_a_day_that_is_none_is_said_in_words(tmp_path, words):
    said = io.StringIO()
    with contextlib.redirect_stderr(said), pytest.raises(SystemExit) as end:
        main(["--desk", str(tmp_path), "--language", "en", *words, "--on", "2026-02-30"])
    assert end.value.code == 2
    assert "'2026-02-30' is not a day; write it as 2026-03-14" in said.getvalue()


def test_nothing_is_filed_for_a_closed_case(desk):
    case_id = cases.open_case(desk, an_order(desk), problem=Problem.NOT_RECEIVED).value
    cases.close_case(desk, case_id, outcome=CaseOutcome.WON)
    with pytest.raises(Conflict, match="closed"):
        cases.file_step(
            desk, case_id, rule=RuleId("aliexpress.dispute.not_received"), on=desk.today
        )


def test_a_search_that_finds_nothing_does_not_say_that_the_desk_is_empty(tmp_path, capsys):
    assert main(["--desk", str(tmp_path), "--language", "en", "orders", "co-op 100%"]) == 0
    assert capsys.readouterr().out == "No orders here match “co-op 100%”.\n"

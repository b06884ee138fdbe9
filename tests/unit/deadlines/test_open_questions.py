import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputedesk.common.errors import Refused
from disputedesk.deadlines.catalogue import close_match, find_zone
from disputedesk.deadlines.questions import open_questions
from disputedesk.deadlines.rule import (
    AllOf,
    AnyOf,
    Comparison,
    Count,
    FactTest,
    NotThat,
    Period,
)
from disputedesk.deadlines.rule_set import RuleSet
from disputedesk.deadlines.words import Stage
from disputedesk.model.fact import Facts


def is_(name, value):
    return FactTest(name, Comparison.IS, (value,))


@pytest.fixture
def ask(windows_of, catalogue):
    def run(rules, **facts):
        rules = RuleSet(rules)
        return open_questions(rules, windows_of(rules, facts), Facts(facts), catalogue)

    return run


def test_the_problem_is_asked_first_and_then_what_brings_up_packs(ask, rule):
    visa = rule("v.one", pack_concerns=is_("network", "visa"), problems=frozenset({"late"}))
    us = rule(
        "u.one", pack_concerns=is_("consumer_country", "US"), concerns=is_("card_kind", "credit")
    )
    assert ask([visa, us])[:3] == ("problem", "network", "consumer_country")
    assert "network" not in ask([visa, us], problem="defective")
    assert ask([visa, us], consumer_country="US", problem="late") == ("network", "card_kind")
    assert ask([visa, us], consumer_country="DE", network="jcb", problem="late") == ()


def test_what_sharpens_a_running_window_beats_what_an_undated_one_lacks(ask, rule):
    undated = rule("t.one", closes=Count("filed_on", Period(10)))
    dated = rule("t.two", closes=Count("processing_date", Period(99)))
    asked = ask([dated, undated], transaction_date=dt.date(2026, 1, 1), problem="late")
    assert asked == ("processing_date", "filed_on")


def test_the_day_their_letter_names_is_asked_before_everything_but_the_problem(ask, rule):
    answer = rule("t.two", stage=Stage.RESPONSE, closes=Count("reply_asked_by"))
    gate = is_("issuer_country", "US")
    others = [rule(f"p{at}.one", pack_concerns=gate) for at in range(300)]
    assert ask([*others, answer], problem="late") == ("reply_asked_by", "issuer_country")
    assert ask([*others, answer])[:2] == ("problem", "reply_asked_by")


def test_the_country_of_the_bank_is_asked_late_once_the_home_is_known(ask, rule):
    banks = [rule(f"b{at}.one", pack_concerns=is_("issuer_country", "US")) for at in range(9)]
    dated = rule("t.one", closes=Count("filed_on", Period(10)))
    assert ask([*banks, dated], problem="late") == ("issuer_country", "filed_on")
    known = {"problem": "late", "consumer_country": "DE"}
    assert ask([*banks, dated], **known) == ("filed_on", "issuer_country")


def test_three_valued_conditions_are_only_sure_where_they_are(windows_of, rule):
    yes, no, maybe = is_("platform", "a"), is_("platform", "b"), is_("wallet", "w")
    cases = {
        AllOf((yes, maybe)): 0,
        AllOf((no, maybe)): 0,
        AllOf((yes, yes)): 1,
        AnyOf((yes, maybe)): 1,
        AnyOf((no, maybe)): 0,
        AnyOf((no, no)): 0,
        NotThat(no): 1,
        NotThat(maybe): 0,
        NotThat(yes): 0,
        FactTest("wallet", Comparison.KNOWN, (False,)): 1,
        FactTest("platform", Comparison.IN, ("x", "a")): 1,
    }
    for condition, count in cases.items():
        assert len(windows_of([rule(concerns=condition)], {"platform": "a"})) == count, condition


@pytest.mark.parametrize(
    ("comparison", "verdicts"),
    [
        (Comparison.BEFORE, (1, 0, 0)),
        (Comparison.AFTER, (0, 0, 1)),
        (Comparison.NOT_BEFORE, (0, 1, 1)),
        (Comparison.NOT_AFTER, (1, 1, 0)),
    ],
)
def test_days_are_compared_with_days_and_other_facts(windows_of, rule, comparison, verdicts):
    day = dt.date(2026, 1, 2)
    for test in (
        FactTest("ordered_on", comparison, (day,)),
        FactTest("ordered_on", comparison, (), "shipped_on"),
    ):
        one = rule(concerns=test)
        for offset, verdict in zip((-1, 0, 1), verdicts, strict=True):
            facts = {"ordered_on": day + dt.timedelta(offset), "shipped_on": day}
            assert len(windows_of([one], facts)) == verdict
        assert windows_of([one]) == ()


def test_a_value_that_no_kind_expects_is_refused_with_its_name_and_a_hint(catalogue):
    with pytest.raises(Refused, match=r"network.*visa"):
        catalogue.parse("network", "vsa")
    with pytest.raises(Refused, match="Did you mean expected_delivery"):
        catalogue.parse("expected_delivry", "2026-01-01")
    assert catalogue.parse("network", " Visa ") == "visa"
    assert len(catalogue) == len(catalogue.names)
    assert close_match("zzzzzz", ["a"]) == ""


@given(st.text(max_size=300))
def test_no_text_makes_a_parser_raise_anything_else(catalogue, text):
    for definition in catalogue:
        try:
            value = catalogue.parse(definition.name, text)
        except Refused:
            continue
        assert value is not None


@pytest.mark.parametrize("name", ["", "../x", "/etc/passwd", "Europe", "Europe/No", "a\0b", "é"])
def test_what_is_no_zone_is_none(name):
    assert find_zone(name) is None

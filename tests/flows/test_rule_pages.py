"""Rules read as pages: every rule in force can be told whole, in both languages."""

import datetime as dt

import pytest

from disputedesk.common import texts
from disputedesk.common.errors import NotFound
from disputedesk.deadlines.rule import AllOf, AnyOf, Comparison, FactTest, NotThat
from disputedesk.desk.queries.rule_pages import page_text, rule_page
from disputedesk.desk.queries.rule_shelf import folded, shelf_of
from disputedesk.desk.queries.typed_facts import answer_text, calculate, calculator_choices
from disputedesk.desk.rule_words import RuleTeller, calendar_text, value_text
from disputedesk.model.money import Money
from tests.flows.conftest import TODAY


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_rule_can_be_told_whole(desk, language):
    with texts.using(language):
        for rule in desk.rulebook.rules:
            page = rule_page(desk, rule.id)
            said = page_text(page)
            assert page.sources, rule.id
            assert all(source.title in said and source.url in said for source in page.sources)
            assert "{" not in said, rule.id
            assert all(line.text.strip() for part in page.parts for line in part.lines), rule.id


def test_an_unknown_rule_is_not_found(desk):
    with pytest.raises(NotFound):
        rule_page(desk, "no.such")


def test_the_shelf_holds_each_rule_once_and_finds_it_by_its_countries(desk):
    shelf = shelf_of(desk)
    found = [rule for pack in shelf.packs for rule in pack.rules]
    assert sorted(rule.id for rule in found) == sorted(rule.id for rule in desk.rulebook.rules)
    assert shelf.rule_count == len(found)
    (withdrawal,) = [rule for rule in found if rule.id == "eu.withdrawal"]
    assert "france" in withdrawal.search
    with texts.using("ru"):
        again = [rule for pack in shelf_of(desk).packs for rule in pack.rules]
    (told,) = [rule for rule in again if rule.id == "eu.withdrawal"]
    assert folded("Франция") in told.search
    assert "france" in told.search


def test_conditions_are_told_in_clauses(desk):
    teller = RuleTeller(desk.rulebook.catalogue)
    day = dt.date(2026, 3, 14)
    card = FactTest("method", Comparison.IS, ("card",))
    for condition, said in (
        (card, "“Paid with” is Card"),
        (
            AllOf((AnyOf((card, FactTest("free_return", Comparison.IS, (True,)))), card)),
            "(“Paid with” is Card or “Free return” is yes) and “Paid with” is Card",
        ),
        (NotThat(card), "not (“Paid with” is Card)"),
        (AllOf((FactTest("method", Comparison.KNOWN, (True,)), card)), "“Paid with” is Card"),
        (
            AnyOf((card, FactTest("network", Comparison.IN, ("visa", "maestro")))),
            "“Paid with” is Card or “Card network” is one of: Visa, Maestro",
        ),
        (NotThat(FactTest("network", Comparison.KNOWN, (True,))), "“Card network” is not known"),
        (FactTest("shipped_on", Comparison.BEFORE, (), "delivered_on"),
         "“Shipped” is before “Delivered (carrier)”"),
        (FactTest("shipped_on", Comparison.NOT_AFTER, (day,)),
         "“Shipped” is not after Sat 14 Mar 2026"),
        (FactTest("amount", Comparison.ABOVE, (Money(10000, "GBP"),)), "“Sum” is above £100.00"),
    ):  # fmt: skip
        assert teller.condition(condition) == said
    many = FactTest(
        "consumer_country",
        Comparison.IN,
        ("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES"),
    )
    assert "Estonia" in teller.condition(many)
    more = FactTest("consumer_country", Comparison.IN, (*many.values, "FI", "FR"))
    assert teller.condition(more).endswith("and 3 more")


def test_places_and_calendars_have_names(desk):
    assert value_text(desk.rulebook.catalogue, "consumer_country", "PL") == "Poland"
    assert calendar_text("issuer") == "the calendar of the bank's seat"
    assert calendar_text("GB-ENG") == "the calendar of United Kingdom, ENG"


def test_the_short_lists_name_what_packs_know(desk):
    choices = calculator_choices(desk)
    assert {"platform": "aliexpress"} in [dict(one.tells) for one in choices.platforms]
    titles = [choice.title for choice in choices.payments]
    assert "Visa card" in titles
    assert "PayPal" in titles
    assert len(titles) == len(set(titles))
    assert any(dict(one.tells) == {"consumer_country": "DE"} for one in choices.countries)


def test_what_is_typed_wrong_is_said_and_left_out(desk):
    told = {"problem": "not_received", "shipped_on": "14.03.2026", "received_on": "2027-01-01"}
    answer = calculate(desk, told, today=TODAY)
    assert set(answer.faults) == {"shipped_on", "received_on"}
    assert answer.facts == (("What went wrong", "Parcel never came"),)


def test_the_answer_as_text_holds_windows_plan_and_days(desk):
    told = {"problem": "changed_mind", "consumer_country": "DE", "received_on": "2026-11-20"}
    answer = calculate(desk, told, today=TODAY)
    said = answer_text(answer, "eu.withdrawal")
    for part in ("Your country: Germany", "closes 4 Dec 2026", "If you do nothing:",
                 "14 days count", "Counted by: holidays"):  # fmt: skip
        assert part in said
    assert "14 days count" not in answer_text(answer)

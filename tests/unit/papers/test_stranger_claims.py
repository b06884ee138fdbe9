"""Letters claim only what is known, and meet what the other side will say.

Read as their recipients read them: composed text, looked at without white space.
"""

import dataclasses
import datetime as dt

import pytest

from disputedesk.model.fact import Facts
from disputedesk.model.problem import Problem
from disputedesk.papers.composer import compose_letter
from disputedesk.papers.letter import letter_text

TO_SELLERS = tuple(
    f"seller_demand_{end}" for end in ("eu", "uk", "us", "ru", "pl", "kz", "general")
)
DELIVERED = {
    "delivered_on": dt.date(2026, 3, 12), "delivered_to": "a box at number 14",
    "received_on": None,
}  # fmt: skip


@pytest.fixture
def says(forms, a_context, today):
    """The words of a letter; a fact given as `None` is not known."""

    def make(form_id, problem=Problem.NOT_RECEIVED, *, region="", language="en", **facts):
        context = a_context(problem, language=language)
        known = {k: v for k, v in {**context.facts, **facts}.items() if v is not None}
        client = context.client
        if region:
            country, subdivision = region.split("-")
            client = dataclasses.replace(client, country=country, subdivision=subdivision)
        context = dataclasses.replace(context, facts=Facts(known), client=client)
        letter = compose_letter(forms.get(form_id), context, language=language, today=today)
        return " ".join(letter_text(letter).split())

    return make


@pytest.mark.parametrize("form_id", [*TO_SELLERS, "court_letter_before_claim"])
def test_extra_time_is_told_as_given_only_once_it_has_passed(form_id, says):
    running = says(form_id, extra_period_ends_on=dt.date(2026, 5, 10))
    assert "gave you extra time" not in running
    passed = says(form_id, extra_period_ends_on=dt.date(2026, 5, 3))
    assert "I gave you extra time to deliver until 3 May 2026; it has passed." in passed


@pytest.mark.parametrize(
    ("language", "ends", "conditional"),
    [("en", "I end the contract for the order below", "If the order has not reached me by then"),
     ("ru", "расторжении договора по указанному ниже заказу", "Если к этому дню заказ не будет")],
)  # fmt: skip
def test_a_contract_is_not_ended_while_the_extra_time_runs(language, ends, conditional, says):
    known = {"language": language, "cancelled_on": dt.date(2026, 5, 4)}
    running = says("order_cancellation", extra_period_ends_on=dt.date(2026, 5, 10), **known)
    assert conditional in running
    assert ends not in running
    passed = says("order_cancellation", extra_period_ends_on=dt.date(2026, 5, 3), **known)
    assert ends in passed
    assert conditional not in passed
    refused = says("order_cancellation", extra_period_ends_on=dt.date(2026, 5, 10),
                   seller_refused_on=dt.date(2026, 4, 20), **known)  # fmt: skip
    assert ends in refused


@pytest.mark.parametrize(
    "form_id",
    [*TO_SELLERS, "court_letter_before_claim", "eu_extra_period", "uk_section75",
     "uk_section75a", "us_fcba_notice", "us_claims_and_defenses", "bank_complaint",
     "ombudsman_uk_fos", "rebuttal", "pre_arbitration_statement"],
)  # fmt: skip
def test_a_parcel_reported_delivered_is_answered_before_it_is_raised(form_id, says):
    told = says(form_id, **DELIVERED)
    assert "The carrier says it delivered on 12 March 2026" in told
    assert "a box at number 14" in told
    assert "Nothing reached me." in told
    assert "The carrier says" not in says(form_id, delivered_on=None)


def test_a_section_75_claim_says_that_the_goods_have_not_come(says):
    assert "The goods or services have not reached me." in says("uk_section75")
    assert "have not reached me" not in says("uk_section75", Problem.DEFECTIVE)


@pytest.mark.parametrize("form_id", [*TO_SELLERS, "chaser_seller", "eu_extra_period"])
def test_a_seller_is_told_what_may_follow_not_what_will(form_id, says):
    words = says(form_id)
    assert "I will turn" not in words
    assert "I will take" not in words


def test_the_bank_is_not_told_that_its_time_is_over_unless_the_day_is_known(says):
    assert "it was due by 16 April 2026" in says("bank_answer_chaser")
    unknown = says("bank_answer_chaser", answer_due_on=None)
    assert "I have not had your answer yet." in unknown
    assert "due" not in unknown


@pytest.mark.parametrize(("region", "court"), [
    ("GB-ENG", "issue a claim in the county court"),
    ("GB-SCT", "bring a claim in the court for small claims"),
    ("GB-NIR", "bring a claim in the court for small claims"),
])  # fmt: skip
def test_the_court_named_is_one_of_the_buyers_own_country(region, court, says):
    assert court in says("court_letter_before_claim", region=region)

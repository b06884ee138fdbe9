"""What letters say after filing: the claims point by point, what is lent, what is back for good."""

import dataclasses
import datetime as dt

import pytest

from disputedesk.model.credit import Credit, CreditKind
from disputedesk.model.ids import CaseId
from disputedesk.model.money import Money
from disputedesk.model.problem import Problem
from disputedesk.papers.composer import compose_letter
from disputedesk.papers.context import Counterpoint
from disputedesk.papers.lists import claims_and_credits
from disputedesk.papers.sums import credited, disputed, lent
from tests.unit.papers.conftest import TODAY, a_context

DAY = dt.date(2026, 4, 1)


def a_credit(number, kind, minor, currency="USD"):
    return Credit(number, CaseId(1), CreditKind(kind), Money(minor, currency), DAY)


@pytest.fixture
def context():
    return a_context(Problem.NOT_RECEIVED)


def test_lent_money_stays_in_dispute_and_final_money_does_not(context):
    paid = disputed(context)
    with_lent = dataclasses.replace(context, credits=(a_credit(1, "provisional", 500),))
    assert lent(with_lent) == Money(500, "USD")
    assert disputed(with_lent) == paid
    final = dataclasses.replace(context, credits=(a_credit(1, "final", 500),))
    assert (lent(final), credited(final)) == (None, Money(500, "USD"))


def test_a_row_says_its_kind_and_where_its_proof_is(context):
    full = dataclasses.replace(
        context,
        credits=(a_credit(1, "promised", 500), a_credit(2, "taken_back", 100)),
        counterclaims=(Counterpoint(1, "They say\nso.", 3, "No.", (2,)),),
    )
    rows = claims_and_credits(full, "en")
    (claim,) = rows["counterclaims"]
    assert (claim["text"], claim["page"], claim["proof"]) == ("They say so.", "3", "counterclaim.1")
    promised, taken = rows["credits"]
    assert (promised["promised"], promised["final"]) == ("yes", "")
    assert (taken["taken_back"], taken["proof"]) == ("yes", "credit.2")


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("form", ["rebuttal", "pre_arbitration_statement"])
def test_a_claim_is_answered_with_its_exhibit_and_lent_money_is_told(forms, form, language):
    context = dataclasses.replace(
        a_context(Problem.NOT_RECEIVED, language=language),
        counterclaims=(Counterpoint(1, "XCLAIM", 3, "XANSWER", (2,)), Counterpoint(2, "OPEN")),
        credits=(a_credit(1, "provisional", 500),),
    )
    letter = compose_letter(forms.get(form), context, language=language, today=TODAY)
    told = next(block for block in letter.blocks if "XCLAIM" in block.text)
    assert "XANSWER" in told.text
    assert told.exhibits == (2,)
    text = " ".join(block.text for block in letter.blocks)
    assert "OPEN" not in text
    assert "5.00" in text or "5,00" in text

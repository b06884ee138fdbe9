"""The sum that is asked back: what was paid, less what came back and what was rightly charged."""

import dataclasses

import pytest

from disputedesk.model.money import Money
from disputedesk.model.problem import Problem
from disputedesk.papers.lint.facts import sums_that_fit
from disputedesk.papers.sums import charged, disputable, disputed
from tests.unit.papers.conftest import a_context


def known(problem, **facts):
    """A payment of 43.10 USD about which `facts` are known."""
    context = a_context(problem)
    return dataclasses.replace(context, facts=context.facts.with_values(facts))


@pytest.mark.parametrize(
    ("problem", "fact", "left"),
    [
        (Problem.WRONG_AMOUNT, Money(3410, "USD"), 900),
        (Problem.WRONG_AMOUNT, None, 4310),
        (Problem.WRONG_AMOUNT, Money(3410, "EUR"), 4310),
        (Problem.WRONG_AMOUNT, Money(9900, "USD"), 4310),
        (Problem.NOT_RECEIVED, Money(3410, "USD"), 4310),
    ],
)
def test_of_a_wrong_amount_the_difference_is_disputed(problem, fact, left):
    context = known(problem, correct_amount=fact)
    assert charged(context) == Money(4310, "USD")
    assert disputed(context) == disputable(context) == Money(left, "USD")


@pytest.mark.parametrize(("paid_out", "left"), [("0", 4310), ("20.00", 2310), ("43.10", 0)])
def test_of_cash_what_the_machine_kept_is_disputed(paid_out, left):
    context = known(Problem.CASH_NOT_DISPENSED, cash_received=Money.of(paid_out, "USD"))
    assert disputed(context) == Money(left, "USD")


def test_a_claim_above_the_difference_stays_and_is_advised_against():
    context = known(Problem.WRONG_AMOUNT, correct_amount=Money(3410, "USD"))
    more = dataclasses.replace(context.case, claimed=Money(4310, "USD"))
    claimed = dataclasses.replace(context, case=more)
    assert disputed(claimed) == Money(4310, "USD")
    (finding,) = sums_that_fit(type("Checked", (), {"context": claimed})())
    assert (finding.rule, finding.blocks) == ("sum_above_difference", False)
    assert "only US$\u00a09.00" in finding.sentence.replace("US$ ", "US$\u00a0")
    assert not list(sums_that_fit(type("Checked", (), {"context": context})()))
